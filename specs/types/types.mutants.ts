// One list: how values that have a type may be read or written wrongly, and who may call what is open to all.

import type { Contract, FormatName } from '../../src/model/contract.ts';
import type { PlainObject, PlainValue } from '../../src/model/value.ts';
import type { Behaviour, Call, Mutate, Outcome, Pairs, Reply } from '../../src/provider/behaviour.ts';
import { bodyText, typed } from '../../src/provider/content-faults.ts';
import { invalidValues, refusal } from '../../src/provider/errors.ts';
import { answeredOtherwise, isGuarded } from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import { isList, isObject } from '../../src/provider/rendering/json.ts';

const isOpen = (contract: Contract): boolean => !isGuarded(contract);
const nothing = new Uint8Array(0);

/** The pairs of a query and of a path. */
const sentIn = (call: Call): Pairs => [...call.query, ...Object.entries(call.named)];

/** What is sent as a value, in a query or a path, is refused as unreadable where it is like that. */
const unread =
  (isIt: (name: string, value: string, call: Call, b: Behaviour) => boolean): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bad = sentIn(call).find(([name, value]) => isIt(name, value, call, b));
      return bad === undefined
        ? b.bind(call, batch)
        : invalidValues(call.contract.operation, [{ member: bad[0], value: bad[1] }]);
    },
  });

/** A refusal of binding told otherwise. */
const refusedOtherwise =
  (change: (refused: Outcome & { readonly kind: 'refusal' }) => Outcome & { readonly kind: 'refusal' }): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bound = b.bind(call, batch);
      return bound.kind === 'refusal' ? change(bound) : bound;
    },
  });

/** A call whose binding is refused is bound as if it were another. */
const boundAs =
  (change: (call: Call, b: Behaviour) => Call, when: (call: Call, b: Behaviour) => boolean): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bound = b.bind(call, batch);
      return bound.kind === 'refusal' && when(call, b) ? b.bind(change(call, b), batch) : bound;
    },
  });

/** What a request says of these members is overlooked. */
const overlooking =
  (members: PlainObject): Mutate =>
  (b) => ({ ...b, execute: (call) => b.execute({ ...call, request: { ...call.request, ...members } }) });

/** Members of which a JSON body says something that a query could not say of them. */
function malformedInJson(call: Call, b: Behaviour): ReadonlySet<string> {
  const said = typed('json')(call) ? objectIn(bodyText(call)) : {};
  const malformed = Object.entries(said).filter(([name, value]) => {
    const isScalar = typeof value === 'string' || typeof value === 'number';
    return isScalar && !reads(b, call, [[name, String(value)]]);
  });
  return new Set(malformed.map(([name]) => name));
}

const isMalformedJson = (call: Call, b: Behaviour): boolean => malformedInJson(call, b).size > 0;

/** The same call without what its JSON body says of those members. */
function withoutMalformed(call: Call, b: Behaviour): Call {
  const malformed = malformedInJson(call, b);
  const kept = Object.entries(objectIn(bodyText(call))).filter(([name]) => !malformed.has(name));
  return { ...call, body: new TextEncoder().encode(JSON.stringify(Object.fromEntries(kept))) };
}

function reads(b: Behaviour, call: Call, query: Pairs): boolean {
  return b.bind({ ...call, query, named: {}, body: nothing }, false).kind === 'bound';
}

function objectIn(text: string): PlainObject {
  try {
    const value = JSON.parse(text) as PlainValue;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The names of the enum that a member of the request holds; none where it holds something else. */
function enumNames(call: Call, name: string): readonly string[] {
  const { types, request } = call.contract;
  const members = types.find((type) => type.name === request)?.members ?? [];
  const type = members.find((member) => member.name.toLowerCase() === name.toLowerCase())?.type;
  return types.find((each) => each.name === type)?.enum?.names.map((each) => each.name) ?? [];
}

/** Numbers next to a number, and texts with a letter more or less. */
function neighbours(value: string): readonly string[] {
  return /^-?\d{1,9}$/.test(value)
    ? [String(Number(value) - 1), String(Number(value) + 1)]
    : [value.slice(0, -1), `${value}x`];
}

/** Whether the validators take a value and not its neighbour. */
function isLast(name: string, value: string, call: Call, b: Behaviour): boolean {
  const isRefused = (text: string): boolean => {
    const bound = b.bind({ ...call, query: [[name, text]], named: {}, body: nothing }, false);
    const [request] = bound.kind === 'bound' ? bound.requests : [];
    const refused = request === undefined ? null : b.validate({ ...call, request });
    const items = refused?.error?.['Errors'];
    return isList(items) && items.some((item) => isObject(item) && item['FieldName'] === name);
  };
  return value !== '' && !isRefused(value) && neighbours(value).some(isRefused);
}

/** The first number or text of what an answer holds is another one. */
function withOtherFirst(value: PlainValue): PlainValue {
  if (typeof value === 'string') return /^\d+$/.test(value) ? String(BigInt(value) + 1n) : `${value}x`;
  if (typeof value === 'number') return value + 1;
  if (isList(value)) return value.map((item, i) => (i === 0 ? withOtherFirst(item) : item));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'ResponseStatus');
  const [first] = entries.find(([, each]) => isList(each) && each.length > 0) ?? entries[0] ?? [];
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === first ? withOtherFirst(each) : each]),
  );
}

