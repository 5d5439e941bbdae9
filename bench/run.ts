import { setTimeout } from 'node:timers/promises';
import http from 'node:http';
import { embedded } from '../src/embedded/embedded.ts';
import { shippedSuite } from '../bin/suites.ts';
import { createRedactor } from '../src/exchange/redact.ts';
import { createProvider } from '../src/provider/provider.ts';
import { openRun, type StartHost } from '../src/run/open/open.ts';
import { runCatalogue } from '../src/run/run-catalogue.ts';
import { readSettings, type Settings } from '../src/settings/settings.ts';
import { inTurns, post } from './bare.ts';
import { compare } from './measure.ts';
import { slowWayTo } from './slow-way.ts';

const suite = shippedSuite();

const surrounding = {
  env: {},
  cwd: '.',
  redactor: createRedactor(),
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (ms: number) => setTimeout(ms),
  signal: new AbortController().signal,
};
const settings = readSettings({}, suite.contract, surrounding);

const provider = await createProvider({
  contract: suite.contract,
  schemas: suite.schemas,
  profile: settings.profile,
  seed: settings.seed,
  now: surrounding.now,
}).listen(0);
const [subject = {}] = provider.connections;
const path = Object.entries(subject).reduce(
  (text, [name, value]) => text.replace(`{${name}}`, value),
  suite.contract.routes[0].path,
);
const headers = { Authorization: `Bearer ${provider.token}`, Accept: 'application/json' };

const world = { ...surrounding, env: { CONFORM_TOKEN: provider.token, CONFORM_EXPIRED_TOKEN: provider.expiredToken } };

/** A whole run of the catalogue; tells how many requests it was. */
async function wholeRun(of: Settings, host: StartHost): Promise<number> {
  const run = await openRun(suite, of, world, host);
  try {
    const { exitCode, says } = await runCatalogue(run);
    if (exitCode !== 0) throw new Error(says);
    return run.ended.length;
  } finally {
    await run.close();
  }
}

/** How a run stands to as many bare requests, as many of them at once. */
async function beside(title: string, rounds: number, base: string, work: () => Promise<number>): Promise<void> {
  const requests = await work();
  const agent = new http.Agent({ keepAlive: true });
  const once = (): Promise<void> => post(new URL(path, base), agent, headers, JSON.stringify(subject));
  await compare(`${title}: ${requests} requests, ${settings.concurrency} at once`, rounds, [
    { name: 'as many bare requests to it', work: () => inTurns(requests, settings.concurrency, once) },
    {
      name: 'planned, sent, recorded, redacted and judged',
      work: async () => {
        await work();
      },
    },
  ]);
  agent.destroy();
}

await beside('the whole catalogue against the embedded provider', 3, provider.url, () =>
  wholeRun(settings, embedded()),
);

const slow = await slowWayTo(Number(new URL(provider.url).port), 50);
const flags = { target: slow.url, states: `${slow.url}${new URL(provider.stateUrl).pathname}`, allowChanges: true };
const live = readSettings(flags, suite.contract, world);
await beside('the whole catalogue against 50 ms of latency, with a state endpoint', 1, slow.url, () =>
  wholeRun(live, embedded()),
);

slow.close();
await provider.close();
