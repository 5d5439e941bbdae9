import { silent } from '../bin/console.fixture.ts';
import { embedded } from '../bin/embedded.ts';
import { shippedSuite } from '../bin/suites.ts';
import { describeFailure } from '../src/report/account.ts';
import { openRun, type Run } from '../src/run/open.ts';
import { runCatalogue } from '../src/run/run.ts';
import { readSettings, type Settings } from '../src/settings/settings.ts';
import { catalogue } from './catalogue.ts';

const suite = shippedSuite();

/**
 * The catalogue under Mocha: one `it()` per requirement, against `CONFORM_TARGET` or the embedded provider.
 * Settings come from the same variables as those of the command.
 */
describe(`conformance to ${suite.operation}`, () => {
  const console = silent({ env: process.env, cwd: process.cwd() });
  let settings: Settings;
  let run: Run | undefined;

  before(async () => {
    settings = readSettings({}, suite.contract, console);
    run = await openRun(suite, settings, console, embedded());
  });
  after(() => run?.close());

  for (const { area, requirements } of catalogue) {
    describe(area, () => {
      for (const { id, title } of requirements) {
        it(`${id} ${title}`, async function () {
          if (run === undefined) throw new Error('the session was not opened');
          const report = await runCatalogue(run, { ...settings, only: [id] }, console);
          const [judged] = report.requirements;
          if (judged === undefined) throw new Error(`${id} was not judged`);
          if (judged.verdict === 'skip') this.skip();
          if (judged.verdict !== 'pass') throw new Error(describeFailure(judged, report));
        });
      }
    });
  }
});
