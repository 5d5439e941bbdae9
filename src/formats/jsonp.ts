import type { Reading } from '../model/value.ts';
import { parseJson } from './json.ts';
import { Malformed, strictly } from './malformed.ts';

/** Names with dots between them; no name that a client sends is longer. */
const call = /^([A-Za-z_$][\w$]{0,127}(?:\.[A-Za-z_$][\w$]{0,127}){0,15})\(/;

/**
 * Unwraps `callback(<JSON>)`, with or without a semicolon at its end.
 *
 * @param text the body of an answer to a request with `?callback=`
 * @returns the callback's name ('' when there is no call) and the strict reading of its argument,
 *   with positions in the whole text
 */
export function readJsonp(text: string): { readonly callback: string; readonly reading: Reading } {
  const opening = call.exec(text);
  const callback = opening?.[1] ?? '';
  const reading = strictly(() => {
    if (opening === null) throw new Malformed('expected the call of a callback function', 0);
    const start = opening[0].length;
    const end = text.endsWith(');') ? text.length - 2 : text.length - 1;
    if (text.charAt(end) !== ')') throw new Malformed("expected the call to end with ')' or ');'", text.length);
    return parseJson(text.slice(start, end));
  });
  const start = opening?.[0].length ?? 0;
  if (reading.ok || opening === null || reading.position === text.length) return { callback, reading };
  return { callback, reading: { ...reading, position: reading.position + start } };
}
