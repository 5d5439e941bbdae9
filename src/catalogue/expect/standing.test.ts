// One list: each expectation that stands over every answer, with what it finds and what it lets be.

import { expect } from 'chai';
import type { Contract } from '../../model/contract.ts';
import type { Answered, ExchangeId, Outcome, Recorded } from '../../model/exchange.ts';
import type { OnRecord, StandingExpectation } from '../../model/requirement.ts';
import { memberOf, typeOf } from '../../schema/contract.fixture.ts';
import { answered, contract, failing, json, profile } from '../answered.fixture.ts';
import {
  framed,
  headAsGet,
  identityKept,
  noTrace,
  notEndless,
  notForOthers,
  oneContentType,
  oneVersion,
  readsAsSaid,
  successWithoutErrorCode,
  trueEncoding,
  unchunkedBefore11,
  uncompressedUnasked,
} from './standing.ts';

const about = { contract, profile };
const URL_OF_A_CALL = 'http://host/base/api/things/1/lift';

/** An exchange with that answer, none of whose members but those given are looked at. */
function recorded(x: Answered, more: Partial<Recorded> = {}): OnRecord {
  return {
    answered: x,
    recorded: {
      id: x.id,
      effect: 'none',
      request: x.request,
      outcome: { kind: 'failure', failure: { kind: 'timeout', message: 'not looked at' } },
      ms: 1,
      credentials: 'none',
      ...more,
    },
  };
}

/** What a standing expectation says of single answers: where it is wrong, and what was there. */
const said = (expectation: StandingExpectation, x: Answered, of: Contract = contract): readonly string[] =>
  expectation
    .judge([recorded(x)], { ...about, contract: of })
    .map(
      ({ exchange, finding }) =>
        `${exchange}: ${finding.class} ${finding.where}: ${finding.expected}, not ${finding.actual}`,
    );

