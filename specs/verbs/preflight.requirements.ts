import { preflightAnswered, unlessCorsDeclared, type PreflightPoint } from '../../src/catalogue/expect/cors.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import { hidesDocuments } from '../../src/values/contract.ts';

/** What a browser asks before it lets a page of another origin call the operation. */
export const preflights: readonly Requirement[] = [
  requirement('verbs', {
    id: 'VERB-014',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'framework',
    title: 'where the host says that it has CORS set up, a preflight is answered and not refused',
    why: 'No page of another origin can call the operation, though the host says that it may.',
    cites: [
      { source: 'rfc9110', at: '9.3.7', quote: 'requests information about the communication options available' },
    ],
    when: { hosting: ['classic', 'mapped'] },
    lacks: 'a route of the operation takes the path of the document that tells whether the host has CORS set up',
    each: (c) =>
      (hidesDocuments(c.contract) ? [] : c.routes).flatMap((route): readonly PreflightPoint[] => {
        const [first, ...others] = c.verbsOf(route);
        const origin = 'https://elsewhere.example';
        // What a browser permits unasked says nothing of a list that is not there.
        const another = others.find((verb) => !['GET', 'HEAD', 'POST'].includes(verb));
        return [
          { route, verb: first, of: 'its own', origin },
          ...(another === undefined ? [] : [{ route, verb: another, of: 'several', origin } as const]),
        ];
      }),
    send: ({ route, verb, origin }, c) =>
      c.onAbsent(
        c.requestTo(`${c.contract.prefix}/metadata/app.json`, {
          verb: 'GET',
          payload: { in: 'none' },
          credentials: 'none',
          accept: 'application/json',
        }),
        c.requestTo(c.request(route, { payload: { in: 'none' } }).path, {
          verb: 'OPTIONS',
          payload: { in: 'none' },
          credentials: 'none',
          accept: '*/*',
          headers: [
            ['Origin', origin],
            ['Access-Control-Request-Method', verb],
            ['Access-Control-Request-Headers', 'authorization,content-type'],
          ],
        }),
      ),
    unless: unlessCorsDeclared,
    expect: [preflightAnswered],
  }),
];
