import type { Composer, MemberValues, Payload, RequestOptions } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import { carriesBody } from '../../values/http.ts';
import { shortened } from '../../values/words.ts';

/**
 * What one call is composed from that carries all that two ask for; null where they ask for different things in one place.
 *
 * @param a what the one asks for; what it leaves open is whatever the other says
 * @param sample the members that a request has where nothing is said
 */
export function merged(
  a: RequestOptions,
  b: RequestOptions,
  { sample }: Pick<Composer, 'sample'>,
): RequestOptions | null {
  if (a.about !== b.about) return null;
  const answer = either(answerIn(a), answerIn(b));
  const verb = either(a.verb, b.verb);
  const headers = either(a.headers, b.headers);
  const payload = mergedPayload(a.payload, b.payload, sample.all);
  const pathMembers = mergedValues(a.pathMembers, b.pathMembers);
  if ([answer, verb, headers, payload, pathMembers].includes(contradiction)) return null;
  const options: RequestOptions = {
    ...a,
    ...b,
    ...(payload === undefined ? {} : { payload: payload as Payload }),
    ...(pathMembers === undefined ? {} : { pathMembers: pathMembers as Readonly<Record<string, string>> }),
  };
  // What a body means in a request by nature without one is left open, unless that is what is asked.
  return hasBodyAgainstNature(options) && !hasBodyAgainstNature(a) && !hasBodyAgainstNature(b) ? null : options;
}

/**
 * What a call carries beyond the plain one, each in a few words: calls have a word in common exactly where they are alike in it.
 *
 * @param sample the members that a request has where nothing is said
 */
export function traitsOf(options: RequestOptions, { sample }: Pick<Composer, 'sample'>): readonly string[] {
  const { verb, payload, pathMembers = {}, headers = [] } = options;
  const { accept, suffix, query } = answerIn(options) ?? {};
  const selection = [
    ...(suffix === undefined ? [] : [`.${suffix}`]),
    ...(query ?? []).map(([name, value]) => `?${name}=${value}`),
    ...(accept === undefined ? [] : [`Accept ${accept ?? 'none'}`]),
  ];
  return [
    ...(verb === undefined ? [] : [`by ${verb}`]),
    ...(selection.length === 0 ? [] : [selection.join(' beside ')]),
    ...headers.map(([name, value]) => `${name} ${value}`),
    ...Object.entries(pathMembers).map(([name, value]) => `${value} as ${name} in the path`),
    ...(payload === undefined ? [] : traitsOfPayload(payload, sample.all)),
  ];
}

const contradiction = Symbol('two different things in one place');
type Contradiction = typeof contradiction;

/** What selects the format of the answer: all of it together is one thing to ask for. */
function answerIn({
  accept,
  suffix,
  query,
}: RequestOptions): Pick<RequestOptions, 'accept' | 'suffix' | 'query'> | undefined {
  return accept === undefined && suffix === undefined && query === undefined
    ? undefined
    : {
        ...(accept !== undefined && { accept }),
        ...(suffix !== undefined && { suffix }),
        ...(query !== undefined && { query }),
      };
}

function either<T>(a: T | undefined, b: T | undefined): T | Contradiction | undefined {
  if (a === undefined) return b;
  return b === undefined || isSame(a, b) ? a : contradiction;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function hasBodyAgainstNature({ verb, payload }: RequestOptions): boolean {
  return verb !== undefined && !carriesBody(verb) && (payload?.in === 'body' || payload?.in === 'raw');
}

function mergedValues<T>(
  a: Readonly<Record<string, T>> | undefined,
  b: Readonly<Record<string, T>> | undefined,
): Readonly<Record<string, T>> | Contradiction | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const agree = Object.entries(b).every(([name, value]) => !Object.hasOwn(a, name) || isSame(a[name], value));
  return agree ? { ...a, ...b } : contradiction;
}

function mergedPayload(
  a: Payload | undefined,
  b: Payload | undefined,
  sample: MemberValues,
): Payload | Contradiction | undefined {
  if (a === undefined || b === undefined || isSame(a, b)) return a ?? b;
  if ((a.in !== 'body' && a.in !== 'query') || (b.in !== 'body' && b.in !== 'query')) return contradiction;
  const isInOnePlace = a.in === 'body' && b.in === 'body' ? a.as === b.as : a.in === b.in;
  const members = isInOnePlace ? mergedMembers(a.members, b.members, sample) : contradiction;
  return members === contradiction ? contradiction : { ...a, members };
}

function mergedMembers(a: MemberValues, b: MemberValues, sample: MemberValues): MemberValues | Contradiction {
  if (isSame(b, sample)) return a;
  if (isSame(a, sample)) return b;
  const [x, y] = [changesIn(a, sample), changesIn(b, sample)];
  if (x === null || y === null) return contradiction;
  const names = mergedValues(x.names, y.names);
  const values = mergedValues(x.values, y.values);
  const added = mergedValues(x.added, y.added);
  if (names === contradiction || values === contradiction || added === contradiction) return contradiction;
  return {
    ...added,
    ...Object.fromEntries(
      Object.entries(sample).map(([name, value]): [string, PlainValue] => [
        names?.[name] ?? name,
        values?.[name] ?? value,
      ]),
    ),
  };
}

/** How members differ from those of the sample. */
interface Changes {
  /** Other spellings of a member's name, by that name. */
  readonly names: Readonly<Record<string, string>>;
  readonly values: MemberValues;
  readonly added: MemberValues;
}

/** Null where a member of the sample is missing, or there twice. */
function changesIn(members: MemberValues, sample: MemberValues): Changes | null {
  const found = Object.keys(sample).map(
    (name) => [name, Object.keys(members).filter((each) => each.toLowerCase() === name.toLowerCase())] as const,
  );
  if (found.some(([, spelled]) => spelled.length !== 1)) return null;
  const spelled = found.flatMap(([name, [as = name]]) => [[name, as] as const]);
  const known = new Set(spelled.map(([, as]) => as));
  return {
    names: Object.fromEntries(spelled.filter(([name, as]) => name !== as)),
    values: Object.fromEntries(
      spelled.flatMap(([name, as]): [string, PlainValue][] =>
        isSame(members[as], sample[name]) ? [] : [[name, members[as] ?? null]],
      ),
    ),
    added: Object.fromEntries(Object.entries(members).filter(([name]) => !known.has(name))),
  };
}

/** So much of a value is shown: enough to tell it from the others. */
const SHOWN = 24;

function traitsOfPayload(payload: Payload, sample: MemberValues): readonly string[] {
  switch (payload.in) {
    case 'none':
      return ['without members'];
    case 'raw':
      return [`the printed body in ${payload.contentType ?? 'no type'}`];
    case 'query':
      return ['members in the query string', ...traitsOfMembers(payload.members, sample)];
    case 'body':
      return [`a body in ${payload.as}`, ...traitsOfMembers(payload.members, sample)];
  }
}

function traitsOfMembers(members: MemberValues, sample: MemberValues): readonly string[] {
  if (isSame(members, sample)) return [];
  const changes = changesIn(members, sample);
  if (changes === null) return [`members ${JSON.stringify(members)}`];
  const { names, values, added } = changes;
  const shown = (value: unknown): string => shortened(JSON.stringify(value), SHOWN);
  return [
    ...Object.values(names).map((name) => `a member spelled ${name}`),
    ...Object.entries(values).map(([name, value]) => `${shown(value)} as ${name}`),
    ...Object.entries(added).map(([name, value]) => `${shown(value)} as ${name} besides`),
  ];
}
