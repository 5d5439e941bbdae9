import { answeredNull, success, unvouched } from '../../src/catalogue/expect/response.ts';
import { reachesTheOperation, served, status } from '../../src/catalogue/expect/status.ts';
import { carried, overridingBy } from '../../src/catalogue/payloads.ts';
import { everyLesserVerb, everyVerb, everyVerbWith, overridden, type VerbPoint } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Answered, RequestTemplate } from '../../src/model/exchange.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';

const allVerbs: Citation = { source: 'operation-page', at: 'routes', quote: 'All Verbs' };
const unlimited: Citation = {
  source: 'servicestack-routing',
  at: 'Limiting to HTTP Verbs',
  quote: 'If not specified Routes will match All HTTP Verbs',
};
const simulated: Citation = {
  source: 'servicestack-routing',
  at: 'Simulate alternative HTTP Methods',
  quote: 'you can simulate an alternative HTTP Method with the X-Http-Method-Override',
};

/** A POST that asks to be taken for another verb, its members in the usual place. */
function overriding({ route, verb }: VerbPoint, c: Composer): RequestTemplate {
  const [first] = c.verbsOf(route);
  return c.request(route, {
    verb: first,
    payload: carried(first, c.sample.all),
    headers: [overridingBy(verb)],
  });
}

const verbsButTheFirst = (c: Composer): readonly VerbPoint[] =>
  everyVerb(c).filter(({ route, verb }) => overridden(c.verbsOf(route).slice(1)).includes(verb));

/** Whoever looks after CORS for a service may answer OPTIONS for it, whatever is asked for: that says nothing of the operation. */
const answeredInFront = ({ request, status, text }: Answered): string | null =>
  request.method === 'OPTIONS' && status >= 200 && status < 300 && text === ''
    ? 'OPTIONS is answered by what stands in front of the operation'
    : null;

/** A service may answer that something was created, or will be done (source forms, 6). */
const ofItsOwn = ({ status: its }: Answered): string | null =>
  its > 200 && its < 300 ? `the service answers with a status of its own, ${its}` : null;

/** Every verb that is promised is served. */
export const servedVerbs: readonly Requirement[] = [
  requirement('verbs', {
    id: 'VERB-001',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'every promised verb is served on every route: the operation refuses an unknown subject',
    why: 'A consumer that picks its verb from the page would be turned away.',
    cites: [allVerbs, unlimited],
    each: everyVerb,
    send: ({ route, verb }, c) => c.onAbsent(c.request(route, { verb })),
    expect: [served],
  }),
  requirement('verbs', {
    id: 'VERB-017',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'every promised verb is served in every format: the operation refuses an unknown subject',
    why: 'A consumer that picks its verb and its format from the page would be turned away.',
    cites: [allVerbs, unlimited],
    each: (c) => everyVerbWith(c, { format: c.formats }),
    send: ({ route, verb, format }, c) => c.onAbsent(c.request(route, { verb, accept: format.mediaType })),
    expect: [served],
  }),
  requirement('verbs', {
    id: 'VERB-002',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'a valid request by every promised verb succeeds on every route',
    why: 'A consumer that picks its verb from the page could not use the operation.',
    cites: [allVerbs, unlimited],
    each: everyVerb,
    send: ({ route, verb }, c) => c.onFresh(c.request(route, { verb })),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('verbs', {
    id: 'VERB-003',
    level: 'SHOULD',
    breaks: 'lost',
    basis: 'documented',
    title: 'HEAD and OPTIONS are served on every route: the operation refuses an unknown subject',
    why: 'The page says all verbs, and some consumers probe with these two.',
    cites: [allVerbs, unlimited],
    when: { hosting: ['classic', 'mapped'] },
    each: (c) => (c.contract.subject === null ? [] : everyLesserVerb(c)),
    send: ({ route, verb }, c) => c.onAbsent(c.request(route, { verb })),
    unless: answeredInFront,
    expect: [reachesTheOperation],
  }),
  requirement('verbs', {
    id: 'VERB-004',
    level: 'SHOULD',
    breaks: 'lost',
    basis: 'documented',
    title: 'a valid request by HEAD or OPTIONS is answered with 200 on every route',
    why: 'The page says all verbs, and some consumers probe with these two.',
    cites: [allVerbs, unlimited],
    when: { hosting: ['classic', 'mapped'] },
    each: everyLesserVerb,
    send: ({ route, verb }, c) => c.onFresh(c.request(route, { verb })),
    unless: (x, evidence) => unvouched(x, evidence) ?? answeredNull(x) ?? ofItsOwn(x),
    expect: [status(200)],
  }),
  requirement('verbs', {
    id: 'VERB-005',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a request whose X-Http-Method-Override names a promised verb is served',
    why: 'A consumer behind a proxy that lets only GET and POST through would be turned away.',
    cites: [simulated],
    when: { hosting: ['classic', 'mapped'] },
    each: verbsButTheFirst,
    send: (point, c) => c.onAbsent(overriding(point, c)),
    expect: [served],
  }),
  requirement('verbs', {
    id: 'VERB-006',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'a valid request whose X-Http-Method-Override names a promised verb succeeds',
    why: 'A consumer behind a proxy that lets only GET and POST through could not use the operation.',
    cites: [simulated],
    when: { hosting: ['classic', 'mapped'] },
    each: verbsButTheFirst,
    send: (point, c) => c.onFresh(overriding(point, c)),
    succeeds: 'every request',
    expect: [success],
  }),
];
