import type { Format, Route } from '../model/contract.ts';
import type { CredentialKind, RequestTemplate } from '../model/exchange.ts';
import type { Composer, MemberValues, Payload, RequestOptions } from '../model/requirement.ts';
import { isRestricted, promises } from '../values/contract.ts';
import { isGuid, zeroGuid } from '../values/guid.ts';
import type { Member } from '../model/schema.ts';
import { carriesBody } from '../values/http.ts';
import { binds } from '../values/route.ts';
import { everyText, malformedTexts, withText, type TypedPoint } from './typed.ts';
import { asForm, multipart, overridingBy } from './payloads.ts';
import { takesSuffix, type RequestPoint, type RoutePoint, type SentPoint } from './points.ts';
import { onceFor } from '../values/once.ts';

/** The kinds of error that a caller can provoke without a subject of its own. */
export type ErrorKind =
  'incomplete request' | 'unknown subject' | 'malformed path' | 'zero path' | 'malformed value' | 'unreadable body';

/** Errors that the service itself finds; the others are found while the request is bound. */
export const serviceErrors: readonly ErrorKind[] = ['incomplete request', 'unknown subject'];

/** The kinds that a route can be brought to: one may bind in its path what another does not. */
export function kindsOf(route: Route, c: Composer): readonly ErrorKind[] {
  // To HEAD nothing is told.
  if (c.verbsOf(route)[0] === 'HEAD') return [];
  const guidInPath = guidsOf(route, c).length > 0;
  return [
    ...(c.requiredMembers.length > 0 ? (['incomplete request'] as const) : []),
    ...(c.contract.subject !== null ? (['unknown subject'] as const) : []),
    ...(guidInPath ? (['malformed path'] as const) : []),
    // What works on nothing that exists may answer that nothing has that key in whatever way.
    ...(guidInPath && c.contract.subject !== null ? (['zero path'] as const) : []),
    ...(malformedOn(route, c) !== null ? (['malformed value'] as const) : []),
    'unreadable body',
  ];
}

/** The Guids that the path of a route binds. */
export const guidsOf = ({ path }: Route, c: Composer): readonly Member[] =>
  c.pathMembers.filter((member) => isGuid(member) && binds(path, member));

/** A text that a route refuses as a value of some member, in its path or else in the query; Guids aside, which have kinds of their own. */
function malformedOn(route: Route, c: Composer): TypedPoint | null {
  const points = malformedIn(c).filter((point) => point.route === route);
  return points.find(({ carrier }) => carrier === 'path') ?? points[0] ?? null;
}

/** Asked for by every verb in every format. */
const malformedIn = onceFor((c: Composer) => everyText(c, malformedTexts, 'path', 'query'));

/** The sample request turned into one that provokes an error of that kind; to be sent on an absent subject. */
export function provoke(kind: ErrorKind, c: Composer, route: Route, options: RequestOptions = {}): RequestTemplate {
  switch (kind) {
    case 'incomplete request':
      return c.request(route, {
        payload: carriesBody(options.verb ?? 'POST') ? { in: 'body', as: 'json', members: {} } : { in: 'none' },
        ...options,
      });
    case 'unknown subject':
      return c.request(route, options);
    case 'malformed path':
      return c.request(route, { ...options, pathMembers: malformedInPath(c) });
    case 'zero path':
      return c.request(route, { ...options, pathMembers: inPath(c, zeroGuid) });
    case 'malformed value': {
      const point = malformedOn(route, c);
      if (point === null) return c.request(route, options);
      return withText(point, c, options);
    }
    case 'unreadable body':
      return c.request(route, {
        ...options,
        payload: { in: 'raw', contentType: c.format('json').mediaType, text: 'this is no JSON' },
      });
  }
}

/** For every Guid that the path binds a text that is none, made from a drawn one: it names nothing that exists. */
export function malformedInPath(c: Composer): Readonly<Record<string, string>> {
  return Object.fromEntries(c.pathMembers.filter(isGuid).map((m) => [m.name, `not-{{${m.name}}}`]));
}

/** A value for every Guid that the path binds. */
export function inPath(c: Composer, value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(c.pathMembers.filter(isGuid).map((m) => [m.name, value]));
}

/** The routes that ask who is calling. */
export const guarded = (c: Composer): readonly Route[] => (c.contract.authentication === 'required' ? c.routes : []);

