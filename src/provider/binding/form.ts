import type { Pairs } from '../behaviour.ts';

/** Reads `a=b&c=d`; a plus is a blank, malformed escapes stay as they are. */
export function readPairs(text: string): Pairs {
  if (text === '') return [];
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part): readonly [string, string] => {
      const equals = part.indexOf('=');
      return equals === -1 ? ['', decode(part)] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
}

function decode(text: string): string {
  const plain = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!plain.includes('%')) return plain;
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/**
 * Reads the text fields of `multipart/form-data` (RFC 7578 §4).
 *
 * @param contentType the header, for its boundary
 * @returns null when the header names no boundary
 */
export function readMultipart(text: string, contentType: string): Pairs | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  return text.split(`--${boundary}`).flatMap((part) => {
    const [head = '', ...rest] = part.split(/\r?\n\r?\n/);
    const name = /name="([^"]*)"/i.exec(head)?.[1];
    return name === undefined ? [] : [[name, rest.join('\r\n\r\n').replace(/\r?\n$/, '')] as const];
  });
}
