import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { zoo } from '../specs/zoo.ts';
import { nothingToHide } from '../src/exchange/redact.ts';
import { examiner } from '../src/proof/examine.ts';
import type { Answer, Task } from '../src/proof/judge-all.ts';
import type { Autopsy } from '../src/proof/judge.ts';
import { embedded, variationOf } from '../src/embedded/embedded.ts';
import { openSuite } from './suites.ts';

const world = {
  env: {},
  // Not where the command was called: no configuration file may vary the proof.
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  redactor: nothingToHide,
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (ms: number) => setTimeout(ms),
  signal: new AbortController().signal,
};
// Either may be empty: the shipped contract, any number of subjects.
const [contract = '', few = ''] = process.argv.slice(2);
const examine = examiner(openSuite(contract === '' ? {} : { contract }, world), world);

async function autopsyFor({ name, only }: Task): Promise<Autopsy> {
  const mutant = zoo.find((m) => m.name === name);
  if (mutant === undefined) throw new Error(`the zoo has no mutant '${name}'`);
  return examine(mutant, only, embedded({ ...variationOf(mutant), ...(few !== '' && { subjects: Number(few) }) }));
}

process.on('message', (task: Task) => {
  const answer = (message: Answer): void => {
    process.send?.(message);
  };
  autopsyFor(task).then(
    (autopsy) => {
      answer({ kind: 'autopsy', autopsy });
    },
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      answer({ kind: 'failed', name: task.name, reason });
    },
  );
});
