import { allAlike, answeredLike } from '../../src/catalogue/expect/alike.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { multipart } from '../../src/catalogue/payloads.ts';
import { cross, readingBodies } from '../../src/catalogue/points.ts';
import { requirement, step } from '../../src/catalogue/requirement.ts';
import { payloadIn } from '../../src/catalogue/ways.ts';
import type { FormatName, Route } from '../../src/model/contract.ts';
import type { Citation, Composer, Payload, Requirement } from '../../src/model/requirement.ts';

/** How a request carries its members: one of the formats, or as a form. */
type Carrier = FormatName | 'form';

interface CarrierPoint {
  readonly route: Route;
  readonly variant: Carrier;
}

const everyCarrier = (c: Composer): readonly CarrierPoint[] =>
  c.bodyMembers.length === 0
    ? []
    : cross({ route: readingBodies(c), variant: [...c.bodyFormats.map((f): Carrier => f.name), 'form' as const] });

/** Whether a form in parts can carry what a request holds: texts, and some of them. */
const onlyTexts = (c: Composer): boolean => {
  const values = Object.values(c.sample.all);
  return c.bodyMembers.length > 0 && values.length > 0 && values.every((value) => typeof value === 'string');
};

const bodies: readonly [Citation, ...Citation[]] = [
  { source: 'operation-page', at: 'HTTP + OTHER, request', quote: 'Content-Type: text/jsonl' },
  {
    source: 'servicestack-csv-format',
    at: 'All Services now accept CSV Content-Types',
    quote: 'all Services can now process the CSV Content-Type',
  },
  {
    source: 'servicestack-routing',
    at: 'Variable place-holders',
    quote: 'they can all be used in addition to every web service call',
  },
];

const sampleAs = (c: Composer, as: Carrier): Payload => ({ in: 'body', as, members: c.sample.all });

/** How a request body is read. */
export const requestsInFormats: readonly Requirement[] = [
  requirement('formats', {
    id: 'FORMAT-022',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a request body is read in every format: it is answered like the first format',
    why: 'A client that writes one of the documented formats is told that its members are missing.',
    cites: bodies,
    each: (c) => everyCarrier(c).filter((p) => p.variant !== c.formats[0].name),
    send: ({ route, variant }, c) =>
      c.onAbsent(
        c.request(route, { payload: sampleAs(c, c.formats[0].name) }),
        c.request(route, { payload: sampleAs(c, variant) }),
      ),
    expect: [answeredLike(0)],
  }),
  requirement('formats', {
    id: 'FORMAT-023',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'a valid request body succeeds in every format',
    why: 'A client that writes one of the documented formats cannot use the operation.',
    cites: bodies,
    each: everyCarrier,
    send: ({ route, variant }, c) => c.onFresh(c.request(route, { payload: sampleAs(c, variant) })),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('formats', {
    id: 'FORMAT-028',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'a valid form in parts, as browsers post it beside files, succeeds and is carried out',
    why: 'A page whose form has a file in it could not use the operation, or only seems to.',
    cites: bodies,
    each: (c) =>
      onlyTexts(c)
        ? readingBodies(c)
            .slice(-1)
            .map((route) => ({ route }))
        : [],
    send: ({ route }, c) =>
      c.onFresh(c.request(route, { payload: multipart(c.sample.all) }), c.request(route), c.request(route)),
    succeeds: 'the first',
    expect: [step(0, success), allAlike(1)],
  }),
  requirement('formats', {
    id: 'FORMAT-024',
    level: 'MUST',
    breaks: 'refused',
    basis: 'http',
    title: 'the Content-Type of a JSON body is understood with a charset and in any letter case',
    why: 'The header that most clients send by default makes the service overlook their body.',
    cites: [{ source: 'rfc9110', at: '8.3.1', quote: 'The type and subtype tokens are case-insensitive.' }],
    each: (c) => cross({ route: readingBodies(c), variant: ['with a charset', 'upper case'] }),
    send: ({ route, variant }, c) =>
      c.onAbsent(
        c.request(route),
        c.request(route, {
          payload: {
            in: 'raw',
            contentType:
              variant === 'upper case'
                ? c.format('json').mediaType.toUpperCase()
                : `${c.format('json').mediaType}; charset=utf-8`,
            text: JSON.stringify(c.sample.all),
          },
        }),
      ),
    expect: [answeredLike(0)],
  }),
  requirement('formats', {
    id: 'FORMAT-031',
    level: 'MUST',
    breaks: 'refused',
    basis: 'http',
    title: 'the Content-Type of a form and of a body in XML is understood with a charset',
    why: 'A client whose library says the charset finds its body overlooked.',
    cites: [{ source: 'rfc9110', at: '8.3.1', quote: 'The type and subtype tokens are case-insensitive.' }],
    each: (c) => cross({ route: readingBodies(c), variant: charsetted.filter((as) => isWritten(as, c)) }),
    send: ({ route, variant }, c) => {
      const plain = c.request(route, { payload: payloadIn(variant, c.sample.all) });
      return c.onAbsent(plain, {
        ...plain,
        headers: plain.headers.map(([name, value]) =>
          name.toLowerCase() === 'content-type' ? [name, `${value}; charset=utf-8`] : [name, value],
        ),
      });
    },
    expect: [answeredLike(0)],
  }),
];

/** What a library says a charset of, besides JSON. */
const charsetted = ['form', 'xml'] as const;

function isWritten(carrier: (typeof charsetted)[number], c: Composer): boolean {
  const carriesMembers = c.bodyMembers.some(({ name }) => name in c.sample.all);
  return carriesMembers && (carrier === 'form' || c.bodyFormats.some(({ name }) => name === carrier));
}
