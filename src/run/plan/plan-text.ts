import { bindRequest, presentedRequest } from '../../exchange/bind.ts';
import { ANY_TARGET, curlOf } from '../../exchange/curl.ts';
import { requestWith } from '../../exchange/with-headers.ts';
import { recordedRequest } from '../../exchange/record.ts';
import type { Redacted } from '../../model/redacted.ts';
import type { Effect, ExchangeId, RequestTemplate, WireRequest } from '../../model/exchange.ts';
import { quantity } from '../../values/words.ts';
import { exchangesOf, plannedSteps, type Plan } from './plan.ts';
import { drawnFor, type PlannedScript } from './planned-script.ts';
import type { Run } from '../run.ts';
import { carriedByAll } from '../open/way.ts';

interface Row {
  readonly id: string;
  readonly effect: Effect;
  readonly subjects: readonly string[];
  /** Counted from 1. */
  readonly step: number;
  readonly request: RequestTemplate;
  readonly requirements: readonly string[];
}

function rowsOf(plan: Plan): readonly Row[] {
  const judging = judgingEach(plan);
  return plannedSteps(plan).map(({ script, step }) => {
    const id = script.exchanges[step];
    return {
      id: id ?? '',
      effect: script.effect,
      subjects: script.script.subjects,
      step: step + 1,
      request: templateOf(script, step),
      requirements: id === undefined ? [] : [...(judging.get(id) ?? [])],
    };
  });
}

/** The requirements that judge each exchange, in the order of the catalogue. */
function judgingEach(plan: Plan): ReadonlyMap<ExchangeId, ReadonlySet<string>> {
  const judging = new Map<ExchangeId, Set<string>>();
  for (const { requirement, cases } of plan.requirements)
    for (const { disposition } of cases)
      for (const id of exchangesOf(disposition)) {
        const its = judging.get(id) ?? new Set();
        judging.set(id, its.add(requirement.id));
      }
  return judging;
}

/** A plan for a person: a line for each exchange, and what they come to. Templates name credentials and hold none. */
export function planTable(plan: Plan, { redactor }: Pick<Run, 'redactor'>): Redacted<string> {
  const rows = rowsOf(plan);
  const lines = rows.map(
    ({ id, effect, request: { credentials, method, path }, requirements }) =>
      `${id}  ${effect.padEnd(4)}  ${credentials.padEnd(24)}  ${method.padEnd(7)} ${path}  ${requirements.join(' ')}`,
  );
  const own = rows.filter((r) => r.effect === 'own').length;
  const skipped = plan.requirements.filter(
    (r) => r.skip !== null || r.cases.some((c) => c.disposition.kind === 'skip'),
  ).length;
  const summary = `${quantity(rows.length, 'exchange')}, ${rows.length - own} that change nothing and ${own} on subjects of their own; ${quantity(skipped, 'requirement')} not exercised to the full${plan.enough === null ? '' : `; ${quantity(plan.enough, 'subject')} would exercise everything`}`;
  return redactor.assembled(
    `${['id            effect  credentials              request', ...lines, '', summary].join('\n')}\n`,
  );
}

/** A plan for a program. */
export function planJson(plan: Plan, { redactor }: Pick<Run, 'redactor'>): Redacted<string> {
  return redactor.assembled(`${JSON.stringify(rowsOf(plan), null, 2)}\n`);
}

/**
 * A plan as lines for a shell, each as a report would have it to send that exchange again. Ids are those that a run would
 * draw; where a run would be given a subject, its members stay `{{Member}}`.
 */
export function planCurl(plan: Plan, run: Run): Redacted<string> {
  const lines = plannedSteps(plan).map(({ script, step }) => `${curlFor(script, step, run)}\n`);
  return run.redactor.assembled(lines.join(''));
}

function curlFor(script: PlannedScript, step: number, run: Run): string {
  const { suite, settings, redactor } = run;
  const { target } = settings;
  const wire = wireOf(script, step, run);
  const request = recordedRequest(
    target.kind === 'live' ? requestWith(wire, carriedByAll(suite, target, settings)) : wire,
    redactor,
  );
  const url = target.kind === 'live' ? request.url : `${ANY_TARGET}${redactor.text(wire.target)}`;
  return curlOf({ ...request, url }, templateOf(script, step).credentials);
}

function wireOf(script: PlannedScript, step: number, run: Run): WireRequest {
  const { identity, composer, target } = run;
  const template = templateOf(script, step);
  const presented = identity.resolve(template.credentials);
  if (presented.kind === 'unavailable') throw new Error(presented.reason);
  const [first, ...rest] = script.script.subjects;
  if ([first, ...rest].some((state) => state !== composer.absent)) return presentedRequest(template, presented, target);
  const drawn = (index: number) => drawnFor(script.key, index, run);
  return bindRequest(template, [drawn(0), ...rest.map((_, i) => drawn(i + 1))], presented, target);
}

function templateOf({ script }: PlannedScript, step: number): RequestTemplate {
  return script.steps[step] ?? script.steps[0];
}
