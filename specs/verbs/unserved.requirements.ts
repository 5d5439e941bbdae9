import { success, unvouched } from '../../src/catalogue/expect/response.ts';
import { allowOn405, notServed, status } from '../../src/catalogue/expect/status.ts';
import type { SentPoint, VerbPoint } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Route, Verb } from '../../src/model/contract.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';
import { hidesDocuments, isPredefined, predefinedPath } from '../../src/values/contract.ts';
import { isSamePath } from '../../src/values/route.ts';

const primary: Citation = {
  source: 'servicestack-endpoint-routing',
  at: 'Primary HTTP Method',
  quote: 'If no HTTP Method is specified, the Primary HTTP Method defaults to HTTP POST',
};

const ordinary: readonly Verb[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** The ordinary verbs that a route does not promise under the profile. */
const others = (route: Route, c: Composer): readonly Verb[] =>
  ordinary.filter((verb) => !c.verbsOf(route).includes(verb));

/**
 * Of routes that claim every verb of their path. Beside others, which name theirs, another operation may serve the same path
 * by another verb.
 */
const claimed = (c: Composer): readonly Route[] => c.routes.filter(({ verbs }) => verbs === 'any');

const everyOther = (c: Composer): readonly VerbPoint[] =>
  claimed(c).flatMap((route) => others(route, c).map((verb) => ({ route, verb })));

/** The ordinary verbs that the service itself does not have: on its predefined route no other operation can answer them. */
const lackingVerbs = (c: Composer): readonly SentPoint[] => {
  const { contract } = c;
  const own = contract.verbs;
  if (own === undefined || own === 'any') return [];
  return ordinary
    .filter((verb) => !own.includes(verb))
    .map((verb) => ({
      verb,
      request: c.requestTo(predefinedPath(contract, 'json'), {
        verb,
        payload: { in: 'query', members: { ...c.bound, ...c.sample.all } },
      }),
    }));
};

/** A route by an ordinary verb that no route of the operation on that path promises. */
const unpromised = (c: Composer): readonly VerbPoint[] =>
  c.routes
    // Only its documents tell which other operations a host has on a path.
    .filter((route) => route.verbs !== 'any' && !isPredefined(route) && !hidesDocuments(c.contract))
    .flatMap((route) => {
      const beside = c.routes.filter(({ path }) => isSamePath(path, route.path));
      const promised = beside.flatMap((each) => c.verbsOf(each));
      return ordinary.filter((verb) => !promised.includes(verb)).map((verb) => ({ route, verb }));
    });

/** Under endpoint routing the page's "All Verbs" is not kept; what is not served is at least refused with 405. */
export const unservedVerbs: readonly Requirement[] = [
  requirement('verbs', {
    id: 'VERB-011',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'under endpoint routing, every other verb is answered with 405',
    why: 'A consumer could not tell a wrong verb from a wrong path.',
    cites: [
      primary,
      { source: 'rfc9110', at: '15.5.6', quote: 'known by the origin server but not supported by the target resource' },
    ],
    when: { hosting: ['endpoints'] },
    each: everyOther,
    send: ({ route, verb }, c) => c.onAbsent(c.request(route, { verb })),
    expect: [status(405)],
  }),
  requirement('verbs', {
    id: 'VERB-012',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'under endpoint routing, a 405 names the verbs that are served',
    why: 'A consumer could not learn from the answer what to do instead.',
    cites: [
      {
        source: 'rfc9110',
        at: '15.5.6',
        quote: 'The origin server MUST generate an Allow header field in a 405 response',
      },
    ],
    when: { hosting: ['endpoints'] },
    each: (c) => everyOther(c).map((point) => ({ ...point, served: c.verbsOf(point.route) })),
    send: ({ route, verb }, c) => c.onAbsent(c.request(route, { verb })),
    expect: [allowOn405],
  }),
  requirement('verbs', {
    id: 'VERB-013',
    level: 'MUST',
    breaks: 'changed',
    basis: 'framework',
    title: 'under endpoint routing, a request by another verb changes nothing',
    why: 'A call that was answered with a refusal would have been carried out.',
    cites: [primary],
    when: { hosting: ['endpoints'] },
    each: (c) => claimed(c).map((route) => ({ route })),
    send: ({ route }, c) => {
      const [first, ...rest] = others(route, c).map((verb) => c.request(route, { verb }));
      const valid = c.request(route);
      return first === undefined ? c.onFresh(valid) : c.onFresh(first, ...rest, valid);
    },
    refuses: 'all but the last',
    expect: [success],
  }),
  requirement('verbs', {
    id: 'VERB-015',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'a verb that the service does not have is answered with 405 on its predefined route',
    why: 'A call that was never promised is carried out, or a consumer could not tell a wrong verb from a wrong path.',
    cites: [
      {
        source: 'servicestack-routing',
        at: 'Pre-defined Routes',
        quote: 'already includes pre-defined routes for all services',
      },
      { source: 'rfc9110', at: '15.5.6', quote: 'known by the origin server but not supported by the target resource' },
    ],
    when: { hosting: ['classic', 'mapped'] },
    lacks: 'the service has every verb, or no document tells which',
    each: lackingVerbs,
    send: ({ request }, c) => c.onAbsent(request),
    // Validators are asked before it is known that there is no such method.
    unless: (x, evidence) => (x.status === 400 ? unvouched(x, evidence) : null),
    expect: [status(405)],
  }),
  requirement('verbs', {
    id: 'VERB-016',
    level: 'MUST',
    breaks: 'executed',
    basis: 'framework',
    title: 'a route that names its verbs is not served by another',
    why: 'A call that was never promised is carried out: a crawler, or a form of another site, may be what makes it.',
    cites: [
      {
        source: 'servicestack-routing',
        at: 'Limiting to HTTP Verbs',
        quote: 'If not specified Routes will match All HTTP Verbs',
      },
    ],
    lacks: 'its routes claim every verb, or take the paths of the documents that tell of others',
    each: unpromised,
    send: ({ route, verb }, c) => ({ ...c.onAbsent(c.request(route, { verb })), undocumented: 'a verb' }),
    refuses: 'every request',
    expect: [notServed],
  }),
];
