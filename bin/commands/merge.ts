import { mergeShards } from '../../src/host/merge.ts';
import { effectiveSettings } from '../../src/settings/effective.ts';
import { readTextFile } from '../../src/settings/files.ts';
import { reportsIn } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { openHostDelivery } from '../deliver-host.ts';
import { addOptions, type Define } from '../options.ts';

/** `conform merge REPORT…`: the reports of all shards of a run, as the one report that an undivided run makes. */
export const mergeCommand: Define = (command, console, done) => {
  command.argument('<reports...>', 'the JSON reports of all shards, in any order: of --contracts DIR --shard i/n');
  const taken = addOptions(command, 'config', 'report', 'quiet', 'verbose');
  command.action(async (files: readonly string[], flags: Values) => {
    const requests = reportsIn(effectiveSettings(flags, console, taken));
    const merged = mergeShards(files.map((name) => ({ name, text: readTextFile('merge', name, console) })));
    const delivery = await openHostDelivery(requests, console);
    try {
      for (const report of merged.reports) await delivery.add(report);
      await delivery.end(merged.host);
    } finally {
      await delivery.discard();
    }
    done(merged.host.exitCode);
  });
};
