import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stateHandlers, states } from '../../contracts/states.ts';
import { drawSubject } from '../../src/exchange/bind.ts';
import type { StateSource } from '../../src/model/states.ts';
import type { Suite } from '../../src/model/suite.ts';
import { problemsIn, readPact, type Pact } from '../../src/pacts/pact.ts';
import { pactVerifier } from '../../src/pacts/verifier-process.ts';
import type { Pacts } from '../../src/pacts/verifier.ts';
import { verifyPacts, type Verified, type VerifyInput } from '../../src/pacts/verify.ts';
import { openRun, type Run } from '../../src/run/open.ts';
import type { Skip } from '../../src/run/plan.ts';
import { preflight } from '../../src/run/preflight.ts';
import { suiteOf, withNotes } from '../../src/run/report.ts';
import { InconclusiveError, UsageError } from '../../src/settings/problems.ts';
import { readSettings, type Settings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { isObject } from '../../src/values/json.ts';
import type { Console } from '../console.ts';
import { checkOutputs, deliver } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { addOptions, whatIsSent, type Define } from '../options.ts';
import { openSuite } from '../suites.ts';

type Flags = Values & PactFlags;
interface PactFlags {
  readonly pacts?: string;
  readonly broker?: string;
  readonly provider: string;
  readonly consumerVersionSelectors?: string;
  readonly publish?: boolean;
  readonly providerVersion?: string;
  readonly branch?: string;
}

/** `conform verify`: verifies the consumers' pacts against a target and reports. */
export const verifyCommand: Define = (command, console, done) => {
  command
    .option('--pacts <dir>', 'the folder of the pact files; default: pacts')
    .option(
      '--broker <url>',
      'take the pacts from a broker; credentials from PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
    )
    .option('--provider <name>', 'the name of the provider in the broker', 'platform-api')
    .option(
      '--consumer-version-selectors <json>',
      'which pacts of the broker; default: the main branch, and what is deployed or released',
    )
    .option('--publish', 'tell the broker the result')
    .option('--provider-version <version>', 'the version of the provider that is verified')
    .option('--branch <name>', 'the branch of the provider that is verified');
  const groups = whatIsSent.filter((group) => group !== 'Run');
  const taken = addOptions(command, ...groups, 'only', 'seed', 'failOn', 'report', 'quiet');
  command.action(async (flags: Flags) => {
    const suite = openSuite(flags, console, taken);
    const settings = readSettings(flags, suite.contract, console, taken);
    await checkOutputs(settings.reports, console);
    const pacts = pactsFor(flags, settings, console);
    const { report, unpublished } = await verify(suite, settings, pacts, console);
    await deliver(report, settings.reports, console);
    // A broker that was not told goes on believing what it was told last.
    const untold = `the broker did not take the result: ${unpublished ?? ''}`;
    if (unpublished !== null && report.exitCode === 0) throw new InconclusiveError(untold);
    if (unpublished !== null) console.err(`${untold}\n`);
    done(report.exitCode);
  });
};

async function verify(
  suite: Suite,
  settings: Settings,
  pacts: Pacts,
  console: Console,
): Promise<Extract<Verified, { readonly kind: 'report' }>> {
  const run = await openRun(suite, settings, console, embedded());
  try {
    const handlers = handlersOf(run, settings);
    const known = pacts.kind === 'files' ? checkFiles(pacts.paths, [...handlers.keys()]) : [];
    const verified = await verifyPacts(await inputFor(run, settings, { pacts, known, handlers }, console));
    switch (verified.kind) {
      case 'report':
        return { ...verified, report: withNotes(verified.report, run) };
      case 'usage':
        throw new UsageError(verified.problem);
      case 'inconclusive':
        throw new InconclusiveError(verified.problem);
    }
  } finally {
    await run.close();
  }
}

type Handlers = VerifyInput['relay']['handlers'];

function handlersOf({ surroundings: { source, members } }: Run, { seed }: Settings): Handlers {
  let drawn = 0;
  const draw = () => drawSubject(seed, `pact/${String(drawn++)}`, members);
  return stateHandlers(source ?? noSource, draw);
}

async function inputFor(
  run: Run,
  settings: Settings,
  { pacts, known, handlers }: Pick<VerifyInput, 'pacts' | 'known'> & { readonly handlers: Handlers },
  console: Console,
): Promise<VerifyInput> {
  const { surroundings, composer } = run;
  return {
    suite: suiteOf(run.suite, settings.seed),
    target: run.target,
    profile: settings.profile,
    pacts,
    known,
    only: settings.only[0] ?? null,
    verifier: pactVerifier(console),
    relay: {
      handlers,
      absent: states.absent,
      contract: run.suite.contract,
      ability: abilityOf(run),
      fence: settings.target.kind,
      surroundings,
    },
    obstacle:
      run.obstacle ?? (settings.target.kind === 'live' ? (await preflight(composer, surroundings)).obstacle : null),
    failOn: settings.failOn,
    timeoutMs: settings.timeoutMs,
    now: console.now,
    elapsed: console.elapsed,
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

const noSource: StateSource = {
  says: 'no source of subjects',
  offers: () => false,
  left: () => 0,
  setUp: () => Promise.resolve({ kind: 'failed', reason: 'there is no source of subjects' }),
  tearDown: () => Promise.resolve(),
};

/** @throws UsageError when the flags contradict each other, or name what is not there */
function pactsFor(flags: PactFlags, settings: Settings, console: Console): Pacts {
  if (settings.only.length > 1) throw new UsageError('--only: verify takes one part of a description');
  if (flags.broker === undefined) {
    const [stray] = (['publish', 'providerVersion', 'branch', 'consumerVersionSelectors'] as const).filter(
      (name) => flags[name] !== undefined,
    );
    if (stray !== undefined)
      throw new UsageError(`--${stray.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} goes with --broker URL`);
    return { kind: 'files', paths: filesIn(flags.pacts ?? 'pacts', console) };
  }
  if (flags.pacts !== undefined)
    throw new UsageError('--pacts and --broker are two sources of pacts; name one of them');
  const url = URL.canParse(flags.broker) ? new URL(flags.broker) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`--broker ${flags.broker}: not an http or https URL`);
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      '--broker: a URL may not carry credentials; use PACT_BROKER_TOKEN, or PACT_BROKER_USERNAME and PACT_BROKER_PASSWORD',
    );
  return {
    kind: 'broker',
    url: url.href.replace(/\/$/, ''),
    provider: flags.provider,
    selectors: selectorsIn(flags),
    publish: publishFor(flags, settings),
  };
}

function selectorsIn({ consumerVersionSelectors: text }: PactFlags): readonly object[] {
  if (text === undefined) return [{ mainBranch: true }, { deployedOrReleased: true }];
  const value = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  })();
  if (!Array.isArray(value) || value.length === 0 || !value.every((each): each is object => isObject(each))) {
    throw new UsageError(
      `--consumer-version-selectors ${text}: takes a JSON list of selectors, such as [{"mainBranch":true}]`,
    );
  }
  return value;
}

