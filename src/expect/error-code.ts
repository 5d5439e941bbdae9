import type { Answered } from '../model/exchange.ts';
import { memberOf } from './member-of.ts';

/** The ErrorCode that an answer's ResponseStatus carries; undefined when there is none that can be read. */
export function errorCodeOf(x: Answered): string | undefined {
  if (x.decoded.kind !== 'read' || !x.decoded.reading.ok) return undefined;
  const code = memberOf(x.decoded.reading.value, 'ResponseStatus', 'ErrorCode');
  return typeof code === 'string' && code !== '' ? code : undefined;
}
