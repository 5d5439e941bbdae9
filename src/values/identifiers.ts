// A letter, mark or digit of any script, or an underscore: what names in code are made of, as .NET takes them.
const words = /[\p{L}_][\p{L}\p{M}\p{N}_]*/gu;
const whole = /^[\p{L}\p{M}\p{N}_]+$/u;
const dto = /^[\p{Lu}\p{Lo}_][\p{L}\p{M}\p{N}_]*(?:<[\p{L}\p{M}\p{N}_,<>]*>)?$/u;

/** The names in a text, such as those of the types that a type is made of. */
export function identifiersIn(text: string): readonly string[] {
  return text.match(words) ?? [];
}

/** Whether a text is made of what names are made of, and of nothing else. */
export function isIdentifier(text: string): boolean {
  return whole.test(text);
}

/** Whether a text is the name of a DTO, with its arguments where it has some, and not of what a language brings along. */
export function isDtoName(text: string): boolean {
  return dto.test(text);
}
