import type { Call, Mutate, Outcome, Pairs, Reply } from '../../src/provider/behaviour.ts';
import { invalidValues, refusal } from '../../src/provider/errors.ts';
import { answeredOtherwise } from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

/** A fault of typed values, with the operations that it is looked for on: their folders in `specs/shapes`. */
export interface TypeMutant extends Mutant {
  readonly on: readonly [string, ...string[]];
}

/** The same call with its query changed. */
const queried =
  (change: (query: Pairs, call: Call) => Pairs): Mutate =>
  (b) => ({ ...b, bind: (call, batch) => b.bind({ ...call, query: change(call.query, call) }, batch) });

/** A refusal of binding told otherwise. */
const refusedOtherwise =
  (
    change: (refused: Outcome & { readonly kind: 'refusal' }, call: Call) => Outcome & { readonly kind: 'refusal' },
  ): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bound = b.bind(call, batch);
      return bound.kind === 'refusal' ? change(bound, call) : bound;
    },
  });

/** What is sent as a value is refused as unreadable where it is like that. */
const unread =
  (isIt: (value: string, name: string) => boolean): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bad = [...call.query, ...Object.entries(call.named)].find(([name, value]) => isIt(value, name));
      return bad === undefined
        ? b.bind(call, batch)
        : invalidValues(call.contract.operation, [{ member: bad[0], value: bad[1] }]);
    },
  });

const text = (call: Call): string => Buffer.from(call.body).toString('utf8');

/** The reply's text with something replaced. */
const rewritten = (reply: Reply, from: RegExp, to: string): Reply => ({ ...reply, body: reply.body.replace(from, to) });

const turnedAway = refusal('credentials', 401, 'Unauthorized', 'Not Authenticated');

const extremes = /^(?:2147483647|-2147483648|79228162514264337593543950335|9999-12-31)$/;