/** A success says something else in one format. */
const sayingOtherwise =
  (format: FormatName): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) =>
      b.render(
        call,
        outcome.kind === 'success' && call.format === format
          ? { ...outcome, value: withOtherFirst(outcome.value) }
          : outcome,
      ),
  });

/** Whether csv has rows for a success: of a DTO, or of each item of a list of them. */
const hasRows = ({ response, types }: Contract): boolean =>
  (response.kind === 'dto' || response.kind === 'list') && types.some(({ name }) => name === response.type);

const integer = /^U?Int\d\d$/;

/** Whether a success has a whole number among its members, or among those of its items; an echo only has what it was sent. */
function answersNumber({ request, response, types }: Contract): boolean {
  if ((response.kind !== 'dto' && response.kind !== 'list') || response.type === request) return false;
  return types.some(({ name, members }) => name === response.type && members.some(({ type }) => integer.test(type)));
}

/** The reply's text with something replaced. */
const rewritten = (reply: Reply, from: RegExp, to: string): Reply => ({ ...reply, body: reply.body.replace(from, to) });

const turnedAway = refusal('credentials', 401, 'Unauthorized', 'Not Authenticated');
const broken = refusal('service', 500, 'InvalidCastException', 'It does not fit.');

/** The ends of the whole numbers of .NET, and of its dates. */
const extremes = new Set([
  ...[8n, 16n, 32n, 64n].flatMap((bits) => [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n, 2n ** bits - 1n].map(String)),
  '0001-01-01',
  '9999-12-31',
]);

