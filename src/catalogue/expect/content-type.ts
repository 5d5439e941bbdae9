import type { Format } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Expectation, Point } from '../../model/requirement.ts';
import { service } from '../requirement.ts';
import { describeBody } from './body.ts';

/** The Content-Type is the documented media type of a format, whatever its parameters. */
export const mediaTypeOf = <P extends Point>(format: (point: P) => Format): Expectation<P> => ({
  says: "the Content-Type is the format's media type",
  judge: (x, { point }) => {
    const { mediaType } = format(point);
    return x.mediaType === mediaType ? [] : [service('header Content-Type', mediaType, x.mediaType || 'absent')];
  },
});

/** The body is well formed by its own media type, read strictly. */
export const wellFormed: Expectation = {
  says: 'the body is well formed in the format that its Content-Type names',
  judge: (x) =>
    x.decoded.kind === 'read' && x.decoded.reading.ok
      ? []
      : [service('body', 'a body in the format that was asked for', describeBody(x))],
};

/** The Content-Type names no charset or UTF-8, and the bytes are UTF-8 (RFC 8259 §8.1). */
export const utf8: Expectation = {
  says: 'the charset is UTF-8, named or not',
  judge: (x) => {
    const charset = charsetOf(x);
    if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
      return [service('header Content-Type', 'charset utf-8 or none', `charset ${charset}`)];
    }
    return x.text.includes('\uFFFD') ? [service('body', 'text in UTF-8', 'bytes that are not UTF-8')] : [];
  },
};

/** No content coding is applied (RFC 9110 §8.4). */
export const uncompressed: Expectation = {
  says: 'no content coding is applied',
  judge: (x) => {
    const coding = x.header('Content-Encoding')?.trim().toLowerCase() ?? '';
    return coding === '' || coding === 'identity' ? [] : [service('header Content-Encoding', 'absent', coding)];
  },
};

function charsetOf(x: Answered): string | undefined {
  const [, charset] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(x.header('Content-Type') ?? '') ?? [];
  return charset?.toLowerCase();
}
