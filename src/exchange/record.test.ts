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
  it('keeps the exact words in memory, and learns the cookies that an answer sets', () => {
    const redactor = createRedactor({ secrets: [SECRET], headerNames: [] });
    const recorded = record(
      ID,
      'none',
      wire({ headers: [['Authorization', `Bearer ${SECRET}`]] }),
      response(`{"Message":"${COOKIE}"}`, [['Set-Cookie', `ss-id=${COOKIE}; path=/`]], `No ${SECRET}`),
      redactor,
    );
    expect(recorded.request.headers).to.deep.equal([['Authorization', `Bearer ${SECRET}`]]);
    expect(recorded.outcome).to.have.nested.property('response.reason', `No ${SECRET}`);
    expect(recorded.outcome).to.have.nested.property('response.body', `{"Message":"${COOKIE}"}`);
    expect(redactor.text(`seen ${COOKIE}`)).to.equal('seen [redacted]');
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
