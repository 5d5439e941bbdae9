import type { HostReport, OperationInShort } from '../../model/host-report.ts';
import { VERDICTS } from '../../values/verdicts.ts';
import { quantity } from '../../values/words.ts';
import { profileInWords } from '../digest.ts';
import { afterHeading, headOf, VERDICT } from '../html.ts';
import type { Markup } from '../html/markup.ts';
import { anchor, html, nothing } from '../html/markup.ts';
import { clipped } from '../visible.ts';
import { authenticationOf, extentOf, notesOf, placeOf } from './files.ts';
import { commonCauses, worstFirst } from './order.ts';

const CAUSES_SHOWN = 20;
const NAMES_SHOWN = 8;

/** The page of an operation, by its name: what a file system takes. */
export function pageName(operation: string): string {
  return `${operation.replace(/[^\w.-]/g, (c) => `%${c.codePointAt(0)?.toString(16) ?? ''}`)}.html`;
}

/**
 * The page that lists all operations, the worst first, with why requirements failed; each leads to a page of its own. It
 * loads nothing and runs nothing.
 *
 * @param folder where the pages of operations are, as an address from here
 */
export function hostIndex(host: HostReport, folder: string): string {
  const { says, symbol } = VERDICT[host.verdict];
  const sorted = worstFirst(host.operations);
  const address = (operation: string): string => `${folder}/${encodeURIComponent(pageName(operation))}`;
  return html`<!doctype html>
<html lang="en">
<head>
${headOf(`${says}: ${quantity(host.wanted, 'operation')} · conformance report`)}
</head>
<body>
<a class="skip-link" href="#main">Skip to the results</a>
<header>
<p class="over">Conformance report · ${extentOf(host)} of ${clipped(placeOf(host), 200)}</p>
<div class="verdict"><span class="seal ${host.verdict}" aria-hidden="true">${symbol}</span><h1>${says}</h1></div>
<p class="says">${clipped(afterHeading(host.says, says), 2000)}</p>
${host.interrupted ? html`<p class="notice">The run was interrupted: the verdict speaks of what was judged until then.</p>` : nothing}
${causes(host, address)}
${facts(host)}
</header>
<main id="main" tabindex="-1">
${objections(host)}
<section aria-labelledby="operations">
<h2 id="operations">Operations <span class="count">${sorted.length}</span></h2>
<div class="scroll" role="region" aria-label="Operations" tabindex="0">
<table class="all">
<thead><tr><th scope="col">Operation</th><th scope="col">Verdict</th>${VERDICTS.map((v) => html`<th scope="col" class="number">${v}</th>`)}<th scope="col" class="number">exchanges</th></tr></thead>
<tbody>
${sorted.map((each) => row(each, address(each.operation)))}</tbody>
</table>
</div>
</section>
</main>
<footer class="page"><p>${clipped(`${host.suite.name} ${host.suite.version}`, 200)}. The JSON report of the same run holds everything, nothing shortened.</p></footer>
</body>
</html>
`.markup;
}

function row(each: OperationInShort, address: string): Markup {
  const { operation, verdict, summary } = each;
  const { says, symbol } = VERDICT[verdict];
  return html`<tr id="${anchor('op', operation)}"><th scope="row" class="id"><a href="${address}">${clipped(operation, 200)}</a></th><td><span class="badge ${toneOf(each)}"><span aria-hidden="true">${symbol} </span>${says}</span></td>${VERDICTS.map((v) => html`<td class="number">${summary[v] === 0 ? '' : String(summary[v])}</td>`)}<td class="number">${summary.exchanges}</td></tr>
`;
}

function toneOf({ verdict }: OperationInShort): string {
  return ({ conforms: 'pass', differs: 'fail', 'does-not-conform': 'fail', inconclusive: 'blocked' } as const)[verdict];
}

/** Why requirements failed, each once, with the operations that have it in common. */
function causes(host: HostReport, address: (operation: string) => string): Markup {
  const found = commonCauses(host);
  if (found.length === 0) return nothing;
  const rest = found.length - CAUSES_SHOWN;
  return html`<ol class="causes" aria-label="Causes">${found.slice(0, CAUSES_SHOWN).map(({ first, operations }) => {
    const more = operations.length - NAMES_SHOWN;
    const [own = ''] = operations;
    return html`<li><a href="${`${address(own)}#${anchor('r', first.requirement)}`}"><span class="id">${first.requirement}</span> ${clipped(first.title, 200)}</a> <span class="quiet">${clipped(first.where, 200)}<br>${clipped(first.says, 200)}${operations.length === 1 ? nothing : html`<br>also in ${operations.slice(1, NAMES_SHOWN).map((name) => html`<a href="${address(name)}">${clipped(name, 100)}</a> `)}${more > 0 ? `and ${String(more)} more` : ''}`}</span></li>`;
  })}${rest > 0 ? html`<li>and ${quantity(rest, 'more requirement')}</li>` : nothing}</ol>`;
}

function facts(host: HostReport): Markup {
  const rows: readonly (readonly [string, string])[] = [
    ['Target', placeOf(host)],
    ['Profile', profileInWords(host)],
    ['Authentication', authenticationOf(host)],
    ...notesOf(host).map((note) => ['Note', note] as const),
    [
      'Run',
      `${host.startedAt.replace('T', ' ').replace(/\.\d+Z$|Z$/, ' UTC')}, ${(host.durationMs / 1000).toFixed(1)} s, ${quantity(host.summary.exchanges, 'exchange')}, seed ${String(host.suite.seed)}`,
    ],
  ];
  return html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${clipped(value, 1000)}</dd></div>`)}</dl>`;
}

function objections({ objections: found = [] }: HostReport): Markup {
  if (found.length === 0) return nothing;
  return html`<section aria-labelledby="objections">
<h2 id="objections">Objections <span class="count">${found.length}</span></h2>
<p class="lead">They fail the run, though none of them is a broken promise.</p>
<ul class="objections">${found.map(({ says }) => html`<li>${clipped(says, 2000)}</li>`)}</ul>
</section>
`;
}
