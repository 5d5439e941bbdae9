import type { ChangedAnswers, ComparedCase, Comparison, OneSided } from '../../model/comparison.ts';
import type { Report } from '../../model/report.ts';
import { quantity } from '../../values/words.ts';
import { comparedGroups, type ComparedGroup } from '../compared.ts';
import { clipped } from '../visible.ts';
import type { Markup } from './markup.ts';
import { html, nothing } from './markup.ts';

const CASES_SHOWN = 12;
const REQUESTS_SHOWN = 12;

/** The run held against another: what regressed, what is answered otherwise, what stands on one side alone. */
export function comparison(report: Report): Markup {
  const { comparison: compared } = report;
  if (compared === undefined) return nothing;
  const { against, says } = compared;
  return html`<section class="compared" aria-labelledby="comparison">
<h2 id="comparison">Compared with ${clipped(against, 300)}</h2>
<p class="lead">${clipped(says, 2000)}</p>
${acceptance(compared)}
${cases('Regressed', compared.regressed, 'counts')}
${changed(compared.changed)}
${oneSided('No longer exercised', compared.notExercised, 'counts')}
${oneSided('No longer exercised, and waived', compared.waived, 'for information')}
${cases('Fixed', compared.fixed, 'for information')}
${oneSided('New', compared.new, 'for information')}
${oneSided('Gone', compared.gone, 'for information')}
</section>
`;
}

function acceptance({ accepted }: Comparison): Markup {
  return accepted === null
    ? nothing
    : html`<p class="quiet">Accepted on ${accepted.at.slice(0, 10)}: ${clipped(accepted.reason, 1000)}</p>`;
}

function changed(groups: readonly ChangedAnswers[]): Markup {
  if (groups.length === 0) return nothing;
  return html`<h3>Answered otherwise</h3>
${groups.map(
  ({ changes, exchanges }) => html`<div class="skipped">
<p>${exchanges.slice(0, REQUESTS_SHOWN).map(({ request }) => html`<code>${clipped(request, 200)}</code><br>`)}${exchanges.length > REQUESTS_SHOWN ? html`and ${quantity(exchanges.length - REQUESTS_SHOWN, 'more exchange')}` : nothing}</p>
<dl class="facts">${changes.map(({ aspect, was, is }) => html`<div><dt>${aspect}</dt><dd>was ${value(was)}, is ${value(is)}</dd></div>`)}</dl>
</div>
`,
)}`;
}

function value(text: string | null): Markup {
  return text === null ? html`absent` : html`<code>${clipped(text, 600)}</code>`;
}

function oneSided(title: string, side: OneSided, against: Weight): Markup {
  const { exchanges } = side;
  if (side.cases.length === 0 && exchanges.length === 0) return nothing;
  if (side.cases.length === 0)
    return html`<h3>${title}</h3><p>${quantity(exchanges.length, 'exchange')} that no requirement judges alone</p>`;
  return html`${cases(title, side.cases, against)}${exchanges.length === 0 ? nothing : html`<p>and ${quantity(exchanges.length, 'exchange')}</p>`}`;
}

/** Whether what is told counts against the run. */
type Weight = 'counts' | 'for information';

function cases(title: string, compared: readonly ComparedCase[], against: Weight): Markup {
  if (compared.length === 0) return nothing;
  return html`<h3>${title} <span class="quiet">${quantity(compared.length, 'case')}</span></h3>
<ul class="${against === 'counts' ? 'counts-against' : ''}">${comparedGroups(compared).map(row)}</ul>
`;
}

function row({ first, cases: same, requirements }: ComparedGroup): Markup {
  const { requirement, title, was, is, reason } = first;
  const change = html`<span class="quiet">(${was ?? 'none'} then, ${is ?? 'none'} now)</span>`;
  const why = reason === undefined ? nothing : html`; ${clipped(reason, 500)}`;
  if (requirements.length > 1)
    return html`<li>${quantity(same.length, 'case')} of ${quantity(requirements.length, 'requirement')} ${change}${why}: <span class="ids">${requirements.join(', ')}</span></li>`;
  const more = same.length - CASES_SHOWN;
  const names = same
    .slice(0, CASES_SHOWN)
    .map((c) => c.case)
    .join(', ');
  return html`<li><b>${requirement}</b> ${clipped(title ?? '', 300)} ${change}: ${clipped(names, 1000)}${more > 0 ? html` and ${quantity(more, 'more case')}` : nothing}${why}</li>`;
}
