import type { DtoType, Member } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { appliedOf } from './dto-name.ts';
import { zeroGuid } from './guid.ts';
import { kindOf, type Kind } from './kinds.ts';
import { isList } from './json.ts';
import { kindIn } from './members.ts';

/** The type of what a list or a map holds, as .NET calls it; undefined where that is not known. */
export function netOfItems(net: string | undefined): string | undefined {
  return net?.endsWith('[]') === true ? net.slice(0, -2) : appliedOf(net ?? '').args.at(-1);
}

/** The kind of what a list or a map holds; null where a member is neither, or holds what is composed of others. */
export function itemKind(member: Member): Kind | null {
  const { type, net } = member;
  if (type.kind !== 'list' && type.kind !== 'map') return null;
  const item = netOfItems(net);
  return kindIn({
    name: member.name,
    type: type.of,
    required: false,
    in: 'body',
    description: '',
    ...(item !== undefined && { net: item }),
    ...(member.enum !== undefined && { enum: member.enum }),
  });
}

/** A value of a member that is composed of others: one item, an object without members. */
export function composedOf(member: Member): PlainValue {
  const { type, net = '' } = member;
  const { name, args } = appliedOf(net);
  const [key = '', held = ''] = args;
  if (name === 'KeyValuePair') return { Key: valueOf(key), Value: valueOf(held) };
  if (type.kind !== 'list' && type.kind !== 'map') return composed(type);
  const kind = itemKind(member);
  // Flags are written as numbers.
  const isOfFlags = type.kind === 'map' && type.of.kind === 'any' && held !== '' && held !== 'Object';
  const item = isOfFlags ? 1 : kind === null || isOfIds(type.of) ? composed(type.of) : written(kind);
  return type.kind === 'list' ? [item] : { [keyOf(key)]: item };
}

/** The same in a path or a query: items of a list between commas, all else as JSON (source forms, 6: both are read there). */
export function composedText(member: Member): string {
  const value = composedOf(member);
  return isList(value) && value.every((item) => item === null || typeof item !== 'object')
    ? value.map(String).join(',')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}

/** A key of a map, by its type: any number is one of an enum. */
function keyOf(net: string): string {
  switch (net) {
    case 'String':
    case '':
      return 'key';
    case 'Guid':
      return zeroGuid;
    case 'Boolean':
      return 'true';
    case 'Char':
      return 'k';
    case 'DateTime':
    case 'DateTimeOffset':
    case 'DateOnly':
      return '2020-01-01';
    case 'TimeSpan':
    case 'TimeOnly':
      return 'PT5S';
    default:
      return '1';
  }
}

/** The same as a value: System.Text.Json reads a number as one alone. */
function valueOf(net: string): PlainValue {
  return /^(?:U?Int(?:16|32|64)|S?Byte|Single|Double|Decimal)$/.test(net) ? 1 : keyOf(net);
}

/** A run names no id but drawn ones, and the one that names nothing. */
const isOfIds = (type: DtoType): boolean => type.kind === 'string' && type.format === 'uuid';

function written(kind: Kind): PlainValue {
  const text = kind.draw(1, 'item');
  return kind.inJson === 'bare' ? (JSON.parse(text) as PlainValue) : text;
}

/** A value of a type that is composed of others: one item, an object without members. */
function composed(type: DtoType): PlainValue {
  switch (type.kind) {
    case 'list':
      return [composed(type.of)];
    case 'map':
      return { key: composed(type.of) };
    case 'reference':
      return {};
    case 'any':
      return 'any';
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
    case 'enum': {
      const kind = isOfIds(type) ? null : kindOf(type);
      return kind === null ? zeroGuid : written(kind);
    }
  }
}