describe('what holds of every answer', () => {
  it('says of which it is, and nothing of what was not answered', () => {
    for (const each of [noTrace, oneContentType, trueEncoding, identityKept, readsAsSaid, notForOthers]) {
      expect(each.says).to.match(/^of every answer: \w/);
      expect(each.judge([{ ...recorded(answered()), answered: null }], about)).to.deep.equal([]);
    }
  });

  it('no trace: in any text of an API error; in a page only what is certainly one', () => {
    const trace = '\n   at Things.Service.Any(Move request)';
    expect(said(noTrace, failing(500, 'E', trace))).to.have.length(1);
    expect(said(noTrace, failing(500, 'E', 'see /var/lib/things'))).to.have.length(1);
    expect(said(noTrace, failing(500, 'E'))).to.deep.equal([]);
    const page = (text: string) =>
      said(noTrace, answered({ text, decoded: { kind: 'foreign', mediaType: 'text/html' } }));
    expect(page(`<pre>${trace}</pre>`)).to.have.length(1);
    for (const text of ['<script src="/app/main.js">', '<a href="/var/www/">', 'C:\\a\\b', 'main.js:12'])
      expect(page(text)).to.deep.equal([]);
  });

  describe('no trace in a header', () => {
    const inHeader = (name: string, value: string): readonly string[] =>
      said(noTrace, answered({ status: 302, headers: [[name, value]] }));
    for (const value of [
      'System.Exception: no at Things.Service.Any(Move request)',
      'at%20Things.Service.Any(Move)%0D%0A',
      'Service.cs:line 42',
      '--- End of inner exception stack trace ---',
      'C:\\inetpub\\things\\web.config',
      'could not open /var/lib/things/db',
      '/home/me/things/Service.dll',
    ])
      it(`finds ${value}`, () => {
        expect(inHeader('X-Error', value)).to.have.length(1);
      });
    for (const [name, value] of [
      ['Location', '/var/lib/things?redirect=%2fapp%2fthings'],
      ['Set-Cookie', 'id=1; path=/usr/things/x; httponly'],
      ['X-Original-Path', '/srv/things/api'],
      ['X-Base', '/app/v1/things'],
      ['Link', '<https://cdn.example/main.js:2>; rel="preload"'],
      ['X-Cache', 'HIT at edge-7 (fra), at 12:01:30'],
      ['Server-Timing', 'app;desc="at most 5 (usual)"'],
      ['ETag', 'W/"100%zz"'],
    ] as const)
      it(`leaves ${name}: ${value}`, () => {
        expect(inHeader(name, value)).to.deep.equal([]);
      });
  });

  it('no ErrorCode in a success, but in what a script is handed', () => {
    const status = { ResponseStatus: { ErrorCode: 'Oops', Message: 'No.' } };
    expect(said(successWithoutErrorCode, json(200, status))).to.deep.equal([
      'x1: service body ResponseStatus.ErrorCode: absent or null, as the status is 200, not "Oops"',
    ]);
    expect(said(successWithoutErrorCode, json(400, status))).to.deep.equal([]);
    for (const code of [null, ''])
      expect(said(successWithoutErrorCode, json(200, { ResponseStatus: { ErrorCode: code } }))).to.deep.equal([]);
    const toScript = {
      ...json(200, status),
      request: { ...json(200, status).request, url: `${URL_OF_A_CALL}?callback=f` },
    };
    expect(said(successWithoutErrorCode, toScript)).to.deep.equal([]);
  });

  describe('one Content-Type', () => {
    const type = ['Content-Type', 'application/json'] as const;
    const error = '{"ResponseStatus":{"ErrorCode":"E"}}';
    const none = ['x1: service header Content-Type: one that says what the body is, not none'];
    for (const [what, x, wrong] of [
      ['is wanted of a success with a body', answered({ text: '{}' }), none],
      ['is wanted of an API error in JSON', answered({ status: 400, text: error }), none],
      ['is wanted of an API error in XML', answered({ status: 500, text: '<ErrorCode>E</ErrorCode>' }), none],
      ['is wanted of an API error in JSV', answered({ status: 500, text: '{errorCode :E}' }), none],
      ['is there', answered({ text: '{}', headers: [type] }), []],
      ['is not wanted where there is no body', answered(), []],
      ['is not wanted of a HEAD', answered({ text: 'x', request: { method: 'HEAD' } }), []],
      ['is not wanted of an error of a gateway', answered({ status: 502, text: 'Bad gateway, ErrorCode unknown' }), []],
      ['is not wanted of a redirect', answered({ status: 302, text: '"ErrorCode":' }), []],
      [
        'stands once',
        answered({ text: '{}', headers: [type, ['content-type', 'text/html']] }),
        ['x1: service header Content-Type: one, not application/json and text/html'],
      ],
    ] as const)
      it(what, () => {
        expect(said(oneContentType, x)).to.deep.equal(wrong);
      });
  });

  describe('a Content-Encoding that is true', () => {
    const zipped = '\u001f\ufffd\u0008\u0000';
    const as = (coding: string, text: string, type = 'application/json') =>
      answered({
        text,
        headers: [['Content-Type', type], ...(coding === '' ? [] : [['Content-Encoding', coding] as const])],
      });
    const absent = (coding: string) => [
      `x1: service header Content-Encoding: none, as the body is not compressed, not ${coding}`,
    ];
    for (const [what, x, wrong] of [
      ['gzip that is gzip', as('gzip', zipped), []],
      ['gzip by its old name', as(' X-GZip', zipped), []],
      ['gzip that is none', as('gzip', '{}'), absent('gzip')],
      ['gzip that is none, though no text', as('gzip', '\ufffd\u001f'), absent('gzip')],
      ['brotli that is text', as('br', '{}'), absent('br')],
      ['brotli that may be it', as('br', 'a\ufffdb'), []],
      ['deflate with a zero in it', as('deflate', 'a\u0000b'), []],
      [
        'gzip that nobody announced',
        as('', zipped),
        ['x1: service header Content-Encoding: gzip, as the body is, not none'],
      ],
      [
        'gzip that is said to be identity',
        as('identity', zipped),
        ['x1: service header Content-Encoding: gzip, as the body is, not none'],
      ],
      ['what begins like half of it', as('', '\u001fx'), []],
      ['a file that is compressed', as('', zipped, 'application/gzip'), []],
      ['a file that is compressed, by an old name', as('', zipped, 'application/x-gzip'), []],
      ['a file of any kind', as('', zipped, 'application/octet-stream'), []],
      ['a file of a compressed kind', as('', zipped, 'application/vnd.a-compressed'), []],
      [
        'no file of that kind',
        as('', zipped, 'text/application/gzip'),
        ['x1: service header Content-Encoding: gzip, as the body is, not none'],
      ],
      ['no body', as('gzip', ''), []],
    ] as const)
      it(`${what}: ${wrong.length === 0 ? 'true' : 'not true'}`, () => {
        expect(said(trueEncoding, x)).to.deep.equal(wrong);
      });
  });

  it('identity: no coding where no other was asked for', () => {
    const asked = (wanted: readonly (readonly [string, string])[], coding: string) =>
      said(identityKept, answered({ request: { headers: wanted }, headers: [['Content-Encoding', coding]] }));
    expect(asked([['accept-encoding', ' Identity']], 'gzip')).to.deep.equal([
      'x1: service header Content-Encoding: absent, not gzip',
    ]);
    expect(asked([['Accept-Encoding', 'identity']], 'identity')).to.deep.equal([]);
    expect(asked([['Accept-Encoding', 'identity, gzip']], 'gzip')).to.deep.equal([]);
    expect(asked([['Accept', 'identity']], 'gzip')).to.deep.equal([]);
    expect(asked([], 'gzip')).to.deep.equal([]);
  });

  it('no coding where the request says nothing of codings', () => {
    const asked = (wanted: readonly (readonly [string, string])[], coding: string) =>
      said(uncompressedUnasked, answered({ request: { headers: wanted }, headers: [['Content-Encoding', coding]] }));
    expect(uncompressedUnasked.says).to.equal('of every answer: no coding where none was asked for');
    expect(asked([['Accept', 'text/html']], 'gzip')).to.deep.equal([
      'x1: service header Content-Encoding: absent, not gzip',
    ]);
    expect(asked([], 'identity')).to.deep.equal([]);
    expect(asked([['ACCEPT-ENCODING', 'br']], 'gzip')).to.deep.equal([]);
    expect(said(uncompressedUnasked, answered())).to.deep.equal([]);
  });

  describe('a body reads as its Content-Type says', () => {
    const broken = { ok: false, problem: 'expected a value', position: 3 } as const;
    const unread = (parts: Parameters<typeof answered>[0] = {}) =>
      answered({
        text: '{"a',
        headers: [['Content-Type', 'application/json; charset=utf-8']],
        decoded: { kind: 'read', format: 'json', reading: broken },
        ...parts,
      });
    const raw: Contract = { ...contract, response: { kind: 'raw' } };
    Reflect.deleteProperty(raw, 'success');
    it('or it is told what was wrong', () => {
      expect(said(readsAsSaid, unread())).to.deep.equal([
        'x1: service body: a body of application/json, not json that cannot be read: expected a value at 3',
      ]);
      expect(said(readsAsSaid, unread({ status: 400 }), raw)).to.have.length(1);
      expect(said(readsAsSaid, unread({ status: 300 }), raw)).to.have.length(1);
    });
    for (const [what, x, of] of [
      ['it can be read', json(200, {}), contract],
      ['it is of another type', unread({ decoded: { kind: 'foreign', mediaType: 'text/html' } }), contract],
      ['there is none', unread({ text: '' }), contract],
      ['it is of a HEAD', unread({ request: { method: 'HEAD' } }), contract],
      ['it is compressed', unread({ headers: [['Content-Encoding', 'br']] }), contract],
      ['a dump was asked for', unread({ request: { url: 'http://host/a?b=c&Debug=true' } }), contract],
      ['a dump alone was asked for', unread({ request: { url: 'http://host/a?debug=1' } }), contract],
      ['the operation answers a success raw', unread(), raw],
    ] as const)
      it(`unless ${what}`, () => {
        expect(said(readsAsSaid, x, of)).to.deep.equal([]);
      });
  });

  describe('a success of what changes something is not for others to keep', () => {
    const kept = (
      value: string,
      more: { readonly status?: number; readonly method?: string; readonly url?: string } = {},
    ) =>
      answered({
        status: more.status ?? 200,
        headers: value === '' ? [] : [['Cache-Control', value]],
        request: { method: more.method ?? 'POST', url: more.url ?? URL_OF_A_CALL },
      });
    for (const value of [
      'public',
      'max-age=60',
      'Max-Age = "060"',
      's-maxage=0',
      'no-cache, public',
      'max-age=0, s-maxage=5',
    ])
      it(`so ${value} is wrong`, () => {
        expect(said(notForOthers, kept(value))).to.deep.equal([
          `x1: service header Cache-Control: none that lets others keep it, not ${value.toLowerCase()}`,
        ]);
      });
    for (const value of [
      '',
      'no-store',
      'private, max-age=60',
      'public, no-store',
      'max-age=0',
      'no-cache',
      'republic',
    ])
      it(`so ${value === '' ? 'nothing' : value} is right`, () => {
        expect(said(notForOthers, kept(value))).to.deep.equal([]);
      });
    it('and nothing is said of an error, an OPTIONS, another address, or an operation that changes nothing', () => {
      const error = { ...failing(200, 'E'), request: { ...answered().request, url: URL_OF_A_CALL } };
      for (const x of [
        kept('public', { status: 400 }),
        kept('public', { status: 199 }),
        kept('public', { status: 300 }),
        kept('public', { method: 'OPTIONS' }),
        kept('public', { url: 'http://host/metadata' }),
        { ...error, headers: [...error.headers, ['Cache-Control', 'public'] as const] },
      ])
        expect(said(notForOthers, x)).to.deep.equal([]);
      expect(said(notForOthers, kept('public'), { ...contract, effect: 'reads' })).to.deep.equal([]);
      expect(said(notForOthers, kept('public', { status: 299 }))).to.have.length(1);
    });
    for (const [url, isCall] of [
      ['http://host/api/things/1/lift', true],
      ['http://host/API/Things/1/LIFT', true],
      ['http://host/below/api/things/1/lift', true],
      ['http://host/api/things/1/lift.json', true],
      ['http://host/api/json/reply/Move', true],
      ['http://host/api/move', true],
      ['http://host/api/things/1/lift/more', false],
      ['http://host/api/things/1', false],
      ['http://host/other/things/1/lift', false],
      ['http://host/api/things/1/lifted', false],
      ['http://host/api/things/1/lift.json5', false],
      ['http://host/json/reply/Move', false],
      ['http://host/api/Remove', false],
    ] as const)
      it(`where ${url} is ${isCall ? 'a call' : 'none'}`, () => {
        expect(said(notForOthers, kept('public', { url }))).to.have.length(isCall ? 1 : 0);
      });
  });
});

