import type { Contract } from '../../src/model/contract.ts';
import type { Call, Mutate } from '../../src/provider/behaviour.ts';
import {
  answeredWith,
  both,
  bySentVerb,
  byVerb,
  divertedTo,
  failing,
  hasSubject,
  onAbsent,
  onFresh,
  onLastRoute,
  pretending,
  promisesVerb,
  sendsMembers,
  together,
  type When,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import { isPredefined } from '../../src/provider/routing.ts';

const isOverridden = (call: Call): boolean => call.header('X-Http-Method-Override') !== undefined;
const hasBody = (call: Call): boolean => call.body.length > 0;
const none = { kind: 'none' } as const;
const notAllowed = answeredWith(405, [['Allow', 'GET, POST']]);

/** Members that come in this way are not read. */
const unread =
  (part: 'query' | 'body', when: (call: Call) => boolean): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      if (!when(call)) return b.bind(call, batch);
      return b.bind(part === 'query' ? { ...call, query: [] } : { ...call, body: new Uint8Array() }, batch);
    },
  });

/** Verbs that are promised and not served, or served otherwise. */
const promised: readonly Mutant[] = [
  {
    name: 'verb-patch-not-allowed',
    says: 'PATCH is answered with 405',
    kills: ['VERB-001', 'VERB-002', 'VERB-005', 'VERB-006', 'VERB-008', 'AUTH-002'],
    areas: ['verbs', 'authentication', 'formats', 'response-status', 'validation', 'lifecycle', 'examples'],
    mutate: divertedTo(notAllowed, byVerb('PATCH')),
  },
  {
    name: 'verb-delete-lost-on-last',
    says: 'DELETE finds nothing on the last route',
    kills: ['VERB-001', 'VERB-002', 'VERB-005', 'VERB-006', 'VERB-010', 'AUTH-002'],
    areas: ['verbs', 'authentication', 'formats', 'response-status', 'validation', 'lifecycle', 'examples'],
    mutate: divertedTo(none, both(onLastRoute, byVerb('DELETE'))),
  },
  {
    name: 'verb-get-harmless',
    says: 'GET is answered with success and does nothing, as GET is meant to do nothing',
    kills: ['VERB-001', 'VERB-005'],
    appliesTo: hasSubject,
    areas: ['verbs', 'routes', 'response-status', 'validation', 'lifecycle', 'examples'],
    mutate: pretending(byVerb('GET')),
  },
  {
    name: 'verb-put-breaks',
    says: 'a valid PUT breaks the service',
    kills: ['VERB-002', 'VERB-006', 'VERB-008'],
    areas: ['verbs', 'examples', 'lifecycle', 'formats'],
    mutate: failing(500, both(onFresh, byVerb('PUT'))),
  },
];

/** HEAD and OPTIONS, which the page's "All Verbs" holds too. */
const habitual: readonly Mutant[] = [
  {
    name: 'verb-head-not-allowed',
    says: 'HEAD is answered with 405',
    kills: ['VERB-003', 'VERB-004'],
    areas: ['verbs'],
    mutate: divertedTo(notAllowed, byVerb('HEAD')),
  },
  {
    name: 'verb-options-breaks',
    says: 'a valid OPTIONS breaks the service',
    kills: ['VERB-004'],
    areas: ['verbs'],
    mutate: failing(500, both(onFresh, byVerb('OPTIONS'))),
  },
];

/** A POST that asks to be taken for another verb. */
const overriding: readonly Mutant[] = [
  {
    name: 'verb-override-not-allowed',
    says: 'a request that overrides its verb is answered with 405',
    kills: ['VERB-005', 'VERB-006', 'AUTH-007'],
    appliesTo: promisesVerb('DELETE'),
    areas: ['verbs', 'authentication', 'formats'],
    mutate: divertedTo(notAllowed, isOverridden),
  },
];

/** Parameters in the query string and in bodies. */
const parameters: readonly Mutant[] = [
  {
    name: 'verb-put-query-unread',
    says: 'by PUT, parameters in the query string are not read',
    kills: ['VERB-007', 'VERB-008'],
    appliesTo: sendsMembers,
    areas: ['verbs', 'formats'],
    mutate: unread('query', byVerb('PUT')),
  },
  {
    name: 'verb-delete-body-unread',
    says: 'by DELETE, a body is not read',
    kills: ['VERB-009', 'VERB-010'],
    appliesTo: hasSubject,
    areas: ['verbs'],
    mutate: unread('body', bySentVerb('DELETE')),
  },
  {
    name: 'verb-get-body-pretended',
    says: 'a GET with a body succeeds whatever it names',
    kills: ['VERB-009'],
    appliesTo: hasSubject,
    areas: ['verbs'],
    mutate: pretending(both(onAbsent, hasBody, bySentVerb('GET'))),
  },
];

