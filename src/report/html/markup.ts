import { visibleLines } from '../visible.ts';

/** HTML that is safe to write as it stands; only `html` and `raw` make it. */
export interface Markup {
  readonly markup: string;
}

type Part = string | number | Markup | readonly Markup[];

/**
 * A template for HTML: every text put in is escaped, for content and for attributes in double quotes alike; markup
 * and lists of it stay as they are.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0] ?? '';
  parts.forEach((part, i) => {
    markup += written(part) + (strings[i + 1] ?? '');
  });
  return { markup };
}

/** Text of our own that is HTML already: style and script. */
export function raw(markup: string): Markup {
  return { markup };
}

/** Nothing. */
export const nothing: Markup = { markup: '' };

/** An address that may be followed: http and https alone; anything else is shown, not linked. */
export function link(url: string, text: string): Markup {
  return /^https?:\/\//i.test(url)
    ? html`<a href="${url}" rel="noopener noreferrer">${text}</a>`
    : html`<span>${text}</span>`;
}

/** A name as the value of `id`, `href` and `data-` attributes: letters, digits and dashes. */
export function anchor(...names: readonly string[]): string {
  return names.join('-').replace(/[^A-Za-z0-9-]/g, '_');
}

function written(part: Part): string {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map((p) => p.markup).join('');
}

const SPECIAL = /[&<>"'`]/;

function escaped(text: string): string {
  const shown = visibleLines(text);
  if (!SPECIAL.test(shown)) return shown;
  return shown
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;');
}