/** Those of them that answer a stranger with a challenge: which of two ways credentials are demanded in decides. */
export const challenging = (c: Composer): readonly Route[] => (c.contract.challenged === true ? guarded(c) : []);

/** The routes that ask for more than to know who is calling. */
export const restricted = (c: Composer): readonly Route[] => (isRestricted(c.contract) ? c.routes : []);

/** Formats of programs: their clients never get the redirect of a browser (in classic hosting). */
export const programFormats = (c: Composer): readonly Format[] => c.formats.filter(({ name }) => name !== 'jsv');
/** The others, whose media type the framework also takes for a browser's. */
export const pageFormats = (c: Composer): readonly Format[] => c.formats.filter(({ name }) => name === 'jsv');

/** Who calls, and what they send: the sample, unless other members are named. */
export interface Caller {
  readonly credentials: CredentialKind;
  readonly members?: MemberValues;
}

/** A request of that caller, its members where the verb carries them by default. */
export function call(route: Route, caller: Caller, c: Composer, options: RequestOptions = {}): RequestTemplate {
  const { credentials, members } = caller;
  const sample = c.request(route, { ...options, credentials });
  if (members === undefined) return sample;
  return c.request(route, { ...options, credentials, payload: payloadWith(members, sample, options.payload) });
}

function payloadWith(members: MemberValues, sample: RequestTemplate, payload: Payload | undefined): Payload {
  if (payload?.in === 'body') return { ...payload, members };
  return sample.body === null ? { in: 'query', members } : { in: 'body', as: 'json', members };
}

type Variants = Readonly<Record<string, RequestOptions>>;

function points(route: Route, caller: Caller, c: Composer, variants: Variants): readonly RequestPoint[] {
  return Object.entries(variants).map(([variant, options]) => ({
    route,
    variant,
    request: call(route, caller, c, options),
  }));
}

/** By every verb, promised or habitual. */
export const byVerb = ({ route }: RoutePoint, caller: Caller, c: Composer): readonly RequestPoint[] =>
  [...c.verbsOf(route), ...c.lesserVerbs].map((verb) => ({ route, verb, request: call(route, caller, c, { verb }) }));

/** Asking for these formats by Accept, the body in JSON and in the format itself. */
export const byFormat = (
  { route }: RoutePoint,
  caller: Caller,
  formats: readonly Format[],
  c: Composer,
): readonly RequestPoint[] =>
  formats.flatMap((format) =>
    points(route, caller, c, {
      Accept: { accept: format.mediaType },
      ...(c.bodyFormats.includes(format) && {
        'Accept and body': {
          accept: format.mediaType,
          payload: { in: 'body', as: format.name, members: c.sample.all },
        },
      }),
    }).map((point) => ({ ...point, format })),
  );

const selecting =
  (variant: string, how: (format: Format) => RequestOptions) =>
  ({ route }: RoutePoint, caller: Caller, formats: readonly Format[], c: Composer): readonly RequestPoint[] =>
    formats.map((format) => ({ route, format, variant, request: call(route, caller, c, how(format)) }));

/** Asking for these formats by `?format=`. */
export const byQuery = selecting('query', (format) => ({ query: [['format', format.query]] }));

/** Asking for these formats by suffix. */
export const bySuffix: ReturnType<typeof selecting> = (point, caller, formats, c) =>
  takesSuffix(point.route) ? selectedBySuffix(point, caller, formats, c) : [];

const selectedBySuffix = selecting('suffix', (format) => ({ suffix: format.suffix }));

/** A documented route, used as it may be: by an overriding header, by a form. */
export const byHabit = ({ route }: RoutePoint, caller: Caller, c: Composer): readonly RequestPoint[] =>
  points(route, caller, c, {
    ...(promises(c.contract, 'DELETE') && {
      'overriding the verb': { headers: [overridingBy('DELETE')] },
    }),
    'a form': { payload: asForm(c.sample.all) },
    ...(carriesBody(c.verbsOf(route)[0]) && {
      'a form in parts': { payload: multipart(c.sample.all) },
    }),
  });

