import type { Contract, FormatName } from '../model/contract.ts';
import type { Answered, Decoded, Recorded } from '../model/exchange.ts';
import type { Reading } from '../model/value.ts';
import { headerOf, mediaTypeIn } from '../values/http.ts';

/**
 * Makes the reader that turns a recorded exchange into what expectations look at.
 *
 * A body is read by its Content-Type alone: parameters are set aside (RFC 9110 §8.3.1), a format answers to its own
 * media type and to the one that its page prints.
 *
 * @param contract names the formats
 * @param read reads a body strictly, against the response DTO; called only when an answer is looked at, and once for a short one
 * @returns a function that throws an Error for an exchange without a response
 */
export function createReader(
  contract: Pick<Contract, 'formats'>,
  read: (format: FormatName, text: string) => Reading,
): (recorded: Recorded) => Answered {
  const byMediaType = new Map<string, FormatName>([
    ...contract.formats.map((f) => [f.printed.mediaType.toLowerCase(), f.name] as const),
    // A format's own media type goes before what another one's page prints.
    ...contract.formats.map((f) => [f.mediaType.toLowerCase(), f.name] as const),
  ]);

  const readLately = lately(read);

  return ({ id, request, outcome, ms }) => {
    if (outcome.kind === 'failure')
      throw new Error(`exchange ${id} has no response to read: ${outcome.failure.message}`);
    const { status, reason, headers, body: text, bytes } = outcome.response;
    const mediaType = mediaTypeIn(headerOf(headers, 'content-type') ?? '');
    let decoded: Decoded | undefined;
    const decode = (): Decoded => {
      if (text === '') return { kind: 'empty' };
      const format = byMediaType.get(mediaType);
      return format === undefined
        ? { kind: 'foreign', mediaType }
        : { kind: 'read', format, reading: readLately(format, text) };
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
    };
  };
}

/** In characters: what is read of longer bodies is not kept with each answer, since it may take many times their size. */
const LONG = 16 * 1024;
/** Together, of the long bodies whose readings are kept. */
const KEPT = 2 * 1024 * 1024;

type Read = (format: FormatName, text: string) => Reading;

/** Reads as given, and knows again the long texts of late: many requirements look at one answer, one after the other. */
function lately(read: Read): Read {
  const known: { readonly format: FormatName; readonly text: string; readonly reading: Reading }[] = [];
  return (format, text) => {
    if (text.length < LONG) return read(format, text);
    const at = known.findIndex((each) => each.format === format && each.text === text);
    const [each = { format, text, reading: read(format, text) }] = at < 0 ? [] : known.splice(at, 1);
    known.unshift(each);
    while (known.length > 1 && known.reduce((sum, { text: { length } }) => sum + length, 0) > KEPT) known.pop();
    return each.reading;
  };
}
