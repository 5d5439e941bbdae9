import type { Command } from 'commander';
import { baselineOf } from '../../src/gate/baseline.ts';
import { compare } from '../../src/gate/compare.ts';
import { observedRun } from '../../src/run/run.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings, type Settings } from '../../src/settings/settings.ts';
import type { Console } from '../console.ts';
import { deliver, drawProgress } from '../deliver.ts';
import { embedded } from '../embedded.ts';
import { addRunOptions } from '../options.ts';
import { suite } from '../suite.ts';

type Flags = Parameters<typeof readSettings>[0] & { readonly strict?: boolean };

/** `conform compare A B`: two targets in one run, exchange by exchange. */
export function compareCommand(program: Command, console: Console, done: (code: number) => void): void {
  addRunOptions(
    program.command('compare').description('run against two targets and compare them, exchange by exchange'),
  )
    .argument('<a>', 'the base URL, or the name in the configuration, of what is as it should be')
    .argument('<b>', 'the same of what is held against it')
    .option('--strict', 'behaviour that differs fails, though nobody promised it')
    .action(async (a: string, b: string, flags: Flags) => {
      const [first, second] = await runBoth(a, b, flags, console);
      if (first.report.interrupted || first.report.verdict === 'inconclusive') {
        await deliver(first.report, first.settings.reports, console);
        done(first.report.exitCode);
        return;
      }
      const against = first.report.target.url;
      const comparison = compare(baselineOf(first.report), second.report, {
        against,
        strict: flags.strict === true,
        asked: second.asked,
        waivers: [],
      });
      await deliver({ ...second.report, exitCode: comparison.exitCode, comparison }, second.settings.reports, console);
      done(comparison.exitCode);
    });
}

async function runBoth(a: string, b: string, flags: Flags, console: Console) {
  if ('target' in flags) throw new UsageError('compare takes its two targets as arguments, not by --target');
  const both = { a: settingsFor(a, flags, console), b: settingsFor(b, flags, console) };
  const spare = sparing(both.a, both.b);
  // The same requests, composed under one profile: A's is what counts.
  const settings = { a: spare(both.a), b: { ...spare(both.b), profile: both.a.profile } };
  // Each run listens on a signal of its own: together they would be more listeners than one signal takes without a warning.
  const own = (): Console => ({ ...console, signal: AbortSignal.any([console.signal]) });
  const observed = (of: Settings) => observedRun(suite, of, own(), embedded(), { progress: drawProgress(console) });
  const [first, second] = await Promise.all([observed(settings.a), observed(settings.b)]);
  return [
    { ...first, settings: settings.a },
    { ...second, settings: settings.b },
  ] as const;
}

function settingsFor(target: string, flags: Flags, console: Console): Settings {
  const settings = readSettings({ ...flags, target }, suite.contract, console);
  if (settings.target.kind === 'embedded') throw new UsageError(`compare ${target}: takes two live targets`);
  return settings;
}

/**
 * Both are only read unless both have subjects to change: else every change would be a difference.
 *
 * @throws UsageError when they share their subjects
 */
function sparing(a: Settings, b: Settings): (settings: Settings) => Settings {
  if (a.changes === 'allowed' && b.changes === 'allowed') {
    if (JSON.stringify(a.subjects) === JSON.stringify(b.subjects)) {
      throw new UsageError(
        '--allow-changes: both targets would spend the same subjects; give each its own in the configuration file, and name the targets',
      );
    }
    return (settings) => settings;
  }
  return (settings) =>
    settings.target.kind === 'live'
      ? { ...settings, target: settings.target, subjects: { kind: 'none' }, changes: 'forbidden' }
      : settings;
}