/** With headers that claim what no caller can vouch for: to come from the host itself, or to be known to a proxy before it. */
export const byClaim = ({ route }: RoutePoint, caller: Caller, c: Composer): readonly RequestPoint[] => {
  const { path } = c.request(route, { payload: { in: 'none' } });
  return points(route, caller, c, {
    'from the host itself': {
      headers: [
        ['Forwarded', 'for=127.0.0.1'],
        ['X-Forwarded-For', '127.0.0.1'],
        ['X-Real-IP', '127.0.0.1'],
      ],
    },
    'a user that a proxy knows': {
      headers: [
        ['Remote-User', 'admin'],
        ['X-Forwarded-User', 'admin'],
        ['X-Remote-User', 'admin'],
      ],
    },
    'a script of the host': { headers: [['X-Requested-With', 'XMLHttpRequest']] },
    'a page of the host': {
      headers: [
        ['Origin', 'http://localhost'],
        ['Referer', 'http://localhost/'],
      ],
    },
    'a browser': {
      headers: [['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0']],
    },
    'a probe': { headers: [['User-Agent', 'kube-probe/1.33']] },
    'a debugger': { query: [['debug', 'true']] },
    'a proxy that rewrites addresses': {
      headers: [
        ['X-Original-URL', path],
        ['X-Rewrite-URL', path],
      ],
    },
  });
};

/** The words of a path in capitals; what stands for members, and escapes, stay. */
export const inCapitals = (path: string): string =>
  path.replace(/(\{\{[^{}]+\}\}|%\w\w)|[^{}%]+/g, (part, kept?: string) => kept ?? part.toUpperCase());

/** A documented path, spelt as nobody documented it. */
export const bySpelling = ({ route }: RoutePoint, caller: Caller, c: Composer): readonly RequestPoint[] => {
  const { path } = c.request(route, { payload: { in: 'none' } });
  return points(route, caller, c, {
    'a trailing slash': { path: `${path}/` },
    'a doubled slash': { path: path.replace(/\/([^/]+)$/, '//$1') },
    'upper case': { path: inCapitals(path) },
    'an escape': { path: path.replace(/(?<=\/)[a-z](?=[a-z]*$)/, (letter) => `%${letter.charCodeAt(0).toString(16)}`) },
  });
};

/** What a browser or a careless client sends. */
export const byBrowser = ({ route }: RoutePoint, caller: Caller, c: Composer): readonly RequestPoint[] =>
  points(route, caller, c, {
    'a page': { accept: 'text/html' },
    'no Accept': { accept: null },
    'an unknown Accept': { accept: 'application/x-unknown' },
    'any Accept': { accept: '*/*' },
    ...Object.fromEntries(
      c.formats
        .filter(({ mediaType, printed }) => mediaType !== printed.mediaType)
        .map(({ printed }) => [printed.mediaType, { accept: printed.mediaType }]),
    ),
  });

/** From a script element, which can read nothing but a 200. */
export const byScript = ({ route }: RoutePoint, caller: Caller, c: Composer): readonly RequestPoint[] =>
  c
    .verbsOf(route)
    .filter((verb) => verb === 'GET' || verb === 'POST')
    .map((verb) => ({
      route,
      verb,
      request: call(route, caller, c, { verb, query: [['callback', 'answer']] }),
    }));

/** Members of a call to a predefined route, in its body where its verb has one; csv has no way to say that there are none. */
export function predefinedPayload({ name }: Format, members: MemberValues, c: Composer): Payload {
  const isWritten = c.bodyFormats.some((each) => each.name === name);
  if (!carriesBody(c.verbsOf(c.routes[0])[0]) || !isWritten) return { in: 'query', members };
  return Object.keys(members).length === 0 && name === 'csv' ? { in: 'none' } : { in: 'body', as: name, members };
}

/** The predefined routes, which bind no member by their path; in JSON also for several requests in one, as a list. */
export const byPredefinedRoute = (caller: Caller, c: Composer): readonly SentPoint[] => {
  const members = { ...c.bound, ...(caller.members ?? c.sample.all) };
  const calling = (format: Format, variant: string, path: string, payload: Payload): SentPoint => ({
    format,
    variant,
    request: c.requestTo(`${c.contract.prefix}/${format.name}/${path}`, {
      credentials: caller.credentials,
      accept: format.mediaType,
      payload,
    }),
  });
  const { operation } = c.contract;
  return c.contract.formats.flatMap((format) => [
    ...['reply', 'oneway'].map((way) =>
      calling(format, way, `${way}/${operation}`, predefinedPayload(format, members, c)),
    ),
    ...(format.name === 'json' && carriesBody(c.verbsOf(c.routes[0])[0])
      ? [
          calling(format, 'several at once', `reply/${operation}[]`, {
            in: 'raw',
            contentType: format.mediaType,
            text: JSON.stringify([members]),
          }),
        ]
      : []),
  ]);
};
