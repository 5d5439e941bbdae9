import type { Report } from '../../model/report.ts';
import type { SkipCause, VerdictWord } from '../../model/verdict.ts';
import { groupBy, quantity } from '../../values/words.ts';
import { failedByCause, toldCauses } from '../causes.ts';
import { documentationErrors, exchangesById, requirementsThat, skipGroups } from '../digest.ts';
import { ledgerInShort, ledgerOf } from '../ledger.ts';
import { clipped } from '../visible.ts';
import { copyable } from './exchange.ts';
import type { Markup } from './markup.ts';
import { anchor, html, link, nothing } from './markup.ts';
import { caseNames, filterable, findingView, requirementView } from './requirement.ts';
import { badge, symbol } from './verdict.ts';

const CAUSE: Readonly<Record<SkipCause, string>> = {
  profile: 'The declared profile switches it off',
  contract: 'The contract gives no point to judge it at',
  effects: 'It would change something',
  subjects: 'There was nothing to work on',
  credentials: 'It needs credentials',
  recording: 'The recording does not hold it',
  budget: 'The budget of exchanges was spent',
};

/** All requirements of one verdict, each told in full. */
export function verdictSection(report: Report, word: VerdictWord, id: string, title: string, says: string): Markup {
  const found = requirementsThat(report, word);
  if (found.length === 0) return nothing;
  const exchanges = exchangesById(report);
  return html`<section aria-labelledby="${id}">
<h2 id="${id}">${title} <span class="count">${found.length}</span></h2>
<p class="lead">${says}</p>
${found.map((r) => requirementView(r, exchanges, 'closed'))}
</section>
`;
}

const CAUSES_SHOWN = 5;
const SAYS_SHOWN = 160;

/** Why requirements failed, in a line each: the first thing that is read. */
export function causes(report: Report): Markup {
  const told = toldCauses(report);
  if (told.length === 0) return nothing;
  const rest = told.length - CAUSES_SHOWN;
  return html`<ol class="causes" aria-label="Causes">${told
    .slice(0, CAUSES_SHOWN)
    .map(
      ({ cause, requirement, also }) =>
        html`<li><a href="#${anchor('r', requirement.id)}"><span class="id">${requirement.id}</span> ${clipped(requirement.title, 200)}</a> <span class="quiet">${clipped(cause.where, 200)}${also.length === 0 ? nothing : html`; ${quantity(also.length, 'more requirement')} for the same reason`}<br>${clipped(cause.says, SAYS_SHOWN)}</span></li>`,
    )}${rest > 0 ? html`<li><a href="#failures">and ${quantity(rest, 'more cause')}</a></li>` : nothing}</ol>`;
}

/** Everything that failed, cause by cause: what says it is open, what fails for the same reason is closed below it. */
export function failures(report: Report): Markup {
  const found = failedByCause(report);
  if (found.length === 0) return nothing;
  const exchanges = exchangesById(report);
  const heads = new Set<string>(report.causes.map(({ requirement }) => requirement));
  const first = report.causes.length === 0 ? found.slice(0, 1).map(({ id }) => id) : [...heads];
  const open = new Set<string>(first);
  return html`<section aria-labelledby="failures">
<h2 id="failures">Failures <span class="count">${found.length}</span></h2>
<p class="lead">The worst cause first, and below it what fails for the same reason.</p>
${found.map((r) => requirementView(r, exchanges, open.has(r.id) ? 'open' : 'closed'))}
</section>
`;
}

/** What was deliberately not exercised, why, and the command that would exercise it. */
export function notExercised(report: Report): Markup {
  const groups = skipGroups(report);
  if (groups.length === 0) return nothing;
  return html`<section aria-labelledby="not-exercised">
<h2 id="not-exercised">Not exercised <span class="count">${groups.reduce((n, g) => n + g.cases, 0)}</span></h2>
<p class="lead">What is listed here was neither confirmed nor refuted by this run.</p>
${groups.map(
  ({ cause, reason, exercise, requirements, cases }) => html`<div class="skipped">
<h3>${cause === undefined ? 'Not exercised' : CAUSE[cause]} <span class="quiet">${quantity(cases, 'case')} of ${quantity(requirements.length, 'requirement')}</span></h3>
<p>${clipped(reason, 2000)}</p>
<p class="ids">${requirements.map((r) => html`<a href="#${anchor('all', r)}">${r}</a> `)}</p>
${exercise === undefined ? nothing : copyable(exercise, 'To exercise it')}
</div>
`,
)}
</section>
`;
}