const endpoints = {
  under: { hosting: 'endpoints', serializer: 'system-text-json' },
  authentication: ['identity'],
} as const;

/** What endpoint routing answers to verbs that it does not serve, changed. */
const unservedVerb =
  (verb: string, headers: readonly (readonly [string, string])[], status = 405): Mutate =>
  (b) => ({
    ...b,
    route: (call) => {
      const found = b.route(call);
      const is405 = found.kind === 'answered' && found.reply.status === 405 && call.sentVerb === verb;
      return is405 ? answeredWith(status, headers) : found;
    },
  });

/** The call, routed as if it were a POST. */
const asPost = (call: Call): Call => ({ ...call, sentVerb: 'POST' });

/** Endpoint routing, where POST alone is promised. */
const underEndpoints: readonly Mutant[] = [
  {
    ...endpoints,
    name: 'verb-endpoints-put-not-found',
    says: 'under endpoint routing, PUT finds nothing',
    kills: ['VERB-011'],
    areas: ['verbs'],
    mutate: unservedVerb('PUT', [], 404),
  },
  {
    ...endpoints,
    name: 'verb-endpoints-no-allow',
    says: 'under endpoint routing, the 405 to PATCH does not say which verbs are served',
    kills: ['VERB-012'],
    areas: ['verbs'],
    mutate: unservedVerb('PATCH', []),
  },
  {
    ...endpoints,
    name: 'verb-endpoints-get-served',
    says: 'under endpoint routing, GET is carried out',
    kills: ['VERB-011', 'VERB-013'],
    areas: ['verbs', 'documentation'],
    mutate: (b) => ({ ...b, route: (call) => b.route(call.sentVerb === 'GET' ? asPost(call) : call) }),
  },
  {
    ...endpoints,
    name: 'verb-endpoints-put-carried-out',
    says: 'under endpoint routing, PUT is answered with 405 and carried out nevertheless',
    kills: ['VERB-013'],
    appliesTo: hasSubject,
    areas: ['verbs'],
    mutate: (b) => ({
      ...b,
      route: (call) => {
        const to = b.route(asPost(call));
        const [id] = to.kind === 'operation' ? Object.values(to.named) : [];
        const isMeant = call.sentVerb === 'PUT' && to.kind === 'operation' && id !== undefined;
        if (isMeant) b.execute({ ...call, route: to.route, subject: id.toLowerCase() });
        return b.route(call);
      },
    }),
  },
];

/** True for a call that came by a route of the operation's own. */
const onOwnRoute: When = ({ route }) => route !== null && !isPredefined(route);

const ordinary = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const;

/** What comes by a verb that its path is not served by is led where another verb leads. */
const servedByMore =
  (when: When): Mutate =>
  (b) => ({
    ...b,
    route: (call) => {
      const found = b.route(call);
      if (found.kind === 'operation' || !when(call)) return found;
      const byAnother = ordinary
        .map((verb) => b.route({ ...call, verb, sentVerb: verb }))
        .find((each) => each.kind === 'operation' && each.route !== null && !isPredefined(each.route));
      return byAnother ?? found;
    },
    dispatch: (call) => (when(call) && onOwnRoute(call) ? null : b.dispatch(call)),
  });

/** Where the routes name their verbs, none claims them all, and one verb at least is left. */
const namesVerbs = ({ routes }: Contract): boolean =>
  routes.some(
    (route) => route.verbs !== 'any' && !isPredefined(route) && ordinary.some((verb) => !route.verbs.includes(verb)),
  );

const byPatch: When = ({ sentVerb }) => sentVerb === 'PATCH';

const unpromised: readonly Mutant[] = [
  {
    name: 'verb-unpromised-served',
    says: 'a route that names its verbs is served by all',
    kills: ['VERB-016'],
    appliesTo: namesVerbs,
    areas: ['verbs'],
    mutate: servedByMore(() => true),
  },
  {
    name: 'verb-unpromised-breaks',
    says: 'a route that names its verbs breaks down by PATCH',
    kills: ['VERB-016'],
    appliesTo: (contract) => namesVerbs(contract) && !promisesVerb('PATCH')(contract),
    areas: ['verbs'],
    mutate: together(servedByMore(byPatch), failing(500, byPatch)),
  },
];

/** Faults in how verbs are served. */
export const verbMutants: readonly Mutant[] = [
  ...promised,
  ...habitual,
  ...overriding,
  ...parameters,
  ...underEndpoints,
  ...unpromised,
];
