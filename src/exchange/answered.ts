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
 * @param read reads a body strictly, against the response DTO; called once per answer, and only when it is looked at
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
        : { kind: 'read', format, reading: read(format, text) };
    };
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
        return (decoded ??= decode());
      },
    };
  };
}
