/** A type of a contract, taken apart: `Page<Tool>` is Page of Tool. */
export interface Applied {
  readonly name: string;
  readonly args: readonly string[];
}

/** `Page<Tool>` as one word, as a class or a file can be named: `PageOfTool`. */
export function dtoNameOf(type: string): string {
  const { name, args } = appliedOf(type);
  return dtoName(name, args);
}

/**
 * The same, of a type that is already taken apart.
 *
 * @param args the types between its brackets
 */
export function dtoName(name: string, args: readonly string[]): string {
  const words = args.map((arg) => dtoNameOf(arg).replaceAll('[]', 's'));
  const one = args.length === 0 ? name : `${name}Of${words.join('And')}`;
  return one.replace(/[^\p{L}\p{M}\p{N}_$[\]]/gu, '_');
}

/** Takes a type apart at its outermost brackets. */
export function appliedOf(type: string): Applied {
  const at = type.indexOf('<');
  if (at === -1 || !type.endsWith('>')) return { name: type, args: [] };
  const args: string[] = [];
  let depth = 0;
  let arg = '';
  for (const c of type.slice(at + 1, -1)) {
    if (c === ',' && depth === 0) {
      args.push(arg);
      arg = '';
      continue;
    }
    if (c === '<') depth += 1;
    if (c === '>') depth -= 1;
    arg += c;
  }
  return { name: type.slice(0, at), args: [...args, arg] };
}
