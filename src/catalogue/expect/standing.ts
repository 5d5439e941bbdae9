import type { Contract } from '../../model/contract.ts';
import type { Answered, ExchangeId, Recorded } from '../../model/exchange.ts';
import type { Expectation, FindingIn, OnRecord, StandingExpectation } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import { headerOf, mediaTypeIn, valuesOf } from '../../values/http.ts';
import { promises } from '../../values/contract.ts';
import { everyAnswer, service } from '../requirement.ts';
import { brief, describeBody, isNothing, needNotRead } from './body.ts';
import { tellsNoTrace } from './disclosure.ts';
import { statusOf } from './errors.ts';
import { onceFor } from '../../values/once.ts';

/** What holds of every answer, whoever asked and whatever for. */

/** HEAD and a 304 announce a body that they do not have. */
const hasBody = (x: Answered): boolean => x.text !== '' && x.request.method !== 'HEAD';

/** No stack trace anywhere, and no path of the server in a text of the API. */
export const noTrace: StandingExpectation = everyAnswer(
  'neither a stack trace nor, in a header or a body that is no page, a path of the server',
  (x) => tellsNoTrace(x),
);

/** One Content-Type at most, and one where a success or an error of the framework's has a body (RFC 9110 §8.3). */
export const oneContentType: StandingExpectation = everyAnswer(
  'at most one Content-Type, and one where a success or an API error has a body',
  (x) => {
    const types = valuesOf(x.headers, 'content-type');
    if (types.length > 1) return [service('header Content-Type', 'one', types.join(' and '))];
    const saysSomething = x.status < 300 || (x.status >= 400 && /"?errorCode"?\s*[:>]/i.test(x.text));
    return types.length === 0 && hasBody(x) && saysSomething
      ? [service('header Content-Type', 'one that says what the body is', 'none')]
      : [];
  },
);

/** Bytes 1f 8b, the second of which is no UTF-8. */
const isGzip = (x: Answered): boolean => x.text.startsWith('\u001f\ufffd');
const compressedTypes = /^application\/(?:x-)?(?:gzip|zip|octet-stream|.*compressed)$/;

/** A Content-Encoding that is true of the body (RFC 9110 §8.4). */
export const trueEncoding: StandingExpectation = everyAnswer(
  'a Content-Encoding that is true of the body',
  falseCoding,
);

/** An ErrorCode says that a call failed; only a script is told so with a 200, for it can read no other answer. */
export const successWithoutErrorCode: StandingExpectation = everyAnswer('no ErrorCode in a success', (x) => {
  const code =
    x.status >= 200 && x.status < 300 && !/[?&]callback=/i.test(x.request.url) ? statusOf(x)?.['ErrorCode'] : null;
  return isNothing(code) || code === ''
    ? []
    : [service('body ResponseStatus.ErrorCode', `absent or null, as the status is ${String(x.status)}`, brief(code))];
});

/** The same of one answer, to whoever asks for it. */
export const codedAsSaid: Expectation = { says: 'the Content-Encoding is true of the body', judge: falseCoding };

function falseCoding(x: Answered): readonly Finding[] {
  const coding = codingOf(x);
  if (!hasBody(x)) return [];
  if (coding === '')
    return isGzip(x) && !compressedTypes.test(x.mediaType)
      ? [service('header Content-Encoding', 'gzip, as the body is', 'none')]
      : [];
  const isPlain = !x.text.includes('\ufffd') && !x.text.includes('\u0000');
  return (coding === 'gzip' && !isGzip(x)) || (coding !== 'gzip' && isPlain)
    ? [service('header Content-Encoding', 'none, as the body is not compressed', coding)]
    : [];
}

function codingOf(x: Answered): string {
  const coding = valuesOf(x.headers, 'content-encoding').join(', ').trim().toLowerCase();
  return coding === 'identity' ? '' : coding.replace(/^x-gzip$/, 'gzip');
}

/** Nothing is compressed for a client that wants no coding (RFC 9110 §12.5.3). */
export const identityKept: StandingExpectation = everyAnswer('no coding where identity alone was asked for', (x) => {
  const asked = headerOf(x.request.headers, 'Accept-Encoding') ?? '';
  return asked.trim().toLowerCase() === 'identity' && codingOf(x) !== ''
    ? [service('header Content-Encoding', 'absent', codingOf(x))]
    : [];
});

