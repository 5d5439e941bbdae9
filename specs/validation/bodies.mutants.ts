import type { Call, Mutate, Refusal } from '../../src/provider/behaviour.ts';
import { bodyReadAs, bodyText, statusToldAs, typed } from '../../src/provider/content-faults.ts';
import { refusal } from '../../src/provider/errors.ts';
import {
  both,
  failing,
  onAbsent,
  onFresh,
  together,
  worksOnSomething,
  hasOwnRoutes,
  hasSubject,
  hasGuidBesidePath,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const strict = { serializer: 'system-text-json' } as const;

/** The names in a JSON body; of an operation that works on nothing, which may have no body, those in the query. */
function namesIn(call: Call): readonly string[] {
  if (call.body.length === 0 && !worksOnSomething(call))
    return call.query.map(([name]) => name).filter((name) => !/^(format|callback)$/i.test(name));
  return typed('json')(call) ? [...bodyText(call).matchAll(/"([^"]*)"\s*:/g)].map(([, name = '']) => name) : [];
}
const isMember = (call: Call, name: string): boolean => call.members.some((m) => m.name === name);
const recased = (call: Call): boolean =>
  namesIn(call).some(
    (name) => !isMember(call, name) && call.members.some((m) => m.name.toLowerCase() === name.toLowerCase()),
  );
const strange = (call: Call): boolean =>
  namesIn(call).some((name) => !call.members.some((m) => m.name.toLowerCase() === name.toLowerCase()));
const isBig = (call: Call): boolean => call.body.length > 1024;
const isHuge = (call: Call): boolean => call.body.length > 100_000;
const small = (...all: readonly ((call: Call) => boolean)[]): ((call: Call) => boolean) =>
  both(...all, (call) => !isHuge(call));
const inCapitals = (call: Call): boolean => typed('json')(call) && /"[0-9A-F-]*[A-F][0-9A-F-]*"/.test(bodyText(call));

/** True for a body that could not be read at all, rather than a value in it. */
const isUnreadable = ({ by, error }: Refusal): boolean =>
  by === 'binding' && JSON.stringify(error?.['Errors']) === '[]';

/** The last of the members that a body has stands first in it, and is not alone. */
function turnedRound(call: Call): boolean {
  const names = namesIn(call).filter((name) => isMember(call, name));
  const last = call.members.filter(({ name }) => names.includes(name)).at(-1);
  return names.length > 1 && names[0] === last?.name;
}

/** Names in another casing are not known. */
const exactNames = together(
  bodyReadAs(
    (text, call) => text.replace(/"(\w+)":/g, (whole, name: string) => (isMember(call, name) ? whole : `"_${name}":`)),
    both(recased, (call) => call.body.length > 0),
  ),
  (b) => ({
    ...b,
    bind: (call, batch) =>
      b.bind(
        worksOnSomething(call) || !recased(call)
          ? call
          : { ...call, query: call.query.filter(([name]) => isMember(call, name)) },
        batch,
      ),
  }),
);

const refusing =
  (status: number, when: (call: Call) => boolean): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) =>
      when(call) ? refusal('binding', status, 'Unreadable', 'The body is not as it should be.') : b.bind(call, batch),
  });

/** What is not in order is taken for the sample: each member holds something. */
const guessed =
  (when: (call: Call) => boolean): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => (when(call) ? b.bind({ ...call, body: new Uint8Array() }, batch) : b.bind(call, batch)),
    validate: (call) => (when(call) ? null : b.validate(call)),
  });

