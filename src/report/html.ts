import { createHash } from 'node:crypto';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { VERDICTS } from '../values/verdicts.ts';
import { profileInWords } from './digest.ts';
import { comparison } from './html/comparison.ts';
import type { Markup } from './html/markup.ts';
import { html, nothing, raw } from './html/markup.ts';
import { matrix } from './html/matrix.ts';
import { script } from './html/script.ts';
import {
  allRequirements,
  causes,
  counts,
  documentation,
  facts,
  failures,
  notExercised,
  objections,
  verdictSection,
} from './html/sections.ts';
import { style } from './html/style.ts';
import { SYMBOL } from './html/verdict.ts';
import { clipped } from './visible.ts';

/** A verdict as a heading. */
export const VERDICT = {
  conforms: { says: 'Conforms', symbol: '✓' },
  differs: { says: 'Differs', symbol: '≠' },
  'does-not-conform': { says: 'Does not conform', symbol: '✕' },
  inconclusive: { says: 'Inconclusive', symbol: '!' },
} as const;

/**
 * The report as one HTML file that loads nothing, works from disk and is complete without its script.
 * A content security policy names style and script by their hashes, so that nothing else can run.
 *
 * @param index the address of the page that lists all operations, where this is one of several
 */
export function htmlReport(report: Redacted<Report>, index?: string): string {
  const { suite, verdict } = report;
  const { says, symbol } = VERDICT[verdict];
  const title = clipped(`${says}: ${suite.operation} · conformance report`, 200);
  return html`<!doctype html>
<html lang="en">
<head>
${headOf(title)}
</head>
<body>
<a class="skip-link" href="#main">Skip to the results</a>
<header>
<p class="over">${index === undefined ? 'Conformance report' : html`<a href="${index}">All operations</a>`} · ${clipped(suite.operation, 200)}</p>
<div class="verdict"><span class="seal ${verdict}" aria-hidden="true">${symbol}</span><h1>${says}</h1></div>
<p class="says">${clipped(afterHeading(report.says, says), 2000)}</p>
${report.interrupted ? html`<p class="notice">The run was interrupted: the verdict speaks of what was judged until then.</p>` : nothing}
${causes(report)}
${counts(report)}
${facts(report, profileInWords(report))}
</header>
<main id="main" tabindex="-1">
${tools(report)}
${failures(report)}
${comparison(report)}
${matrix(report)}
${verdictSection(report, 'error', 'errors', 'Could not be judged', 'The suite got no answer that it could judge: neither held nor broken.')}
${verdictSection(report, 'blocked', 'blocked', 'Blocked', 'Something that comes first failed, so these could not be judged.')}
${verdictSection(report, 'waived', 'waived', 'Waived', 'They fail, and a waiver declares that this is known.')}
${objections(report)}
${notExercised(report)}
${documentation(report)}
${allRequirements(report)}
</main>
<footer class="page"><p>${clipped(`${suite.name} ${suite.version}`, 200)}. The JSON report of the same run holds everything, nothing shortened.</p></footer>
<script>${raw(script)}</script>
</body>
</html>
`.markup;
}

/** What stands in the head of every page. */
export function headOf(title: string): Markup {
  return html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${raw(style)}</style>`;
}

function tools(report: Report): Markup {
  const present = VERDICTS.filter((v) => report.summary[v] > 0);
  const told = present.some((v) => v !== 'pass' && v !== 'skip');
  return html`<div id="tools" role="search" aria-label="Filter requirements" hidden>
<label for="filter">Filter</label><input id="filter" type="search" placeholder="id, title, route, verb, format, member" autocomplete="off" spellcheck="false">
<fieldset><legend class="heard">Verdicts to show</legend>${present.map((v) => html`<label class="choice ${v}"><input type="checkbox" name="verdict" value="${v}"><span><span aria-hidden="true">${SYMBOL[v]} </span>${v}</span></label>`)}</fieldset>
${told ? html`<span><button type="button" id="open">Open all</button> <button type="button" id="close">Close all</button></span>` : nothing}
<span id="shown" role="status"></span>
</div>
`;
}

/** The sentence of the verdict without the words that the heading above it says already. */
export function afterHeading(sentence: string, heading: string): string {
  const start = `${heading}: `;
  if (!sentence.startsWith(start)) return sentence;
  const rest = sentence.slice(start.length);
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}`;
}

function policy(): string {
  return `default-src 'none'; style-src '${hash(style)}'; script-src '${hash(script)}'; img-src data:; base-uri 'none'; form-action 'none'`;
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
