import type { Contract, FormatName } from '../model/contract.ts';
import type { Answered, Decoded, Recorded } from '../model/exchange.ts';
import type { PlainValue, Reading } from '../model/value.ts';
import { headerOf, mediaTypeIn } from '../values/http.ts';

/** What is known of the answers to an operation. */
export interface Reads {
  /** Reads a body strictly; called only when an answer is looked at, and once for a short one. Null for a body of no format. */
  readonly read: (format: FormatName, text: string, status: number) => Reading | null;
  /** Names the members of a body as the contract does. */
  readonly named?: (value: PlainValue, status: number) => PlainValue;
}

/**
 * Makes the reader that turns a recorded exchange into what expectations look at.
 *
 * A body is read by its Content-Type alone: parameters are set aside (RFC 9110 §8.3.1), a format answers to its own
 * media type and to the one that its page prints.
 *
 * @param contract names the formats
 * @param reads how bodies are read, and their members named
 * @returns a function that throws an Error for an exchange without a response
 */
export function createReader(
  contract: Pick<Contract, 'formats'>,
  { read, named }: Reads,
): (recorded: Recorded) => Answered {
  const byMediaType = new Map<string, FormatName>([
    ...contract.formats.map((f) => [f.printed.mediaType.toLowerCase(), f.name] as const),
    // A format's own media type goes before what another one's page prints.
    ...contract.formats.map((f) => [f.mediaType.toLowerCase(), f.name] as const),
  ]);

  const readLately = lately(read);
  const name = named === undefined ? undefined : once(named);

  return ({ id, request, outcome, ms }) => {
    if (outcome.kind === 'failure')
      throw new Error(`exchange ${id} has no response to read: ${outcome.failure.message}`);
    const { status, reason, headers, body: text, bytes } = outcome.response;
    const mediaType = mediaTypeIn(headerOf(headers, 'content-type') ?? '');
    let decoded: Decoded | undefined;
    const decode = (): Decoded => {
      if (text === '') return { kind: 'empty' };
      const format = byMediaType.get(mediaType);
      const reading = format === undefined ? null : readLately(format, text, status);
      return format === undefined || reading === null
        ? { kind: 'foreign', mediaType }
        : { kind: 'read', format, reading };
    };
    const isLong = text.length >= LONG;
    return {
      id,
      request,
      status,
      reason,
      headers,
      text,
      bytes,
      ms,
      mediaType,
      header: (name) => headerOf(headers, name),
      get decoded() {
        return isLong ? decode() : (decoded ??= decode());
      },
      ...(name !== undefined && { named: (value) => name(value, status) }),
    };
  };
}

/** In characters, and so many of them: most answers of an API are short, and hundreds of a run are alike. */
const SHORT = 1024;
const MOST_SHORT = 256;
/** In characters: what is read of longer bodies is not kept with each answer, since it may take many times their size. */
export const LONG = 16 * 1024;
/** Together, of the long bodies whose readings are kept. */
const KEPT = 2 * 1024 * 1024;

type Read = Reads['read'];

/** Many requirements look at the body of one answer, and long answers share one reading: it is named once, for as long as it is kept. */
function once(named: NonNullable<Reads['named']>): NonNullable<Reads['named']> {
  const known = new WeakMap<object, { readonly status: number; readonly named: WeakRef<object> }>();
  return (value, status) => {
    if (typeof value !== 'object' || value === null) return named(value, status);
    const before = known.get(value);
    const same = before?.status === status ? before.named.deref() : undefined;
    if (same !== undefined) return same as PlainValue;
    const made = named(value, status);
    if (typeof made === 'object' && made !== null) known.set(value, { status, named: new WeakRef(made) });
    return made;
  };
}

/**
 * Reads as given, and knows again the texts of late: many requirements look at one answer, one after the other, and many
 * answers say the same.
 */
function lately(read: Read): Read {
  const short = new Map<string, Reading | null>();
  const long = textsOfLate<Reading | null>();
  return (format, text, status) => {
    if (text.length < SHORT) {
      const key = `${format} ${status} ${text}`;
      const before = short.get(key);
      if (before !== undefined) return before;
      const reading = read(format, text, status);
      if (short.size >= MOST_SHORT) short.clear();
      short.set(key, reading);
      return reading;
    }
    if (text.length < LONG) return read(format, text, status);
    return long(text, `${format} ${status}`, () => read(format, text, status));
  };
}

/** Gives what was made of a text, as it was made of late or anew. */
export type TextsOfLate<T> = (text: string, as: string, make: () => T) => T;

/** Keeps what was made of long texts: of the last one, and of those before it as far as they are not too long together. */
export function textsOfLate<T>(): TextsOfLate<T> {
  const known: { readonly text: string; readonly as: string; readonly made: T }[] = [];
  return (text, as, make) => {
    const at = known.findIndex((each) => each.as === as && each.text === text);
    const [each = { text, as, made: make() }] = at < 0 ? [] : known.splice(at, 1);
    known.unshift(each);
    while (known.length > 1 && known.reduce((sum, { text: { length } }) => sum + length, 0) > KEPT) known.pop();
    return each.made;
  };
}
