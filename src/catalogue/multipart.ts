import type { MemberValues, Payload } from '../model/requirement.ts';

/** What parts are set apart by: it stands in no value that a request carries. */
const boundary = 'a-boundary';

/**
 * The members as a form that a browser posts where it has files, too (RFC 7578 §4): texts alone, each in a part of its own.
 *
 * @param named whether the Content-Type says what the parts are set apart by; without, nobody can read them
 */
export function multipart(
  members: MemberValues,
  named: 'with its boundary' | 'without' = 'with its boundary',
): Payload {
  const parts = Object.entries(members).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`]
      : [],
  );
  return {
    in: 'raw',
    contentType: named === 'without' ? 'multipart/form-data' : `multipart/form-data; boundary=${boundary}`,
    text: `${parts.join('')}--${boundary}--\r\n`,
  };
}
