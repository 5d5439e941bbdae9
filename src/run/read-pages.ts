import { withHeaders, type Engine } from '../exchange/engine.ts';
import { heldBack } from '../exchange/fence.ts';
import type { Redactor } from '../exchange/redact.ts';
import type { Contract } from '../model/contract.ts';
import type { Suite } from '../model/suite.ts';
import { pagePaths, type Page, type Pages } from '../import/probe.ts';
import type { LiveTarget } from '../settings/live-target.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { redactorOf } from './redactor.ts';
import { carriedByAll, paced, wayTo } from './way.ts';

/** What a host shows of itself, and what must be said of how it was reached. */
export interface PagesRead {
  readonly pages: Pages;
  readonly notes: readonly string[];
  /** Knows what every request carried: a host may tell it back. */
  readonly redactor: Redactor;
}

/**
 * Asks a host for the pages that it shows anonymously of itself.
 *
 * @param target the host
 * @param settings the limits to keep
 */
export async function readPages(
  target: LiveTarget,
  suite: Suite,
  settings: Settings,
  world: World,
): Promise<PagesRead> {
  const way = wayTo(target.url, target.tls, settings, world);
  const engine = withHeaders(paced(way.engine, settings, world), carriedByAll(suite, target, settings));
  try {
    const paths = pagePaths(suite.contract);
    const read = (path: string, accept: string): Promise<Page> =>
      pageAt(path, accept, suite.contract, target, engine, world.signal);
    const pages = {
      app: await read(paths.app, 'application/json'),
      types: await read(paths.types, 'application/json'),
      operation: await read(paths.operation, 'text/html'),
    };
    const redactor = redactorOf(suite, { secrets: [], secretHeaders: [], madeUp: [] }, target.headers, way.secrets);
    return { pages, notes: way.notes, redactor };
  } finally {
    engine.close();
  }
}

async function pageAt(
  path: string,
  accept: string,
  contract: Contract,
  { url }: LiveTarget,
  engine: Engine,
  signal: AbortSignal,
): Promise<Page> {
  const why = heldBack(
    {
      method: 'GET',
      path: path.split('?', 1).join(''),
      headers: [],
      credentials: 'none',
      body: 'none',
      names: 'nothing',
    },
    contract,
  );
  if (why !== null) return { kind: 'none', reason: `${path} is not asked: ${why}` };
  const request = {
    method: 'GET',
    url: new URL(url.origin),
    target: `${url.pathname.replace(/\/$/, '')}${path}`,
    headers: [['Accept', accept]] as const,
    body: null,
  };
  const { outcome } = await engine.send(request, { signal });
  return outcome.kind === 'failure'
    ? { kind: 'none', reason: outcome.failure.message }
    : { kind: 'page', status: outcome.response.status, text: Buffer.from(outcome.response.body).toString('utf8') };
}
