import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { Suite } from '../model/suite.ts';
import { keepAway, openAccess, type Access, type Live } from '../run/open/access.ts';
import { isLive, openRun, openRunBy, overdueAfter, type StartHost } from '../run/open/open.ts';
import { anew, askDocumentation } from '../run/send/presence.ts';
import type { Obstacle, Run } from '../run/run.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';

/** An operation among others: what it promises is read when its turn comes, and let go when it has ended. */
export interface Operation {
  readonly name: string;
  readonly open: () => { readonly suite: Suite; readonly settings: Settings };
}

/** What runs of several operations have in common. */
export interface HostRun {
  readonly operations: readonly Operation[];
  readonly world: World;
  /** Started for each operation where the settings name no live target. */
  readonly host: StartHost;
  /** Runs an operation that is open, and reports. */
  readonly run: (opened: Run) => Promise<Redacted<Report>>;
  /** Told before each operation how many have ended. */
  readonly progress: (done: number, of: number, operation: string) => void;
}

/** A host that was not there for so many operations in a row is not asked for the others. */
const TIMES_GONE = 3;

/**
 * Runs operations one after the other: of each, the plan is made, sent, judged and reported before the next one is opened.
 * They share the way to a live target, whoever is signed in there, what the host says of all operations and what the run may
 * take in all. Whether the host is there at all is asked once, and again behind an operation that met nobody; an operation that is not there ends none of
 * the others. An aborted run reports the operation that was under way and ends.
 *
 * @throws UsageError when settings or the files that they name are wrong
 */
export async function* runOperations({
  operations,
  world,
  host,
  run,
  progress,
}: HostRun): AsyncGenerator<Redacted<Report>> {
  let door: Door | null = null;
  try {
    for (const [done, { name, open }] of operations.entries()) {
      if (world.signal.aborted) return;
      progress(done, operations.length, name);
      const { suite, settings } = open();
      // Each run listens on a signal of its own: what it leaves behind is let go with it.
      const own: World = { ...world, signal: AbortSignal.any([world.signal]) };
      if (!isLive(settings)) {
        const opened = await openRun(suite, settings, own, host);
        try {
          yield await run(opened);
        } finally {
          await opened.close();
        }
        continue;
      }
      door ??= await openDoor(suite, settings, world);
      const opened = { ...(await openRunBy(door.access, suite, settings, own)), overdue: door.overdue };
      const absence: Obstacle | null = opened.obstacle ?? (await door.absence(opened));
      const report = await run({ ...opened, obstacle: absence });
      door.heard(report);
      yield report;
    }
    progress(operations.length, operations.length, '');
  } finally {
    door?.access.close();
  }
}

/** The way to a host, with what is known of whether it is there. */
interface Door {
  readonly access: Access;
  readonly overdue: Run['overdue'];
  /** What keeps every operation from being judged; null where there is nothing. */
  readonly absence: (run: Run) => Promise<Obstacle | null>;
  /** Takes note of whether an operation met somebody. */
  readonly heard: (report: Report) => void;
}

async function openDoor(suite: Suite, settings: Live, world: World): Promise<Door> {
  await keepAway(settings);
  // A budget is each operation's own; what an operation plans keeps to it.
  const access = await openAccess(suite, { ...settings, budget: null }, world);
  let isSure = false;
  let times = 0;
  let last: Obstacle | null = null;
  return {
    access,
    overdue: overdueAfter(settings.maxDurationMs, world),
    absence: async (run) => {
      if (isSure) return null;
      if (times >= TIMES_GONE) return last;
      // What was heard before does not tell whether somebody answers now.
      const failure = await askDocumentation({ ...anew(run), engine: access.engine });
      isSure = failure === null;
      times = failure === null ? 0 : times + 1;
      last = failure === null ? null : { kind: 'unreachable', says: `${failure.message}.` };
      return last;
    },
    heard: ({ exitCode, exchanges }) => {
      if (exitCode !== 3) return;
      access.forget();
      if (exchanges.every(({ response }) => response === null)) isSure = false;
    },
  };
}
