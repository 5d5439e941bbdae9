import type { Route } from '../model/contract.ts';
import type { Call, Destination, Pairs } from './behaviour.ts';
import type { CompiledRoute, Service } from './service.ts';

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

function matchRoute(service: Service, compiled: CompiledRoute, segments: readonly string[]): Destination | null {
  const { route, segments: pattern } = compiled;
  if (segments.length !== pattern.length) return null;
  const named: Record<string, string> = {};
  let suffix: string | null = null;
  for (let i = 0; i < pattern.length; i++) {
    const wanted = pattern[i];
    let actual = segments[i] ?? '';
    if (i === pattern.length - 1) {
      const dot = actual.lastIndexOf('.');
      const ending = dot === -1 ? null : actual.slice(dot + 1);
      if (ending !== null && isSuffix(service, ending)) {
        suffix = ending;
        actual = actual.slice(0, dot);
      }
    }
    if (typeof wanted === 'object') named[wanted.member] = actual;
    else if (actual.toLowerCase() !== wanted) return null;
  }
  return { kind: 'operation', routing: 'classic', route, suffix, predefined: null, batch: false, named };
}

function serves({ verbs }: Route, verb: string): boolean {
  return verbs === 'any' || verbs.some((each) => each === verb);
}

function isSuffix(service: Service, text: string): boolean {
  return text === 'html' || service.formatBySuffix.has(text);
}

/** `/{format}/reply/{Operation}` below the prefix; null when the path is no such. */
export function predefinedRoute(service: Service, segments: readonly string[]): Destination | null {
  const [format, way, operation] = segments;
  if (segments.length !== 3 || format === undefined || operation === undefined) return null;
  const known = service.formatBySuffix.get(format.toLowerCase());
  if (known === undefined || (way?.toLowerCase() !== 'reply' && way?.toLowerCase() !== 'oneway')) return null;
  const batch = operation.endsWith('[]');
  const name = (batch ? operation.slice(0, -2) : operation).toLowerCase();
  if (name !== service.contract.operation.toLowerCase()) return { kind: 'unknown-operation', predefined: known.name };
  return { kind: 'operation', routing: 'classic', route: null, suffix: null, predefined: known.name, batch, named: {} };
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
