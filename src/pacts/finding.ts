import type { NonEmpty } from '../model/contract.ts';
import type { Finding } from '../model/verdict.ts';
import type { Mismatch } from './verifier.ts';
import { shortened } from '../values/words.ts';

/** What a mismatch is about, in the order in which a reader wants to know it. */
const order = ['StatusMismatch', 'HeaderMismatch', 'BodyTypeMismatch', 'BodyMismatch'];

/** Patterns and bodies that are longer than this tell nobody anything. */
const longest = 80;

/** Mismatches as Pact words them, in the words of this project: the status first, each difference once. */
export function findingsOf(mismatches: readonly Mismatch[]): readonly Finding[] {
  const sorted = [...mismatches].sort((a, b) => rank(a) - rank(b) || compare(a.path + a.key, b.path + b.key));
  const findings = sorted.map(findingOf);
  const once = new Map(findings.map((f) => [`${f.where} ${f.expected} ${f.actual}`, f]));
  return [...once.values()];
}

/** Where, what was expected, what came. */
export function findingOf(mismatch: Mismatch): Finding {
  return { class: 'service', where: whereOf(mismatch), expected: expectedIn(mismatch), actual: actualIn(mismatch) };
}

/** True where there is a first one. */
export function hasAny<T>(list: readonly T[]): list is NonEmpty<T> {
  return list.length > 0;
}

function rank({ type }: Mismatch): number {
  const place = order.indexOf(type);
  return place === -1 ? order.length : place;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function whereOf({ type, path, key }: Mismatch): string {
  switch (type) {
    case 'StatusMismatch':
      return 'status';
    case 'HeaderMismatch':
      return `header ${key}`;
    case 'BodyTypeMismatch':
      return 'header Content-Type';
    case 'BodyMismatch':
      return path === '$' || path === '/' || path === '' ? 'body' : `body ${path.replace(/^\$\.?/, '')}`;
    default:
      return type;
  }
}

/** Where a matcher was at work, the example says too much: Pact's sentence tells what would have done. */
function expectedIn({ type, expected, says }: Mismatch): string {
  const sentence = says.replaceAll(/\s+/g, ' ');
  if (type === 'HeaderMismatch' && /but was missing$/.test(sentence)) return 'to be sent';
  const [, wanted] = /to (?:match|be|have|equal|contain|include) (.+)$/s.exec(sentence) ?? [];
  if (wanted !== undefined && type === 'StatusMismatch') return wanted.replace(/^an? /, '').replace(/ but was .*$/, '');
  if (wanted !== undefined && sentence.includes('to match')) {
    return wanted.length > longest
      ? `what the pact allows there, such as ${shortened(expected, longest)}`
      : `a text that matches ${wanted}`;
  }
  if (wanted !== undefined) return shortened(wanted, longest);
  return expected === '' ? shortened(sentence, longest) : shortened(expected, longest);
}

function actualIn({ type, actual, says }: Mismatch): string {
  if (type === 'HeaderMismatch' && / but was missing$/.test(says)) return 'no such header';
  return actual === '' ? says.replaceAll(/\s+/g, ' ') : actual;
}
