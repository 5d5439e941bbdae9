import type { Call, Mutate } from '../../src/provider/behaviour.ts';
import { refusal } from '../../src/provider/errors.ts';
import {
  answeredWith,
  both,
  byVerb,
  divertedTo,
  failing,
  hasSubject,
  hasWords,
  isBeside,
  onAbsent,
  onFresh,
  onLastRoute,
  pretending,
  turnedDown,
  wordedRoutes,
  promisesVerb,
  takesEveryPath,
} from '../../src/provider/faults.ts';
import type { Contract, Verb } from '../../src/model/contract.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import { bodyCounts, saidElsewhere } from '../../src/provider/content-faults.ts';

const none = { kind: 'none' } as const;

/** A call whose path no route serves, taken for one whose path is changed so. */
const readAs =
  (change: (path: string, call: Call) => string): Mutate =>
  (b) => ({
    ...b,
    route: (call) => {
      const found = b.route(call);
      return found.kind === 'none' || found.kind === 'page'
        ? b.route({ ...call, path: change(call.path, call) })
        : found;
    },
  });

/** The last word of the path taken for that of the first route that has one, whatever it is. */
const anyWord = readAs((path, { contract }) => {
  const [route] = wordedRoutes(contract);
  return route !== undefined && isBeside(path, route)
    ? path.replace(/[^/]+$/, route.path.slice(route.path.lastIndexOf('/') + 1))
    : path;
});

/** The verb that a path is asked by first: that of a route, or POST where it takes every verb. */
const firstVerb = ({ routes: [{ verbs }] }: Contract): Verb => (verbs === 'any' ? 'POST' : verbs[0]);

/** What is sent to a path of no route is answered so. */
const leadingNowhere =
  (status: number): Mutate =>
  (b) => ({
    ...b,
    route: (call) => {
      const found = b.route(call);
      const isAsked = byVerb(firstVerb(call.contract))(call) || !promisesVerb('POST')(call.contract);
      return found.kind === 'page' && isAsked ? answeredWith(status) : found;
    },
  });

/** Each call leaves its subject in the state that this route leaves behind. */
const leavingAs =
  (index: number, when: (call: Call) => boolean): Mutate =>
  (b) => ({
    ...b,
    execute: (call) => {
      const { routes } = call.contract;
      return b.execute(when(call) ? { ...call, route: routes.at(index) ?? call.route } : call);
    },
  });

/** Paths that are documented. */
const served: readonly Mutant[] = [
  {
    name: 'route-last-lost',
    says: 'the last route is not served at all',
    kills: ['ROUTE-001', 'ROUTE-002', 'ROUTE-003', 'VERB-001', 'VERB-002', 'VERB-005', 'VERB-006', 'VERB-017'],
    elsewhere: ['STATUS-012'],
    areas: ['routes', 'verbs', 'authentication', 'examples', 'formats', 'response-status', 'validation', 'lifecycle'],
    mutate: divertedTo(none, onLastRoute),
  },
  {
    name: 'route-suffix-xml-on-last',
    says: 'the last route does not know one of the suffixes',
    kills: ['ROUTE-003', 'AUTH-006'],
    areas: ['routes', 'authentication', 'formats'],
    mutate: divertedTo(
      none,
      both(onLastRoute, (call) => call.suffix === 'xml'),
    ),
  },
  {
    name: 'route-predefined-csv-refused',
    says: 'one predefined route is closed to everybody',
    kills: ['ROUTE-004'],
    appliesTo: (contract) => !takesEveryPath(contract),
    areas: ['routes'],
    mutate: turnedDown(403, (call) => call.predefined === 'csv'),
  },
  {
    name: 'route-unknown-is-updated',
    says: 'an unknown subject is taken for updated',
    kills: ['ROUTE-001', 'ROUTE-003', 'ROUTE-004', 'ROUTE-005', 'VERB-001', 'VERB-003', 'VERB-005'],
    appliesTo: hasSubject,
    areas: ['routes', 'verbs', 'examples', 'formats', 'response-status', 'lifecycle', 'validation'],
    mutate: pretending((call) => onAbsent(call)),
  },
  {
    name: 'route-fresh-conflicts-on-last',
    says: 'the last route takes every subject for one that is updated already',
    kills: ['ROUTE-002', 'VERB-002', 'VERB-006', 'VERB-008', 'VERB-010'],
    appliesTo: hasSubject,
    areas: ['routes', 'verbs', 'authentication', 'examples', 'formats', 'lifecycle', 'validation', 'response-status'],
    mutate: failing(409, both(onFresh, onLastRoute)),
  },
];

