import { openUnsent } from '../../src/run/open.ts';
import { planCurl, planJson, planTable } from '../../src/run/plan-text.ts';
import { planFor } from '../../src/run/run-catalogue.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { planned } from '../embedded.ts';
import { addOptions, whatIsSent, type Define } from '../options.ts';
import { openSuite } from '../suites.ts';

const views = { table: planTable, json: planJson, curl: planCurl } as const;

/** `conform plan`: what a run would send, with effects; sends nothing. */
export const planCommand: Define = (command, console) => {
  command.option('--as <view>', 'table, json or curl', 'table');
  const taken = addOptions(command, ...whatIsSent);
  command.action(async (flags: Values & { readonly as: string }) => {
    const suite = openSuite(flags, console, taken);
    const settings = readSettings(flags, suite.contract, console, taken);
    const view = Object.entries(views).find(([name]) => name === flags.as)?.[1];
    if (view === undefined) throw new UsageError(`--as ${flags.as}: takes table, json or curl`);
    const run = await openUnsent(suite, settings, console, planned);
    console.out(view(planFor(run), run));
  });
};
