import { expect } from 'chai';
import type { CredentialKind } from '../model/exchange.ts';
import type { AuthConfig } from './auth-config.ts';
import { createIdentity, readJwt, type Credentials } from './credentials.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const JWT = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: '1' })}.c2lnbmF0dXJl`;
const KINDS: readonly CredentialKind[] = [
  'valid',
  'valid-in-small-letters',
  'none',
  'wrong-password',
  'empty-password',
  'unknown-user',
  'expired-token',
  'tampered-signature',
  'tampered-payload',
  'unsigned-token',
  'garbage-token',
  'three-part-garbage-token',
  'empty-token',
  'unknown-scheme',
  'basic-not-base64',
  'made-up-session',
  'made-up-key',
  'made-up-cookie',
  'empty-authorization',
  'token-in-query',
  'lesser-credentials',
];
const identity = (config: AuthConfig, seed = 1): ReturnType<typeof createIdentity> =>
  createIdentity(config, { seed, authentication: 'required' });
const header = (c: Credentials): string | undefined => (c.kind === 'headers' ? c.headers[0]?.join(': ') : undefined);
const token = (c: Credentials): string => header(c)?.replace('Authorization: Bearer ', '') ?? '';
const decoded = (s = ''): string => Buffer.from(s.replace('Authorization: Basic ', ''), 'base64').toString();

