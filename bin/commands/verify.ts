import { connectionStatusUpdate } from '../../contracts/connection-status-update.ts';
import { provider } from '../../contracts/states.ts';
import { verifyWish } from '../../src/pacts/session.ts';
import { pactVerifier } from '../../src/pacts/verifier-process.ts';
import { pactOptions, readPactWish, type VerifyFlags } from '../../src/pacts/wish.ts';
import { askedBy } from '../../src/settings/asked.ts';
import { checkOutputs } from '../../src/settings/outputs.ts';
import { deliver } from '../deliver.ts';
import { embedded } from '../../src/embedded/embedded.ts';
import { addOptions, whatIsSent, type Define } from '../options.ts';
import { suites } from '../suites.ts';

/** `conform verify`: verifies the consumers' pacts against a target and reports. */
export const verifyCommand: Define = (command, console, done) => {
  for (const [flags, says] of pactOptions) command.option(flags, says);
  const groups = whatIsSent.filter((group) => group !== 'Run');
  const taken = addOptions(command, ...groups, 'seed', 'failOn', 'report', 'quiet', 'verbose');
  command.action(async ({ only, ...flags }: VerifyFlags) => {
    const { redactor } = console;
    const { suite, settings } = askedBy(flags, suites, console, taken);
    await checkOutputs(settings.reports, console);
    const usual = suite.operation === connectionStatusUpdate.operation ? provider : null;
    const wish = readPactWish({ ...flags, ...(only !== undefined && { only }) }, settings, usual, console);
    const { report, untold } = await verifyWish(suite, settings, wish, {
      world: console,
      host: embedded(),
      verifier: pactVerifier(console),
      say: settings.reports.some(({ kind }) => kind === 'terminal')
        ? (line) => console.out(redactor.assembled(`${line}\n`))
        : () => undefined,
      deliver: (made) => deliver(made, settings.reports, console),
    });
    // A broker that was not told goes on believing what it was told last.
    if (untold !== null) console.err(redactor.say`Not published: ${untold}\n`);
    done(untold !== null && report.exitCode === 0 ? 3 : report.exitCode);
  });
};
