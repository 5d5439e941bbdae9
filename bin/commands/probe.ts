import { withHeaders, type Engine } from '../../src/exchange/engine.ts';
import { heldBack } from '../../src/exchange/fence.ts';
import { visible } from '../../src/report/visible.ts';
import { paced, userAgentOf, wayTo } from '../../src/run/open.ts';
import { pagePaths, probe, type Page } from '../../src/settings/probe.ts';
import { InconclusiveError, UsageError } from '../../src/settings/problems.ts';
import { readSettings, type LiveTarget } from '../../src/settings/settings.ts';
import type { Contract } from '../../src/model/contract.ts';
import type { Values } from '../../src/settings/table.ts';
import { addOptions, type Define } from '../options.ts';
import { openSuite } from '../suites.ts';

/** `conform probe`: reads a host's own metadata, without credentials, and prints a profile to commit. */
export const probeCommand: Define = (command, console) => {
  const taken = addOptions(command, 'Target', 'Connection', 'Limits');
  command.action(async (flags: Values) => {
    const suite = openSuite(flags, console, taken);
    const settings = readSettings(flags, suite.contract, console, taken);
    const { target } = settings;
    if (target.kind === 'embedded')
      throw new UsageError('probe needs --target URL: the host whose metadata is to be read');
    const way = wayTo(target.url, target.tls, settings, console);
    const engine = withHeaders(paced(way.engine, settings, console), [
      ...target.headers.map(({ header }) => header),
      userAgentOf(suite, settings),
    ]);
    try {
      const paths = pagePaths(suite.contract);
      const read = (path: string, accept: string): Promise<Page> =>
        pageAt(path, accept, suite.contract, target, engine, console.signal);
      const pages = {
        app: await read(paths.app, 'application/json'),
        types: await read(paths.types, 'application/json'),
        operation: await read(paths.operation, 'text/html'),
      };
      if (pages.app.kind === 'none' && pages.types.kind === 'none' && pages.operation.kind === 'none')
        throw new InconclusiveError(visible(pages.app.reason));
      const { profile, learnt, notLearnt, differences } = probe(pages, suite.contract);
      const say = (what: string, texts: readonly string[]): void => {
        for (const text of texts) console.err(`${what}: ${visible(text)}\n`);
      };
      say('note', way.notes);
      say('learnt', learnt);
      say('not learnt', notLearnt);
      say('differs', differences);
      console.out(`${JSON.stringify(profile, null, 2)}\n`);
    } finally {
      engine.close();
    }
  });
};

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
