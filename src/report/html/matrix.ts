import type { Report, ReportedCase, ReportedRequirement } from '../../model/report.ts';
import type { VerdictWord } from '../../model/verdict.ts';
import { countVerdicts, VERDICTS } from '../../values/verdicts.ts';
import { groupBy } from '../../values/words.ts';
import { clipped } from '../visible.ts';
import type { Markup } from './markup.ts';
import { anchor, html, nothing } from './markup.ts';
import { MEANING, SYMBOL, symbol } from './verdict.ts';

interface Cell {
  readonly requirement: ReportedRequirement;
  readonly reported: ReportedCase;
}

interface Column {
  readonly route: string;
  readonly verb: string;
}

/** Where a case names no route, verb or format. */
const ANY = 'any';
const NAME_SHOWN = 40;

/** Every case by area and format (rows), route and verb (columns); a cell shows the worst verdict of its cases. */
export function matrix(report: Report): Markup {
  const cells = report.requirements.flatMap((requirement) =>
    requirement.cases.map((reported): Cell => ({ requirement, reported })),
  );
  // Where no case names a route, a verb or a format there is nothing to lay out.
  if (
    cells.every(
      ({ reported: { key } }) => key.route === undefined && key.verb === undefined && key.format === undefined,
    )
  )
    return nothing;
  const columns = columnsOf(cells);
  const named = [...new Set(cells.flatMap((c) => c.reported.key.format ?? []))];
  const formats = [ANY, ...named];
  const routes = [...groupBy(columns, (c) => c.route)];
  return html`<section aria-labelledby="matrix">
<h2 id="matrix">Area × format × route × verb</h2>
<p class="lead">Each place shows the worst verdict of its cases; what did not pass leads to its account.</p>
<div class="scroll" role="region" aria-label="Matrix of verdicts" tabindex="0">
<table class="matrix">
<thead>
<tr><th scope="col" rowspan="2">Area</th><th scope="col" rowspan="2">Format</th>${routes.map(([route, of]) => html`<th scope="colgroup" colspan="${of.length}">${route === ANY ? 'no route' : clipped(route, NAME_SHOWN)}</th>`)}</tr>
<tr>${routes.flatMap(([, of]) => of.map(({ verb }, i) => html`<th scope="col" class="verb${i === 0 ? ' first' : ''}">${verb === ANY ? 'any verb' : clipped(verb, NAME_SHOWN)}</th>`))}</tr>
</thead>
${[...groupBy(cells, (c) => c.requirement.area)].map(([area, of]) => areaRows(area, of, columns, formats))}
</table>
</div>
${legend(VERDICTS.filter((v) => cells.some((c) => c.reported.verdict === v)))}
</section>`;
}

function areaRows(
  area: string,
  cells: readonly Cell[],
  columns: readonly Column[],
  formats: readonly string[],
): Markup {
  const byFormat = groupBy(cells, (c) => c.reported.key.format ?? ANY);
  const rows = formats.flatMap((format): readonly (readonly [string, readonly Cell[]])[] => {
    const found = byFormat.get(format);
    return found === undefined ? [] : [[format, found]];
  });
  return html`<tbody>
${rows.map(([format, of], i) => {
  const places = groupBy(of, (c) => placeOf(columnOf(c)));
  const head = i === 0 ? html`<th scope="rowgroup" rowspan="${rows.length}">${area}</th>` : nothing;
  const shown = columns.map((column, x) =>
    cell(
      places.get(placeOf(column)) ?? [],
      [area, format, column.route, column.verb],
      column.route !== columns[x - 1]?.route,
    ),
  );
  return html`<tr>${head}<th scope="row">${format === ANY ? 'any' : format}</th>${shown}</tr>
`;
})}</tbody>
`;
}

function cell(cells: readonly Cell[], names: readonly string[], first: boolean): Markup {
  const edge = first ? 'first' : '';
  const counts = countVerdicts(cells.map((c) => c.reported));
  const worst = VERDICTS.find((v) => counts[v] > 0);
  if (worst === undefined) return html`<td class="${edge}"><span class="heard">no case</span></td>`;
  const told = `${clipped(names.filter((n) => n !== ANY).join(' '), 4 * NAME_SHOWN)}: ${VERDICTS.filter(
    (v) => counts[v] > 0,
  )
    .map((v) => `${String(counts[v])} ${v}`)
    .join(', ')}`;
  const target = targetOf(worst, cells);
  const mark = html`<span aria-hidden="true">${SYMBOL[worst]}</span><span class="heard">${told}</span>`;
  if (target === undefined)
    return html`<td class="${edge}" title="${told}"><span class="mark ${worst}">${mark}</span></td>`;
  return html`<td class="${edge}" title="${told}"><a class="mark ${worst}" href="#${target}">${mark}</a></td>`;
}

/** Where a cell leads: to the requirement that made it what it is, as far as one is told in full. */
function targetOf(worst: VerdictWord, cells: readonly Cell[]): string | undefined {
  if (worst === 'pass') return undefined;
  if (worst === 'skip') return 'not-exercised';
  const found =
    cells.find((c) => c.reported.verdict === worst && c.requirement.verdict === worst) ??
    cells.find((c) => c.reported.verdict === worst);
  if (found === undefined) return undefined;
  return found.requirement.verdict === worst ? anchor('r', found.requirement.id) : anchor('all', found.requirement.id);
}

function legend(present: readonly VerdictWord[]): Markup {
  return html`<ul class="legend" aria-label="Symbols">${[...present].reverse().map((v) => html`<li>${symbol(v)} <b aria-hidden="true">${v}</b> ${MEANING[v]}</li>`)}<li><b>empty</b> no case</li></ul>`;
}

function columnsOf(cells: readonly Cell[]): readonly Column[] {
  const found = [...groupBy(cells.map(columnOf), placeOf).values()].flatMap(([first]) => first ?? []);
  const routes = [...new Set(found.map((c) => c.route))];
  const verbs = [...new Set(found.map((c) => c.verb))];
  return lastAny(routes).flatMap((route) =>
    lastAny(verbs)
      .map((verb) => ({ route, verb }))
      .filter((c) => found.some((f) => placeOf(f) === placeOf(c))),
  );
}

function lastAny(names: readonly string[]): readonly string[] {
  return [...names.filter((n) => n !== ANY), ...names.filter((n) => n === ANY)];
}

function columnOf({ reported: { key } }: Cell): Column {
  return { route: key.route ?? ANY, verb: key.verb ?? ANY };
}

function placeOf({ route, verb }: Column): string {
  return JSON.stringify([route, verb]);
}
