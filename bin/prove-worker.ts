import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { zoo } from '../specs/zoo.ts';
import { nothingToHide } from '../src/exchange/redact.ts';
import type { Area } from '../src/model/requirement.ts';
import { autopsyOf, type Autopsy } from '../src/proof/judge.ts';
import type { Mutant } from '../src/provider/mutant.ts';
import { openRun, type Run } from '../src/run/open.ts';
import type { Plan } from '../src/run/plan.ts';
import { judgeOnce, planFor } from '../src/run/run.ts';
import { readSettings, type Settings } from '../src/settings/settings.ts';
import { embedded } from './embedded.ts';
import { shippedSuite } from './suites.ts';

const suite = shippedSuite();

export interface Task {
  readonly name: string;
  /** Areas; none for the whole catalogue. */
  readonly only: readonly Area[];
}

const console = {
  env: {},
  // Not where the command was called: no configuration file may vary the proof.
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (ms: number) => setTimeout(ms),
  signal: new AbortController().signal,
};

/** Hosts of one profile and one way to sign in are asked the same, as far as the same is looked at: mutants share plans. */
const plans = new Map<string, Plan>();

function planOnce(run: Run, settings: Settings, authentication: Mutant['authentication']): Plan {
  const key = JSON.stringify([settings.profile, settings.only, authentication]);
  const planned = plans.get(key) ?? planFor(run, settings);
  plans.set(key, planned);
  return planned;
}

/** Runs the catalogue, or the areas named, against one mutant of the embedded provider. */
async function examine({ name, only }: Task): Promise<Autopsy> {
  const mutant = zoo.find((m) => m.name === name);
  if (mutant === undefined) throw new Error(`the zoo has no mutant '${name}'`);
  const plain = readSettings({ target: 'embedded' }, suite.contract, console);
  const { mutate, authentication, timeoutMs = plain.timeoutMs, seed = plain.seed } = mutant;
  const settings = { ...plain, timeoutMs, seed, only, profile: { ...plain.profile, ...mutant.under } };
  const run = await openRun(suite, settings, console, embedded({ mutate, ...(authentication && { authentication }) }));
  try {
    const { composer, bench, obstacle } = run;
    const surroundings = { ...run.surroundings, redactor: nothingToHide };
    return autopsyOf(
      name,
      await judgeOnce({ plan: planOnce(run, settings, authentication), composer, surroundings, bench, obstacle }),
    );
  } finally {
    await run.close();
  }
}

process.on('message', (task: Task) => {
  examine(task).then(
    (autopsy) => process.send?.({ kind: 'autopsy', autopsy }),
    (error: unknown) =>
      process.send?.({
        kind: 'failed',
        name: task.name,
        reason: error instanceof Error ? error.message : String(error),
      }),
  );
});
