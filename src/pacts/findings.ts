import type { Finding } from '../model/verdict.ts';
import type { Mismatch } from './verifier.ts';

/** A mismatch as Pact words it, in the words of this project: where, what was expected, what came. */
export function findingOf(mismatch: Mismatch): Finding {
  return { class: 'service', where: whereOf(mismatch), expected: expectedIn(mismatch), actual: actualIn(mismatch) };
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
  const [, wanted] = /to (?:match|be|have|equal|contain|include) (.+)$/s.exec(says.replaceAll(/\s+/g, ' ')) ?? [];
  if (wanted !== undefined && type === 'StatusMismatch') return wanted.replace(/^an? /, '').replace(/ but was .*$/, '');
  if (wanted !== undefined) return says.includes('to match') ? `a text that matches ${wanted}` : wanted;
  return expected === '' ? says : expected;
}

function actualIn({ actual, says }: Mismatch): string {
  return actual === '' ? says : actual;
}
