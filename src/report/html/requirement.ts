import type { ReportedExchange, ReportedRequirement } from '../../model/report.ts';
import type { CaseKey } from '../../model/requirement.ts';
import type { Finding, VerdictWord } from '../../model/verdict.ts';
import { caseName, countVerdicts, VERDICTS } from '../../values/verdicts.ts';
import { quantity, shortened, startOf } from '../../values/words.ts';
import type { CaseGroup } from '../digest.ts';
import { caseGroups } from '../digest.ts';
import { clipped } from '../visible.ts';
import type { Piece } from './difference.ts';
import { difference } from './difference.ts';
import { exchangeView } from './exchange.ts';
import type { Markup } from './markup.ts';
import { anchor, html, link, nothing } from './markup.ts';
import { symbol } from './verdict.ts';

const GROUPS_SHOWN = 8;
const KEYS_SHOWN = 12;
const VALUE_SHOWN = 2000;
const GIST_SHOWN = 120;

/** What a filter looks for, on any element that stands for a requirement. */
export function filterable(requirement: ReportedRequirement): Markup {
  const { id, area, level, basis, title, verdict, cases } = requirement;
  const names = [
    ...new Set(cases.flatMap(({ key }) => [key.route, key.verb, key.format, key.member, key.variant])),
  ].filter((n) => n !== undefined);
  return html`data-verdict="${verdict}" data-text="${startOf([id, area, level, basis, title, ...names].join(' ').toLowerCase(), 2000)}"`;
}

/** A requirement that did not pass, told in full; closed, the gist of it stands on its line. */
export function requirementView(
  requirement: ReportedRequirement,
  exchanges: ReadonlyMap<string, ReportedExchange>,
  at: 'open' | 'closed',
): Markup {
  const { id, area, level, basis, title, why, verdict, cites } = requirement;
  const groups = caseGroups(requirement, verdict, exchanges);
  const cases = groups.reduce((n, g) => n + g.keys.length, 0);
  const rest = groups.slice(GROUPS_SHOWN);
  return html`<details class="requirement ${verdict}" id="${anchor('r', id)}" ${filterable(requirement)}${at === 'open' ? html` open` : nothing}>
<summary><span class="mark ${verdict}">${symbol(verdict)}</span><span class="head"><span class="id">${id}</span> <span class="level">${level}</span> <span class="quiet">${area} · ${quantity(cases, 'case')}</span></span><h3 class="title">${clipped(title, 300)}</h3><span class="gist">${gist(groups[0])}</span></summary>
<div class="told">
<p class="why"><b>Why it matters</b> ${why}</p>
${cites.map((cite) => html`<blockquote class="cite"><p>“${cite.quote}”</p><footer>${link(cite.url, cite.title ?? cite.source)}, ${cite.at} <span class="quiet">${basis}</span></footer></blockquote>`)}
${groups.slice(0, GROUPS_SHOWN).map((group) => groupView(group, verdict))}
${
  rest.length === 0
    ? nothing
    : html`<p class="cut">${quantity(
        rest.reduce((n, g) => n + g.keys.length, 0),
        'more case',
      )} with other findings: the JSON report has them all.</p>`
}
${otherCases(requirement)}
</div>
</details>
`;
}

/** A finding: where, and expected and actual side by side with their difference marked. */
export function findingView({ where, expected, actual }: Finding): Markup {
  // What is added of the answer is no part of the value that differs.
  const [, value = actual, added = ''] = /^(.*?)(, in an answer with \d{3})?$/s.exec(actual) ?? [];
  const shown = difference(clipped(expected, VALUE_SHOWN), clipped(value, VALUE_SHOWN));
  return html`<div class="finding"><p class="where">${clipped(where, VALUE_SHOWN)}</p><dl class="pair"><div class="expected"><dt>Expected</dt><dd>${marked(shown.expected)}</dd></div><div class="actual"><dt>Actual</dt><dd>${marked(shown.actual)}${added}</dd></div></dl></div>`;
}

/** Names of cases, the first ones at once and the others behind a click. */
export function caseNames(keys: readonly CaseKey[]): Markup {
  const item = (key: CaseKey): Markup => html`<li>${clipped(caseName(key), 300)}</li>`;
  const rest = keys.slice(KEYS_SHOWN);
  return html`<ul class="cases">${keys.slice(0, KEYS_SHOWN).map(item)}</ul>${rest.length === 0 ? nothing : html`<details class="more"><summary>and ${quantity(rest.length, 'more case')}</summary><ul class="cases">${rest.map(item)}</ul></details>`}`;
}

function groupView(group: CaseGroup, verdict: VerdictWord): Markup {
  const { sent } = group;
  const [first] = group.keys;
  const of = group.keys.length > 1 && first !== undefined ? ` of ${clipped(caseName(first), 200)}` : '';
  return html`<div class="group">
<h4>${quantity(group.keys.length, 'case')}</h4>
${caseNames(group.keys)}
${group.reason === undefined ? nothing : html`<p class="reason"><b>${verdict === 'waived' ? 'Waived' : 'Reason'}</b> ${clipped(group.reason, VALUE_SHOWN)}</p>`}
${group.findings.map(findingView)}
${sent.length === 0 ? nothing : html`<h4>${sent.length === 1 ? 'Exchange' : 'Exchanges, in the order sent'}${of}</h4>${sent.map((x, i) => exchangeView(x, i === sent.length - 1 ? group.findings.map(memberOf) : []))}`}
</div>
`;
}

/** The member of a body that a finding speaks of; '' for none. */
function memberOf({ where }: Finding): string {
  if (!where.startsWith('body ')) return '';
  const last = where.split('.').at(-1) ?? '';
  return last.split('[')[0]?.replace('body ', '') ?? '';
}

function otherCases(requirement: ReportedRequirement): Markup {
  const counts = countVerdicts(requirement.cases);
  const others = VERDICTS.filter((v) => v !== requirement.verdict && counts[v] > 0).map(
    (v) => `${String(counts[v])} ${v}`,
  );
  return others.length === 0 ? nothing : html`<p class="quiet">Its other cases: ${others.join(', ')}.</p>`;
}

function gist(group: CaseGroup | undefined): string {
  const [finding] = group?.findings ?? [];
  if (finding === undefined) return clipped(group?.reason ?? '', GIST_SHOWN * 2);
  const short = (text: string): string => shortened(text, GIST_SHOWN);
  return `${short(finding.where)}: expected ${short(finding.expected)}, actual ${short(finding.actual)}`;
}

function marked(pieces: readonly Piece[]): readonly Markup[] {
  return pieces.map(({ text, same }) => (same ? html`${text}` : html`<mark>${text}</mark>`));
}
