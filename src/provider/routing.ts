import type { Route } from '../model/contract.ts';
import type { Call, Destination, Pairs, Refusal } from './behaviour.ts';
import { refusal } from './errors.ts';
import type { CompiledRoute, Segment, Service } from './service.ts';

const none: Destination = { kind: 'none' };

/**
 * Classic hosting: the prefix and literals in any casing, empty segments skipped, a format suffix on the last segment,
 * predefined routes `/{format}/reply/{Operation}` and `/oneway/`. The prefix may be glued on or repeated, as recorded.
 */
export function routeClassic(service: Service, call: Call): Destination {
  const below = pathBelowPrefix(service, call.path);
  if (below === null) return none;
  const segments = decoded(below.split('/').filter((s) => s !== ''));
  if (segments === null) return none;
  if (segments.length > 1 && segments[0]?.toLowerCase() === service.prefix) segments.shift();
  let unserved = false;
  for (const compiled of service.routes) {
    const found = matchRoute(service, compiled, segments);
    if (found === null) continue;
    if (serves(compiled.route, call.verb)) return found;
    unserved = true;
  }
  // A verb that no route of the path has is answered like an unknown path (source forms, 5).
  if (unserved) return none;
  return predefinedRoute(service, segments) ?? otherPage(segments);
}

/** The rest after the prefix; null when the path does not begin with it. */
function pathBelowPrefix(service: Service, path: string): string | null {
  const start = `/${service.prefix}`;
  return path.slice(0, start.length).toLowerCase() === start ? path.slice(start.length) : null;
}

/** Segments percent-decoded, `..` resolved; null when an escape is malformed. */
function decoded(segments: readonly string[]): string[] | null {
  const result: string[] = [];
  for (const segment of segments) {
    if (segment === '..') result.pop();
    else if (segment !== '.') {
      const text = decodeSegment(segment);
      if (text === null) return null;
      result.push(text);
    }
  }
  return result;
}

function decodeSegment(segment: string): string | null {
  if (!segment.includes('%')) return segment;
  try {
    // A slash that came encoded stays part of its segment, and no route has one.
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

function matchRoute(
  service: Service,
  { route, segments: pattern }: CompiledRoute,
  segments: readonly string[],
): Destination | null {
  const { bare, suffix } =
    pattern.at(-1)?.kind === 'rest' ? { bare: segments, suffix: null } : withoutSuffix(service, segments);
  const named = matchSegments(pattern, bare);
  return named === null
    ? null
    : { kind: 'operation', routing: 'classic', route, suffix, predefined: null, batch: false, named };
}

/** The segments without the format suffix of the last, and the suffix. */
export function withoutSuffix(
  service: Service,
  segments: readonly string[],
): { readonly bare: readonly string[]; readonly suffix: string | null } {
  const last = segments.at(-1) ?? '';
  const dot = last.lastIndexOf('.');
  const suffix = dot === -1 ? '' : last.slice(dot + 1);
  return isSuffix(service, suffix)
    ? { bare: [...segments.slice(0, -1), last.slice(0, dot)], suffix }
    : { bare: segments, suffix: null };
}

/** The members that a path names, by the pattern of a route; null when it is not of that pattern. */
export function matchSegments(
  pattern: readonly Segment[],
  segments: readonly string[],
): Readonly<Record<string, string>> | null {
  const rest = pattern.findIndex(({ kind }) => kind === 'rest');
  const taken = segments.length - pattern.length + 1;
  if (rest === -1 ? taken !== 1 : taken < 0) return null;
  const named: Record<string, string> = {};
  for (const [i, wanted] of pattern.entries()) {
    const at = rest !== -1 && i > rest ? i + taken - 1 : i;
    const actual = wanted.kind === 'rest' ? segments.slice(at, at + taken).join('/') : (segments[at] ?? '');
    switch (wanted.kind) {
      case 'literal':
        if (actual.toLowerCase() !== wanted.text) return null;
        break;
      case 'dotted': {
        const within = matchSegments(wanted.parts, actual.split('.'));
        if (within === null) return null;
        Object.assign(named, within);
        break;
      }
      case 'member':
      case 'rest':
        if (actual === '' && wanted.kind === 'member') return null;
        named[wanted.member] = actual;
    }
  }
  return named;
}

/** A verb is looked for in the text of a route's verbs, so that a part of one serves, too. */
function serves({ verbs }: Route, verb: string): boolean {
  return verbs === 'any' || verbs.join(' ').includes(verb);
}

function isSuffix(service: Service, text: string): boolean {
  return text === 'html' || service.formatBySuffix.has(text);
}

/** `/{format}/reply/{Operation}` or `/api/{Operation}` below the prefix; null when the path is no such. */
export function predefinedRoute(service: Service, segments: readonly string[]): Destination | null {
  const [format, way, operation] = segments;
  if (segments.length !== 3 || format === undefined || operation === undefined) return apiRoute(service, segments);
  const known = service.formatBySuffix.get(format.toLowerCase());
  if (known === undefined || (way?.toLowerCase() !== 'reply' && way?.toLowerCase() !== 'oneway')) return null;
  const batch = operation.endsWith('[]');
  const name = (batch ? operation.slice(0, -2) : operation).toLowerCase();
  if (name !== service.contract.operation.toLowerCase()) return { kind: 'unknown-operation', predefined: known.name };
  const route = service.contract.routes.find(isPredefined) ?? null;
  return { kind: 'operation', routing: 'classic', route, suffix: null, predefined: known.name, batch, named: {} };
}

/** Since 5.14; a host whose own prefix is /api has none. */
export function apiRoute(service: Service, segments: readonly string[]): Destination | null {
  if (service.prefix === 'api' || segments.length !== 2 || segments[0]?.toLowerCase() !== 'api') return null;
  const { bare, suffix } = withoutSuffix(service, segments);
  return bare[1]?.toLowerCase() === service.contract.operation.toLowerCase()
    ? { kind: 'operation', routing: 'classic', route: null, suffix, predefined: null, batch: false, named: {} }
    : null;
}

/** A verb that the route has and the service lacks is refused; only when all else is in order is that known. */
export function dispatch({ contract: { verbs = 'any', operation } }: Service, { verb }: Call): Refusal | null {
  if (verbs === 'any' || verbs.some((each) => each === verb)) return null;
  const method = verb.charAt(0) + verb.slice(1).toLowerCase();
  return refusal(
    'binding',
    405,
    'NotImplementedException',
    `Could not find method named ${method}(${operation}) or Any(${operation}) on Service ${operation}Service`,
  );
}

/** An operation that is called by its name alone has no route of its own: its contract holds the predefined one. */
export function isPredefined({ path }: Route): boolean {
  return /\/json\/(?:reply|oneway)\/\w+$/i.test(path);
}

function otherPage(segments: readonly string[]): Destination {
  const [first, second] = segments;
  if (first?.toLowerCase() === 'auth' && segments.length <= 2) return { kind: 'login', provider: second ?? null };
  return segments.length === 0 ? none : { kind: 'page', page: segments };
}

/** The first value of a name, in any casing; undefined when it is not there. */
export function firstOf(pairs: Pairs, name: string): string | undefined {
  return pairs.find(([n]) => n.toLowerCase() === name)?.[1];
}
