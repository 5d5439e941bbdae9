import { askedIn } from '../../src/settings/asked.ts';
import { settingsTable } from '../../src/settings/listing.ts';
import { effectiveSettings } from '../../src/settings/effective.ts';
import type { Values } from '../../src/settings/table.ts';
import { addOptions, wholeRun, type Define } from '../options.ts';
import { suites } from '../suites.ts';

/** `conform config`: what a run with the same options would hold to, and where each value comes from; sends nothing. */
export const configCommand: Define = (command, console) => {
  const taken = addOptions(command, ...wholeRun);
  command.action((flags: Values) => {
    const effective = effectiveSettings(flags, console, taken);
    // Whatever would be wrong with a run is wrong here.
    const { suite, settings } = askedIn(effective, suites, console);
    console.out(settingsTable(effective, settings, suite.contract, console));
  });
};