/** What fails the run besides broken promises. */
export function objections({ requirements, objections: found = [] }: Report): Markup {
  if (found.length === 0) return nothing;
  const known = new Set<string>(requirements.map((r) => r.id));
  return html`<section aria-labelledby="objections">
<h2 id="objections">Objections <span class="count">${found.length}</span></h2>
<p class="lead">They fail the run, though none of them is a broken promise.</p>
<ul class="objections">${found.map(({ requirement, says }) => html`<li>${clipped(says, 2000)}${known.has(requirement) ? html` <span class="ids"><a href="#${anchor('all', requirement)}">${requirement}</a></span>` : nothing}</li>`)}</ul>
</section>
`;
}

/** Where the page is wrong: apart from all that is said about the service. */
export function documentation(report: Report): Markup {
  const errors = documentationErrors(report);
  if (errors.length === 0) return nothing;
  return html`<section aria-labelledby="documentation">
<h2 id="documentation">Errors of the documentation <span class="count">${errors.length}</span></h2>
<p class="lead">Here the page contradicts the framework or itself. None of this is held against the service.</p>
<details class="more"><summary>${quantity(errors.length, 'known error')}: ${[...new Set(errors.flatMap((e) => e.requirements))].join(', ')}</summary>
${errors.map(
  ({ requirements, finding, keys }) => html`<div class="documented">
<p class="ids">${requirements.map((r) => html`<a href="#${anchor('all', r)}">${r}</a> `)}</p>
${caseNames(keys)}
${findingView(finding)}
</div>
`,
)}
</details>
</section>
`;
}

/** The whole catalogue as it was run, by area. */
export function allRequirements(report: Report): Markup {
  return html`<section aria-labelledby="all">
<h2 id="all">All requirements <span class="count">${report.requirements.length}</span></h2>
<div class="scroll" role="region" aria-label="All requirements" tabindex="0">
<table class="all">
<thead><tr><th scope="col">Verdict</th><th scope="col">Id</th><th scope="col">Level</th><th scope="col">Requirement</th><th scope="col">Source</th><th scope="col" class="number">Cases</th></tr></thead>
${[...groupBy(report.requirements, (r) => r.area)].map(
  ([area, requirements]) => html`<tbody>
<tr class="area"><th scope="rowgroup" colspan="6">${area}</th></tr>
${requirements.map((r) => {
  const [cite] = r.cites;
  const told =
    r.verdict === 'pass' || r.verdict === 'skip' ? html`${r.id}` : html`<a href="#${anchor('r', r.id)}">${r.id}</a>`;
  return html`<tr id="${anchor('all', r.id)}" ${filterable(r)}><td>${badge(r.verdict)}</td><th scope="row" class="id">${told}</th><td class="level">${r.level}</td><td>${clipped(r.title, 300)}</td><td>${cite === undefined ? nothing : link(cite.url, clipped(`${cite.title ?? cite.source}, ${cite.at}`, 200))}</td><td class="number">${r.cases.length}</td></tr>
`;
})}</tbody>
`,
)}
</table>
</div>
</section>
`;
}

/** The head of the page: what was run against what, and how it came out. */
export function facts(report: Report, profile: string): Markup {
  const { suite, target, durationMs, summary, startedAt } = report;
  const rows: readonly (readonly [string, string])[] = [
    ['Target', target.kind === 'embedded' ? `${target.url} (the embedded reference provider)` : target.url],
    ['Profile', profile],
    ['Authentication', target.authentication],
    ...(target.notes ?? []).map((note) => ['Note', note] as const),
    [
      'Run',
      `${startedAt.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC')}, ${(durationMs / 1000).toFixed(1)} s, ${quantity(summary.exchanges, 'exchange')}${report.repetitions === undefined ? '' : `, everything ${report.repetitions} times`}, seed ${String(suite.seed)}`,
    ],
    ...(report.requirements.length === 0
      ? []
      : [['Ledger', `${ledgerInShort(ledgerOf(report))}, counted by requirement, route, verb and format`] as const]),
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${clipped(value, 1000)}</dd></div>`)}</dl>`;
}

/** Requirements by verdict; each count leads to its section. */
export function counts(report: Report): Markup {
  const places: readonly (readonly [VerdictWord, string])[] = [
    ['fail', '#failures'],
    ['error', '#errors'],
    ['blocked', '#blocked'],
    ['skip', '#not-exercised'],
    ['waived', '#waived'],
    ['pass', '#all'],
  ];
  const present = places.filter(([v]) => report.summary[v] > 0);
  return html`<nav aria-label="Requirements by verdict"><ul class="counts">${present.map(([v, place]) => html`<li><a href="${place}" class="${v}">${symbol(v)}<b>${report.summary[v]}</b> <span aria-hidden="true">${v}</span></a></li>`)}</ul></nav>`;
}
