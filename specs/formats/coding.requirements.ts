import { codedAsSaid } from '../../src/catalogue/expect/standing.ts';
import { everyFormat, everyVerb } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Requirement } from '../../src/model/requirement.ts';

const acceptingGzip = ['Accept-Encoding', 'gzip, deflate, br'] as const;

/** How what is answered is coded for whoever takes it so. */
export const codingOfAnswers: readonly Requirement[] = [
  requirement('formats', {
    id: 'FORMAT-029',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'what a client is told that takes gzip is coded as it says, by every verb and in every format',
    why: 'What a client asks for by default brings bytes that it cannot read.',
    cites: [
      {
        source: 'rfc9110',
        at: '8.4',
        quote: 'indicates what content codings have been applied to the representation',
      },
    ],
    lacks: 'a success has no body, so that nothing is coded',
    each: (c) =>
      c.contract.subject === null && c.contract.response.kind === 'none'
        ? []
        : [
            ...everyFormat(c)
              .slice(0, c.formats.length)
              .map(({ route, format }) => ({ route, format, options: { accept: format.mediaType } })),
            ...everyVerb(c)
              .slice(-c.verbsOf(c.routes[0]).length)
              .map(({ route, verb }) => ({ route, verb, options: { verb } })),
          ],
    send: ({ route, options }, c) => c.onAbsent(c.request(route, { ...options, headers: [acceptingGzip] })),
    expect: [codedAsSaid],
  }),
];