/** Faults of values that have a type. */
export const typeMutants: readonly TypeMutant[] = [
  {
    name: 'verb-predefined-lost',
    says: 'a verb that the service does not have is answered with 404',
    kills: ['VERB-015'],
    areas: ['verbs'],
    on: ['get-tool', 'delete-tool', 'write-log'],
    mutate: answeredOtherwise(
      () => true,
      (reply) => (reply.status === 405 ? { ...reply, status: 404, reason: 'Not Found' } : reply),
    ),
  },
  {
    name: 'auth-open-refuses-strangers',
    says: 'an operation that asks for no credentials refuses who has none',
    kills: ['AUTH-043'],
    areas: ['authentication'],
    on: ['get-tool', 'count-tools', 'write-log'],
    mutate: (b) => ({ ...b, execute: (call) => (call.credentials === 'none' ? turnedAway : b.execute(call)) }),
  },
  {
    name: 'auth-open-minds-tokens',
    says: 'an operation that asks for no credentials refuses those that are bad',
    kills: ['AUTH-044'],
    areas: ['authentication'],
    on: ['get-tool', 'find-tools', 'write-log'],
    mutate: (b) => ({ ...b, execute: (call) => (call.credentials === 'none' ? b.execute(call) : turnedAway) }),
  },
  {
    name: 'type-number-as-text',
    says: 'a number of an answer in JSON is written as a text that is none',
    kills: ['TYPE-001'],
    areas: ['types', 'response-status', 'examples', 'lifecycle'],
    on: ['get-tool', 'find-tools', 'count-tools'],
    mutate: answeredOtherwise(
      ({ format }) => format === 'json',
      (reply) => rewritten(reply, /"(Id|Count)":\d+/, '"$1":"many"'),
    ),
  },
  {
    name: 'type-csv-other-data',
    says: 'csv says another text than JSON',
    kills: ['TYPE-002'],
    areas: ['types', 'formats'],
    on: ['get-tool', 'find-tools'],
    mutate: answeredOtherwise(
      ({ format }) => format === 'csv',
      (reply) => rewritten(reply, /Blue|some text/, 'Red'),
    ),
  },
  {
    name: 'type-malformed-empty',
    says: 'a malformed value of a query, a form or a path is taken for none',
    kills: ['TYPE-003'],
    areas: ['types', 'validation'],
    on: ['find-tools', 'save-tool', 'echo-nullables'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) => {
        const bound = b.bind(call, batch);
        const empty = (pairs: Pairs): Pairs => pairs.map(([name]) => [name, '']);
        return bound.kind === 'bound'
          ? bound
          : b.bind({ ...call, query: empty(call.query), body: new Uint8Array(0) }, batch);
      },
    }),
  },
  {
    name: 'type-malformed-path-empty',
    says: 'a malformed value of a path is taken for none',
    kills: ['TYPE-004'],
    areas: ['types', 'validation'],
    on: ['get-tool', 'find-tools', 'save-tool'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) => {
        const bound = b.bind(call, batch);
        return bound.kind === 'bound' ? bound : b.bind({ ...call, named: {} }, batch);
      },
    }),
  },
  {
    name: 'type-malformed-nameless',
    says: 'an error of binding names no member',
    kills: ['TYPE-003', 'TYPE-004'],
    areas: ['types', 'validation'],
    on: ['find-tools', 'save-tool'],
    mutate: refusedOtherwise((refused) => ({ ...refused, error: { ...refused.error, Errors: [] } })),
  },
  {
    name: 'type-json-breaks',
    says: 'a text in the place of a number or an enum in a JSON body breaks the service',
    kills: ['TYPE-005'],
    areas: ['types'],
    on: ['save-tool', 'echo-nullables', 'count-tools'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        /:\s*"(?:x|Purple)"/.test(text(call))
          ? { kind: 'refusal', by: 'service', status: 500, error: { ErrorCode: 'InvalidCastException', Message: 'x' } }
          : b.bind(call, batch),
    }),
  },
  {
    name: 'type-strict-json-lenient',
    says: 'a malformed value in a JSON body is taken for none, though System.Text.Json is declared',
    kills: ['TYPE-006'],
    areas: ['types'],
    under: { serializer: 'system-text-json', casing: 'camel' },
    on: ['count-tools', 'echo-nullables'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) => {
        const bound = b.bind(call, batch);
        const isTyped = /:\s*(?:"(?:x|Purple)"|\d{5,}|1\.5)/.test(text(call));
        return bound.kind === 'refusal' && isTyped ? b.bind({ ...call, body: new Uint8Array(0) }, batch) : bound;
      },
    }),
  },
  {
    name: 'type-extremes-unread',
    says: 'the least and the greatest value of a type cannot be read',
    kills: ['TYPE-007'],
    areas: ['types'],
    on: ['get-tool', 'save-tool', 'echo-nullables'],
    mutate: unread((value) => extremes.test(value)),
  },
  {
    name: 'type-enum-case-matters',
    says: 'an enum is read in the casing of the code alone',
    kills: ['TYPE-008'],
    areas: ['types'],
    on: ['find-tools', 'save-tool', 'echo-nullables'],
    mutate: unread((value, name) => name === 'Colour' && /^[a-z]+$/.test(value)),
  },
  {
    name: 'type-list-half-read',
    says: 'of a name that stands several times in a query the last counts alone',
    kills: ['TYPE-009'],
    areas: ['types'],
    on: ['echo-collections', 'find-tools'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) => {
        const names = call.query.map(([name]) => name);
        const twice = call.query.find(([name], i) => names.indexOf(name) !== i);
        return twice === undefined
          ? b.bind(call, batch)
          : invalidValues(call.contract.operation, [{ member: twice[0], value: twice[1] }]);
      },
    }),
  },
  {
    name: 'type-map-in-json-unread',
    says: 'a map of a query is read as JSV alone, and not as JSON',
    kills: ['TYPE-010'],
    areas: ['types'],
    on: ['echo-collections'],
    mutate: queried((query) => query.map(([name, value]) => [name, value.startsWith('{"') ? 'x' : value])),
  },
  {
    name: 'type-validators-off',
    says: 'nothing is validated',
    kills: ['TYPE-011'],
    areas: ['types', 'validation', 'response-status', 'lifecycle'],
    on: ['save-tool'],
    mutate: (b) => ({ ...b, validate: () => null }),
  },
  {
    name: 'type-validators-tight',
    says: 'the last values that a validator takes are refused',
    kills: ['TYPE-012'],
    areas: ['types'],
    on: ['save-tool'],
    mutate: unread(
      (value, name) =>
        (name === 'Rating' && /^[15]$/.test(value)) || (name === 'Name' && /^(?:x{3}|x{10})$/.test(value)),
    ),
  },
  {
    name: 'type-nothing-is-200',
    says: 'an operation that answers nothing says 200',
    kills: ['TYPE-015'],
    areas: ['types'],
    on: ['write-log', 'delete-tool'],
    mutate: answeredOtherwise(
      () => true,
      (reply) => (reply.status === 204 ? { ...reply, status: 200, reason: 'OK' } : reply),
    ),
  },
];
