import type { Route, Verb } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation, Point } from '../../model/requirement.ts';
import { isObject, jsonIn } from '../../values/json.ts';
import { service } from '../requirement.ts';

/** Why a preflight leaves nothing to judge: the host does not say in app.json, which was asked first, that it has CORS set up. */
export function unlessCorsDeclared(_: Answered, { steps: [app] }: Pick<Evidence, 'steps'>): string | null {
  return app.status === 200 && loadedPlugins(app.text).includes('cors')
    ? null
    : 'metadata/app.json does not say that the host has CORS set up';
}

function loadedPlugins(text: string): readonly string[] {
  const loaded = member(member(jsonIn(text), 'Plugins'), 'Loaded');
  return Array.isArray(loaded) ? loaded.map((name) => String(name).toLowerCase()) : [];
}

/** By its name in PascalCase or camelCase. */
function member(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  return value[name] ?? value[name.charAt(0).toLowerCase() + name.slice(1)];
}

/** A case of a preflight. */
export interface PreflightPoint extends Point {
  readonly route: Route;
  /** The verb that the browser asks for. */
  readonly verb: Verb;
  /** Whether it is the one that the route is called by, or one of several others. */
  readonly of: 'its own' | 'several';
  readonly origin: string;
}

/**
 * A preflight is answered as one: in the 2xx class, and what it permits, if anything, permits what was asked for. A host may
 * keep a list of origins, and say nothing to others.
 */
export const preflightAnswered: Expectation<PreflightPoint> = {
  says: 'the preflight is answered in the 2xx class; where it permits an origin, it is the one that asks, and its verb',
  judge: (x, { point: { origin, verb, of } }) => {
    if (x.status < 200 || x.status > 299) return [service('status', 'one of the 2xx class', `${x.status}`)];
    const permitted = x.header('Access-Control-Allow-Origin')?.trim();
    if (permitted === undefined) return [];
    const listed = x.header('Access-Control-Allow-Methods');
    return [
      ...(permitted === '*' || permitted === origin
        ? []
        : [service('header Access-Control-Allow-Origin', `* or ${origin}`, permitted)]),
      ...(permits(listed, verb, of) ? [] : [service('header Access-Control-Allow-Methods', verb, listed ?? 'none')]),
    ];
  },
};

/** What a page may do without being permitted it by name (Fetch, CORS-safelisted methods). */
const safelisted: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** Whether a page may use a verb. Which of several a host lists is its own choice, but a list that is not there permits none. */
function permits(listed: string | undefined, verb: Verb, of: PreflightPoint['of']): boolean {
  if (listed === undefined) return safelisted.has(verb);
  const verbs = listed.split(',').map((each) => each.trim().toUpperCase());
  return of === 'several' || verbs.includes(verb) || verbs.includes('*');
}
