import type { Redacted } from '../../src/model/redacted.ts';
import { openUnsent } from '../../src/run/open/open.ts';
import { planCurl, planJson, planTable } from '../../src/run/plan/plan-text.ts';
import { planFor } from '../../src/run/run-catalogue.ts';
import { visible } from '../../src/report/visible.ts';
import type { Asked } from '../../src/settings/asked.ts';
import { UsageError } from '../../src/settings/problems.ts';
import type { Values } from '../../src/settings/table.ts';
import { aboutOf } from '../../src/host/about.ts';
import { planned } from '../../src/embedded/embedded.ts';
import { addOptions, whatIsSent, type Define } from '../options.ts';
import { suites } from '../suites.ts';

const views = { table: planTable, json: planJson, curl: planCurl } as const;

/** `conform plan`: what a run would send, with effects; sends nothing. */
export const planCommand: Define = (command, console) => {
  command.option('--as <view>', 'table, json or curl', 'table');
  const taken = addOptions(command, ...whatIsSent);
  command.action(async (flags: Values & { readonly as: string }) => {
    const view = Object.entries(views).find(([name]) => name === flags.as)?.[1];
    if (view === undefined) throw new UsageError(`--as ${flags.as}: takes table, json or curl`);
    const about = await aboutOf(flags, suites, console, taken);
    const planOf = async ({ suite, settings }: Asked): Promise<Redacted<string>> => {
      const run = await openUnsent(suite, settings, console, planned);
      return view(planFor(run), run);
    };
    if (about.kind === 'one') {
      console.out(await planOf(about));
      return;
    }
    const { operations } = about.contracts;
    // Operation by operation: no more than one plan is held.
    for (const [i, { name, open }] of operations.entries()) {
      const text = await planOf(open());
      console.out(
        console.redactor.assembled(
          among({ text, name, isFirst: i === 0, isLast: i === operations.length - 1 }, flags.as),
        ),
      );
    }
  });
};

interface OneOfMany {
  readonly text: string;
  readonly name: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** The plan of an operation among those of others: in JSON an object by operation, else under its name. */
function among({ text, name, isFirst, isLast }: OneOfMany, view: string): string {
  if (view !== 'json') return `${isFirst ? '' : '\n'}# ${visible(name)}\n${text}`;
  return `${isFirst ? '{\n' : ''}${JSON.stringify(name)}: ${text.trimEnd()}${isLast ? '\n}\n' : ',\n'}`;
}
