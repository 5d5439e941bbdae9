import type { Header } from '../../model/exchange.ts';
import type { ReportedExchange } from '../../model/report.ts';
import type { Markup } from './markup.ts';
import { html, nothing } from './markup.ts';
import { shortened, startOf } from '../../values/words.ts';

const BODY_SHOWN = 4000;
const HEADER_SHOWN = 500;
const HEADERS_SHOWN = 60;

/**
 * Request and response as they went over the wire, side by side, with a command line that sends the request again; JSON
 * is laid out in lines.
 *
 * @param marked members of the response's body that something was found about
 */
export function exchangeView(exchange: ReportedExchange, marked: readonly string[] = []): Markup {
  const { id, request, response, failure, ms, curl, powershell } = exchange;
  const answer =
    response === null ? `no response: ${failure?.kind ?? 'unknown'}` : `${String(response.status)} ${response.reason}`;
  return html`<div class="exchange">
<p class="line"><b>${startOf(request.method, 40)}</b> <span class="url">${startOf(request.url, 1000)}</span> <span class="arrow" aria-hidden="true">→</span><span class="heard">answered</span> <b>${startOf(answer, 200)}</b> <span class="quiet">${ms.toFixed(1)} ms · exchange ${startOf(id, 100)}</span></p>
<div class="pair">
<div><h5>Request</h5>${message(`${request.method} ${request.url}`, request.headers, request.body ?? '', request.body === null ? 0 : Buffer.byteLength(request.body), [])}</div>
<div><h5>Response</h5>${response === null ? html`<p>${failure?.message ?? 'There was no response.'}</p>` : message(`${String(response.status)} ${response.reason}`, response.headers, response.body, response.bytes, marked)}</div>
</div>
${copyable(curl, 'To see it again')}${powershell === undefined ? nothing : html`<details class="more"><summary>in PowerShell</summary>${copyable(powershell, 'In PowerShell')}</details>`}
</div>`;
}

/** A command line with a button that copies it; without script it can be selected at a click. */
export function copyable(command: string, label: string): Markup {
  return html`<div class="copyable"><span class="label">${label}</span><pre tabindex="0" role="group" aria-label="${label}"><code>${command}</code></pre><button type="button" class="copy" hidden>Copy</button></div>`;
}

function message(
  first: string,
  headers: readonly Header[],
  body: string,
  bytes: number,
  marked: readonly string[],
): Markup {
  const more = headers.length - HEADERS_SHOWN;
  return html`<pre class="message" tabindex="0" role="group" aria-label="${startOf(first, 80)}"><b>${startOf(first, 1000)}</b>
${headers.slice(0, HEADERS_SHOWN).map(
  ([name, value]) => html`<span class="name">${startOf(name, HEADER_SHOWN)}:</span> ${shortened(value, HEADER_SHOWN)}
`,
)}${
    more > 0
      ? html`… and ${more} more headers
`
      : nothing
  }
${body === '' ? html`<span class="quiet">(no body)</span>` : bodyView(startOf(body, BODY_SHOWN), marked)}</pre>${body.length > BODY_SHOWN ? html`<p class="cut">The first ${BODY_SHOWN.toLocaleString('en')} characters of ${bytes.toLocaleString('en')} bytes are shown; the JSON report has them all.</p>` : nothing}`;
}

function bodyView(body: string, marked: readonly string[]): Markup {
  const text = laidOut(body);
  const names = marked.filter((name) => name !== '');
  if (names.length === 0) return html`${text}`;
  const isMarked = (line: string): boolean => names.some((name) => line.trimStart().startsWith(`"${name}":`));
  return html`${text.split('\n').map((line, i) => html`${i === 0 ? '' : '\n'}${isMarked(line) ? html`<mark>${line}</mark>` : line}`)}`;
}

/** JSON in lines, unless that would show anything else than what was sent. */
function laidOut(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return JSON.stringify(value) === body.trim() ? JSON.stringify(value, null, 2) : body;
  } catch {
    return body;
  }
}
