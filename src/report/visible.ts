import { startOf } from '../values/words.ts';

/**
 * Makes every character visible that could steer a terminal, reorder text or hide: C0 and C1 controls, DEL,
 * bidirectional controls, zero-width and tag characters, line separators, lone surrogates, noncharacters.
 *
 * @param text anything a target may have sent
 * @returns one line of text, with `\n`, `\x1b` or `\u202e` in place of such characters
 */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replace(HIDDEN, escaped);
}

/** Like `visible`, but keeps line breaks and tabs: for places that show text in lines. */
export function visibleLines(text: string): string {
  return PLAIN.test(text) ? text : text.replace(HIDDEN, (c) => (c === '\n' || c === '\t' ? c : escaped(c)));
}

/**
 * The beginning of a text, with a note of what was left out.
 *
 * @param limit in UTF-16 units; a surrogate pair is never cut in two
 */
export function clipped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${startOf(text, limit)}… (${String(text.length)} characters in all)`;
}

/** Printable ASCII, as most texts are: nothing of it is looked for among what may hide. */
const PLAIN = /^[ -~]*$/;
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fff9}-\u{fffb}\u{fffe}\u{ffff}\u{e0000}-\u{e007f}]/gu;

function escaped(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
