import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import type { ExchangeId, Header, WireRequest } from '../model/exchange.ts';
import { curlOf, shellQuoted } from './curl.ts';
import type { Sent } from './engine.ts';
import { NOT_UTF8, record } from './record.ts';
import { createRedactor } from './redact.ts';

const SECRET = 'planted-S3cret-0001';
const COOKIE = 'YCxM5WUDF21vOYzjGj4g';
const ID = '0123456789ab' as ExchangeId;

const wire = (more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'POST',
  url: new URL('http://target.test:8080'),
  target: '/api/a/../b?x=1',
  headers: [],
  body: null,
  ...more,
});
const response = (body: string | Uint8Array, headers: readonly Header[] = [], reason = 'OK'): Sent => ({
  outcome: {
    kind: 'response',
    response: {
      httpVersion: '1.1',
      status: 200,
      reason,
      headers,
      body: typeof body === 'string' ? Buffer.from(body) : body,
    },
  },
  ms: 3,
  notes: [],
});

describe('recording', () => {
  it('keeps a secret that is planted in twelve places out of everything', () => {
    const redactor = createRedactor({ secrets: [SECRET], headerNames: ['X-Key'] });
    const recorded = record(
      ID,
      'none',
      wire({
        target: `/api/a?ss-tok=${SECRET}&x=${SECRET}`, // 1, 2
        headers: [
          ['Authorization', `Bearer ${SECRET}`],
          ['Cookie', `ss-id=${SECRET}`], // 3, 4
          ['X-Key', SECRET],
          ['X-Other', `a ${SECRET}`],
        ], // 5, 6
        body: JSON.stringify({ Password: SECRET, Note: SECRET }), // 7, 8
      }),
      response(
        `{"BearerToken":"${SECRET}","Message":"${Buffer.from(SECRET).toString('base64')} ${COOKIE}"}`, // 9, 10
        [
          ['Location', `/login?redirect=%2fa%3ftoken%3d${SECRET}`],
          ['Set-Cookie', `ss-id=${COOKIE}; path=/`],
        ], // 11, 12
        `No ${SECRET}`, // 13
      ),
      redactor,
    );
    const all = JSON.stringify(recorded);
    expect(all)
      .not.to.include(SECRET)
      .and.not.to.include(Buffer.from(SECRET).toString('base64'))
      .and.not.to.include(COOKIE);
    expect(recorded.curl).to.equal(
      'curl -g --path-as-is -i -X POST -H \'Authorization: Bearer \'"$CONFORM_TOKEN" -H \'Cookie: \'"$CONFORM_COOKIE" -H \'X-Key: \'"$CONFORM_SECRET"' +
        ' -H \'X-Other: a \'"$CONFORM_SECRET" -H Accept: -H User-Agent: -H Content-Type: --data-raw \'{"Password":"\'"$CONFORM_SECRET"\'","Note":"\'"$CONFORM_SECRET"\'"}\'' +
        ' \'http://target.test:8080/api/a?ss-tok=\'"$CONFORM_TOKEN"\'&x=\'"$CONFORM_TOKEN"',
    );
  });
  it('keeps the target as sent, and a byte order mark', () => {
    const recorded = record(ID, 'own', wire(), response('\ufeff{}'), createRedactor({ secrets: [], headerNames: [] }));
    expect(recorded.request.url).to.equal('http://target.test:8080/api/a/../b?x=1');
    expect(
      recorded.outcome.kind === 'response' && [recorded.outcome.response.body, recorded.outcome.response.bytes],
    ).to.deep.equal(['\ufeff{}', 5]);
    expect(recorded).not.to.have.property('notes');
  });
  it('says when a body is not UTF-8', () => {
    const recorded = record(
      ID,
      'none',
      wire(),
      response(Uint8Array.from([123, 255, 125])),
      createRedactor({ secrets: [], headerNames: [] }),
    );
    expect(recorded.outcome.kind === 'response' && recorded.outcome.response.body).to.equal('{\ufffd}');
    expect(recorded.notes).to.deep.equal([NOT_UTF8]);
  });
  it('redacts the message of a failure', () => {
    const recorded = record(
      ID,
      'none',
      wire(),
      { outcome: { kind: 'failure', failure: { kind: 'reset', message: `x ${SECRET}` } }, ms: 1, notes: ['n'] },
      createRedactor({ secrets: [SECRET], headerNames: [] }),
    );
    expect(recorded.outcome).to.deep.equal({ kind: 'failure', failure: { kind: 'reset', message: 'x [redacted]' } });
    expect(recorded.notes).to.deep.equal(['n']);
  });
});

describe('the curl line', () => {
  const parsed = (line: string, env: Readonly<Record<string, string>> = {}): readonly string[] =>
    execFileSync('bash', ['--norc', '-c', line.replace(/^curl /, "printf '%s\\0' ")], { env })
      .toString('utf8')
      .split('\0')
      .slice(0, -1);

  it('gives bash exactly the words meant, whatever they hold', () => {
    for (const word of ['', "it's", '$HOME `id` "x" \\', 'a\nb', "''", '*?[a]', 'é✓', '-x', '~', '!x', ';&|<>']) {
      expect(parsed(`curl ${shellQuoted(word)}`)).to.deep.equal([word]);
    }
  });
  it('sends method, headers in order, body and URL, and what curl would add is kept off', () => {
    const body = `{"a":"it's $x"}`;
    expect(
      parsed(
        curlOf({
          method: 'PUT',
          url: 'http://h/a/../b?x=[1]',
          headers: [
            ['X-A', "o'c"],
            ['Accept', ''],
            ['X-A', '2'],
          ],
          body,
        }),
      ),
    ).to.deep.equal([
      '-g',
      '--path-as-is',
      '-i',
      '-X',
      'PUT',
      '-H',
      "X-A: o'c",
      '-H',
      'Accept;',
      '-H',
      'X-A: 2',
      '-H',
      'User-Agent:',
      '-H',
      'Content-Type:',
      '--data-raw',
      body,
      'http://h/a/../b?x=[1]',
    ]);
  });
  it('announces an empty body where the engine does, and asks for a HEAD as one', () => {
    expect(curlOf({ method: 'POST', url: 'http://h/', headers: [], body: null })).to.include("--data-raw ''");
    expect(curlOf({ method: 'DELETE', url: 'http://h/', headers: [], body: null })).not.to.include('--data-raw');
    expect(curlOf({ method: 'HEAD', url: 'http://h/', headers: [], body: null }))
      .to.include(' --head ')
      .and.not.to.include('-X');
  });
  it('reads from the environment what was redacted, by what was presented', () => {
    const of = (value: string, kind?: Parameters<typeof curlOf>[1]): string =>
      curlOf({ method: 'GET', url: 'http://h/', headers: [['Authorization', value]], body: null }, kind);
    expect(parsed(of('Bearer [redacted]'), { CONFORM_TOKEN: 'a b' })).to.include('Authorization: Bearer a b');
    expect(of('Bearer [redacted]', 'expired-token')).to.include('"$CONFORM_EXPIRED_TOKEN"');
    expect(of('Bearer [redacted]', 'tampered-payload')).to.include('"$TAMPERED_TOKEN"');
    expect(of('Basic [redacted]')).to.include('-u "$CONFORM_USER":"$CONFORM_PASSWORD"');
    expect(of('Basic [redacted]', 'wrong-password')).to.include('-u "$CONFORM_USER":wrong-password');
    expect(of('Basic !!!!', 'basic-not-base64')).to.include("'Authorization: Basic !!!!'");
  });
});