describe('an answer', () => {
  const failed = (kind: string): OnRecord => ({
    ...recorded(answered(), { outcome: { kind: 'failure', failure: { kind, message: `it was ${kind}` } } as Outcome }),
    answered: null,
  });
  it('is framed as HTTP prescribes, and whole', () => {
    expect(framed.says).to.equal('every answer is framed as HTTP prescribes, and comes to its end');
    expect(
      framed.judge([failed('not-http'), failed('truncated'), failed('timeout'), failed('refused')], about),
    ).to.deep.equal([
      {
        exchange: 'x1',
        finding: {
          class: 'service',
          where: 'transport',
          expected: 'an answer framed as HTTP prescribes',
          actual: 'it was not-http',
        },
      },
      {
        exchange: 'x1',
        finding: {
          class: 'service',
          where: 'transport',
          expected: 'an answer to its announced end',
          actual: 'it was truncated',
        },
      },
    ]);
    const response = { httpVersion: '1.1', status: 200, reason: '', headers: [], body: '', bytes: 0 };
    expect(
      framed.judge([recorded(answered(), { outcome: { kind: 'response', response } as Outcome })], about),
    ).to.deep.equal([]);
  });
});

describe('the version of HTTP', () => {
  const answeredBy = (httpVersion: string, id = 'x1', headers: Answered['headers'] = []): OnRecord => {
    const response = { httpVersion, status: 200, reason: '', headers, body: '', bytes: 0 };
    return recorded(
      { ...answered({ headers }), id: id as ExchangeId },
      {
        id: id as ExchangeId,
        outcome: { kind: 'response', response } as Outcome,
      },
    );
  };

  it('1.0 has no Transfer-Encoding', () => {
    const chunked = [['transfer-encoding', 'chunked']] as const;
    expect(unchunkedBefore11.says).to.equal('of every answer: no Transfer-Encoding in an answer of HTTP/1.0');
    const found = (record: OnRecord) => unchunkedBefore11.judge([record], about).map(({ finding }) => finding);
    for (const version of ['HTTP/1.0', '1.0', 'http/1.0'])
      expect(found(answeredBy(version, 'x1', chunked))).to.deep.equal([
        {
          class: 'service',
          where: 'header Transfer-Encoding',
          expected: 'absent from HTTP/1.0',
          actual: 'chunked',
        },
      ]);
    expect(found(answeredBy('HTTP/1.1', 'x1', chunked))).to.deep.equal([]);
    expect(found(answeredBy('HTTP/1.0'))).to.deep.equal([]);
  });

  it('is one for all answers', () => {
    expect(oneVersion.says).to.equal('all answers are of one version of HTTP');
    const [older, newer] = [answeredBy('HTTP/1.0', 'old'), answeredBy('HTTP/1.1', 'new')];
    expect(oneVersion.judge([newer, older], about)).to.deep.equal([
      {
        exchange: 'old',
        finding: { class: 'service', where: 'version', expected: 'HTTP/1.1, as in other answers', actual: 'HTTP/1.0' },
      },
    ]);
    expect(oneVersion.judge([older, older], about)).to.deep.equal([]);
    expect(oneVersion.judge([newer, newer], about)).to.deep.equal([]);
    expect(oneVersion.judge([newer, { ...recorded(answered()), answered: null }], about)).to.deep.equal([]);
  });
});