/** Nothing is compressed for a client that says nothing of codings: the framework compresses on demand. */
export const uncompressedUnasked: StandingExpectation = everyAnswer('no coding where none was asked for', (x) =>
  codingOf(x) !== '' && headerOf(x.request.headers, 'Accept-Encoding') === undefined
    ? [service('header Content-Encoding', 'absent', codingOf(x))]
    : [],
);

/** An answer of HTTP/1.0 is not chunked, which that version does not know (RFC 9112 §6.1). */
export const unchunkedBefore11: StandingExpectation = everyAnswer(
  'no Transfer-Encoding in an answer of HTTP/1.0',
  (x, _, { outcome }) =>
    versionOf(outcome) === '1.0' && valuesOf(x.headers, 'transfer-encoding').length > 0
      ? [
          service(
            'header Transfer-Encoding',
            'absent from HTTP/1.0',
            valuesOf(x.headers, 'transfer-encoding').join(', '),
          ),
        ]
      : [],
);

/** One host speaks one version of HTTP/1 (RFC 9110 §6.2). */
export const oneVersion: StandingExpectation = {
  says: 'all answers are of one version of HTTP',
  judge: (record) => {
    const older = record.filter(({ recorded: { outcome } }) => versionOf(outcome) === '1.0');
    const newer = record.some(({ recorded: { outcome } }) => versionOf(outcome) === '1.1');
    return newer
      ? older.map(({ recorded: { id } }) => ({
          exchange: id,
          finding: service('version', 'HTTP/1.1, as in other answers', 'HTTP/1.0'),
        }))
      : [];
  },
};

