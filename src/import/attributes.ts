import type { NonEmpty } from '../model/contract.ts';
import { rulesOf } from '../values/rules.ts';
import { nonEmpty, unreadable } from './facts.ts';

/** An attribute as C# writes it between brackets, and TypeScript and Python in a comment. */
export interface Attribute {
  readonly name: string;
  /** By name; those without one by their position. */
  readonly args: ReadonlyMap<string, string>;
}

/**
 * Reads `Route("/tools", "GET")`, `ApiMember(Description="…", IsRequired=true)`, `Flags`.
 *
 * @param text without brackets or comment marks
 * @param where for the message
 * @throws UnreadableSource when the text is no attribute
 */
export function readAttribute(text: string, where: string): Attribute {
  const [head, name = ''] = /^([A-Za-z_]\w*)\s*/.exec(text) ?? [];
  if (head === undefined) return unreadable(where, 'is no attribute', text);
  const args = new Map<string, string>();
  let rest = text.slice(head.length).trim();
  if (rest === '') return { name, args };
  if (!rest.startsWith('(') || !rest.endsWith(')')) return unreadable(where, 'is no attribute', text);
  rest = rest.slice(1, -1).trim();
  while (rest !== '') {
    const [named, key] = /^([A-Za-z_]\w*)\s*=\s*/.exec(rest) ?? [];
    rest = rest.slice(named?.length ?? 0);
    const { value, length } = argumentAt(rest, where, text);
    args.set(key ?? String(args.size), value);
    rest = rest.slice(length).trim();
    if (rest.startsWith(',')) rest = rest.slice(1).trim();
    else if (rest !== '') return unreadable(where, 'has arguments that cannot be told apart', text);
  }
  return { name, args };
}

function argumentAt(text: string, where: string, whole: string): { readonly value: string; readonly length: number } {
  if (text.startsWith('"')) {
    let value = '';
    for (let i = 1; i < text.length; i += 1) {
      const c = text.charAt(i);
      if (c === '"') return { value, length: i + 1 };
      if (c === '\\') {
        i += 1;
        value += unescaped(text.charAt(i));
      } else value += c;
    }
    return unreadable(where, 'has a text that does not end', whole);
  }
  let depth = 0;
  let i = 0;
  for (; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (c === ',' && depth === 0) break;
    if (c === '(' || c === '[' || c === '{') depth += 1;
    if (c === ')' || c === ']' || c === '}') depth -= 1;
  }
  return { value: text.slice(0, i).trim(), length: i };
}

function unescaped(c: string): string {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

/** An argument, by its name, else by its position. */
export function argument({ args }: Attribute, name: string, position?: number): string | undefined {
  return args.get(name) ?? (position === undefined ? undefined : args.get(String(position)));
}

/** Who may call, as `ValidateRequest` attributes demand it. */
export interface Demands {
  readonly authentication?: 'required';
  readonly roles?: NonEmpty<string>;
  readonly anyRole?: NonEmpty<string>;
  readonly permissions?: NonEmpty<string>;
  readonly anyPermission?: NonEmpty<string>;
}

/** What the validators of a request demand of its caller: `IsAuthenticated`, ``HasRole(`Manager`)``. */
export function demandsOf(attributes: readonly Attribute[]): Demands {
  const found = attributes.flatMap((attribute) => {
    if (attribute.name === 'ValidateRequest') return [argument(attribute, 'Validator', 0) ?? ''];
    const [, short] = /^Validate(Is\w+|Has\w+)$/.exec(attribute.name) ?? [];
    return short === undefined ? [] : [`${short}(${[...attribute.args.values()].join(',')})`];
  });
  const named = (pattern: RegExp): NonEmpty<string> | null =>
    nonEmpty(
      found.flatMap((validator) => {
        const [, word = '', list = ''] = /^(\w+)\s*\((.*)\)$/s.exec(validator) ?? [];
        return pattern.test(word) ? namesIn(list) : [];
      }),
    );
  const roles = named(/^HasRoles?$/);
  const anyRole = named(/^HasAnyRoles?$/);
  const permissions = named(/^HasPermissions?$/);
  const anyPermission = named(/^HasAnyPermissions?$/);
  const admin = found.some((validator) => /^IsAdmin\b/.test(validator));
  const demanded = found.some((validator) => /^(?:IsAuthenticated|IsAdmin|Has\w+|ApiKey)\b/.test(validator));
  return {
    ...(demanded && { authentication: 'required' as const }),
    ...(roles !== null && { roles }),
    ...(roles === null && admin && { roles: ['Admin'] as const }),
    ...(anyRole !== null && { anyRole }),
    ...(permissions !== null && { permissions }),
    ...(anyPermission !== null && { anyPermission }),
  };
}

/** Names as a validator lists them: between backticks or quotes, in brackets or not. */
function namesIn(list: string): readonly string[] {
  return list
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((name) => name.trim().replace(/^[`'"]|[`'"]$/g, ''))
    .filter((name) => name !== '');
}

/** The validators of a member, as the service writes them. */
export function validatorsOf(attributes: readonly Attribute[]): readonly string[] {
  return attributes.flatMap((attribute) => {
    if (attribute.name === 'Validate') {
      const validator = argument(attribute, 'Validator', 0) ?? argument(attribute, 'Condition');
      return validator === undefined ? [] : [validator];
    }
    const [, short] = /^Validate(\w+)$/.exec(attribute.name) ?? [];
    if (short === undefined || /^(?:Request|Is|Has)/.test(short)) return [];
    return [attribute.args.size === 0 ? short : `${short}(${[...attribute.args.values()].join(',')})`];
  });
}

/** Whether validators refuse a request that lacks the member. */
export function enforces(validators: readonly string[]): boolean {
  return rulesOf(validators).some(({ kind }) => kind === 'present');
}
