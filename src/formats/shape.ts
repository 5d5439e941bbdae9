import type { Shape } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';

/** The shape of one member, whether its name stands in PascalCase or in camelCase; undefined when the shape has none. */
export function memberShape(shape: Shape | undefined, name: string): Shape | undefined {
  if (shape?.kind === 'map') return shape.of;
  if (shape?.kind !== 'object') return undefined;
  return [name, upperFirst(name), lowerFirst(name)]
    .filter((candidate) => Object.hasOwn(shape.members, candidate))
    .map((candidate) => shape.members[candidate])[0];
}

/**
 * A scalar of a format without types, read as its shape says.
 * What does not fit stays text, so that the schema can say what was expected and what was sent.
 */
export function scalar(text: string, shape: Shape | undefined): PlainValue {
  switch (shape?.kind) {
    case 'number':
      return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return /^true$/i.test(text) ? true : /^false$/i.test(text) ? false : text;
    case 'text':
    case 'object':
    case 'list':
    case 'map':
    case undefined:
      return text;
  }
}

/** True for a shape whose values are written as `{…}` or `[…]`. */
export function isComposite(shape: Shape | undefined): boolean {
  return shape?.kind === 'object' || shape?.kind === 'list' || shape?.kind === 'map';
}

function upperFirst(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
