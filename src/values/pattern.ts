/** One piece of a pattern: the characters that it takes, and how many of them. */
interface Piece {
  readonly characters: string;
  readonly least: number;
  readonly greatest: number;
}

/** As long as a value gets where a pattern sets no end. */
const LONGEST = 4;
const digits = '0123456789';
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * A text that a regular expression takes, of the simple ones that validators use: characters, classes and numbers of them,
 * one after the other.
 *
 * @param pattern as a service writes it
 * @param choose the same number for the same argument, from 0
 * @returns null where the pattern is of another kind, or nothing that was tried fits it
 */
export function textFor(pattern: string, choose: (nth: number) => number): string | null {
  const test = compiled(pattern);
  const pieces = piecesOf(pattern.replace(/^\^/, '').replace(/\$$/, ''));
  if (test === null || pieces === null) return null;
  let nth = 0;
  let text = '';
  for (const { characters, least, greatest } of pieces) {
    const count = least + (greatest > least ? choose((nth += 1)) % (greatest - least + 1) : 0);
    for (let i = 0; i < count; i += 1) text += characters.charAt(choose((nth += 1)) % characters.length);
  }
  return test.test(text) ? text : null;
}

/** Null for one that this language does not know; .NET lets more characters be escaped than a pattern of Unicode here. */
function compiled(pattern: string): RegExp | null {
  for (const flags of ['u', ''])
    try {
      return new RegExp(pattern, flags);
    } catch {
      continue;
    }
  return null;
}

function piecesOf(pattern: string): readonly Piece[] | null {
  const pieces: Piece[] = [];
  const next = /(\[[^\]^][^\]]*\]|\\[dws.\-/+@_]|[A-Za-z0-9_@ /:,=#-])(\{\d+(?:,\d*)?\}|[*+?])?/y;
  while (next.lastIndex < pattern.length) {
    const [, of = '', times] = next.exec(pattern) ?? [];
    const characters = charactersOf(of);
    if (characters === '') return null;
    pieces.push({ characters, ...countOf(times) });
  }
  return pieces;
}

function charactersOf(of: string): string {
  if (of === '\\d') return digits;
  if (of === '\\w') return letters + digits;
  if (of === '\\s') return ' ';
  if (of.startsWith('\\')) return of.slice(1);
  if (!of.startsWith('[')) return of;
  const inside = of
    .slice(1, -1)
    .replaceAll('\\d', digits)
    .replaceAll('\\w', letters + digits);
  return inside.replace(/(.)-(.)/g, (_, from: string, to: string) => between(from, to)).replaceAll('\\', '');
}

function between(from: string, to: string): string {
  const [first, last] = [from.charCodeAt(0), to.charCodeAt(0)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => String.fromCharCode(first + i)).join('');
}

function countOf(times: string | undefined): Pick<Piece, 'least' | 'greatest'> {
  switch (times) {
    case undefined:
      return { least: 1, greatest: 1 };
    case '?':
      return { least: 0, greatest: 1 };
    case '*':
      return { least: 0, greatest: LONGEST };
    case '+':
      return { least: 1, greatest: LONGEST };
    default: {
      const [least = 1, greatest] = times.slice(1, -1).split(',');
      const from = Number(least);
      return {
        least: from,
        greatest: greatest === undefined ? from : greatest === '' ? from + LONGEST : Number(greatest),
      };
    }
  }
}
