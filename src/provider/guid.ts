export const zeroGuid = '00000000-0000-0000-0000-000000000000';

const dashed = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const bare = /^[0-9a-f]{32}$/i;

/**
 * Reads a Guid leniently: forms D, N, B and P, any letter case, blanks around it.
 *
 * @returns form D in lower case, or null when it is none
 */
export function readGuid(text: string): string | null {
  let trimmed = text.trim();
  const first = trimmed[0];
  if ((first === '{' && trimmed.endsWith('}')) || (first === '(' && trimmed.endsWith(')')))
    trimmed = trimmed.slice(1, -1);
  if (dashed.test(trimmed)) return trimmed.toLowerCase();
  if (!bare.test(trimmed)) return null;
  const n = trimmed.toLowerCase();
  return `${n.slice(0, 8)}-${n.slice(8, 12)}-${n.slice(12, 16)}-${n.slice(16, 20)}-${n.slice(20)}`;
}

/** Reads form D only, as System.Text.Json does. */
export function readDashedGuid(text: string): string | null {
  return dashed.test(text) ? text.toLowerCase() : null;
}

/**
 * A source of version 4 Guids that depends on the seed alone.
 *
 * @param seed any integer
 */
export function guidSource(seed: number): () => string {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const hex = (n: number): string => n.toString(16).padStart(8, '0');
  return () => {
    const [a, b, c, d] = [hex(word()), hex(word()), hex(word()), hex(word())];
    const variant = '89ab'.charAt(parseInt(c.charAt(0), 16) % 4);
    return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
  };
}
