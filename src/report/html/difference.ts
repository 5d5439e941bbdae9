/** A piece of a text, and whether the other text has it too. */
export interface Piece {
  readonly text: string;
  readonly same: boolean;
}

export interface Difference {
  readonly expected: readonly Piece[];
  readonly actual: readonly Piece[];
}

/** Words beyond which only the common start and end are found: the table grows with the square. */
const WORDS_COMPARED = 400;
/** Below this share of common text, single marks would be noise: the two are different as a whole. */
const LIKENESS = 0.4;
/** Texts longer than this that are different as a whole are not marked at all: everything would be. */
const MARKED_WHOLE = 40;

/**
 * What two texts have in common, word by word (a longest common subsequence), to mark what they do not.
 *
 * @returns pieces that, put together, are each text again
 */
export function difference(expected: string, actual: string): Difference {
  const a = words(expected);
  const b = words(actual);
  const [inA, inB] = a.length > WORDS_COMPARED || b.length > WORDS_COMPARED ? commonEnds(a, b) : commonWords(a, b);
  const common = a
    .filter((_, i) => inA.has(i))
    .join('')
    .trim().length;
  if (expected === actual || common >= LIKENESS * Math.min(expected.length, actual.length))
    return { expected: pieces(a, inA), actual: pieces(b, inB) };
  const same = Math.max(expected.length, actual.length) > MARKED_WHOLE;
  return { expected: whole(expected, same), actual: whole(actual, same) };
}

type Places = readonly [ReadonlySet<number>, ReadonlySet<number>];

function whole(text: string, same: boolean): readonly Piece[] {
  return text === '' ? [] : [{ text, same }];
}

function words(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [];
}

function commonEnds(a: readonly string[], b: readonly string[]): Places {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const of = (length: number): ReadonlySet<number> =>
    new Set(Array.from({ length }, (_, i) => i).filter((i) => i < start || i >= length - end));
  return [of(a.length), of(b.length)];
}

function commonWords(a: readonly string[], b: readonly string[]): Places {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const inA = new Set<number>();
  const inB = new Set<number>();
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return [inA, inB];
}

function pieces(of: readonly string[], common: ReadonlySet<number>): readonly Piece[] {
  const found: { text: string; same: boolean }[] = [];
  of.forEach((word, i) => {
    const same = common.has(i);
    const last = found.at(-1);
    if (last?.same === same) last.text += word;
    else found.push({ text: word, same });
  });
  return found;
}
