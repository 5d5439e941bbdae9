import { zoo } from '../../specs/zoo.ts';
import { readSubjects } from '../../src/exchange/subjects-file.ts';
import { variationOf } from '../../src/embedded/embedded.ts';
import type { Suite } from '../../src/model/suite.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import { createProvider } from '../../src/provider/provider.ts';
import { suiteIn } from '../../src/settings/asked.ts';
import { readTextFile } from '../../src/settings/files.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { effectiveSettings } from '../../src/settings/effective.ts';
import { settingsFrom } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import type { Console } from '../console.ts';
import { addOptions, type Define } from '../options.ts';
import { contractsAt, contractsIn } from '../../src/host/contracts.ts';
import { suites } from '../suites.ts';

/** `conform serve`: the reference provider as a server; prints one line of JSON when it is ready. */
export const serveCommand: Define = (command, console) => {
  command
    .option('--port <n>', '0 takes a free one', '0')
    .option('--mutant <name>', 'with this fault or variation; conform prove --list lists them')
    .option('--connections <file>', 'a JSON list of the subjects that it has at first; default: some of its own');
  const taken = addOptions(command, 'Target', 'Profile', 'seed');
  command.action(async ({ connections, ...flags }: Values & { readonly port: string; readonly mutant?: string }) => {
    const effective = effectiveSettings(flags, console, taken);
    const several = contractsIn(effective);
    // Of several operations the first one's subjects can be made and listed; a mutant is a fault of it, too.
    const all = several === null ? null : contractsAt(several, console);
    const suite = all === null ? suiteIn(effective, suites, console) : suites.suiteOf(all[0]);
    const siblings = all === null ? [] : all.slice(1).map(suites.suiteOf);
    const { profile: declared, seed } = settingsFrom(effective, suite.contract, console);
    const mutant = flags.mutant === undefined ? null : findMutant(flags.mutant);
    const profile = { ...declared, ...mutant?.under };
    const { contract, schemas } = suite;
    const subjects = connections === undefined ? {} : { connections: givenSubjects(connections, suite, console) };
    const provider = createProvider({
      contract,
      schemas,
      profile,
      seed,
      now: console.now,
      siblings,
      ...subjects,
      ...(mutant !== null && variationOf(mutant)),
    });
    const running = await listen(provider, flags.port);
    const { url, token, expiredToken, user, password, lesser, connections: own, resetUrl, stateUrl } = running;
    // All of it is made up for this process; telling it is what the command is for.
    const told = console.redactor.assembled(
      `${JSON.stringify({ url, token, expiredToken, user, password, lesser, connections: own, resetUrl, stateUrl })}\n`,
    );
    console.out(told);
    await aborted(console.signal);
    await running.close();
  });
};

function findMutant(name: string): Mutant {
  const found = zoo.find((m) => m.name === name);
  if (found === undefined)
    throw new UsageError(`--mutant ${name}: there is no mutant of that name; conform prove --list lists them`);
  return found;
}

function givenSubjects(
  file: string,
  { members }: Suite,
  console: Console,
): readonly Readonly<Record<string, string>>[] {
  const read = readSubjects(readTextFile('--connections', file, console), file, members);
  if (!read.ok) throw new UsageError(read.problem);
  return read.subjects;
}

async function listen(provider: ReturnType<typeof createProvider>, port: string): ReturnType<typeof provider.listen> {
  const n = /^\d+$/.test(port) ? Number(port) : Number.NaN;
  if (!(n <= 65_535)) throw new UsageError(`--port ${port}: takes a number from 0 to 65535`);
  try {
    return await provider.listen(n);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why =
      code === 'EADDRINUSE' ? 'the port is taken' : code === 'EACCES' ? 'the port may not be bound by this user' : code;
    throw new UsageError(`--port ${port}: cannot be listened on, ${why}; --port 0 takes a free one`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}