describe('an answer without an end', () => {
  const failed = (kind: string): OnRecord => ({
    ...recorded(answered(), { outcome: { kind: 'failure', failure: { kind, message: 'over 8 MiB' } } as Outcome }),
    answered: null,
  });
  const judged = (of: Contract, kind = 'too-large') => notEndless.judge([failed(kind)], { ...about, contract: of });
  const found = [
    {
      exchange: 'x1',
      finding: {
        class: 'service',
        where: 'transport',
        expected: 'an answer of a size to be read',
        actual: 'over 8 MiB',
      },
    },
  ];

  it('is wrong where there is nothing to say but how the call went', () => {
    expect(notEndless.says).to.match(/no more than how the call went is shorter/);
    expect(judged(contract)).to.deep.equal(found);
    expect(judged({ ...contract, response: { kind: 'none' } })).to.deep.equal(found);
    expect(judged(contract, 'timeout')).to.deep.equal([]);
    expect(notEndless.judge([recorded(answered())], about)).to.deep.equal([]);
  });

  it('is left alone where there may be much to say', () => {
    const withData = [contract.types[0], typeOf('MoveResponse', memberOf('Log', 'String'))] as const;
    expect(judged({ ...contract, types: withData })).to.deep.equal([]);
    for (const response of [
      { kind: 'raw' },
      { kind: 'list', type: 'MoveResponse' },
      { kind: 'dto', type: 'Other' },
    ] as const)
      expect(judged({ ...contract, response: response })).to.deep.equal([]);
  });
});

