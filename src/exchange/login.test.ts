import { expect } from 'chai';
import type { Header, WireRequest } from '../model/exchange.ts';
import type { Engine, WireOutcome } from './engine.ts';
import { login, type LoginConfig } from './login.ts';

const CONFIG: LoginConfig = { kind: 'session', user: 'u"1', password: 'p\\2' };

describe('signing in', () => {
  function scripted(outcome: WireOutcome): Engine & { readonly sent: WireRequest[] } {
    const sent: WireRequest[] = [];
    return {
      sent,
      send: (request) => {
        sent.push(request);
        return Promise.resolve({ outcome, ms: 1, notes: [] });
      },
      close: () => undefined,
    };
  }
  const answer = (status: number, headers: readonly Header[], body = '{}', reason = 'OK'): WireOutcome => ({
    kind: 'response',
    response: { httpVersion: '1.1', status, reason, headers, body: Buffer.from(body) },
  });
  const at = (base = 'http://h.test/base/'): { readonly base: URL; readonly prefix: string } => ({
    base: new URL(base),
    prefix: '/api',
  });

  it("posts user and password to the framework's own login, once", async () => {
    const engine = scripted(answer(200, [['Set-Cookie', 'ss-id=a']]));
    await login(CONFIG, at(), engine);
    expect(engine.sent.map((r) => [r.method, r.url.origin, r.target, r.body])).to.deep.equal([
      [
        'POST',
        'http://h.test',
        '/base/api/auth/credentials',
        '{"provider":"credentials","UserName":"u\\"1","Password":"p\\\\2"}',
      ],
    ]);
  });
  it('or where and as it is told', async () => {
    const engine = scripted(answer(200, [['Set-Cookie', 'ss-id=a']]));
    await login(
      { ...CONFIG, login: { path: '/signin', body: '{"u":"{{user}}","p":"{{password}}"}' } },
      at('http://h.test'),
      engine,
    );
    expect([engine.sent[0]!.target, JSON.parse(engine.sent[0]!.body!)]).to.deep.equal([
      '/signin',
      { u: 'u"1', p: 'p\\2' },
    ]);
  });
  it('keeps the cookies for the operation and the tokens, and knows which of them are secrets', async () => {
    const result = await login(
      CONFIG,
      at('http://h.test'),
      scripted(
        answer(
          200,
          [
            ['Set-Cookie', 'ss-id=YCxM5WUDF21vOYzjGj4g; path=/; httponly'],
            ['Set-Cookie', 'ss-opt=temp; path=/; expires=Fri, 24 Nov 2124 21:55:40 GMT'],
            ['Set-Cookie', 'api=AbCd1234; path=/api'],
            ['Set-Cookie', 'gone=x; expires=Thu, 01 Jan 1970 00:00:00 GMT'],
            ['Set-Cookie', 'tls=x; secure'],
            ['Set-Cookie', 'far=x; domain=elsewhere.test'],
            ['Set-Cookie', 'words=lettersonly; path=/other'],
          ],
          '{"UserId":"1","SessionId":"sess","bearerToken":"tok","data":{"RefreshToken":"ref","idToken":"id\\u002b1"}}',
        ),
      ),
    );
    expect(result).to.deep.equal({
      kind: 'signed-in',
      login: {
        cookie: 'api=AbCd1234; ss-id=YCxM5WUDF21vOYzjGj4g; ss-opt=temp',
        token: 'tok',
        secrets: [
          'YCxM5WUDF21vOYzjGj4g',
          'AbCd1234',
          'lettersonly',
          'sess',
          'tok',
          'ref',
          'id\\u002b1',
          'sess',
          'tok',
          'ref',
          'id+1',
        ],
      },
    });
  });
  it('says when it was refused, by status or for want of a cookie', async () => {
    expect(await login(CONFIG, at(), scripted(answer(401, [], '', 'Unauthorized')))).to.deep.equal({
      kind: 'refused',
      reason: 'signing in at /base/api/auth/credentials was refused with 401 Unauthorized',
    });
    expect(
      await login(
        CONFIG,
        at(),
        scripted(
          answer(
            302,
            [
              ['Set-Cookie', 'a=b'],
              ['Location', '/'],
            ],
            '',
            'Found',
          ),
        ),
      ),
    ).to.have.property('kind', 'refused');
    expect(await login(CONFIG, at(), scripted(answer(200, [], '<html>')))).to.deep.equal({
      kind: 'refused',
      reason:
        'signing in at /base/api/auth/credentials was answered 200, but no cookie was set that may be sent to http://h.test',
    });
  });
  it('says when there was no answer', async () => {
    expect(
      await login(CONFIG, at(), scripted({ kind: 'failure', failure: { kind: 'reset', message: 'gone' } })),
    ).to.deep.equal({ kind: 'failed', reason: 'signing in failed: gone' });
  });
});
