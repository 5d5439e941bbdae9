import { get, listAt, objectAt, textAt } from '../../import/documented-json.ts';
import { UnreadableSource } from '../../import/facts.ts';
import type { RequestTemplate, Undocumented } from '../../model/exchange.ts';
import type { Composer } from '../../model/requirement.ts';
import { isObject, jsonIn, type JsonObject } from '../../values/json.ts';
import { leadsTo } from '../../values/route.ts';
import { effectOf } from '../open/effect.ts';
import { obtain } from './obtain.ts';
import { plannedAlone, type PlannedScript } from '../plan/planned-script.ts';
import type { NotRun, Run } from '../run.ts';
import type { ScriptKey } from '../plan/script-key.ts';

/** A route of any operation of the target. */
export interface HostRoute {
  readonly path: string;
  /** As its author wrote them: several words, `*` or nothing for all. */
  readonly verbs: string;
}

/** What a target's own metadata says of its routes. */
export type HostRoutes =
  | { readonly kind: 'open'; readonly routes: readonly HostRoute[] }
  /** It is switched off, needs a login, or does not list the operation that it serves. */
  | { readonly kind: 'closed' };

/**
 * The scripts that are not sent, since a sibling of the operation may serve what they ask for: what the target's own
 * metadata routes, and verbs and words that mean something where it says nothing. Asks for the metadata only where there
 * are such.
 *
 * @param scripts in the order of the plan
 * @param run what it has results of is not asked again
 */
export async function withheldFromSiblings(
  scripts: readonly PlannedScript[],
  run: Run,
): Promise<ReadonlyMap<ScriptKey, NotRun>> {
  const venturing = scripts.flatMap(({ key, script: { undocumented, steps } }) =>
    undocumented === undefined || run.results.has(key) ? [] : [{ key, undocumented, asked: steps[0] }],
  );
  if (venturing.length === 0) return new Map();
  const routes = await routesOf(run);
  return new Map(
    venturing.flatMap(({ key, undocumented, asked }) => {
      const reason = whyWithheld(asked, undocumented, routes, run.composer.contract.prefix);
      return reason === null ? [] : [[key, { kind: 'not-run', cause: 'contract', reason }] as const];
    }),
  );
}

/**
 * Why a path is not asked by a verb; null where it may be.
 *
 * @param asked a request, ids still symbolic
 * @param prefix that metadata leaves out of its paths
 */
export function whyWithheld(
  { path, method }: Pick<RequestTemplate, 'path' | 'method'>,
  undocumented: Undocumented,
  routes: HostRoutes,
  prefix: string,
): string | null {
  if (routes.kind === 'closed')
    return undocumented === 'a word that means nothing'
      ? null
      : `the target keeps its metadata closed, and a sibling of the operation may serve ${inTheirPlace[undocumented]}`;
  const [asIs = ''] = path.split('?', 1);
  const below = asIs.toLowerCase().startsWith(`${prefix.toLowerCase()}/`) ? asIs.slice(prefix.length) : asIs;
  const route = routes.routes.find(
    (each) =>
      (leadsTo(each.path, asIs) || leadsTo(each.path, below)) && (undocumented !== 'a verb' || takes(each, method)),
  );
  return route === undefined ? null : `the target's own metadata routes it: ${route.path}`;
}

const inTheirPlace: Readonly<Record<Exclude<Undocumented, 'a word that means nothing'>, string>> = {
  'a word': 'this word',
  'a verb': 'this path by this verb',
};

/** Whether a route is served by a verb, which ServiceStack looks for anywhere in its author's text (source forms, 5). */
function takes({ verbs }: HostRoute, method: string): boolean {
  return verbs.trim() === '' || verbs.includes('*') || verbs.toUpperCase().includes(method);
}

/** Until 5.8 they stand at the request's type (source forms, 3). */
function routesOfOperation(operation: JsonObject): readonly JsonObject[] {
  const own = listAt(operation, 'Routes', 'metadata');
  return own.length > 0 ? own : listAt(objectAt(operation, 'Request') ?? {}, 'Routes', 'metadata');
}

async function routesOf(run: Run): Promise<HostRoutes> {
  const c = run.composer;
  for (const document of ['types/metadata.json', 'metadata/app.json']) {
    const routes = routesIn(await textOf(`${c.contract.prefix}/${document}`, run), c);
    if (routes !== null) return { kind: 'open', routes };
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

/** The routes of all operations that a document lists; null where it does not list the one that the run is about. */
function routesIn(text: string | null, { contract: { request } }: Composer): readonly HostRoute[] | null {
  const document = text === null ? undefined : jsonIn(text);
  if (!isObject(document)) return null;
  const api = get(document, 'App') === undefined ? document : (objectAt(document, 'Api') ?? {});
  try {
    const operations = listAt(api, 'Operations', 'metadata');
    const isListed = operations.some(
      (each) => textAt(objectAt(each, 'Request') ?? {}, 'Name')?.toLowerCase() === request.toLowerCase(),
    );
    return isListed
      ? operations.flatMap((each) =>
          routesOfOperation(each).flatMap((route) => {
            const path = textAt(route, 'Path');
            return path === undefined ? [] : [{ path, verbs: textAt(route, 'Verbs') ?? '' }];
          }),
        )
      : null;
  } catch (error) {
    if (error instanceof UnreadableSource) return null;
    throw error;
  }
}
