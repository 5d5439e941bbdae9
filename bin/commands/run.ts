import type { Command } from 'commander';
import type { Report } from '../../src/model/report.ts';
import { plan, type Plan } from '../../src/plan/plan.ts';
import { select } from '../../src/plan/selection.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { UsageError, type Console } from '../console.ts';
import { openSession, withNotes, type Session } from '../session.ts';
import { addRunOptions, readSettings, type Settings } from '../settings.ts';
import { suite } from '../suite.ts';
import { runSuite } from '../../src/runner/run.ts';

/** `conform [run]`: runs the catalogue against a target and reports. */
export function runCommand(program: Command, console: Console, done: (code: number) => void): void {
  addRunOptions(program.command('run', { isDefault: true }).description('run the catalogue against a target')).action(
    async (flags: Parameters<typeof readSettings>[0]) => {
      const settings = readSettings(flags, suite.contract, console);
      const report = await run(settings, console);
      await deliver(report, settings.reports, console);
      done(report.exitCode);
    },
  );
}

async function run(settings: Settings, console: Console): Promise<Report> {
  const session = await openSession(settings, console, drawProgress(console));
  try {
    return await runSession(session, settings, console);
  } finally {
    await session.close();
  }
}

/** Runs the selected catalogue in an open session. */
export async function runSession(session: Session, settings: Settings, console: Pick<Console, 'now' | 'elapsed'>): Promise<Report> {
  const report = await runSuite({
    suite: { name: suite.name, version: suite.version, operation: suite.operation, seed: settings.seed },
    target: session.target,
    composer: session.composer,
    plan: planFor(session, settings),
    surroundings: session.surroundings,
    bench: session.bench,
    obstacle: session.obstacle,
    failOn: settings.failOn,
    now: console.now,
    elapsed: console.elapsed,
  });
  return withNotes(report, session);
}

/** @throws UsageError when the selection names what does not exist */
export function planFor(session: Session, settings: Settings): Plan {
  const selection = select(suite.catalogue, settings.only);
  if (!selection.ok) throw new UsageError(selection.problem);
  return plan(selection.catalogue, session.composer, session.ability);
}
