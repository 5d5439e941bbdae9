import { fileURLToPath } from 'node:url';
import { runSession } from './commands/run.ts';
import { openSession } from './session.ts';
import { readSettings } from './settings.ts';
import { suite } from './suite.ts';
import { zoo } from '../specs/zoo.ts';
import { autopsyOf, type Autopsy } from '../src/prove/judge.ts';

const console = {
  env: {},
  // Not where the command was called: no configuration file may vary the proof.
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  now: () => new Date(),
  elapsed: () => performance.now(),
  signal: new AbortController().signal,
};

/** Runs the whole catalogue against one mutant of the embedded provider. */
async function examine(name: string): Promise<Autopsy> {
  const mutant = zoo.find((m) => m.name === name);
  if (mutant === undefined) throw new Error(`the zoo has no mutant '${name}'`);
  const plain = readSettings({ target: 'embedded' }, suite.contract, console);
  const { mutate, authentication, timeoutMs = plain.timeoutMs, seed = plain.seed } = mutant;
  const settings = { ...plain, timeoutMs, seed, profile: { ...plain.profile, ...mutant.under } };
  const session = await openSession(settings, console, () => undefined, { mutate, ...(authentication && { authentication }) });
  try {
    return autopsyOf(name, await runSession(session, settings, console));
  } finally {
    await session.close();
  }
}

process.on('message', (name: string) => {
  examine(name).then(
    (autopsy) => process.send?.({ kind: 'autopsy', autopsy }),
    (error: unknown) => process.send?.({ kind: 'failed', name, reason: error instanceof Error ? error.message : String(error) }),
  );
});
