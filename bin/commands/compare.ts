import { baselineOf } from '../../src/gate/baseline.ts';
import { compare, heldAgainst } from '../../src/gate/compare.ts';
import { observeBoth, sparing } from '../../src/gate/two-hosts.ts';
import { settingsOfOne, suiteIn } from '../../src/settings/asked.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings, type Settings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { checkOutputs } from '../../src/settings/outputs.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../../src/embedded/embedded.ts';
import { addOptions, whatIsSent, type Define } from '../options.ts';
import { suites } from '../suites.ts';

type Flags = Values & { readonly strict?: boolean };

/** `conform compare A B`: two targets in one run, exchange by exchange. */
export const compareCommand: Define = (command, console, done) => {
  command
    .argument('<a>', 'the base URL, or the name in the configuration, of what is as it should be')
    .argument('<b>', 'the same of what is held against it')
    .option('--strict', 'behaviour that differs fails, though it was never promised');
  const taken = addOptions(
    command,
    'config',
    'contract',
    ...whatIsSent.filter((group) => group !== 'Target'),
    'report',
    'quiet',
    'verbose',
  );
  command.action(async (a: string, b: string, flags: Flags) => {
    const suite = suiteIn(settingsOfOne(flags, console, taken), suites, console);
    const settingsFor = (target: string): Settings => {
      const settings = readSettings({ ...flags, target }, suite.contract, console, new Set([...taken, 'target']));
      if (settings.target.kind === 'embedded') throw new UsageError(`compare ${target}: takes two live targets`);
      return settings;
    };
    const settings = sparing(settingsFor(a), settingsFor(b));
    await checkOutputs(settings[1].reports, console);
    const [first, second] = await observeBoth(suite, settings, console, embedded(), drawProgress(console));
    if (first.report.interrupted || first.report.verdict === 'inconclusive') {
      await deliver(first.report, settings[0].reports, console);
      done(first.report.exitCode);
      return;
    }
    const comparison = compare(baselineOf(first.report), second.report, {
      against: first.report.target.url,
      strict: flags.strict === true,
      asked: second.asked(),
      waivers: [],
    });
    await deliver(heldAgainst(second.report, comparison), settings[1].reports, console);
    done(comparison.exitCode);
  });
};
