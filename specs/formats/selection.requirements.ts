import { allAlike } from '../../src/catalogue/expect/alike.ts';
import { sameErrorAs } from '../../src/catalogue/expect/same-value.ts';
import { mediaTypeOf, uncompressed, utf8, wellFormed } from '../../src/catalogue/expect/format.ts';
import { success, unvouched } from '../../src/catalogue/expect/response.ts';
import { successful } from '../../src/catalogue/expect/status.ts';
import { answered, cross, everyFormat, everyRoute, everySuffix, everyVerbWith } from '../../src/catalogue/points.ts';
import { kindsOf, provoke } from '../../src/catalogue/provoke.ts';
import { ofAnyStep, requirement, step } from '../../src/catalogue/requirement.ts';
import type { Format, Route } from '../../src/model/contract.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';
import { answersRawAlone, isPredefined } from '../../src/values/contract.ts';

const selection: Citation = {
  source: 'operation-page',
  at: 'below the DTOs',
  quote: 'use the HTTP Accept Header, append the .other suffix or ?format=other',
};

const asked = mediaTypeOf(({ format }: { readonly format: Format }) => format);

/** An Accept header that asks for another format than the one that is selected some other way. */
const otherThan = (format: Format, c: Composer): string =>
  (c.formats.find((f) => f.name !== format.name) ?? format).mediaType;

/** Of these, those of routes whose path leaves the format to be chosen: a predefined one names it. */
const chosen = <P extends { readonly route: Route }>(points: readonly P[], c: Composer): readonly P[] =>
  answersRawAlone(c.contract) ? [] : answered(points, c).filter(({ route }) => !isPredefined(route));

const bodiless = 'a success has no body, so that it is in no format';
const unchosen =
  'a success has no body, or stands as it is whatever is asked for, or every path names the format of its answer';