/** Faults of values that have a type, and of operations that are open to all or have some verbs alone. */
export const typeMutants: readonly Mutant[] = [
  {
    name: 'verb-predefined-lost',
    says: 'a verb that the service does not have is answered with 404',
    kills: ['VERB-015'],
    areas: ['verbs'],
    mutate: answeredOtherwise(
      () => true,
      (reply) => (reply.status === 405 ? { ...reply, status: 404, reason: 'Not Found' } : reply),
    ),
  },
  {
    name: 'auth-open-refuses-strangers',
    says: 'an operation that asks for no credentials refuses who has none',
    kills: ['AUTH-043'],
    appliesTo: isOpen,
    areas: ['authentication'],
    mutate: (b) => ({ ...b, execute: (call) => (call.credentials === 'none' ? turnedAway : b.execute(call)) }),
  },
  {
    name: 'auth-open-minds-tokens',
    says: 'an operation that asks for no credentials refuses those that are bad',
    kills: ['AUTH-044'],
    appliesTo: isOpen,
    areas: ['authentication'],
    mutate: (b) => ({
      ...b,
      execute: (call) =>
        call.credentials === 'presented' && b.authenticate(call).kind === 'refusal' ? turnedAway : b.execute(call),
    }),
  },
  {
    name: 'type-number-as-text',
    says: 'a number of an answer in JSON is written as a text that is none',
    kills: ['TYPE-001'],
    appliesTo: answersNumber,
    areas: ['types', 'response-status', 'examples', 'lifecycle', 'formats', 'validation'],
    mutate: answeredOtherwise(
      ({ format }, { status }) => format === 'json' && status < 300,
      (reply) => rewritten(reply, /":-?\d+(?=[,}])/, '":"many"'),
    ),
  },
  {
    name: 'type-csv-other-data',
    says: 'csv says another text, or another number, than JSON',
    kills: ['TYPE-002'],
    // Of a list of texts csv has no rows, and of what is no list and no DTO nothing at all.
    appliesTo: hasRows,
    areas: ['types', 'formats'],
    mutate: sayingOtherwise('csv'),
  },
  {
    name: 'type-xml-other-data',
    says: 'XML says another text, or another number, than JSON',
    kills: ['TYPE-002'],
    areas: ['types', 'formats'],
    mutate: sayingOtherwise('xml'),
  },
  {
    name: 'type-success-of-another-kind',
    says: 'a success in JSON is a list where it should be an object or a value, and an object where it should be a list',
    kills: ['TYPE-001'],
    appliesTo: ({ response }) => response.kind !== 'scalar' || response.type !== 'String',
    areas: [
      'types',
      'response-status',
      'examples',
      'lifecycle',
      'formats',
      'validation',
      'routes',
      'verbs',
      'authentication',
    ],
    mutate: answeredOtherwise(
      ({ format }, { status, body }) => format === 'json' && status < 300 && body !== '',
      (reply) => ({ ...reply, body: reply.body.startsWith('[') ? '{"not":"a list"}' : '["not what it should be"]' }),
    ),
  },
  {
    name: 'type-malformed-empty',
    says: 'a malformed value of a query or a form is taken for none',
    kills: ['TYPE-003'],
    areas: ['types', 'validation', 'response-status'],
    mutate: boundAs(
      (call) => ({
        ...call,
        query: call.query.map(([name]) => [name, '']),
        body: typed('form')(call) ? nothing : call.body,
      }),
      () => true,
    ),
  },
  {
    name: 'type-malformed-path-empty',
    says: 'a malformed value of a path is taken for none',
    kills: ['TYPE-004'],
    areas: ['types', 'validation', 'response-status'],
    mutate: boundAs(
      (call) => ({ ...call, named: {} }),
      () => true,
    ),
  },
  {
    name: 'type-malformed-nameless',
    says: 'an error of binding names no member',
    kills: ['TYPE-003', 'TYPE-004'],
    areas: ['types', 'validation'],
    mutate: refusedOtherwise((refused) => ({ ...refused, error: { ...refused.error, Errors: [] } })),
  },
  {
    name: 'type-json-breaks',
    says: 'something else in the place of a number, a date or an enum in a JSON body breaks the service',
    kills: ['TYPE-005'],
    areas: ['types', 'validation'],
    mutate: (b) => ({ ...b, bind: (call, batch) => (isMalformedJson(call, b) ? broken : b.bind(call, batch)) }),
  },
  {
    name: 'type-strict-json-lenient',
    says: 'a malformed value in a JSON body is taken for none, though System.Text.Json is declared',
    kills: ['TYPE-006'],
    areas: ['types', 'validation'],
    under: { serializer: 'system-text-json', casing: 'camel' },
    mutate: boundAs(withoutMalformed, isMalformedJson),
  },
  {
    name: 'type-extremes-unread',
    says: 'the least and the greatest value of a type cannot be read',
    kills: ['TYPE-007'],
    areas: ['types'],
    mutate: unread((_, value) => extremes.has(value)),
  },
  {
    name: 'type-enum-case-matters',
    says: 'an enum is read in the casing of the code alone',
    kills: ['TYPE-008'],
    areas: ['types'],
    mutate: unread((name, value, call) => {
      const names = enumNames(call, name);
      return !names.includes(value) && names.some((each) => each.toLowerCase() === value.toLowerCase());
    }),
  },
  {
    name: 'type-enum-number-unread',
    says: 'an enum is read by its name alone, and not by its number',
    kills: ['TYPE-008'],
    areas: ['types'],
    mutate: unread((name, value, call) => enumNames(call, name).length > 0 && /^\d+$/.test(value)),
  },
  {
    name: 'type-list-once-alone',
    says: 'a name that stands several times in a query is refused',
    kills: ['TYPE-009'],
    areas: ['types'],
    mutate: unread((name, _, call) => call.query.filter(([each]) => each === name).length > 1),
  },
  {
    name: 'type-map-in-json-unread',
    says: 'a map or an object of a query is read as JSV alone, and not as JSON',
    kills: ['TYPE-010'],
    areas: ['types'],
    mutate: unread((_, value) => /^\{(?:"|\})/.test(value)),
  },
  {
    name: 'type-validators-off',
    says: 'nothing is validated',
    kills: ['TYPE-011'],
    areas: ['types', 'validation', 'response-status', 'lifecycle', 'formats', 'transport'],
    mutate: (b) => ({ ...b, validate: () => null }),
  },
  {
    name: 'type-validators-tight',
    says: 'the last values that a validator takes are refused in a query',
    kills: ['TYPE-012'],
    areas: ['types', 'verbs', 'validation'],
    mutate: unread((name, value, call, b) => isLast(name, value, call, b)),
  },
  {
    name: 'type-query-all-at-once',
    says: 'a query brings all results, however many are asked for',
    kills: ['TYPE-013'],
    areas: ['types'],
    mutate: overlooking({ Take: null }),
  },
  {
    name: 'type-query-unordered',
    says: 'a query brings its results in the same order, whatever is asked for',
    kills: ['TYPE-014'],
    areas: ['types'],
    mutate: overlooking({ OrderBy: null, OrderByDesc: null }),
  },
  {
    name: 'type-query-falls-for-rises',
    says: 'a query brings its results in falling order where they are to rise',
    kills: ['TYPE-014'],
    areas: ['types'],
    mutate: (b) => ({
      ...b,
      execute: (call) => {
        const { OrderBy: rising = null } = call.request;
        return b.execute({ ...call, request: { ...call.request, OrderBy: null, OrderByDesc: rising } });
      },
    }),
  },
  {
    name: 'type-nothing-is-200',
    says: 'an operation that answers nothing says 200',
    kills: ['TYPE-015'],
    areas: ['types'],
    mutate: answeredOtherwise(
      () => true,
      (reply) => (reply.status === 204 ? { ...reply, status: 200, reason: 'OK' } : reply),
    ),
  },
];