function publishFor(
  { publish, providerVersion, branch }: PactFlags,
  settings: Settings,
): Extract<Pacts, { kind: 'broker' }>['publish'] {
  if (publish !== true) return null;
  if (providerVersion === undefined)
    throw new UsageError(
      '--publish needs --provider-version: the broker keeps results by the version that was verified',
    );
  if (settings.target.kind === 'live' && settings.changes === 'forbidden') {
    throw new UsageError(
      '--publish needs --allow-changes: interactions that were left out would be told to the broker as broken',
    );
  }
  if (settings.only.length > 0)
    throw new UsageError('--publish and --only: the broker would take a part for the whole');
  return { version: providerVersion, branch: branch ?? null };
}

function filesIn(dir: string, { cwd }: Console): readonly string[] {
  const folder = resolve(cwd, dir);
  let names: readonly string[];
  try {
    names = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    throw new UsageError(`--pacts ${dir}: there is no such folder`);
  }
  if (names.length === 0) throw new UsageError(`--pacts ${dir}: holds no pact, so there is nothing to verify`);
  return names.map((name) => join(folder, name));
}

/** @throws UsageError when a file is no pact, or when pacts and state handlers do not fit each other */
function checkFiles(paths: readonly string[], handled: readonly string[]): readonly Pact[] {
  const pacts = paths.map((path): Pact => {
    const read = readPact(readFileSync(path, 'utf8'), path);
    if (!read.ok) throw new UsageError(read.problem);
    return read.pact;
  });
  const problems = problemsIn(pacts, handled);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return pacts;
}
