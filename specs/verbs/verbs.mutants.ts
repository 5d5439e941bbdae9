import type { Call, Mutate } from '../../src/provider/behaviour.ts';
import { answeredOtherwise, answeredWith, both, divertedTo, failing, onAbsent, onFresh, onLastRoute, pretending } from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const by =
  (...verbs: readonly string[]) =>
  (call: Call): boolean =>
    verbs.includes(call.verb);
const isOverridden = (call: Call): boolean => call.header('X-Http-Method-Override') !== undefined;
const hasQuery = (call: Call): boolean => call.query.length > 0;
const hasBody = (call: Call): boolean => call.body.length > 0;
const none = { kind: 'none' } as const;
const notAllowed = answeredWith(405, [['Allow', 'GET, POST']]);

/** Members that come in this way are not read. */
const unread = (part: 'query' | 'body', when: (call: Call) => boolean): Mutate => (b) => ({
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
    mutate: divertedTo(notAllowed, by('PATCH')),
  },
  {
    name: 'verb-delete-lost-on-last',
    says: 'DELETE finds nothing on the last route',
    kills: ['VERB-001', 'VERB-002', 'VERB-005', 'VERB-006', 'VERB-010', 'AUTH-002'],
    areas: ['verbs', 'authentication', 'formats', 'response-status', 'validation', 'lifecycle', 'examples'],
    mutate: divertedTo(none, both(onLastRoute, by('DELETE'))),
  },
  {
    name: 'verb-get-harmless',
    says: 'GET is answered with success and does nothing, as GET is meant to do nothing',
    kills: ['VERB-001', 'VERB-005'],
    areas: ['verbs', 'response-status', 'validation', 'lifecycle', 'examples'],
    mutate: pretending(by('GET')),
  },
  {
    name: 'verb-put-breaks',
    says: 'a valid PUT breaks the service',
    kills: ['VERB-002', 'VERB-006', 'VERB-008'],
    areas: ['verbs', 'examples', 'lifecycle'],
    mutate: failing(500, both(onFresh, by('PUT'))),
  },
  {
    name: 'verb-put-no-content',
    says: 'a valid PUT is answered with 204 and no body',
    kills: ['VERB-002', 'VERB-006', 'VERB-008'],
    areas: ['verbs', 'examples', 'lifecycle', 'formats'],
    mutate: answeredOtherwise(
      (call, reply) => call.verb === 'PUT' && reply.status === 200 && call.credentials === 'presented',
      (reply) => ({ ...reply, status: 204, reason: 'No Content', body: '' }),
    ),
  },
];

/** HEAD and OPTIONS, which the page's "All Verbs" holds too. */
const habitual: readonly Mutant[] = [
  {
    name: 'verb-head-not-allowed',
    says: 'HEAD is answered with 405',
    kills: ['VERB-003', 'VERB-004'],
    areas: ['verbs'],
    mutate: divertedTo(notAllowed, by('HEAD')),
  },
  {
    name: 'verb-head-pretended',
    says: 'HEAD is answered with 200 whatever it names',
    kills: ['VERB-003'],
    areas: ['verbs'],
    mutate: pretending(by('HEAD')),
  },
  {
    name: 'verb-options-preflight-only',
    says: 'OPTIONS is answered with 204 for users, too, as a preflight is',
    kills: ['VERB-003', 'VERB-004'],
    areas: ['verbs'],
    mutate: divertedTo(answeredWith(204), both(by('OPTIONS'), (call) => call.credentials === 'presented')),
  },
  {
    name: 'verb-options-breaks',
    says: 'a valid OPTIONS breaks the service',
    kills: ['VERB-004'],
    areas: ['verbs'],
    mutate: failing(500, both(onFresh, by('OPTIONS'))),
  },
];

