import { mediaTypeOf, validResponse, wellFormed } from '../../src/catalogue/expect/format.ts';
import { errorCode } from '../../src/catalogue/expect/response-status.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { everyRoute } from '../../src/catalogue/points.ts';
import { refused } from '../../src/catalogue/expect/status.ts';
import { guidsOf, inPath } from '../../src/catalogue/provoke.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Contract, DocumentedExchange, Format, FormatName } from '../../src/model/contract.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import type { Citation, Composer, MemberValues, RequestOptions, Requirement } from '../../src/model/requirement.ts';
import { compacted, isGuid, zeroGuid } from '../../src/values/guid.ts';
import { pathWith } from '../../src/values/route.ts';

interface ExamplePoint {
  readonly format: Format;
  readonly example: DocumentedExchange;
}

const placeholders: Citation = {
  source: 'operation-page',
  at: 'HTTP + OTHER',
  quote: 'The placeholders shown need to be replaced with actual values.',
};

/**
 * What a page prints for other types than Guids is no value that a call must succeed with, or be refused for; nor is a verb in it
 * that no route promises, as where HEAD is all that they do.
 */
const everyExample = (c: Composer): readonly ExamplePoint[] =>
  (c.members.every(isGuid) ? c.contract.exchanges : [])
    .filter(({ request }) => c.routes.some((route) => c.verbsOf(route).some((verb) => verb === request.method)))
    .map((example) => ({ example, format: c.format(example.format) }));

/** Examples whose path holds a placeholder: zeros there name no subject, where it is one that is named. */
const everyPlaceholder = (c: Composer): readonly ExamplePoint[] =>
  c.contract.subject === null ? [] : everyExample(c).filter(({ example }) => example.request.path.includes('{'));

const asked = mediaTypeOf(({ format }: { readonly format: Format }) => format);

/** What the documented exchanges promise. */
export const examples: readonly Requirement[] = [
  requirement('examples', {
    id: 'EXAMPLE-001',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'each documented exchange holds, its placeholders replaced and its documentation errors put right',
    why: 'A consumer that copies the example from the page gets an error.',
    cites: [placeholders, { source: 'operation-page', at: 'HTTP + OTHER, response', quote: 'HTTP/1.1 200 OK' }],
    each: everyExample,
    send: ({ example }, c) => c.onFresh(replaced(example, c)),
    succeeds: 'every request',
    expect: [success, asked, wellFormed, validResponse],
  }),
  requirement('examples', {
    id: 'EXAMPLE-002',
    level: 'MUST',
    basis: 'documented',
    title: 'each documented exchange is refused as it is printed, with zeros for every id, with an ErrorCode',
    why: 'A consumer that tries the example as it stands would take it for a success.',
    cites: [placeholders, { source: 'operation-page', at: 'ApiMember attributes', quote: 'IsRequired=true' }],
    each: everyPlaceholder,
    send: ({ example }, c) => c.onAbsent(literal(example, c)),
    expect: [refused, asked, wellFormed, errorCode],
  }),
  requirement('examples', {
    id: 'EXAMPLE-003',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a placeholder that was left in the path is refused in the 4xx class, with an ErrorCode',
    why: 'A consumer that forgets to replace a placeholder is not told so.',
    cites: [placeholders],
    each: (c) => everyRoute(c).filter(({ route }) => guidsOf(route, c).length > 0),
    send: ({ route }, c) =>
      c.onAbsent(
        c.request(route, {
          pathMembers: Object.fromEntries(c.pathMembers.map((m) => [m.name, encodeURIComponent(`{${m.name}}`)])),
        }),
      ),
    expect: [refused, errorCode],
  }),
];

/** The example with the subject's ids in the place of zeros. */
function replaced(example: DocumentedExchange, c: Composer): RequestTemplate {
  const { path } = example.request;
  const options = isInError(c.contract, example.format)
    ? putRight(example, c.sample.all, c)
    : asPrinted(example, withIds(example.request.body, c));
  const route = c.routes.find((each) => each.path === path);
  return route === undefined
    ? c.requestTo(
        pathWith(path, (name) => `{{${name}}}`),
        options,
      )
    : c.request(route, options);
}

/** The example as it is printed, the path's placeholders being zeros as well. */
function literal(example: DocumentedExchange, c: Composer): RequestTemplate {
  const zeros = inPath(c, zeroGuid);
  const path = pathWith(example.request.path, (name) => zeros[name] ?? `{{${name}}}`);
  const members = Object.fromEntries(c.bodyMembers.map((m) => [m.name, zeroGuid]));
  return isInError(c.contract, example.format)
    ? c.requestTo(path, putRight(example, members, c))
    : c.requestTo(path, asPrinted(example, inDeclaredNamespace(example.request.body, c)));
}

/** True where the page prints a request that the framework cannot serve in this format. */
function isInError(contract: Contract, format: FormatName): boolean {
  return contract.documentationErrors.some(
    (error) => error.format === format && (error.part === 'request' || error.id === 'printed-media-type'),
  );
}

function asPrinted({ request }: DocumentedExchange, body: string): RequestOptions {
  const header = (name: string): string | null => request.headers[name] ?? null;
  return {
    verb: request.method,
    accept: header('Accept'),
    payload: { in: 'raw', contentType: header('Content-Type'), text: body },
  };
}

function putRight({ request, format }: DocumentedExchange, members: MemberValues, c: Composer): RequestOptions {
  return {
    verb: request.method,
    accept: c.format(format).mediaType,
    payload: { in: 'body', as: format, members },
  };
}

/** Replaces the zero Guid that stands behind each member's name, whatever the format puts between the two. */
function withIds(body: string, c: Composer): string {
  return c.members.reduce(
    (text, { name }) =>
      text.replace(new RegExp(`(\\b${name}\\W{1,4})(?:${zeroGuid}|${compacted(zeroGuid)})`), `$1{{${name}}}`),
    inDeclaredNamespace(body, c),
  );
}

function inDeclaredNamespace(body: string, c: Composer): string {
  return body.replaceAll(c.contract.xmlNamespace, c.profile.xmlNamespace);
}
