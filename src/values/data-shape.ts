// What is seen of data that live: how many there are of a list, and in what order, what stands in a map, and whether an item
// has what another lacks say nothing of how a service behaves. A member that is gone, or of another type, does.

import type { Shape } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { isList } from './json.ts';
import { onceFor } from './once.ts';

/** What was seen of one value, or of several in the same place. */
interface Seen {
  /** Words for values that are not composed: `text`, `number`. */
  readonly words: ReadonlySet<string>;
  /** Of lists and of maps: what they hold. */
  readonly list?: Seen;
  readonly map?: Seen;
  readonly members?: ReadonlyMap<string, { readonly seen: Seen; readonly always: boolean }>;
}

const nothing: Seen = { words: new Set() };
/** Most values are one of these, by their type. */
const plain: ReadonlyMap<string, Seen> = new Map([
  ['string', { words: new Set(['text']) }],
  ['number', { words: new Set(['number']) }],
  ['boolean', { words: new Set(['boolean']) }],
]);

/**
 * The shape of data in one line: `{ Count: number, Items: [of { Id: number, Note?: text }] }`. A list is told by all that its
 * items have, a map, as the types say that it is one, by all that its values are; `?` is a member that not every item has.
 *
 * @param told what is told of a ResponseStatus, which is no data
 */
export function dataShape(value: PlainValue, shape: Shape | null, told: (status: PlainValue) => string): string {
  return written(seenIn(value, shape, told));
}

/** Of what no type tells anything it is always the same: a document of a host is looked at for each of its operations. */
const seenUntyped = onceFor((told: (status: PlainValue) => string) =>
  onceFor((value: PlainValue & object) => seenIn(value, null, told)),
);

function seenIn(value: PlainValue, shape: Shape | null, told: (status: PlainValue) => string): Seen {
  if (value === null) return nothing;
  if (typeof value !== 'object') return plain.get(typeof value) ?? nothing;
  if (isList(value)) {
    const of = shape?.kind === 'list' ? shape.of : null;
    return { ...nothing, list: value.map((item) => seenIn(item, of, told)).reduce(both, nothing) };
  }
  if (shape?.kind === 'map') {
    const { of } = shape;
    const values = Object.values(value).map((each) => seenIn(each, of, told));
    return { ...nothing, map: values.reduce(both, nothing) };
  }
  const types = shape?.kind === 'object' ? typesOf(shape) : null;
  const inner = (name: string, each: PlainValue): Seen => {
    const type = types?.get(name.toLowerCase()) ?? null;
    return types !== null && type === null && typeof each === 'object' && each !== null
      ? seenUntyped(told)(each)
      : seenIn(each, type, told);
  };
  const members = Object.entries(value)
    .filter(([, each]) => each !== null)
    .map(([name, each]) => {
      const seen = name.toLowerCase() === 'responsestatus' ? { words: new Set([told(each)]) } : inner(name, each);
      return [name, { seen, always: true }] as const;
    });
  return { ...nothing, members: new Map(members) };
}

const typesOf = onceFor(
  ({ members }: Shape & { readonly kind: 'object' }): ReadonlyMap<string, Shape> =>
    new Map(Object.entries(members).map(([name, of]) => [name.toLowerCase(), of] as const)),
);

/** What two values in the same place have, each or together. */
function both(a: Seen, b: Seen): Seen {
  if (a === nothing) return b;
  if (b === nothing || a === b) return a;
  const list = a.list && b.list ? both(a.list, b.list) : (a.list ?? b.list);
  const map = a.map && b.map ? both(a.map, b.map) : (a.map ?? b.map);
  return {
    words: new Set([...a.words, ...b.words]),
    ...(list && { list }),
    ...(map && { map }),
    ...((a.members ?? b.members) && { members: bothMembers(a.members, b.members) }),
  };
}

function bothMembers(a: Seen['members'] = new Map(), b: Seen['members'] = new Map()): NonNullable<Seen['members']> {
  const names = new Set([...a.keys(), ...b.keys()]);
  return new Map(
    [...names].map((name) => {
      const [one, other] = [a.get(name), b.get(name)];
      const seen = both(one?.seen ?? nothing, other?.seen ?? nothing);
      return [name, { seen, always: one?.always === true && other?.always === true }] as const;
    }),
  );
}

