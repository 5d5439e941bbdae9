import { sameAnswer } from '../../src/catalogue/expect/same-answer.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { everyVerb, type VerbPoint } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';

const anywhere: Citation = {
  source: 'servicestack-routing',
  at: 'Variable place-holders',
  quote: 'they can all be used in addition to every web service call',
};

/** Verbs whose requests have a body by nature; what a body means in others is left open (RFC 9110 §9.3). */
const verbsWithBodies: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Of a request that carries nothing there is nothing to read from one place or the other. */
const withBody = (c: Composer): readonly VerbPoint[] =>
  c.sampleMembers.length === 0 ? [] : everyVerb(c).filter(({ verb }) => verbsWithBodies.has(verb));
const withoutBody = (c: Composer): readonly VerbPoint[] =>
  everyVerb(c).filter(({ verb }) => !verbsWithBodies.has(verb));

const byBody = ({ route, verb }: VerbPoint, c: Composer): RequestTemplate =>
  c.request(route, { verb, payload: { in: 'body', as: 'json', members: c.sample.all } });
const byQuery = ({ route, verb }: VerbPoint, c: Composer): RequestTemplate =>
  c.request(route, { verb, payload: { in: 'query', members: c.sample.all } });

/** Parameters are read from the body and from the query string alike. */
export const parameters: readonly Requirement[] = [
  requirement('verbs', {
    id: 'VERB-007',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'by POST, PUT and PATCH, parameters in the query string are answered like those in a JSON body',
    why: 'A consumer that sends its parameters in the URL would be told that they are missing.',
    cites: [anywhere],
    each: withBody,
    send: (point, c) => c.onAbsent(byBody(point, c), byQuery(point, c)),
    expect: [sameAnswer(0, 1)],
  }),
  requirement('verbs', {
    id: 'VERB-008',
    level: 'MUST',
    breaks: 'lost',
    basis: 'framework',
    title: 'by POST, PUT and PATCH, a valid request with its parameters in the query string succeeds',
    why: 'A consumer that sends its parameters in the URL could not use the operation.',
    cites: [anywhere],
    each: withBody,
    send: (point, c) => c.onFresh(byQuery(point, c)),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('verbs', {
    id: 'VERB-009',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'framework',
    title: 'by GET and DELETE, parameters in a JSON body are answered like those in the query string',
    why: 'Some client libraries send a body with every verb.',
    cites: [anywhere],
    when: { hosting: ['classic', 'mapped'] },
    each: withoutBody,
    send: (point, c) => c.onAbsent(byQuery(point, c), byBody(point, c)),
    expect: [sameAnswer(0, 1)],
  }),
  requirement('verbs', {
    id: 'VERB-010',
    level: 'SHOULD',
    breaks: 'lost',
    basis: 'framework',
    title: 'by GET and DELETE, a valid request with its parameters in a JSON body succeeds',
    why: 'Some client libraries send a body with every verb.',
    cites: [anywhere],
    when: { hosting: ['classic', 'mapped'] },
    each: withoutBody,
    send: (point, c) => c.onFresh(byBody(point, c)),
    succeeds: 'every request',
    expect: [success],
  }),
];
