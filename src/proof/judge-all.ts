import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Area, Catalogue, RequirementId } from '../model/requirement.ts';
import { InconclusiveError } from '../settings/problems.ts';
import { judgeMutant, type Autopsy, type Judged, type Suspect } from './judge.ts';

/**
 * Where a fault is looked for: in the areas that its mutant names, or everywhere, which also shows what is reported astray.
 * A harmless variation is held against the whole catalogue either way.
 */
export type Scope = 'named areas' | 'everywhere';

/** What another process is asked to do. */
export interface Task {
  /** Of the mutant. */
  readonly name: string;
  /** Areas; none for the whole catalogue. */
  readonly only: readonly Area[];
}

/** What it answers. */
export type Answer =
  | { readonly kind: 'autopsy'; readonly autopsy: Autopsy }
  | { readonly kind: 'failed'; readonly name: string; readonly reason: string };

export interface Inquiry {
  readonly scope: Scope;
  readonly catalogue: Catalogue;
  /** The program that does tasks: it gets a `Task` as a message and sends an `Answer`. */
  readonly worker: URL;
  /** Told to the program when it is started. */
  readonly argv: readonly string[];
  /** When it is aborted, what is not under way is left out. */
  readonly signal: AbortSignal;
}

/**
 * Runs mutants in as many processes as there are processors, and judges each; in the order given.
 *
 * @throws InconclusiveError when a mutant could not be run
 */
export async function judgeAll(
  suspects: readonly Suspect[],
  { scope, catalogue, worker, argv, signal }: Inquiry,
): Promise<readonly Judged[]> {
  const areaOf = areasOf(catalogue);
  // What asks for several things at once, or stands over the whole record, finds faults of any area.
  const ofAnyArea = new Set(
    catalogue.flatMap((a) =>
      a.requirements.filter((r) => r.standing !== undefined || r.breaks === undefined).map((r) => r.id),
    ),
  );
  const autopsies = new Map<string, Autopsy>();
  const queue = suspects.values();
  // One more than there are processors: a run waits at times, as when a mutant is slow to answer.
  const width = Math.min(availableParallelism() + 1, suspects.length);
  const work = async (): Promise<void> => {
    const child = start(worker, argv);
    try {
      for (const suspect of queue) {
        if (signal.aborted) return;
        autopsies.set(suspect.name, await ask(child, taskFor(suspect, scope, areaOf)));
      }
    } finally {
      child.kill();
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return suspects.flatMap((suspect) => {
    const autopsy = autopsies.get(suspect.name);
    return autopsy === undefined
      ? []
      : [judgeMutant(suspect, autopsy, (id) => (ofAnyArea.has(id) ? null : areaOf(id)))];
  });
}

/** Every processor has a run of its own to do: none is left for the collection of garbage at its side. */
const sparing = ['--single-threaded-gc', '--max-semi-space-size=64'];

function start(worker: URL, argv: readonly string[]): ChildProcess {
  // From source, the other process needs the loader, however this one came by it.
  const loader = worker.pathname.endsWith('.ts')
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
    : [];
  return fork(fileURLToPath(worker), [...argv], { env: {}, execArgv: [...sparing, ...loader] });
}

function ask(worker: ChildProcess, task: Task): Promise<Autopsy> {
  return new Promise((resolve, reject) => {
    const failed = (why: string): void => {
      reject(new InconclusiveError(`mutant ${task.name} could not be run: ${why}`));
    };
    const gone = (code: number | null): void => {
      failed(`its process ended with ${code ?? 'a signal'}`);
    };
    worker.once('exit', gone);
    worker.once('message', (answer: Answer) => {
      worker.off('exit', gone);
      if (answer.kind === 'autopsy') resolve(answer.autopsy);
      else failed(answer.reason);
    });
    worker.send(task);
  });
}

function taskFor({ name, kills, areas }: Suspect, scope: Scope, areaOf: (id: RequirementId) => Area): Task {
  const only = kills.length === 0 || scope === 'everywhere' ? [] : [...new Set([...kills.map(areaOf), ...areas])];
  return { name, only };
}

function areasOf(catalogue: Catalogue): (id: RequirementId) => Area {
  const byId = new Map(catalogue.flatMap((a) => a.requirements.map((r) => [r.id, r.area] as const)));
  return (id) => {
    const area = byId.get(id);
    if (area === undefined)
      throw new InconclusiveError(`a mutant names ${id}, which is no requirement of the catalogue`);
    return area;
  };
}
