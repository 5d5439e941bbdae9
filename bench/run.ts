import { setTimeout } from 'node:timers/promises';
import http from 'node:http';
import { embedded } from '../bin/embedded.ts';
import { shippedSuite } from '../bin/suites.ts';
import { createRedactor } from '../src/exchange/redact.ts';
import { createProvider } from '../src/provider/provider.ts';
import { openRun } from '../src/run/open.ts';
import { plannedSteps } from '../src/run/plan.ts';
import { planFor, runCatalogue } from '../src/run/run-catalogue.ts';
import { readSettings } from '../src/settings/settings.ts';
import { inTurns, post } from './bare.ts';
import { compare } from './measure.ts';

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

let requests = 0;
const wholeRun = async (): Promise<void> => {
  const run = await openRun(suite, settings, surrounding, embedded());
  try {
    requests = plannedSteps(planFor(run)).length;
    const { exitCode, says } = await runCatalogue(run);
    if (exitCode !== 0) throw new Error(says);
  } finally {
    await run.close();
  }
};
await wholeRun();

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
const url = new URL(path, provider.url);
const agent = new http.Agent({ keepAlive: true });
const headers = { Authorization: `Bearer ${provider.token}`, Accept: 'application/json' };

await compare(
  `the whole catalogue against the embedded provider: ${requests} requests, ${settings.concurrency} at once`,
  3,
  [
    {
      name: 'as many bare requests to it',
      work: () => inTurns(requests, settings.concurrency, () => post(url, agent, headers, JSON.stringify(subject))),
    },
    { name: 'planned, sent, recorded, redacted and judged', work: wholeRun },
  ],
);

agent.destroy();
await provider.close();