describe('HEAD', () => {
  const by = (method: string, parts: Parameters<typeof answered>[0] = {}, more: Partial<Recorded> = {}): OnRecord => {
    const x = answered({ ...parts, request: { method, url: URL_OF_A_CALL, ...parts.request } });
    const id = `${method.toLowerCase()}1` as ExchangeId;
    return recorded({ ...x, id }, { id, ...more });
  };
  const type = (value: string) => ({ headers: [['Content-Type', value]] as const });
  const judge = (record: readonly OnRecord[], of: Contract = contract) =>
    headAsGet
      .judge(record, { ...about, contract: of })
      .map(({ exchange, finding }) => `${exchange} ${finding.where}: ${finding.expected}, not ${finding.actual}`);

  it('has the status and the Content-Type of the GET of the same, whichever came first', () => {
    expect(headAsGet.says).to.equal('a HEAD has the status and the Content-Type of the GET of the same');
    const get = by('GET', { status: 401, ...type('text/html') });
    expect(judge([get, by('HEAD', { status: 401, ...type('text/html; charset=utf-8') })])).to.deep.equal([]);
    const wrong = [
      'head1 status: 401, as GET has it, not 404',
      'head1 header Content-Type: text/html, as GET has it, not text/plain',
    ];
    expect(judge([get, by('HEAD', { status: 404, ...type('text/plain') })])).to.deep.equal(wrong);
    expect(judge([by('HEAD', { status: 404, ...type('text/plain') }), get])).to.deep.equal(wrong);
    expect(judge([by('GET', { status: 200 }), by('HEAD', type('text/plain'))])).to.deep.equal([
      'head1 header Content-Type: none, as GET has it, not text/plain',
    ]);
  });

  it('may leave out what it would only know from making the body', () => {
    expect(judge([by('GET', type('text/html')), by('HEAD')])).to.deep.equal([]);
  });

  it('is held to nothing else: another request, one that may have changed something, one without an answer', () => {
    const head = by('HEAD', { status: 404 });
    for (const get of [
      by('POST'),
      by('GET', { request: { url: `${URL_OF_A_CALL}?a=b` } }),
      by('GET', { request: { headers: [['Accept', 'text/html']] } }),
      by('GET', { request: { body: '{}' } }),
      by('GET', {}, { credentials: 'valid' }),
      by('GET', {}, { effect: 'own' }),
      { ...by('GET'), answered: null },
    ])
      expect(judge([get, head])).to.deep.equal([]);
    const get = by('GET');
    expect(judge([get, by('HEAD', { status: 404 }, { effect: 'own' })])).to.deep.equal([]);
    expect(judge([get, { ...head, answered: null }])).to.deep.equal([]);
    expect(judge([get, by('PUT', { status: 404 })])).to.deep.equal([]);
    const elsewhere = { request: { url: 'http://host/metadata' } };
    expect(judge([by('GET', elsewhere), by('HEAD', { status: 404, ...elsewhere })])).to.deep.equal([]);
  });

  it('is held to nothing where the contract has not both verbs', () => {
    const [route] = contract.routes;
    for (const verbs of [['GET'], ['HEAD'], ['POST']] as const)
      expect(
        judge([by('GET'), by('HEAD', { status: 404 })], {
          ...contract,
          routes: [{ ...route, verbs: [...verbs] }],
        }),
      ).to.deep.equal([]);
    expect(
      judge([by('GET'), by('HEAD', { status: 404 })], {
        ...contract,
        routes: [{ ...route, verbs: ['GET', 'HEAD'] }],
      }),
    ).to.have.length(1);
  });
});
