import { shellQuoted } from '../../src/exchange/curl.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import { openPlanning } from '../../src/run/open.ts';
import { plannedSteps, type Plan } from '../../src/run/plan.ts';
import { planFor } from '../../src/run/run.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { quantity } from '../../src/values/words.ts';
import { planned } from '../embedded.ts';
import { addOptions, whatIsSent, type Define } from '../options.ts';
import { openSuite } from '../suites.ts';

interface PlanRow {
  readonly id: string;
  readonly effect: 'none' | 'own';
  readonly subjects: readonly string[];
  readonly step: number;
  readonly request: RequestTemplate;
  readonly requirements: readonly string[];
}

const views = { table: asTable, json: asJson, curl: asCurl } as const;

/** `conform plan`: what a run would send, with effects; sends nothing. */
export const planCommand: Define = (command, console) => {
  command.option('--as <view>', 'table, json or curl', 'table');
  const taken = addOptions(command, ...whatIsSent);
  command.action(async (flags: Values & { readonly as: string }) => {
    const suite = openSuite(flags, console, taken);
    const settings = readSettings(flags, suite.contract, console, taken);
    const view = Object.entries(views).find(([name]) => name === flags.as)?.[1];
    if (view === undefined) throw new UsageError(`--as ${flags.as}: takes table, json or curl`);
    const plan = planFor(await openPlanning(suite, settings, console, planned), settings);
    console.out(
      view(
        rowsOf(plan),
        plan,
        settings.target.kind === 'live' ? settings.target.url.href.replace(/\/$/, '') : '$TARGET',
      ),
    );
  });
};

function rowsOf(planned: Plan): readonly PlanRow[] {
  return plannedSteps(planned).map(({ script, step }) => ({
    id: script.exchanges[step] ?? '',
    effect: script.effect,
    subjects: script.script.subjects,
    step: step + 1,
    request: script.script.steps[step] ?? script.script.steps[0],
    requirements: planned.requirements
      .filter((r) =>
        r.cases.some(
          (c) => c.disposition.kind === 'send' && c.disposition.exchanges.some((id) => id === script.exchanges[step]),
        ),
      )
      .map((r) => r.requirement.id),
  }));
}

function asTable(rows: readonly PlanRow[], planned: Plan): string {
  const lines = rows.map(
    (r) =>
      `${r.id}  ${r.effect.padEnd(4)}  ${r.request.credentials.padEnd(24)}  ${r.request.method.padEnd(7)} ${r.request.path}  ${r.requirements.join(' ')}`,
  );
  const own = rows.filter((r) => r.effect === 'own').length;
  const skipped = planned.requirements.filter(
    (r) => r.skip !== null || r.cases.some((c) => c.disposition.kind === 'skip'),
  ).length;
  const summary = `${quantity(rows.length, 'exchange')}, ${rows.length - own} that change nothing and ${own} on subjects of their own; ${quantity(skipped, 'requirement')} not exercised to the full`;
  return `${['id            effect  credentials              request', ...lines, '', summary].join('\n')}\n`;
}

function asJson(rows: readonly PlanRow[]): string {
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** Curl lines with ids left symbolic and credentials as a variable. */
function asCurl(rows: readonly PlanRow[], _: Plan, target: string): string {
  return rows
    .map(({ request }) => {
      const headers = request.headers.map(([name, value]) => ` -H ${shellQuoted(`${name}: ${value}`)}`).join('');
      const authorization = request.credentials === 'valid' ? ' -H "Authorization: $CONFORM_AUTHORIZATION"' : '';
      const body = request.body === null ? '' : ` --data-raw ${shellQuoted(request.body)}`;
      return `curl -g --path-as-is -X ${request.method}${authorization}${headers}${body} ${shellQuoted(target + request.path)}\n`;
    })
    .join('');
}
