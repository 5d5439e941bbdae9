import { embedded } from '../src/embedded/embedded.ts';
import { catalogue as everything } from '../specs/catalogue.ts';
import type { Report } from '../src/model/report.ts';
import type { Suite } from '../src/model/suite.ts';
import type { Waiver } from '../src/model/waiver.ts';
import { describeFailure } from '../src/report/account.ts';
import { openRun } from '../src/run/open/open.ts';
import { runCatalogue } from '../src/run/run-catalogue.ts';
import type { Run } from '../src/run/run.ts';
import { selected } from '../src/run/plan/select.ts';
import type { World } from '../src/settings/world.ts';
import {
  inWordsOfSettings,
  readRunSettings,
  settlingInWordsOfSettings,
  waiversBy,
  type RunSettings,
} from './settings.ts';
import { worldOf, type Surroundings } from './surroundings.ts';

export type { RunSettings } from './settings.ts';
export type { Surroundings } from './surroundings.ts';

/** What of Mocha is used: the functions of its BDD interface. */
interface Bdd {
  readonly describe: (title: string, body: (this: { timeout: (ms: number) => unknown }) => void) => unknown;
  readonly it: (title: string, body: (this: { skip: () => never }) => Promise<void>) => unknown;
  readonly before: (body: () => Promise<void>) => unknown;
  readonly after: (body: () => Promise<void>) => unknown;
}

interface Opened {
  readonly run: Run;
  readonly waivers: readonly Waiver[];
}

/**
 * Registers one test for each requirement in the Mocha suite that is being defined, area by area. The host is asked when
 * a test runs, for what that test needs: `--grep VERB-002` asks it for no more.
 *
 * A requirement that fails, or that could not be judged, fails its test with the account that `conform` gives. One that
 * was not exercised is pending, as is a known failure that a waiver names, and a failing SHOULD unless `failOn` is
 * `should`. With `complete`, a MUST that was not exercised fails.
 *
 * @param settings of the run; or a function that is called before the first test, for what is known only then, such as
 *   the URL of a server that the suite starts: then every requirement has a test, and those not selected are pending
 * @param surroundings what the run may know of the process around it
 * @throws UsageError when the settings are wrong, here for settings that are given, before the first test for a function
 */
export function conformance(
  settings: RunSettings | (() => RunSettings | Promise<RunSettings>),
  surroundings: Surroundings = {},
): void {
  const { describe, it, before, after } = bddOfMocha();
  const world = worldOf(surroundings);
  const given = typeof settings === 'function' ? null : inWordsOfSettings(() => selectedBy(settings, world));

  describe(given === null ? 'conformance' : `conformance to ${given.operation}`, function () {
    // Each exchange has a limit of its own.
    this.timeout(0);
    let opened: Opened | undefined;

    before(async () => {
      const said = typeof settings === 'function' ? await settings() : settings;
      opened = await settlingInWordsOfSettings(() => open(said, world));
    });
    after(async () => opened?.run.close());

    for (const { area, requirements } of given?.catalogue ?? everything) {
      describe(area, () => {
        for (const { id, title } of requirements) {
          it(`${id} ${title}`, async function () {
            if (opened === undefined) throw new Error('the run was not opened');
            const outcome = outcomeOf(await judged(id, opened));
            if (outcome === 'pending') this.skip();
            if (outcome !== 'passed') throw outcome;
          });
        }
      });
    }
  });
}

function selectedBy(said: RunSettings, world: World): Pick<Suite, 'operation' | 'catalogue'> {
  const { suite, settings } = readRunSettings(said, world);
  return { operation: suite.operation, catalogue: selected(suite.catalogue, settings) };
}

async function open(said: RunSettings, world: World): Promise<Opened> {
  const { suite, settings } = readRunSettings(said, world);
  const waivers = waiversBy(settings, world);
  return { run: await openRun(suite, settings, world, embedded()), waivers };
}

/** What is seen of one requirement; null where it is not selected. */
async function judged(id: string, { run, waivers }: Opened): Promise<Report | null> {
  const { suite, settings } = run;
  const isSelected = selected(suite.catalogue, settings).some(({ requirements }) =>
    requirements.some((each) => each.id === id),
  );
  return isSelected ? runCatalogue({ ...run, settings: { ...settings, only: [id] } }, waivers) : null;
}

/** What becomes of the test of one requirement. */
function outcomeOf(report: Report | null): 'passed' | 'pending' | Error {
  const [requirement] = report?.requirements ?? [];
  if (report === null || requirement === undefined) return 'pending';
  const [objection] = report.objections ?? [];
  if (objection !== undefined) return failure(objection.says);
  switch (requirement.verdict) {
    case 'pass':
      return 'passed';
    case 'skip':
    case 'waived':
      return 'pending';
    case 'fail':
      return report.exitCode === 0 ? 'pending' : failure(describeFailure(requirement, report));
    case 'error':
    case 'blocked':
      return failure(describeFailure(requirement, report));
  }
}

/** Without a stack: it would only show this file. */
function failure(says: string): Error {
  const error = new Error(says);
  error.stack = says;
  return error;
}

/** They are global while Mocha loads a file of tests, whichever copy of Mocha that is. */
function bddOfMocha(): Bdd {
  const { describe, it, before, after } = globalThis as Partial<Bdd>;
  if (describe === undefined || it === undefined || before === undefined || after === undefined)
    throw new Error('conformance() registers tests: call it in a file that Mocha loads, with its BDD interface');
  return { describe, it, before, after };
}
