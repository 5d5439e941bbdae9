import type { VerdictWord } from '../../model/verdict.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';

/** Told apart by shape, so that colour is never needed. */
export const SYMBOL: Readonly<Record<VerdictWord, string>> = {
  pass: '✓',
  fail: '✕',
  error: '!',
  blocked: '⊘',
  skip: '–',
  waived: '~',
};

export const MEANING: Readonly<Record<VerdictWord, string>> = {
  pass: 'holds',
  fail: 'the target broke a promise',
  error: 'could not be judged',
  blocked: 'a prerequisite failed',
  skip: 'deliberately not exercised',
  waived: 'fails, and is known to',
};

/** The symbol of a verdict in its colour; screen readers hear the word. */
export function symbol(word: VerdictWord): Markup {
  return html`<span class="symbol ${word}" aria-hidden="true">${SYMBOL[word]}</span><span class="heard">${word}</span>`;
}

/** The symbol with the word beside it. */
export function badge(word: VerdictWord): Markup {
  return html`<span class="badge ${word}"><span aria-hidden="true">${SYMBOL[word]}</span> ${word}</span>`;
}
