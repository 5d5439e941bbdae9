import { createHmac, timingSafeEqual } from 'node:crypto';

export type TokenReading =
  | { readonly kind: 'valid'; readonly user: string }
  | { readonly kind: 'expired'; readonly expiredAt: number }
  | { readonly kind: 'forged' }
  | { readonly kind: 'not-a-token' }
  | { readonly kind: 'algorithm'; readonly name: string }
  /** The two ways in which .NET fails to decode base64url. */
  | { readonly kind: 'illegal-length' | 'illegal-character' };

interface Signed {
  readonly kind: 'signed';
  /** Milliseconds since the epoch. */
  readonly expiredAt: number;
  readonly user: string;
}

/** JSON web tokens, HS256 (RFC 7519, RFC 7515 §3.1). */
export interface Tokens {
  /** @param seconds from now to expiry; negative for a token that has expired */
  readonly issue: (user: string, seconds: number) => string;
  /** When a token of so many seconds expires. */
  readonly expiry: (seconds: number) => Date;
  readonly read: (token: string) => TokenReading;
}

/**
 * @param secret the HMAC key
 * @param now the time of issue and judgement
 */
export function createTokens(secret: string, now: () => Date): Tokens {
  const sign = (text: string): Buffer => createHmac('sha256', secret).update(text).digest();
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const verify = (token: string): Signed | Exclude<TokenReading, { readonly kind: 'valid' | 'expired' }> => {
    const parts = token.split('.');
    const [head, payload, signature] = parts;
    if (parts.length !== 3 || head === undefined || payload === undefined || signature === undefined)
      return { kind: 'not-a-token' };
    for (const part of parts) {
      const problem = base64Problem(part);
      if (problem !== null) return { kind: problem };
    }
    const algorithm = field(head, 'alg');
    if (algorithm !== 'HS256') return { kind: 'algorithm', name: String(algorithm) };
    const expected = sign(`${head}.${payload}`);
    const actual = Buffer.from(signature, 'base64url');
    if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) return { kind: 'forged' };
    return { kind: 'signed', expiredAt: Number(field(payload, 'exp')) * 1000, user: String(field(payload, 'name')) };
  };
  // A run presents one good token with nearly every request; its signature stays what it is.
  const verified = new Map<string, Signed>();
  return {
    issue: (user, seconds) => {
      const iat = Math.floor(now().getTime() / 1000);
      const head = encode({ typ: 'JWT', alg: 'HS256' });
      const text = `${head}.${encode({ iss: 'ssjwt', iat, exp: iat + seconds, sub: '1', name: user })}`;
      return `${text}.${sign(text).toString('base64url')}`;
    },
    expiry: (seconds) => new Date(now().getTime() + seconds * 1000),
    read: (token) => {
      const found = verified.get(token) ?? verify(token);
      if (found.kind !== 'signed') return found;
      verified.set(token, found);
      const { expiredAt, user } = found;
      return expiredAt > now().getTime() ? { kind: 'valid', user } : { kind: 'expired', expiredAt };
    },
  };
}

function base64Problem(part: string): 'illegal-length' | 'illegal-character' | null {
  if (!/^[A-Za-z0-9_-]*$/.test(part)) return 'illegal-character';
  return part.length % 4 === 1 ? 'illegal-length' : null;
}

function field(part: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}