/** Names of members, and names that are none. */
const names: readonly Mutant[] = [
  {
    name: 'valid-casing-answered-otherwise',
    says: 'an unknown subject is told otherwise to a client that writes members in another casing',
    kills: ['VALID-016'],
    areas: ['validation'],
    mutate: failing(410, both(onAbsent, recased)),
  },
  {
    name: 'valid-indented-unread',
    says: 'JSON that goes over several lines cannot be read',
    kills: ['VALID-033'],
    areas: ['validation'],
    mutate: refusing(400, (call) => typed('json')(call) && /^\{\s*\n/.test(bodyText(call))),
  },
  {
    name: 'valid-order-counts',
    says: 'members of JSON cannot be read where the last one stands first',
    kills: ['VALID-033'],
    areas: ['validation'],
    mutate: refusing(400, turnedRound),
  },
  {
    name: 'valid-casing-breaks',
    says: 'a valid request with members in another casing breaks the service',
    kills: ['VALID-017'],
    areas: ['validation'],
    mutate: failing(500, both(onFresh, recased)),
  },
  {
    name: 'valid-casing-unread-strictly',
    says: 'members in another casing are not read, under System.Text.Json',
    kills: ['VALID-018', 'VALID-019'],
    areas: ['validation'],
    under: strict,
    mutate: exactNames,
  },
  {
    name: 'valid-casing-breaks-strictly',
    says: 'a valid request with members in another casing breaks the service, under System.Text.Json',
    kills: ['VALID-019'],
    areas: ['validation'],
    under: strict,
    mutate: failing(500, both(onFresh, recased)),
  },
  {
    name: 'valid-strangers-refused-on-unknown',
    says: 'a body with an unknown member is refused where the subject is unknown',
    kills: ['VALID-020'],
    areas: ['validation'],
    mutate: failing(400, both(onAbsent, small(strange))),
  },
  {
    name: 'valid-other-script-breaks',
    says: 'a body with letters of another script in it cannot be read',
    kills: ['VALID-020'],
    areas: ['validation'],
    mutate: refusing(400, (call) => typed('json')(call) && /[^\n\r\t -~]/.test(bodyText(call))),
  },
  {
    name: 'valid-nested-deeply-breaks',
    says: 'a body with lists in lists breaks the service',
    kills: ['VALID-020'],
    areas: ['validation'],
    mutate: refusing(500, (call) => typed('json')(call) && bodyText(call).includes('[[[[')),
  },
  {
    name: 'valid-escapes-break',
    says: 'a body with a control character in it, as JSON writes it, breaks the service',
    kills: ['VALID-020'],
    areas: ['validation'],
    mutate: refusing(500, (call) => typed('json')(call) && bodyText(call).includes(String.raw`\u0001`)),
  },
  {
    name: 'valid-counted-links-refused',
    says: 'an address with more in it than the operation asks for is refused',
    kills: ['VALID-020'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: refusing(400, ({ query }) => query.some(([name]) => name.startsWith('utm_'))),
  },
  {
    name: 'valid-big-breaks',
    says: 'a valid body above 1 KB breaks the service',
    kills: ['VALID-021'],
    areas: ['validation'],
    mutate: failing(500, both(onFresh, isBig)),
  },
  {
    name: 'valid-strangers-refused-strictly',
    says: 'a body with an unknown member is refused, under System.Text.Json',
    kills: ['VALID-022', 'VALID-023'],
    areas: ['validation'],
    under: strict,
    mutate: refusing(400, small(strange)),
  },
  {
    name: 'valid-strangers-break-strictly',
    says: 'a valid body with an unknown member breaks the service, under System.Text.Json',
    kills: ['VALID-023'],
    areas: ['validation'],
    under: strict,
    mutate: failing(500, both(onFresh, strange)),
  },
];

/** Bodies that are no requests. */
const bodies: readonly Mutant[] = [
  {
    name: 'valid-unreadable-breaks',
    says: 'a JSON body that cannot be read breaks the service',
    kills: ['VALID-024', 'LIFE-008'],
    areas: ['validation', 'lifecycle'],
    mutate: statusToldAs(500, (call, refused) => isUnreadable(refused) && typed('json')(call)),
  },
  {
    name: 'valid-broken-xml-breaks',
    says: 'an XML body that breaks off breaks the service',
    kills: ['VALID-024'],
    appliesTo: hasOwnRoutes,
    areas: ['validation'],
    mutate: statusToldAs(500, (call, refused) => isUnreadable(refused) && typed('xml')(call)),
  },
  {
    name: 'valid-empty-body-accepted',
    says: 'an empty body is taken for a complete one',
    kills: ['VALID-025'],
    areas: ['validation'],
    mutate: guessed((call) => typed('json')(call) && call.body.length === 0),
  },
  {
    name: 'valid-truncated-accepted',
    says: 'a body that breaks off is taken for a complete one',
    kills: ['VALID-025'],
    areas: ['validation'],
    mutate: guessed(
      (call) => typed('json')(call) && bodyText(call).startsWith('{') && !bodyText(call).trimEnd().endsWith('}'),
    ),
  },
  {
    name: 'valid-plain-text-executed',
    says: 'a body of type text/plain is read as JSON',
    kills: ['VALID-026'],
    areas: ['validation'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        b.bind(
          typed('text/plain')(call)
            ? { ...call, header: (name) => (/content-type/i.test(name) ? 'application/json' : call.header(name)) }
            : call,
          batch,
        ),
    }),
  },
  {
    name: 'valid-huge-refused',
    says: 'a body above 100 KB is refused',
    kills: ['VALID-027'],
    areas: ['validation'],
    mutate: refusing(413, isHuge),
  },
  {
    name: 'valid-upper-body-refused',
    says: 'ids in capitals are refused in a body',
    kills: ['VALID-028', 'VALID-015'],
    appliesTo: hasGuidBesidePath,
    areas: ['validation'],
    mutate: refusing(400, inCapitals),
  },
  {
    name: 'valid-upper-body-breaks',
    says: 'ids in capitals in a body break the service down',
    kills: ['VALID-015'],
    appliesTo: hasGuidBesidePath,
    areas: ['validation', 'lifecycle'],
    mutate: failing(500, inCapitals),
  },
];

/** Faults in how bodies are read. */
export const bodyMutants: readonly Mutant[] = [...names, ...bodies];