/** How a response's format is selected. */
export const selectionOfFormats: readonly Requirement[] = [
  requirement('formats', {
    id: 'FORMAT-001',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'the Accept header selects the format, by every verb',
    why: 'A client gets an answer that it cannot read.',
    cites: [selection, { source: 'rfc9110', at: '8.3', quote: 'the media type of the associated representation' }],
    lacks: unchosen,
    each: (c: Composer) => chosen(everyVerbWith(c, { format: c.formats }), c),
    send: (p, c) => c.onAbsent(c.request(p.route, { verb: p.verb, accept: p.format.mediaType })),
    expect: [asked],
  }),
  requirement('formats', {
    id: 'FORMAT-002',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'the suffix of the path selects the format, whatever the Accept header asks for',
    why: 'A link that names its format brings another one.',
    cites: [
      selection,
      {
        source: 'servicestack-formats',
        at: 'HTTP API Formats',
        quote: 'define which format should be returned by adding a .{format} extension',
      },
    ],
    when: { hosting: ['classic', 'mapped'] },
    lacks: bodiless,
    each: (c: Composer) => answered(everySuffix(c), c),
    send: ({ route, format }, c) =>
      c.onAbsent(c.request(route, { suffix: format.suffix, accept: otherThan(format, c) })),
    expect: [asked],
  }),
  requirement('formats', {
    id: 'FORMAT-003',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'the format parameter of the query selects the format, whatever the Accept header asks for',
    why: 'A link that names its format brings another one.',
    cites: [
      selection,
      {
        source: 'servicestack-formats',
        at: 'HTTP API Formats',
        quote: 'Or by appending ?format={format} to the end of the URL',
      },
    ],
    lacks: unchosen,
    each: (c: Composer) => chosen(everyFormat(c), c),
    send: ({ route, format }, c) =>
      c.onAbsent(c.request(route, { query: [['format', format.query]], accept: otherThan(format, c) })),
    expect: [asked],
  }),
  requirement('formats', {
    id: 'FORMAT-004',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'the suffix of the path brings the same error as the Accept header, its texts aside',
    why: 'What a caller learns depends on how it asked.',
    cites: [selection],
    when: { hosting: ['classic', 'mapped'] },
    each: everySuffix,
    send: ({ route, format }, c) =>
      c.onAbsent(
        c.request(route, { accept: format.mediaType }),
        c.request(route, { suffix: format.suffix, accept: format.mediaType }),
      ),
    expect: [sameErrorAs(0)],
  }),
  requirement('formats', {
    id: 'FORMAT-005',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'the format parameter of the query brings the same error as the Accept header, its texts aside',
    why: 'What a caller learns depends on how it asked.',
    cites: [selection],
    lacks: unchosen,
    each: (c: Composer) => chosen(everyFormat(c), c),
    send: ({ route, format }, c) =>
      c.onAbsent(
        c.request(route, { accept: format.mediaType }),
        c.request(route, { query: [['format', format.query]], accept: format.mediaType }),
      ),
    expect: [sameErrorAs(0)],
  }),
  requirement('formats', {
    id: 'FORMAT-006',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'a success by suffix is in that format',
    why: 'A link that names its format brings another one, once the call succeeds.',
    cites: [selection],
    when: { hosting: ['classic', 'mapped'] },
    lacks: bodiless,
    each: (c: Composer) => answered(everySuffix(c), c),
    send: ({ route, format }, c) =>
      c.onFresh(c.request(route, { suffix: format.suffix, accept: otherThan(format, c) })),
    succeeds: 'every request',
    expect: [success, asked],
  }),
  requirement('formats', {
    id: 'FORMAT-007',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'a success by the format parameter is in that format',
    why: 'A link that names its format brings another one, once the call succeeds.',
    cites: [selection],
    lacks: unchosen,
    each: (c: Composer) => chosen(everyFormat(c), c),
    send: ({ route, format }, c) =>
      c.onFresh(c.request(route, { query: [['format', format.query]], accept: otherThan(format, c) })),
    succeeds: 'every request',
    expect: [success, asked],
  }),
  requirement('formats', {
    id: 'FORMAT-008',
    level: 'SHOULD',
    breaks: 'shape',
    basis: 'http',
    title: 'an Accept header is understood in any letter case, with a parameter, and ahead of other types',
    why: 'The headers that common clients send by default bring an answer that they cannot read.',
    cites: [{ source: 'rfc9110', at: '8.3.1', quote: 'The type and subtype tokens are case-insensitive.' }],
    lacks: unchosen,
    each: (c: Composer) =>
      chosen(
        cross({
          route: c.routes,
          format: [c.formats[0]],
          variant: ['upper case', 'with a parameter', 'ahead of others'],
        }),
        c,
      ),
    send: ({ route, format, variant }, c) =>
      c.onAbsent(c.request(route, { accept: variantsOfAccept(format)[variant] ?? format.mediaType })),
    expect: [asked],
  }),
  requirement('formats', {
    id: 'FORMAT-009',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'an answer is well formed in the format that its Content-Type names',
    why: 'A client cannot read the answer, and does not know whether the call was carried out.',
    cites: [
      { source: 'operation-page', at: 'HTTP + OTHER, response', quote: 'Content-Type: text/jsonl' },
      {
        source: 'servicestack-jsonl-format',
        at: 'CSV Enumerable Behavior',
        quote: 'each line in the file represents a separate JSON object',
      },
      {
        source: 'servicestack-jsv-format',
        at: 'CSV escaping',
        quote: 'is escaped using CSV-style escaping where the value is wrapped in double quotes',
      },
      {
        source: 'rfc4180',
        at: '2.5',
        quote: 'If fields are not enclosed with double quotes, then double quotes may not appear',
      },
    ],
    each: (c) => everyFormat(c).flatMap((point) => kindsOf(point.route, c).map((variant) => ({ ...point, variant }))),
    send: (p, c) => c.onAbsent(provoke(p.variant, c, p.route, { accept: p.format.mediaType })),
    expect: [asked, wellFormed],
  }),
  requirement('formats', {
    id: 'FORMAT-010',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'a success is well formed in the format that was asked for',
    why: 'A client cannot read the answer, and does not know whether the call was carried out.',
    cites: [{ source: 'operation-page', at: 'HTTP + OTHER, response', quote: 'Content-Type: text/jsonl' }],
    lacks: bodiless,
    // What a route answers to HEAD alone has no body.
    each: (c: Composer) =>
      answersRawAlone(c.contract)
        ? []
        : answered(everyFormat(c), c).filter(({ route }) => c.verbsOf(route)[0] !== 'HEAD'),
    send: ({ route, format }, c) => c.onFresh(c.request(route, { accept: format.mediaType })),
    succeeds: 'every request',
    expect: [asked, wellFormed],
  }),
  requirement('formats', {
    id: 'FORMAT-011',
    level: 'MUST',
    breaks: 'shape',
    basis: 'http',
    title: 'an answer is in UTF-8 and names no other charset',
    why: 'Names and messages with letters beyond ASCII turn into others.',
    cites: [
      {
        source: 'rfc8259',
        at: '8.1',
        quote: 'systems that are not part of a closed ecosystem MUST be encoded using UTF-8',
      },
    ],
    lacks: bodiless,
    each: (c: Composer) => answered(everyVerbWith(c, { format: c.formats }), c),
    send: ({ route, verb, format }, c) => c.onAbsent(c.request(route, { verb, accept: format.mediaType })),
    expect: [utf8],
  }),
  requirement('formats', {
    id: 'FORMAT-012',
    level: 'SHOULD',
    breaks: 'shape',
    basis: 'http',
    title: 'an answer is not compressed for a client that accepts no coding but identity',
    why: 'A client that cannot decompress gets bytes that it cannot read.',
    cites: [
      { source: 'rfc9110', at: '12.5.3', quote: 'the origin server SHOULD send a response without any content coding' },
    ],
    each: (c) => cross({ route: c.routes, format: c.formats, variant: ['none named', 'identity'] }),
    send: ({ route, format, variant }, c) =>
      c.onAbsent(
        c.request(route, {
          accept: format.mediaType,
          headers: variant === 'identity' ? [['Accept-Encoding', 'identity']] : [],
        }),
      ),
    expect: [uncompressed],
  }),
  requirement('formats', {
    id: 'FORMAT-026',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a valid request without Accept, or from a browser, is carried out and answered with a success',
    why: 'A person at a browser, or a client that names no format, could not use the operation, or only seems to.',
    cites: [{ source: 'operation-page', at: 'description', quote: 'Update the status of the specified connection' }],
    each: (c) =>
      everyRoute(c).flatMap(({ route }) =>
        Object.entries(forPeople).map(([variant, accept]) => ({ route, variant, accept })),
      ),
    send: ({ route, accept }, c) => c.onFresh(c.request(route, { accept }), c.request(route), c.request(route)),
    succeeds: 'the first',
    // A page that refuses tells no program why; the same asked for in JSON does.
    unless: ofAnyStep(unvouched),
    expect: [step(0, successful), allAlike(1)],
  }),
];

/** What a browser sends, and who names no format. */
const forPeople: Readonly<Record<string, string | null>> = {
  'no Accept': null,
  'a page': 'text/html',
  'a browser': 'text/html,application/xhtml+xml,*/*;q=0.8',
};

function variantsOfAccept({ mediaType }: Format): Readonly<Record<string, string>> {
  return {
    'upper case': mediaType.toUpperCase(),
    'with a parameter': `${mediaType}; charset=utf-8`,
    'ahead of others': `${mediaType}, text/plain, */*`,
  };
}