describe('an identity', () => {
  it('presents valid credentials by the way it was given', () => {
    expect(header(identity({ kind: 'bearer', token: 't' }).resolve('valid'))).to.equal('Authorization: Bearer t');
    expect(decoded(header(identity({ kind: 'basic', user: 'ü', password: 'p:q' }).resolve('valid')))).to.equal('ü:p:q');
    expect(header(identity({ kind: 'header', name: 'X-Key', value: 'v' }).resolve('valid'))).to.equal('X-Key: v');
    const login = createIdentity(
      { kind: 'session', user: 'u', password: 'p' },
      { seed: 1, authentication: 'required', login: { cookie: 'ss-id=x', secrets: ['x'] } },
    );
    expect(header(login.resolve('valid'))).to.equal('Cookie: ss-id=x');
  });
  it('has none without credentials, unless the operation asks for none', () => {
    expect(identity({ kind: 'none' }).resolve('valid')).to.include({
      kind: 'unavailable',
      exercise: 'CONFORM_TOKEN=… conform --auth bearer',
    });
    expect(createIdentity({ kind: 'none' }, { seed: 1, authentication: 'none' }).resolve('valid')).to.deep.equal({
      kind: 'headers',
      headers: [],
      query: [],
    });
    expect(identity({ kind: 'session', user: 'u', password: 'p' }).resolve('valid')).to.include({
      kind: 'unavailable',
      reason: 'the target opened no session',
    });
  });
  it('spells the scheme of its own in small letters, where it has one of HTTP', () => {
    const small = (config: AuthConfig): Credentials => identity(config).resolve('valid-in-small-letters');
    expect(header(small({ kind: 'bearer', token: 'Bearer T' }))).to.equal('Authorization: bearer Bearer T');
    expect(header(small({ kind: 'basic', user: 'U', password: 'P' }))).to.equal('Authorization: basic VTpQ');
    expect(header(small({ kind: 'header', name: 'authorization', value: 'BEARER T' }))).to.equal(
      'authorization: bearer T',
    );
    for (const config of [
      { kind: 'none' },
      { kind: 'header', name: 'X-Key', value: 'Bearer v' },
      { kind: 'header', name: 'Authorization', value: 'Key v' },
      { kind: 'header', name: 'Authorization', value: 'bearerless' },
    ] as const)
      expect(small(config).kind).to.equal('unavailable');
  });
  it('tampers with its own JWT, one part at a time', () => {
    const me = identity({ kind: 'bearer', token: JWT });
    const [head, body, signature] = JWT.split('.');
    const bySignature = token(me.resolve('tampered-signature')).split('.');
    expect(bySignature.slice(0, 2)).to.deep.equal([head, body]);
    expect(Buffer.from(bySignature[2]!, 'base64url').equals(Buffer.from(signature!, 'base64url'))).to.equal(false);
    const byPayload = token(me.resolve('tampered-payload')).split('.');
    expect([byPayload[0], byPayload[2]]).to.deep.equal([head, signature]);
    expect(readJwt(byPayload.join('.'))?.payload).to.deep.equal({ sub: '1', tampered: true });
    const unsigned = token(me.resolve('unsigned-token')).split('.');
    expect(unsigned.slice(1)).to.deep.equal([body, '']);
    expect(JSON.parse(Buffer.from(unsigned[0]!, 'base64url').toString())).to.deep.equal({ alg: 'none', typ: 'JWT' });
  });
  it('says why it cannot, and how it could', () => {
    const opaque = identity({ kind: 'bearer', token: 'opaque' });
    for (const kind of ['tampered-signature', 'tampered-payload', 'unsigned-token'] as const) {
      expect(opaque.resolve(kind)).to.include({
        kind: 'unavailable',
        reason: 'the token is not a JWT, so it cannot be tampered with in parts',
      });
    }
    expect(opaque.resolve('wrong-password')).to.include({ kind: 'unavailable', exercise: 'CONFORM_USER=… conform' });
    expect(opaque.resolve('expired-token')).to.include({
      kind: 'unavailable',
      exercise: 'CONFORM_EXPIRED_TOKEN=… conform',
    });
    expect(identity({ kind: 'basic', user: 'u', password: 'p' }).resolve('token-in-query').kind).to.equal(
      'unavailable',
    );
  });
  it('tries one wrong password, the same each time, drawn from the seed and never the right one', () => {
    const me = identity({ kind: 'bearer', token: 't', user: 'ann' });
    expect(decoded(header(me.resolve('wrong-password')))).to.match(/^ann:wrong-.{20}$/);
    for (const kind of KINDS)
      expect(me.resolve(kind)).to.deep.equal(identity({ kind: 'bearer', token: 't', user: 'ann' }).resolve(kind));
    expect(me.resolve('unknown-user')).not.to.deep.equal(
      identity({ kind: 'bearer', token: 't' }, 2).resolve('unknown-user'),
    );
  });
  it('presents nothing valid among the bad ones, but for the token in the query', () => {
    const me = identity({ kind: 'bearer', token: JWT, user: 'u', expiredToken: 'old' });
    for (const kind of KINDS.filter((k) => !k.startsWith('valid'))) {
      const c = me.resolve(kind);
      expect(c.kind === 'headers' && c.headers.some(([, value]) => value.includes(JWT)), kind).to.equal(false);
    }
    expect(me.resolve('token-in-query')).to.deep.equal({ kind: 'headers', headers: [], query: [['ss-tok', JWT]] });
  });
  it('names its secrets, and shows only what it made up', () => {
    const me = identity({ kind: 'basic', user: 'u', password: 'pass', expiredToken: 'old' });
    expect(me.secrets).to.deep.equal(['pass', Buffer.from('u:pass').toString('base64'), 'old']);
    expect(me.madeUp)
      .to.include('Bearer a.b.c')
      .and.not.include(header(me.resolve('wrong-password'))?.slice('Authorization: '.length));
    expect(identity({ kind: 'header', name: 'X-Key', value: 'ApiKey abcd' })).to.deep.include({
      secrets: ['ApiKey abcd', 'abcd'],
      secretHeaders: ['X-Key'],
    });
  });
  it('holds as secrets what else is signed in with', () => {
    const body = '{"p":"{{password}}","Password":"{{password}}","client_secret":"of-the-client","tenant":"acme"}';
    const me = createIdentity(
      { kind: 'session', user: 'u', password: 'pass', login: { body } },
      { seed: 1, authentication: 'required' },
    );
    expect(me.secrets).to.deep.equal(['pass', 'of-the-client']);
  });

  it('presents a user who may do less by the way they sign in, and names their secrets', () => {
    const me = identity({ kind: 'bearer', token: 't', lesser: { kind: 'basic', user: 'guest', password: 'less' } });
    expect(decoded(header(me.resolve('lesser-credentials')))).to.equal('guest:less');
    expect(me.secrets).to.include('less');
    expect(
      identity({ kind: 'none', lesser: { kind: 'header', name: 'X-Key', value: 'v' } }).secretHeaders,
    ).to.deep.equal(['X-Key']);
    const session = { kind: 'session', user: 'guest', password: 'less' } as const;
    const signedIn = createIdentity(
      { kind: 'bearer', token: 't', lesser: session },
      { seed: 1, authentication: 'required', lesserLogin: { cookie: 'ss-id=less-1', secrets: ['less-1'] } },
    );
    expect(header(signedIn.resolve('lesser-credentials'))).to.equal('Cookie: ss-id=less-1');
    expect(signedIn.secrets).to.include('less-1');
    for (const lesser of [undefined, session])
      expect(
        identity({ kind: 'bearer', token: 't', ...(lesser && { lesser }) }).resolve('lesser-credentials'),
      ).to.include({ kind: 'unavailable', exercise: 'CONFORM_LESSER_TOKEN=… conform' });
    expect(() => identity({ kind: 'bearer', token: 't', lesser: { kind: 'bearer', token: 't' } })).to.throw(
      'must be those of a user who may do less',
    );
  });
  it('refuses a secret that no header can carry, without showing it', () => {
    expect(() => identity({ kind: 'bearer', token: 'top-secret\n' }))
      .to.throw('a character that a header cannot carry')
      .and.not.match(/top-secret/);
    expect(() => identity({ kind: 'header', name: 'a b', value: 'v' })).to.throw('is not the name of a header');
  });
});
