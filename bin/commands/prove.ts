import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { extname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { zoo } from '../../specs/zoo.ts';
import type { Area, RequirementId } from '../../src/model/requirement.ts';
import { judgeMutant, type Autopsy, type Judged } from '../../src/proof/judge.ts';
import { holds, prove } from '../../src/proof/proof.ts';
import { proofText } from '../../src/proof/text.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import { writeReport } from '../../src/report/write.ts';
import { InconclusiveError, UsageError } from '../../src/settings/problems.ts';
import type { Console } from '../console.ts';
import { checkFile } from '../deliver.ts';
import type { Define } from '../options.ts';
import type { Task } from '../prove-worker.ts';
import { shippedSuite } from '../suites.ts';

const suite = shippedSuite();

/**
 * Where a fault is looked for: in the areas that its mutant names, or everywhere, which also shows what is reported astray.
 * A harmless variation is held against the whole catalogue either way.
 */
export type Scope = 'named areas' | 'everywhere';

interface ProveFlags {
  readonly mutant: string;
  readonly everywhere?: boolean;
  readonly json?: string;
}

/** `conform prove`: runs the catalogue against every mutant, and says whether it finds the faults and only those. */
export const proveCommand: Define = (command, console, done) => {
  command
    .option('--mutant <glob>', 'only those whose name matches', '*')
    .option(
      '--everywhere',
      'look for each fault in all areas, not only in those that its mutant names: slower, and finds what is reported astray',
    )
    .option('--json <file>', 'write what was found, mutant by mutant')
    .action(async (flags: ProveFlags) => {
      const mutants = zoo.filter((m) => matchesGlob(m.name, flags.mutant));
      if (mutants.length === 0) throw new UsageError(`--mutant ${flags.mutant}: no mutant has such a name`);
      if (flags.json !== undefined) await checkFile(resolve(console.cwd, flags.json));
      const judged = await judgeAll(mutants, flags.everywhere === true ? 'everywhere' : 'named areas', console);
      const requirements = suite.catalogue.flatMap((a) => a.requirements);
      const proof = prove(requirements, judged);
      if (flags.json !== undefined) await writeJson(flags.json, judged, console);
      // A part of the zoo proves a part of the catalogue: what it leaves unproven says nothing.
      const shown = mutants.length === zoo.length ? proof : { ...proof, unproven: [] };
      console.out(proofText(requirements, judged, shown));
      done(console.signal.aborted ? 130 : holds(shown) ? 0 : 1);
    });
};

/** Runs mutants in as many processes as there are processors, and judges each; in the order of the zoo. */
export async function judgeAll(mutants: readonly Mutant[], scope: Scope, console: Console): Promise<readonly Judged[]> {
  const areaOf = areas();
  const autopsies = new Map<string, Autopsy>();
  const queue = mutants.values();
  // One more than there are processors: a run waits at times, as when a mutant is slow to answer.
  const width = Math.min(availableParallelism() + 1, mutants.length);
  await Promise.all(
    Array.from({ length: width }, () => work(queue, (mutant) => taskFor(mutant, scope, areaOf), autopsies, console)),
  );
  return mutants.flatMap((m) => {
    const autopsy = autopsies.get(m.name);
    return autopsy === undefined
      ? []
      : [judgeMutant({ name: m.name, says: m.says, kills: m.kills, areas: m.areas }, autopsy, areaOf)];
  });
}

type FromWorker =
  | { readonly kind: 'autopsy'; readonly autopsy: Autopsy }
  | { readonly kind: 'failed'; readonly name: string; readonly reason: string };

/** Every processor has a run of its own to do: none is left for the collection of garbage at its side. */
const sparing = ['--single-threaded-gc', '--max-semi-space-size=64'];

async function work(
  queue: IterableIterator<Mutant>,
  taskFor: (mutant: Mutant) => Task,
  autopsies: Map<string, Autopsy>,
  console: Console,
): Promise<void> {
  const here = import.meta.url;
  const extension = extname(here);
  // From source, the other process needs the loader, however this one came by it.
  const execArgv = extension === '.ts' ? ['--import', pathToFileURL(createRequire(here).resolve('tsx')).href] : [];
  const worker = fork(fileURLToPath(new URL(`../prove-worker${extension}`, here)), {
    env: {},
    execArgv: [...sparing, ...execArgv],
  });
  try {
    for (const mutant of queue) {
      if (console.signal.aborted) return;
      const answer = await ask(worker, taskFor(mutant));
      if (answer.kind === 'failed')
        throw new InconclusiveError(`mutant ${answer.name} could not be run: ${answer.reason}`);
      autopsies.set(mutant.name, answer.autopsy);
    }
  } finally {
    worker.kill();
  }
}

function ask(worker: ChildProcess, task: Task): Promise<FromWorker> {
  return new Promise((resolveAnswer, reject) => {
    const gone = (code: number | null): void => {
      reject(
        new InconclusiveError(`mutant ${task.name} could not be run: its process ended with ${code ?? 'a signal'}`),
      );
    };
    worker.once('exit', gone);
    worker.once('message', (message: FromWorker) => {
      worker.off('exit', gone);
      resolveAnswer(message);
    });
    worker.send(task);
  });
}

function taskFor({ name, kills, areas: named }: Mutant, scope: Scope, areaOf: (id: RequirementId) => Area): Task {
  const only = kills.length === 0 || scope === 'everywhere' ? [] : [...new Set([...kills.map(areaOf), ...named])];
  return { name, only };
}

function areas(): (id: RequirementId) => Area {
  const byId = new Map(suite.catalogue.flatMap((a) => a.requirements.map((r) => [r.id, r.area] as const)));
  return (id) => {
    const area = byId.get(id);
    if (area === undefined)
      throw new InconclusiveError(`a mutant names ${id}, which is no requirement of the catalogue`);
    return area;
  };
}

async function writeJson(file: string, judged: readonly Judged[], { cwd }: Console): Promise<void> {
  const written = await writeReport(resolve(cwd, file), `${JSON.stringify(judged, null, 2)}\n`);
  if (!written.ok) throw new UsageError(written.problem);
}

/**
 * Whether a name matches a pattern in which `*` stands for any run of characters and `?` for one.
 *
 * @param name the whole name
 * @param glob the pattern; other characters stand for themselves
 */
export function matchesGlob(name: string, glob: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(name);
}
