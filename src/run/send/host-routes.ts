import { get, listAt, objectAt, textAt } from '../../import/documented-json.ts';
import { UnreadableSource } from '../../import/facts.ts';
import type { Undocumented } from '../../model/exchange.ts';
import type { Composer } from '../../model/requirement.ts';
import { isObject, jsonIn } from '../../values/json.ts';
import { effectOf } from '../open/effect.ts';
import { obtain } from './obtain.ts';
import { plannedAlone, type PlannedScript } from '../plan/planned-script.ts';
import type { NotRun, Run } from '../run.ts';
import type { ScriptKey } from '../plan/script-key.ts';

/** What a target's own metadata says of its routes. */
export type HostRoutes =
  | { readonly kind: 'open'; readonly paths: readonly string[] }
  /** It is switched off, needs a login, or does not list the operation that it serves. */
  | { readonly kind: 'closed' };

/**
 * The scripts that are not sent, since a sibling of the operation may serve what they ask for: what the target's own
 * metadata routes, and words that mean something where it says nothing. Asks for the metadata only where there are such.
 *
 * @param scripts in the order of the plan
 * @param run what it has results of is not asked again
 */
export async function withheldWords(
  scripts: readonly PlannedScript[],
  run: Run,
): Promise<ReadonlyMap<ScriptKey, NotRun>> {
  const venturing = scripts.flatMap(({ key, script: { undocumented, steps } }) =>
    undocumented === undefined || run.results.has(key) ? [] : [{ key, undocumented, path: steps[0].path }],
  );
  if (venturing.length === 0) return new Map();
  const routes = await routesOf(run);
  return new Map(
    venturing.flatMap(({ key, undocumented, path }) => {
      const reason = whyWithheld(path, undocumented, routes, run.composer.contract.prefix);
      return reason === null ? [] : [[key, { kind: 'not-run', cause: 'contract', reason }] as const];
    }),
  );
}

/**
 * Why a path is not asked; null where it may be.
 *
 * @param path of a request, ids still symbolic
 * @param prefix that metadata leaves out of its paths
 */
export function whyWithheld(
  path: string,
  undocumented: Undocumented,
  routes: HostRoutes,
  prefix: string,
): string | null {
  if (routes.kind === 'closed')
    return undocumented === 'a word'
      ? 'the target keeps its metadata closed, and a sibling of the operation may serve this word'
      : null;
  const below = path.toLowerCase().startsWith(`${prefix.toLowerCase()}/`) ? path.slice(prefix.length) : path;
  const route = routes.paths.find((each) => leadsTo(each, path) || leadsTo(each, below));
  return route === undefined ? null : `the target's own metadata routes it: ${route}`;
}

/** Whether a route serves a path: `{Name}` is one segment, `{Name*}` any number of them, and letter case does not count. */
function leadsTo(route: string, path: string): boolean {
  const segments = path.split('/').filter((s) => s !== '');
  const places = route.split('/').filter((s) => s !== '');
  const rest = places.findIndex((place) => place.startsWith('{') && place.includes('*'));
  if (rest === -1 ? places.length !== segments.length : segments.length < rest) return false;
  return places
    .slice(0, rest === -1 ? undefined : rest)
    .every((place, i) => place.startsWith('{') || place.toLowerCase() === literalIn(segments[i] ?? ''));
}

/** What a segment says, in lower case: a literal may hold what a path spells with an escape, as `v{Version}` does. */
function literalIn(segment: string): string {
  try {
    return decodeURIComponent(segment).toLowerCase();
  } catch {
    return segment.toLowerCase();
  }
}

async function routesOf(run: Run): Promise<HostRoutes> {
  const c = run.composer;
  for (const document of ['types/metadata.json', 'metadata/app.json']) {
    const paths = pathsIn(await textOf(`${c.contract.prefix}/${document}`, run), c);
    if (paths !== null) return { kind: 'open', paths };
  }
  return { kind: 'closed' };
}

/** A document of the host, as anybody may ask for it; null where it does not show it. */
async function textOf(path: string, run: Run): Promise<string | null> {
  const c = run.composer;
  const script = c.onAbsent(
    c.requestTo(path, { verb: 'GET', payload: { in: 'none' }, credentials: 'none', accept: 'application/json' }),
  );
  if (effectOf(script, c) !== 'none') return null;
  const result = await obtain(plannedAlone(script), run);
  const outcome = result.kind === 'ran' ? result.exchanges[0]?.outcome : undefined;
  return outcome?.kind === 'response' && outcome.response.status === 200 ? outcome.response.body : null;
}

/** The paths of all operations that a document lists; null where it does not list the one that the run is about. */
function pathsIn(text: string | null, { contract: { request } }: Composer): readonly string[] | null {
  const document = text === null ? undefined : jsonIn(text);
  if (!isObject(document)) return null;
  const api = get(document, 'App') === undefined ? document : (objectAt(document, 'Api') ?? {});
  try {
    const operations = listAt(api, 'Operations', 'metadata');
    const isListed = operations.some(
      (each) => textAt(objectAt(each, 'Request') ?? {}, 'Name')?.toLowerCase() === request.toLowerCase(),
    );
    return isListed
      ? operations.flatMap((each) => listAt(each, 'Routes', 'metadata').flatMap((r) => textAt(r, 'Path') ?? []))
      : null;
  } catch (error) {
    if (error instanceof UnreadableSource) return null;
    throw error;
  }
}