function versionOf(outcome: Recorded['outcome']): string {
  return outcome.kind === 'response' ? outcome.response.httpVersion.replace(/^HTTP\//i, '') : '';
}

/** What says how a call went, and no more, is not megabytes long. */
export const notEndless: StandingExpectation = {
  says: 'an answer that says no more than how the call went is shorter than what a run reads of it',
  judge: (record, { contract }) =>
    tellsNoMoreThanHow(contract)
      ? record.flatMap(({ recorded: { id, outcome } }): readonly FindingIn[] =>
          outcome.kind === 'failure' && outcome.failure.kind === 'too-large'
            ? [
                {
                  exchange: id,
                  finding: service('transport', 'an answer of a size to be read', outcome.failure.message),
                },
              ]
            : [],
        )
      : [],
};

/** Whether a success of the operation says no more than how the call went. */
export function tellsNoMoreThanHow({ response, types }: Contract): boolean {
  if (response.kind === 'none') return true;
  return (
    response.kind === 'dto' &&
    types.some(({ name, members }) => name === response.type && members.every((m) => m.name === 'ResponseStatus'))
  );
}

/** A body reads in the form that it says; what a coding hides, and what the operation answers raw, is not looked at. */
export const readsAsSaid: StandingExpectation = everyAnswer(
  'a body that reads in the form that its Content-Type says',
  (x, { contract }) =>
    hasBody(x) &&
    codingOf(x) === '' &&
    !asksForDump(x) &&
    !needNotRead(x, contract) &&
    x.decoded.kind === 'read' &&
    !x.decoded.reading.ok
      ? [service('body', `a body of ${mediaTypeIn(x.header('Content-Type') ?? '')}`, describeBody(x))]
      : [],
);

/** With `?debug=true` the framework dumps the answer for the eye, as JSON that is none (ground truth, http/jsv-debug). */
const asksForDump = (x: Answered): boolean => /[?&]debug=/i.test(x.request.url);

/** A success that changed something is not for others to keep (RFC 9111 §3); to say nothing is no failure. */
export const notForOthers: StandingExpectation = everyAnswer(
  'no word that others may keep a success of an operation that changes something',
  (x, { contract }) => {
    if (contract.effect !== 'changes' || x.status < 200 || x.status > 299 || x.request.method === 'OPTIONS') return [];
    if (!isNothing(statusOf(x)?.['ErrorCode']) || !isCall(x.request.url, contract)) return [];
    const said = valuesOf(x.headers, 'cache-control').join(', ').toLowerCase();
    if (/\bno-store\b|\bprivate\b/.test(said)) return [];
    if (/\bpublic\b|\bs-maxage\s*=|\bmax-age\s*=\s*"?0*[1-9]/.test(said))
      return [service('header Cache-Control', 'none that lets others keep it', said)];
    // It counts where nothing else is said (RFC 9111 §5.3).
    if (said !== '') return [];
    const expires = x.header('Expires') ?? '';
    return Date.parse(expires) > Date.parse(x.header('Date') ?? '')
      ? [service('header Expires', 'none that lets others keep it', expires)]
      : [];
  },
);

const framing: Readonly<Record<string, string>> = {
  'not-http': 'an answer framed as HTTP prescribes',
  truncated: 'an answer to its announced end',
};

/** Framed as HTTP prescribes, and whole (RFC 9112 §6). */
export const framed: StandingExpectation = {
  says: 'every answer is framed as HTTP prescribes, and comes to its end',
  judge: (record) =>
    record.flatMap(({ recorded: { id, outcome } }): readonly FindingIn[] => {
      if (outcome.kind !== 'failure') return [];
      const expected = framing[outcome.failure.kind];
      return expected === undefined
        ? []
        : [{ exchange: id, finding: service('transport', expected, outcome.failure.message) }];
    }),
};

/** HEAD says what GET would say of the same, where the state of no subject can have changed between them (RFC 9110 §9.3.2). */
export const headAsGet: StandingExpectation = {
  says: 'a HEAD has the status and the Content-Type of the GET of the same',
  judge: (record, { contract }) => {
    if (!promises(contract, 'HEAD') || !promises(contract, 'GET')) return [];
    const heads = record.flatMap((each) =>
      isAsked(each, 'HEAD') && isCall(each.recorded.request.url, contract) ? [each] : [],
    );
    if (heads.length === 0) return [];
    const gets = new Map(
      record.flatMap((each) => (isAsked(each, 'GET') ? [[askedOf(each.recorded), each.answered] as const] : [])),
    );
    return heads.flatMap(({ recorded, answered }): readonly FindingIn[] => {
      const got = gets.get(askedOf(recorded));
      return got === undefined ? [] : differing(recorded.id, answered, got);
    });
  },
};

/** Whether an address is a route of the contract, with what its members may be, or a predefined one. */
export function isCall(url: string, contract: Contract): boolean {
  const { name, prefix, routes } = addressesOf(contract);
  const { pathname } = new URL(url);
  const path = pathname.toLowerCase();
  if (path.endsWith(name) && path.includes(prefix)) return true;
  const segments = fromTheEnd(path);
  return routes.some((route) => isRoute(segments, route));
}

/** What addresses of a contract are told by: every answer of a run is looked at. */
interface Addresses {
  readonly name: string;
  readonly prefix: string;
  readonly routes: readonly (readonly string[])[];
}

const addressesOf = onceFor(({ operation, prefix, routes }: Contract): Addresses => ({
  name: `/${operation.toLowerCase()}`,
  prefix: `${prefix.toLowerCase()}/`,
  routes: routes.map(({ path }) => fromTheEnd(path.toLowerCase())),
}));

const fromTheEnd = (path: string): readonly string[] => path.split('/').toReversed();

/** From the end, for the target may be below a path; a suffix of the last segment names a format. */
function isRoute([last = '', ...path]: readonly string[], [wanted = '', ...pattern]: readonly string[]): boolean {
  const fits = (segment: string, of: string): boolean => of.startsWith('{') || segment === of;
  const bare = last.replace(/\.[a-z]+$/, '');
  return (fits(last, wanted) || fits(bare, wanted)) && pattern.every((of, i) => of === '' || fits(path[i] ?? '', of));
}

function isAsked(each: OnRecord, method: string): each is OnRecord & { readonly answered: Answered } {
  return each.answered !== null && each.recorded.effect === 'none' && each.recorded.request.method === method;
}

function askedOf({ request: { url, headers, body }, credentials }: Recorded): string {
  return JSON.stringify([url, headers, body, credentials]);
}

function differing(exchange: ExchangeId, head: Answered, get: Answered): readonly FindingIn[] {
  const compare = (where: string, expected: string, actual: string): readonly Finding[] =>
    expected === actual ? [] : [service(where, `${expected || 'none'}, as GET has it`, actual || 'none')];
  const found = [
    ...compare('status', String(get.status), String(head.status)),
    // A server need not say what it would only know from making the body.
    ...(head.mediaType === '' ? [] : compare('header Content-Type', get.mediaType, head.mediaType)),
  ];
  return found.map((finding) => ({ exchange, finding }));
}
