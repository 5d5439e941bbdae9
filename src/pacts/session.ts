import { drawSubject } from '../exchange/bind.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { Suite } from '../model/suite.ts';
import type { Skip } from '../run/open/ability.ts';
import { openRun, type StartHost } from '../run/open/open.ts';
import { preflight, type Preflight } from '../run/send/preflight.ts';
import { suiteOf, targetOf, withNotes } from '../run/conclude/report.ts';
import type { Run } from '../run/run.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { bringPacts, type Brought } from './bring.ts';
import { noticesBefore, tellBroker, type Told } from './publish.ts';
import { stateHandlers } from './states.ts';
import type { Verifier } from './verifier.ts';
import { verifyPacts, type PactOutcome, type Verified, type VerifyInput } from './verify.ts';
import type { PactWish } from './wish.ts';

/** What a verification is handed in of the outside. */
export interface Around {
  readonly world: World;
  /** In the place of a live target, where the settings name none. */
  readonly host: StartHost;
  readonly verifier: Verifier;
  /** Shows a person what the broker wants to be read, line by line. */
  readonly say: (line: Redacted<string>) => void;
  /** Hands the report to everyone who asked for it. */
  readonly deliver: (report: Redacted<Report>) => Promise<void>;
}

/**
 * Brings the pacts, verifies them, delivers the report, and only then tells the broker: whatever becomes of that, the
 * report is not lost.
 *
 * @param suite what the pacts are about
 * @returns the report as delivered, and why the broker was not told of all of it, where it should have been
 * @throws UsageError, InconclusiveError when nothing could be verified
 */
export async function verifyWish(
  suite: Suite,
  settings: Settings,
  wish: PactWish,
  { world, host, verifier, say, deliver }: Around,
): Promise<{ readonly report: Redacted<Report>; readonly untold: Told['untold'] }> {
  const brought = await bringPacts(wish, settings, world);
  try {
    for (const notice of noticesBefore(brought.pacts)) say(world.redactor.text(notice));
    const run = await openRun(suite, settings, world, host);
    const { report, outcomes } = await verified(run, settings, wish, { brought, world, verifier });
    await deliver(report);
    const { lines, untold } = await tellBroker(brought.hal, outcomes, wish.publish, suite);
    for (const line of lines) say(world.redactor.text(line));
    return { report, untold };
  } finally {
    verifier.close();
    brought.close();
  }
}

type Given = Pick<Around, 'world' | 'verifier'> & { readonly brought: Brought };

async function verified(run: Run, settings: Settings, wish: PactWish, given: Given): Promise<Verified> {
  try {
    const before = settings.target.kind === 'live' ? await preflight(run) : nothingAsked;
    const obstacle = run.obstacle ?? before.obstacle;
    const { report, outcomes } = await verifyPacts(inputFor(run, settings, wish, { ...given, obstacle }));
    const { text } = run.redactor;
    const notes = (): readonly Redacted<string>[] => [
      ...[...given.brought.notes, ...before.notes, ...outcomes.flatMap(weakNote)].map(text),
      ...run.notes(),
    ];
    return { outcomes, report: withNotes(report, { notes }) };
  } finally {
    await run.close();
  }
}

/** A refusal of what does not exist may have another reason than the one that is expected. */
function weakNote({ interactions }: PactOutcome): readonly string[] {
  const weak = interactions.filter((each) => each.weak).map(({ description }) => `'${description}'`);
  return weak.length === 0
    ? []
    : [
        `asked on an id that does not exist, where it says less: ${weak.join(', ')}; with --allow-changes and --connections or --states it is asked on one that does`,
      ];
}

const nothingAsked: Preflight = { obstacle: null, notes: [] };

function inputFor(
  run: Run,
  settings: Settings,
  { only }: PactWish,
  { brought, world, verifier, obstacle }: Given & Pick<Preflight, 'obstacle'>,
): VerifyInput {
  const { suite } = run;
  const { contract } = suite;
  let drawn = 0;
  const draw = () => drawSubject(settings.seed, `pact/${String(drawn++)}`, suite.members);
  return {
    suite: suiteOf(suite, settings.seed),
    target: targetOf(run),
    profile: settings.profile,
    pacts: brought.pacts,
    only,
    verifier,
    relay: {
      handlers: stateHandlers(contract, run.source, draw),
      absent: contract.subject?.states.absent ?? null,
      contract,
      ability: abilityOf(run),
      fence: settings.target.kind,
      run,
    },
    obstacle,
    failOn: settings.failOn,
    timeoutMs: settings.timeoutMs,
    now: world.now,
    elapsed: world.elapsed,
  };
}

/** What would exercise more is this command, not `conform run`. */
function abilityOf({ ability }: Run): Run['ability'] {
  const here = <T extends Skip | null>(skip: T): T =>
    skip?.exercise === undefined
      ? skip
      : { ...skip, exercise: skip.exercise.replace(/\bconform\b(?! verify)/, 'conform verify') };
  return {
    ...ability,
    changesRefused: here(ability.changesRefused),
    stateRefused: (state) => here(ability.stateRefused(state)),
    credentialRefused: (kind) => here(ability.credentialRefused(kind)),
    exhausted: here(ability.exhausted),
  };
}