/** Paths that nobody documented. */
const unserved: readonly Mutant[] = [
  {
    name: 'route-any-word',
    says: 'every word behind the subject is carried out as if it were that of the first route',
    kills: ['ROUTE-008'],
    appliesTo: hasSubject,
    areas: ['routes', 'documentation'],
    mutate: anyWord,
  },
  {
    name: 'route-any-word-pretended',
    says: 'every word behind the subject is answered with success, though nothing is done',
    kills: ['ROUTE-006', 'ROUTE-007'],
    appliesTo: hasWords,
    areas: ['routes', 'documentation'],
    mutate: (b) => {
      const behaviour = anyWord(b);
      return pretending((call) => b.route(call).kind !== 'operation')(behaviour);
    },
  },
  {
    name: 'route-further-segments',
    says: 'what follows behind a documented path is ignored, and the call carried out',
    kills: ['ROUTE-008'],
    appliesTo: hasSubject,
    areas: ['routes', 'documentation'],
    mutate: readAs((path) => path.replace(/\/[^/]+$/, '')),
  },
  {
    name: 'route-wrong-word-bad-request',
    says: 'an undocumented word is answered with 400',
    kills: ['ROUTE-007'],
    areas: ['routes'],
    mutate: leadingNowhere(400),
  },
  {
    name: 'route-prefix-dropped',
    says: 'the routes are served without their prefix, too',
    kills: ['ROUTE-010'],
    // Of an operation that works on nothing, a success without the prefix is what ROUTE-009 finds.
    appliesTo: hasSubject,
    areas: ['routes'],
    mutate: readAs((path, { contract }) => `${contract.prefix}${path}`),
  },
  {
    name: 'route-prefix-dropped-pretended',
    says: 'without the prefix, calls are answered with success, though nothing is done',
    kills: ['ROUTE-009'],
    areas: ['routes'],
    mutate: (b) => ({
      ...b,
      route: (call) => (call.path.toLowerCase().startsWith(call.contract.prefix) ? b.route(call) : answeredWith(200)),
    }),
  },
];

/** Which subject, and what becomes of it. */
const subject: readonly Mutant[] = [
  {
    name: 'route-body-id-wins-in-xml',
    says: 'the id in the body counts, where the body is xml',
    kills: ['ROUTE-011', 'ROUTE-012'],
    areas: ['routes', 'validation'],
    mutate: bodyCounts((call) => (call.header('content-type') ?? '').includes('xml')),
  },
  {
    name: 'route-two-ids-refused',
    says: 'a request that names one subject in its path and another in its body is refused',
    kills: ['ROUTE-011'],
    areas: ['routes', 'validation'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        saidElsewhere(call) === null ? b.bind(call, batch) : refusal('binding', 400, 'Torn', 'Which one?'),
    }),
  },
  {
    name: 'route-two-ids-both-updated',
    says: 'where path and body name two subjects, both are updated',
    kills: ['ROUTE-012'],
    areas: ['routes'],
    mutate: (b) => ({
      ...b,
      execute: (call) => {
        const other = Object.values(saidElsewhere(call) ?? {})[0];
        if (typeof other === 'string') b.execute({ ...call, subject: other });
        return b.execute(call);
      },
    }),
  },
  {
    name: 'route-last-does-as-first',
    says: 'the last route leaves its subject as the first route does',
    kills: ['ROUTE-013'],
    areas: ['routes', 'lifecycle'],
    mutate: leavingAs(0, onLastRoute),
  },
  {
    name: 'route-last-does-as-first-by-put',
    says: 'by PUT alone, the last route leaves its subject as the first route does',
    kills: ['ROUTE-014'],
    areas: ['routes'],
    mutate: leavingAs(0, (call) => onLastRoute(call) && call.verb === 'PUT'),
  },
  {
    name: 'route-first-does-as-last-by-form',
    says: 'a form sent to the first route leaves its subject as the last route does',
    kills: ['ROUTE-014'],
    areas: ['routes'],
    mutate: leavingAs(-1, (call) => (call.header('content-type') ?? '').includes('form')),
  },
  {
    name: 'route-first-does-as-last-by-query',
    says: 'a POST to the first route whose members stand in the query leaves its subject as the last route does',
    kills: ['ROUTE-014', 'ROUTE-015'],
    areas: ['routes'],
    mutate: leavingAs(-1, (call) => call.verb === 'POST' && call.query.length > 0),
  },
  {
    name: 'route-last-does-as-first-in-xml',
    says: 'a body in xml sent to the last route leaves its subject as the first route does',
    kills: ['ROUTE-015'],
    areas: ['routes'],
    mutate: leavingAs(0, (call) => onLastRoute(call) && (call.header('content-type') ?? '').includes('xml')),
  },
  {
    name: 'route-last-does-as-first-by-suffix',
    says: 'where a suffix selects the format, the last route leaves its subject as the first route does',
    kills: ['ROUTE-015'],
    areas: ['routes'],
    mutate: leavingAs(0, (call) => onLastRoute(call) && call.suffix !== null),
  },
  {
    name: 'route-last-does-nothing',
    says: 'the last route succeeds and does nothing',
    kills: ['ROUTE-013'],
    areas: ['routes', 'lifecycle'],
    mutate: (b) => ({
      ...b,
      execute: (call) => (onLastRoute(call) && onFresh(call) ? { kind: 'success', value: {} } : b.execute(call)),
    }),
  },
];

/** Faults in what paths lead to. */
export const routeMutants: readonly Mutant[] = [...served, ...unserved, ...subject];
