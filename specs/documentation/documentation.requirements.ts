import { stillPromises, unlessHidden } from '../../src/catalogue/expect/documents.ts';
import { answeredLike } from '../../src/catalogue/expect/alike.ts';
import { pageHolds } from '../../src/catalogue/expect/page.ts';
import { noServerError } from '../../src/catalogue/expect/status.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { DocumentationError, Format, Route } from '../../src/model/contract.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';
import { hidesDocuments, isPredefined } from '../../src/values/contract.ts';

interface ErrorPoint {
  readonly route: Route;
  readonly format: Format;
  readonly error: DocumentationError;
}

/** The known errors of the page of one kind, each on the first route. */
const errorsOf =
  (id: DocumentationError['id'], part: DocumentationError['part']) =>
  (c: Composer): readonly ErrorPoint[] =>
    c.contract.documentationErrors
      .filter((error) => error.id === id && error.part === part)
      .map((error) => ({ error, route: c.routes[0], format: c.format(error.format) }));

const says = ({ error }: ErrorPoint): string => error.says;

const selection: Citation = {
  source: 'operation-page',
  at: 'below the DTOs',
  quote: 'use the HTTP Accept Header, append the .other suffix or ?format=other',
};

const drifted =
  'A consumer that is generated from what the host publishes now no longer fits the contract, or the host itself.';

const why = 'A consumer that follows the page as it is printed gets something else, and blames the service.';

const hidden = 'a route of the operation takes every path, those of documents among them';

/** Where the page contradicts the framework: reported, never held against the service, which must only not break down. */
export const documentation: readonly Requirement[] = [
  requirement('documentation', {
    id: 'DOC-001',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'documented',
    title: 'a printed suffix that the framework does not know is answered without breaking down',
    why,
    cites: [selection],
    when: { hosting: ['classic', 'mapped'] },
    each: errorsOf('printed-suffix', 'selection'),
    send: ({ route, format }, c) => c.onAbsent(c.request(route, { suffix: format.printed.suffix })),
    expect: [
      noServerError,
      pageHolds('the suffix on the page', says, (x, { point }) => x.mediaType === point.format.mediaType),
    ],
  }),
  requirement('documentation', {
    id: 'DOC-002',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'documented',
    title: 'a printed format parameter that the framework does not know is answered without breaking down',
    why,
    cites: [selection],
    each: errorsOf('printed-suffix', 'selection'),
    send: ({ route, format }, c) => c.onAbsent(c.request(route, { query: [['format', format.printed.query]] })),
    expect: [
      noServerError,
      pageHolds('the format parameter on the page', says, (x, { point }) => x.mediaType === point.format.mediaType),
    ],
  }),
  requirement('documentation', {
    id: 'DOC-003',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'documented',
    title: 'a printed media type that the framework does not know is answered without breaking down',
    why,
    cites: [{ source: 'jsv-page', at: 'HTTP + JSV, request', quote: 'Accept: text/jsv' }],
    each: errorsOf('printed-media-type', 'selection'),
    send: ({ route, format }, c) => c.onAbsent(c.request(route, { accept: format.printed.mediaType })),
    expect: [
      noServerError,
      pageHolds('the media type on the page', says, (x, { point: { format } }) =>
        [format.mediaType, format.printed.mediaType].includes(x.mediaType),
      ),
    ],
  }),
  requirement('documentation', {
    id: 'DOC-004',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'documented',
    title: 'a printed request body in another format than its type names is answered without breaking down',
    why,
    cites: [
      { source: 'csv-page', at: 'HTTP + CSV, request', quote: 'Content-Type: text/csv' },
      { source: 'jsv-page', at: 'HTTP + JSV, request', quote: 'Content-Type: text/jsv' },
    ],
    // An error of a page whose sample is not in the contract gives nothing to send.
    each: (c: Composer) =>
      errorsOf('printed-body', 'request')(c).filter(({ error }) => printedRequest(error, c) !== ''),
    send: ({ route, error, format }, c) =>
      c.onAbsent(
        c.request(route),
        c.request(route, {
          payload: { in: 'raw', contentType: format.printed.mediaType, text: printedRequest(error, c) },
        }),
      ),
    expect: [
      noServerError,
      pageHolds('the request on the page', says, (x, evidence) => answeredLike(0).judge(x, evidence).length === 0),
    ],
  }),
  requirement('documentation', {
    id: 'DOC-005',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'documented',
    title: 'an answer whose printed sample is in another format is given without breaking down',
    why,
    cites: [{ source: 'csv-page', at: 'HTTP + CSV, response', quote: 'Content-Type: text/csv' }],
    // What a path names is not asked for by Accept.
    each: (c: Composer) => errorsOf('printed-body', 'response')(c).filter(({ route }) => !isPredefined(route)),
    send: ({ route, format }, c) => c.onAbsent(c.request(route, { accept: format.mediaType })),
    expect: [noServerError, pageHolds('the response on the page', says, (x) => x.text.trimStart().startsWith('{'))],
  }),
  requirement('documentation', {
    id: 'DOC-006',
    level: 'SHOULD',
    breaks: 'lost',
    basis: 'documented',
    title: 'types/metadata.json still promises what the contract says',
    why: drifted,
    cites: [selection],
    lacks: hidden,
    each: (c) => (hidesDocuments(c.contract) ? [] : [{}]),
    send: (_, c) => c.onAbsent(documentAt(`${c.contract.prefix}/types/metadata.json`, 'application/json', c)),
    unless: unlessHidden('types/metadata.json', ['metadata']),
    expect: [stillPromises('types/metadata.json')],
  }),
  requirement('documentation', {
    id: 'DOC-007',
    level: 'SHOULD',
    breaks: 'lost',
    basis: 'documented',
    title: 'metadata/app.json still promises what the contract says',
    why: drifted,
    cites: [selection],
    lacks: hidden,
    each: (c) => (hidesDocuments(c.contract) ? [] : [{}]),
    send: (_, c) => c.onAbsent(documentAt(`${c.contract.prefix}/metadata/app.json`, 'application/json', c)),
    unless: unlessHidden('metadata/app.json', ['app']),
    expect: [stillPromises('metadata/app.json')],
  }),
  requirement('documentation', {
    id: 'DOC-008',
    level: 'SHOULD',
    breaks: 'lost',
    basis: 'documented',
    title: 'the page of the operation in each format still promises what the contract says',
    why: drifted,
    cites: [selection],
    lacks: hidden,
    each: (c) => (hidesDocuments(c.contract) ? [] : c.contract.formats.map((format) => ({ format }))),
    send: ({ format }, c) =>
      c.onAbsent(
        documentAt(`${c.contract.prefix}/${format.suffix}/metadata`, 'text/html', c, [['op', c.contract.operation]]),
      ),
    unless: unlessHidden('the operation page', ['page', 'text']),
    expect: [stillPromises('the operation page')],
  }),
];

/** A request for a document of the host: like anybody's, without credentials. */
function documentAt(
  path: string,
  accept: string,
  c: Composer,
  query: readonly (readonly [name: string, value: string])[] = [],
): RequestTemplate {
  return c.requestTo(path, { verb: 'GET', payload: { in: 'none' }, credentials: 'none', accept, query });
}

function printedRequest(error: DocumentationError, c: Composer): string {
  return c.contract.exchanges.find((example) => example.format === error.format)?.request.body ?? '';
}
