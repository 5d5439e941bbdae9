/** What a Validate attribute demands of a value; `other` is one that nothing is known of. */
export type Rule =
  | { readonly kind: 'present'; readonly name: string }
  | { readonly kind: 'length'; readonly name: string; readonly least: number; readonly greatest: number }
  | { readonly kind: 'range'; readonly name: string; readonly least: Bound | null; readonly greatest: Bound | null }
  | { readonly kind: 'email'; readonly name: string }
  | { readonly kind: 'pattern'; readonly name: string; readonly pattern: string }
  | { readonly kind: 'other'; readonly name: string };

/** The end of a range; `open` where the value itself is beyond. */
export interface Bound {
  readonly value: number;
  readonly open: boolean;
}

/**
 * Reads validators as a service writes them: `NotEmpty`, `Length(3,10)`, `InclusiveBetween(1,5)`.
 *
 * @param validators of one member; what is no validator that is known here becomes a rule of kind `other`
 */
export function rulesOf(validators: readonly string[]): readonly Rule[] {
  return validators.flatMap((text) => partsOf(text).map(ruleOf));
}

/** `[NotNull,NotEmpty]` holds two. */
function partsOf(text: string): readonly string[] {
  const list = /^\[(.*)\]$/s.exec(text.trim())?.[1];
  return list === undefined ? [text.trim()] : (list.match(/\w+(?:\([^()]*\))?/g) ?? []);
}

function ruleOf(text: string): Rule {
  const [, name = '', list = ''] = /^(\w+)\s*(?:\((.*)\))?$/s.exec(text) ?? [];
  const args = list.split(',').map((each) => Number(each.trim().replace(/[mMdDfFlL]$/, '')));
  const [first = NaN, second = NaN] = args;
  const range = (least: number | null, greatest: number | null, open: boolean): Rule => {
    const bound = (value: number | null): Bound | null => (value === null ? null : { value, open });
    return [least, greatest].some((end) => Number.isNaN(end))
      ? { kind: 'other', name }
      : { kind: 'range', name, least: bound(least), greatest: bound(greatest) };
  };
  const length = (least: number, greatest: number): Rule =>
    Number.isNaN(least) || Number.isNaN(greatest) ? { kind: 'other', name } : { kind: 'length', name, least, greatest };
  switch (name) {
    case 'NotEmpty':
    case 'NotNull':
      return { kind: 'present', name };
    case 'Length':
      return length(first, second);
    case 'ExactLength':
      return length(first, first);
    case 'MinimumLength':
      return length(first, Infinity);
    case 'MaximumLength':
      return length(0, first);
    case 'InclusiveBetween':
      return range(first, second, false);
    case 'ExclusiveBetween':
      return range(first, second, true);
    case 'GreaterThan':
      return range(first, null, true);
    case 'GreaterThanOrEqual':
      return range(first, null, false);
    case 'LessThan':
      return range(null, first, true);
    case 'LessThanOrEqual':
      return range(null, first, false);
    case 'Email':
      return { kind: 'email', name };
    case 'RegularExpression':
      return { kind: 'pattern', name, pattern: list.trim().replace(/^(["'`])(.*)\1$/s, '$2') };
    default:
      return { kind: 'other', name: name === '' ? text : name };
  }
}

/** Where values may lie that keep several rules; null where there are none. */
export interface Range {
  readonly least: Bound | null;
  readonly greatest: Bound | null;
}

/** The range that all rules leave; a rule of another kind leaves every value. */
export function rangeOf(rules: readonly Rule[]): Range {
  let least: Bound | null = null;
  let greatest: Bound | null = null;
  for (const rule of rules) {
    if (rule.kind !== 'range') continue;
    if (rule.least !== null && (least === null || rule.least.value >= least.value)) least = rule.least;
    if (rule.greatest !== null && (greatest === null || rule.greatest.value <= greatest.value))
      greatest = rule.greatest;
  }
  return { least, greatest };
}

/** The lengths that all rules leave, the greatest being Infinity where there is none. */
export function lengthsOf(rules: readonly Rule[]): { readonly least: number; readonly greatest: number } {
  let least = rules.some(({ kind }) => kind === 'present') ? 1 : 0;
  let greatest = Infinity;
  for (const rule of rules) {
    if (rule.kind !== 'length') continue;
    least = Math.max(least, rule.least);
    greatest = Math.min(greatest, rule.greatest);
  }
  return { least, greatest };
}