/** A POST that asks to be taken for another verb. */
const overriding: readonly Mutant[] = [
  {
    name: 'verb-override-not-allowed',
    says: 'a request that overrides its verb is answered with 405',
    kills: ['VERB-005', 'VERB-006', 'AUTH-007'],
    areas: ['verbs', 'authentication'],
    mutate: divertedTo(notAllowed, isOverridden),
  },
  {
    name: 'verb-override-put-pretended',
    says: 'a POST that is to be taken for a PUT succeeds whatever it names',
    kills: ['VERB-005'],
    areas: ['verbs'],
    mutate: pretending(both(isOverridden, onAbsent, by('PUT'))),
  },
  {
    name: 'verb-override-patch-breaks',
    says: 'a valid POST that is to be taken for a PATCH breaks the service',
    kills: ['VERB-006'],
    areas: ['verbs'],
    mutate: failing(500, both(isOverridden, onFresh, by('PATCH'))),
  },
];

/** Parameters in the query string and in bodies. */
const parameters: readonly Mutant[] = [
  {
    name: 'verb-put-query-unread',
    says: 'by PUT, parameters in the query string are not read',
    kills: ['VERB-007', 'VERB-008'],
    areas: ['verbs'],
    mutate: unread('query', by('PUT')),
  },
  {
    name: 'verb-post-query-pretended',
    says: 'by POST, an unknown subject is taken for updated where the parameters are in the query string',
    kills: ['VERB-007'],
    areas: ['verbs'],
    mutate: pretending(both(onAbsent, by('POST'), hasQuery, (call) => !hasBody(call))),
  },
  {
    name: 'verb-patch-query-breaks',
    says: 'by PATCH, a valid request with its parameters in the query string breaks the service',
    kills: ['VERB-008'],
    areas: ['verbs'],
    mutate: failing(500, both(onFresh, by('PATCH'), hasQuery)),
  },
  {
    name: 'verb-delete-body-unread',
    says: 'by DELETE, a body is not read',
    kills: ['VERB-009', 'VERB-010'],
    areas: ['verbs'],
    mutate: unread('body', (call) => call.sentVerb === 'DELETE'),
  },
  {
    name: 'verb-get-body-refused',
    says: 'a GET with a body is refused with 400',
    kills: ['VERB-009', 'VERB-010'],
    areas: ['verbs'],
    mutate: divertedTo(answeredWith(400), (call) => call.sentVerb === 'GET' && hasBody(call)),
  },
  {
    name: 'verb-get-body-pretended',
    says: 'a GET with a body succeeds whatever it names',
    kills: ['VERB-009'],
    areas: ['verbs'],
    mutate: pretending(both(onAbsent, hasBody, (call) => call.sentVerb === 'GET')),
  },
  {
    name: 'verb-delete-body-breaks',
    says: 'a valid DELETE with a body breaks the service',
    kills: ['VERB-010'],
    areas: ['verbs'],
    mutate: failing(500, both(onFresh, hasBody, (call) => call.sentVerb === 'DELETE')),
  },
];

const endpoints = { under: { hosting: 'endpoints', serializer: 'system-text-json' }, authentication: ['identity'] } as const;

/** What endpoint routing answers to verbs that it does not serve, changed. */
const unservedVerb = (verb: string, headers: readonly (readonly [string, string])[], status = 405): Mutate => (b) => ({
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
    name: 'verb-endpoints-wrong-allow',
    says: 'under endpoint routing, the 405 to DELETE names verbs that are not served',
    kills: ['VERB-012'],
    areas: ['verbs'],
    mutate: unservedVerb('DELETE', [['Allow', 'GET, PUT']]),
  },
  {
    ...endpoints,
    name: 'verb-endpoints-get-served',
    says: 'under endpoint routing, GET is carried out',
    kills: ['VERB-011', 'VERB-013'],
    areas: ['verbs'],
    mutate: (b) => ({ ...b, route: (call) => b.route(call.sentVerb === 'GET' ? asPost(call) : call) }),
  },
  {
    ...endpoints,
    name: 'verb-endpoints-put-carried-out',
    says: 'under endpoint routing, PUT is answered with 405 and carried out nevertheless',
    kills: ['VERB-013'],
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

/** Faults in how verbs are served. */
export const verbMutants: readonly Mutant[] = [...promised, ...habitual, ...overriding, ...parameters, ...underEndpoints];
