export interface Jwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Reads a signed JSON Web Token (RFC 7519 §3) without verifying it; undefined when it is none. */
export function readJwt(token: string): Jwt | undefined {
  const [head, body, signature, ...rest] = token.split('.');
  if (head === undefined || body === undefined || signature === undefined || signature === '' || rest.length > 0)
    return undefined;
  const header = readPart(head);
  const payload = readPart(body);
  return header === undefined || payload === undefined ? undefined : { header, payload };
}

/** The token with one character of its signature changed; not the last one, which may carry unused bits. */
export function withOtherSignature(token: string): string {
  const at = token.lastIndexOf('.') + 1;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

/** The token with a claim added and the old signature kept. */
export function withOtherPayload(token: string): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  return [head, writePart({ ...readPart(body), tampered: true }), signature].join('.');
}

/** The token as one that claims to need no signature: RFC 7519 §6. */
export function unsigned(token: string): string {
  const [head = '', body = ''] = token.split('.');
  return `${writePart({ ...readPart(head), alg: 'none' })}.${body}.`;
}

function readPart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function writePart(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