function written({ words, list, map, members }: Seen): string {
  const kinds = [
    ...[...words].sort(),
    ...(list === undefined ? [] : [isNothing(list) ? '[]' : `[of ${written(list)}]`]),
    ...(map === undefined ? [] : [isNothing(map) ? '{ any }' : `{ any: ${written(map)} }`]),
    ...(members === undefined ? [] : [writtenMembers(members)]),
  ];
  return kinds.length === 0 ? 'null' : kinds.join(' or ');
}

function isNothing({ words, list, map, members }: Seen): boolean {
  return words.size === 0 && list === undefined && map === undefined && members === undefined;
}

function writtenMembers(members: NonNullable<Seen['members']>): string {
  const told = [...members]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { seen, always }]) => `${name}${always ? '' : '?'}: ${written(seen)}`);
  return told.length === 0 ? '{}' : `{ ${told.join(', ')} }`;
}

/**
 * Whether two shapes are those of one service whose data have changed: where one has seen no item, the other may have seen
 * any, and what is called optional on either side may be missing. What is no shape of data is the same or is not.
 */
export function sameData(was: string, is: string): boolean {
  if (was === is) return true;
  const [around, now] = [was, is].map((text) => wrapping.exec(text)?.[0] ?? '');
  if (around !== now) return false;
  const [a, b] = [was, is].map((text) => kindsIn(text.slice(around?.length)));
  return a !== undefined && b !== undefined && isCovered(a, b) && isCovered(b, a);
}

/** What stands around data: the root element of XML, the callback of a script. */
const wrapping = /^(?:<[^<>]*> of [^{}[\]]* with |[\w$.]+ of (?=[[{]))/;

type Kind =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'list' | 'map'; readonly of: string | null }
  | {
      readonly kind: 'members';
      readonly members: ReadonlyMap<string, { readonly of: string; readonly always: boolean }>;
    };

/** Each kind of one side is one that the other side has as well, or could have: of that of which nothing was seen, nothing is known. */
function isCovered(a: readonly Kind[], b: readonly Kind[]): boolean {
  return a.every((one) => b.some((other) => isSame(one, other)));
}

function isSame(a: Kind, b: Kind): boolean {
  if (a.kind === 'words' && b.kind === 'words') return a.text === b.text;
  if (a.kind === 'members' && b.kind === 'members') {
    const names = new Set([...a.members.keys(), ...b.members.keys()]);
    return [...names].every((name) => {
      const [one, other] = [a.members.get(name), b.members.get(name)];
      if (one !== undefined && other !== undefined) return sameData(one.of, other.of);
      return (one ?? other)?.always === false;
    });
  }
  if ((a.kind === 'list' && b.kind === 'list') || (a.kind === 'map' && b.kind === 'map'))
    return a.of === null || b.of === null || sameData(a.of, b.of);
  return false;
}

/** Reads what `dataShape` writes; undefined where a text is cut off. */
function kindsIn(text: string): readonly Kind[] | undefined {
  const kinds = apart(text, ' or ')?.map(kindIn);
  return kinds?.every((kind) => kind !== null) === true ? kinds : undefined;
}

function kindIn(text: string): Kind | null {
  if (text === '[]') return { kind: 'list', of: null };
  if (text === '{ any }') return { kind: 'map', of: null };
  const list = /^\[of (.*)\]$/s.exec(text)?.[1];
  if (list !== undefined) return { kind: 'list', of: list };
  const map = /^\{ any: (.*) \}$/s.exec(text)?.[1];
  if (map !== undefined) return { kind: 'map', of: map };
  const inner = text === '{}' ? '' : /^\{ (.*) \}$/s.exec(text)?.[1];
  if (inner === undefined) return { kind: 'words', text };
  const members = inner === '' ? [] : apart(inner, ', ');
  if (members === undefined) return null;
  const read = members.map((member) => /^(.*?)(\??): (.*)$/s.exec(member));
  if (read.some((each) => each === null)) return null;
  return {
    kind: 'members',
    members: new Map(read.map((each) => [each?.[1] ?? '', { of: each?.[3] ?? '', always: each?.[2] === '' }] as const)),
  };
}

/** A text at a separator that stands within no brackets; undefined where brackets do not match. */
function apart(text: string, by: string): readonly string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (depth === 0 && text.startsWith(by, at)) {
      parts.push(text.slice(from, at));
      from = at + by.length;
    }
  }
  return depth === 0 ? [...parts, text.slice(from)] : undefined;
}
