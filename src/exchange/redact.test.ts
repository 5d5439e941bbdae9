// One redactor: where secrets may stand, how they may be spelled, and what must be left as it is.

import { expect } from 'chai';
import fc from 'fast-check';
import type { Header } from '../model/exchange.ts';
import { createRedactor } from './redact.ts';

const SECRET = `p"a's&s <w>ö+r/d=9`;
const TOKEN = 'tok-0123456789abcdef';
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLWl0';
const GUID = '11111111-1111-4111-8111-000000000001';

describe('the redactor', () => {
  const redactor = createRedactor({ secrets: [SECRET, TOKEN], headerNames: ['X-Tenant-Key'] });
  const json = JSON.stringify(SECRET).slice(1, -1);
  const xml = SECRET.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const base64 = Buffer.from(SECRET).toString('base64');
  const namedOf = (text: string): string =>
    Object.entries(names).reduce((named, [character, name]) => named.replaceAll(character, `&${name};`), text);
  const names = {
    '&': 'amp',
    '"': 'quot',
    "'": 'apos',
    '<': 'lt',
    '>': 'gt',
    '+': 'plus',
    '/': 'sol',
    '=': 'equals',
    ö: 'ouml',
  };

  const planted: readonly (readonly [string, string])[] = [
    ['as it is', `x ${SECRET} y`],
    ['in JSON', `{"Message":"${json}"}`],
    [
      'in JSON with System.Text.Json escapes',
      `{"Message":"${json.replaceAll("'", '\\u0027').replaceAll('&', '\\u0026').replaceAll('<', '\\u003C').replaceAll('>', '\\u003e').replaceAll('+', '\\u002B').replaceAll('ö', '\\u00F6')}"}`,
    ],
    ['in JSON within JSON', JSON.stringify({ inner: JSON.stringify({ a: SECRET }) })],
    ['in XML', `<Message>${xml}</Message>`],
    [
      'in XML with numeric entities',
      `<Message>${xml.replaceAll("'", '&#39;').replaceAll('+', '&#x2B;').replaceAll('ö', '&#246;')}</Message>`,
    ],
    ['in a CSV cell', `Message\r\n"${SECRET.replaceAll('"', '""')}"\r\n`],
    ['in a query', `/a?x=${encodeURIComponent(SECRET)}&y=1`],
    ['in a form', new URLSearchParams({ x: SECRET }).toString()],
    [
      'in a query within a query, in lower-case hex',
      `/login?redirect=${encodeURIComponent(`/a?x=${encodeURIComponent(SECRET)}`).replace(/%[0-9A-F]{2}/g, (h) => h.toLowerCase())}`,
    ],
    ['in HTML, with names for what is no letter', `<p>${namedOf(SECRET)}</p>`],
    ['in HTML in upper case', `<p>${namedOf(SECRET).toUpperCase()}</p>`],
    ['in Base64', `Basic ${base64}`],
    ['in Base64 of UTF-16', Buffer.from(SECRET, 'utf16le').toString('base64')],
    [
      'in hexadecimal with dashes',
      Buffer.from(SECRET)
        .toString('hex')
        .replace(/..(?!$)/g, '$&-'),
    ],
    ['in Latin-1 that is read as UTF-8', `x ${Buffer.from(SECRET, 'latin1').toString('utf8')} y`],
    [
      'in UTF-8 that is read as the code page of Windows',
      `x ${new TextDecoder('windows-1252').decode(Buffer.from(SECRET))} y`,
    ],
    ['in Base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['in pieces that make one letter', `x ${SECRET.normalize('NFD')} y`],
    ['in a header, whose bytes are taken for Latin-1', `x ${Buffer.from(SECRET).toString('latin1')} y`],
    ['in Base64 of Latin-1', `Basic ${Buffer.from(`me:${SECRET}`, 'latin1').toString('base64').slice(4)}`],
    ['a token in a message', `Token ${TOKEN} has expired`],
  ];
  for (const [where, text] of planted) {
    it(`finds a known secret ${where}`, () => {
      expect(redactor.text(text))
        .to.include('[redacted]')
        .and.not.match(/w.{0,12}r.{0,8}d=?9|wor|0123456789/);
      for (const whole of [SECRET, json, xml, TOKEN, base64]) expect(redactor.text(text)).not.to.include(whole);
    });
  }

  it('finds any secret of eight characters or more in JSON, XML, forms and Base64, and leaves the rest', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }), (secret) => {
        const r = createRedactor({ secrets: [secret], headerNames: [] });
        expect(r.text(`{"A":${JSON.stringify(secret)},"B":1}`)).to.equal('{"A":"[redacted]","B":1}');
        const form = new URLSearchParams({ q: secret }).toString();
        expect(r.text(`${form}&b=1`)).to.equal('q=[redacted]&b=1');
        expect(r.text(`<${Buffer.from(secret).toString('base64')}>`)).to.equal('<[redacted]>');
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  const named: readonly (readonly [string, string, string])[] = [
    [
      'JSON',
      '{"UserName":"u","bearerToken":"q\\"1","RefreshToken": "z","n":1}',
      '{"UserName":"u","bearerToken":"[redacted]","RefreshToken": "[redacted]","n":1}',
    ],
    [
      'JSON within JSON',
      JSON.stringify({ a: JSON.stringify({ Password: 'x"y\\z', b: 1 }) }),
      '{"a":"{\\"Password\\":\\"[redacted]\\",\\"b\\":1}"}',
    ],
    [
      'XML',
      '<R xmlns="u"><d:SessionId a="1">s</d:SessionId><Password/><Message>m</Message></R>',
      '<R xmlns="u"><d:SessionId a="1">[redacted]</d:SessionId><Password/><Message>m</Message></R>',
    ],
    [
      'JSV',
      '{UserName:u,Password:x y,BearerToken:"a,b",Id:1}',
      '{UserName:u,Password:[redacted],BearerToken:[redacted],Id:1}',
    ],
    ['a form', 'UserName=u&Password=x%20y&c=d', 'UserName=u&Password=[redacted]&c=d'],
    [
      'a query',
      'http://h/p?ss-tok=x&apikey=y&access_token=z&id=1',
      'http://h/p?ss-tok=[redacted]&apikey=[redacted]&access_token=[redacted]&id=1',
    ],
    [
      'a query in a redirect',
      '/login?redirect=http%3a%2f%2fh%2fp%3fss-tok%3dxyz%26id%3d1&b=2',
      '/login?redirect=http%3a%2f%2fh%2fp%3fss-tok%3d[redacted]%26id%3d1&b=2',
    ],
    ['a URL with a user', 'http://u:pw@h/p', 'http://[redacted]@h/p'],
    ['a JWT anywhere', `see ${JWT}, and ${JWT.slice(0, JWT.lastIndexOf('.') + 1)}`, 'see [redacted], and [redacted]'],
  ];
  for (const [where, text, clean] of named) {
    it(`finds an unknown secret by its name or looks in ${where}`, () => {
      expect(redactor.text(text)).to.equal(clean);
    });
  }

  it('leaves ordinary text', () => {
    for (const text of [
      `{"ConnectionId":"${GUID}","ContactId":"00000000-0000-0000-0000-000000000000"}`,
      '{"ResponseStatus":{"ErrorCode":"TokenException","Message":"Token has expired","Errors":[{"FieldName":"Password","Message":"\'Password\' must not be empty."}]}}',
      '{ResponseStatus:{ErrorCode:Unauthorized,Message:Invalid Username or Password,Errors:[]}}',
      '{"Token":null,"Password":""}',
      '<Password></Password>',
      'a,b\r\n',
      'x eyJ y',
      `http://h:80/api/connections/${GUID}/cancel?format=json`,
      'mailto:a@b.test',
      'see http://h/a and b@c.test',
    ])
      expect(redactor.text(text)).to.equal(text);
  });

  it('does not blank text for a secret of fewer than four characters, nor within words for one of fewer than eight', () => {
    const r = createRedactor({ secrets: ['a', 'abc', 'test'], headerNames: [] });
    expect(r.text('a cab abc attested "test" test1')).to.equal('a cab abc attested "[redacted]" test1');
    expect(r.text('{"Password":"a"}')).to.equal('{"Password":"[redacted]"}');
  });

  it('redacts headers by their place, keeping scheme, names and attributes', () => {
    const headers: readonly Header[] = [
      ['authorization', 'Bearer abc'],
      ['Authorization', 'rawkey'],
      ['Authorization', 'Bearer '],
      ['Proxy-Authorization', 'Basic eDp5'],
      ['Cookie', 'a=1; ss-id=x'],
      ['SET-COOKIE', 'ss-pid=AbCdEfGh1; path=/; httponly'],
      ['x-tenant-key', 'k'],
      ['Location', '/login?redirect=%2fa%3ftoken%3dq'],
      ['WWW-Authenticate', 'credentials realm="/auth/credentials"'],
      ['Accept', 'application/json'],
    ];
    expect(redactor.headers(headers)).to.deep.equal([
      ['authorization', 'Bearer [redacted]'],
      ['Authorization', '[redacted]'],
      ['Authorization', 'Bearer '],
      ['Proxy-Authorization', 'Basic [redacted]'],
      ['Cookie', 'a=[redacted]; ss-id=[redacted]'],
      ['SET-COOKIE', 'ss-pid=[redacted]; path=/; httponly'],
      ['x-tenant-key', '[redacted]'],
      ['Location', '/login?redirect=%2fa%3ftoken%3d[redacted]'],
      ['WWW-Authenticate', 'credentials realm="/auth/credentials"'],
      ['Accept', 'application/json'],
    ]);
  });
  it('looks through cookies before it takes them apart', () => {
    const [first = '', ...rest] = TOKEN;
    const spelled = `${first}${rest.map((c) => `&#${c.charCodeAt(0)};`).join('')}`;
    expect(
      redactor.headers([
        ['Set-Cookie', `a=1; Path=/${spelled}x; Domain=d`],
        ['Set-Cookie', `a=${spelled}; Path=/`],
        ['Cookie', `a=1; b=${spelled}; c=2`],
      ]),
    ).to.deep.equal([
      ['Set-Cookie', 'a=[redacted]; Path=/[redacted]x; Domain=d'],
      ['Set-Cookie', 'a=[redacted]; Path=/'],
      ['Cookie', 'a=[redacted]; b=[redacted]; c=[redacted]'],
    ]);
  });

  it('lets made-up values stand', () => {
    const r = createRedactor({ secrets: [], headerNames: [], permitted: ['Bearer a.b.c'] });
    expect(
      r.headers([
        ['Authorization', 'Bearer a.b.c'],
        ['Authorization', 'Bearer a.b.d'],
      ]),
    ).to.deep.equal([
      ['Authorization', 'Bearer a.b.c'],
      ['Authorization', 'Bearer [redacted]'],
    ]);
  });
  it('learns what comes up in the run: values told, and cookies that a target sets, words apart', () => {
    const r = createRedactor({ secrets: [], headerNames: [] });
    r.learn('learned-value');
    r.learnCookies([
      ['Set-Cookie', 'ss-id=YCxM5WUDF21vOYzjGj4g; path=/'],
      ['Set-Cookie', 'ss-opt=temporary'],
      ['Set-Cookie', 'sid=lettersonly'],
    ]);
    expect(r.text('learned-value YCxM5WUDF21vOYzjGj4g temporary LettersOnly')).to.equal(
      '[redacted] [redacted] temporary [redacted]',
    );
  });
  it('gets through text that is made to slow it down', () => {
    for (const piece of [
      '\\',
      '%25',
      'a.',
      'eyJ',
      '{',
      '"Password":"',
      '&token=',
      'a://',
      '&#0',
      '<Password ',
      ', ',
      SECRET.slice(0, -1),
    ]) {
      expect(redactor.text(piece.repeat(200_000 / piece.length) + TOKEN), piece).to.match(/\[redacted\]$/);
    }
  });
  it('is done in one pass: what it wrote stays as it is', () => {
    const once = redactor.text(planted.map(([, text]) => text).join('\n'));
    expect(redactor.text(once)).to.equal(once);
  });

  const xmlOf = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const wrappings: Readonly<Record<string, (text: string) => string>> = {
    'as JSON': (text) => JSON.stringify({ a: text }),
    'as JSON in ASCII': (text) =>
      JSON.stringify({ a: text }).replace(
        /[^ -~]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
      ),
    'as XML': (text) => `<a b="${xmlOf(text)}">${xmlOf(text)}</a>`,
    'as CSV': (text) => `A\r\n"${text.replaceAll('"', '""')}"\r\n`,
    'in a URL': (text) => `/a?x=${encodeURIComponent(text)}&y=1`,
    'in a form': (text) => new URLSearchParams({ x: text, y: '1' }).toString(),
    'in words': (text) => `The value ${text} is not known.`,
    'in upper case': (text) => text.toUpperCase(),
  };
  const each = (secret: string, write: (code: string) => string): string =>
    secret.replace(/[^]/g, (c) => write(c.charCodeAt(0).toString(16).padStart(4, '0')));
  const spellings: Readonly<Record<string, (secret: string) => string>> = {
    'as it is': (secret) => secret,
    'in Base64': (secret) => Buffer.from(secret).toString('base64'),
    'in Base64 behind a user': (secret) => Buffer.from(`me:${secret}`).toString('base64'),
    'in Base64 within something longer': (secret) => Buffer.from(`user:${secret}, and more`).toString('base64url'),
    'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
    'in Base64 of JSON': (secret) => Buffer.from(JSON.stringify({ a: secret })).toString('base64'),
    'in Base64 of Base64': (secret) => Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
    'in Base64 of UTF-16': (secret) => Buffer.from(secret, 'utf16le').toString('base64'),
    'in Base64 over lines': (secret) => Buffer.from(secret).toString('base64').replace(/.{5}/g, '$&\r\n'),
    'in Base64 of URLs': (secret) => Buffer.from(encodeURIComponent(secret)).toString('base64url'),
    'in hexadecimal of UTF-16': (secret) => Buffer.from(secret, 'utf16le').toString('hex'),
    'in hexadecimal with dashes': (secret) =>
      Buffer.from(secret)
        .toString('hex')
        .replace(/..(?!$)/g, '$&-'),
    'in hexadecimal with blanks': (secret) =>
      Buffer.from(secret)
        .toString('hex')
        .replace(/..(?!$)/g, '$& '),
    'in bytes as of a program': (secret) => [...Buffer.from(secret)].map((b) => `0x${b.toString(16)}`).join(', '),
    'in escapes of Microsoft': (secret) => each(secret, (code) => `%u${code}`),
    'in escapes of names in XML': (secret) => each(secret, (code) => `_x${code}_`),
    'in escapes of JavaScript': (secret) => each(secret, (code) => `\\u{${code.slice(2)}}`),
    'in escapes of C#': (secret) => each(secret, (code) => `\\U0000${code}`),
    'in octal escapes': (secret) =>
      each(secret, (code) => `\\${Number.parseInt(code, 16).toString(8).padStart(3, '0')}`),
    'in references with zeros in front': (secret) => each(secret, (code) => `&#x000000${code};`),
    'in references without an end': (secret) => each(secret, (code) => `&#${Number.parseInt(code, 16)}`),
    'as UTF-16 that is read as UTF-8': (secret) => secret.split('').join('\0'),
    'in references of XML, as UTF-16 that is read as UTF-8': (secret) =>
      each(secret, (code) => `&#x${code};`)
        .split('')
        .join('\0'),
    'with what cannot be seen between': (secret) => secret.split('').join('\u200b'),
  };
  it('finds a secret that is planted in any spelling, in any wrapping within any other', () => {
    const secrets = fc
      .string({ minLength: 8, maxLength: 24, unit: 'grapheme-ascii' })
      .filter((s) => /^[^\\%&]*$/.test(s));
    fc.assert(
      fc.property(
        secrets.filter((secret) => secret.replace(/["+ ]/g, '').length >= 8),
        fc.constantFrom(...Object.keys(spellings)),
        fc.array(fc.constantFrom(...Object.keys(wrappings)), { maxLength: 3 }),
        (secret, spelled, wrapped) => {
          const planted = spellings[spelled]!(secret);
          const text = wrapped.reduce((inner, how) => wrappings[how]!(inner), `-${planted}-`);
          // Base64 in another case is no Base64: nobody can read it.
          if (wrapped.includes('in upper case') && spelled.includes('Base64')) return;
          const clean = createRedactor({ secrets: [secret], headerNames: [] }).text(text);
          expect(clean, text).to.include('[redacted]');
          expect(clean.toLowerCase()).not.to.include(planted.toLowerCase());
        },
      ),
      { seed: 14, numRuns: 1000 },
    );
  });

  it('finds the beginning of a secret where a text was shortened within it, and leaves what merely begins like one', () => {
    const cut = (text: string, length: number): string => `${text.slice(0, length)}…`;
    const base64 = Buffer.from(TOKEN).toString('base64');
    expect(redactor.text(`a ${cut(TOKEN, 12)}, in an answer with 500`)).to.equal(
      'a [redacted]…, in an answer with 500',
    );
    expect(redactor.text(`a ${cut(base64, 14)}`)).to.equal('a [redacted]…');
    expect(redactor.text(`a ${cut(JWT, 30)} b`)).to.equal('a [redacted]… b');
    expect(redactor.text(`a ${TOKEN.slice(0, 12)} b`)).to.equal(`a ${TOKEN.slice(0, 12)} b`);
    expect(redactor.text('a tok-… b')).to.equal('a tok-… b');
  });

  it('is not made slow, or large, by cookies without end that begin alike', () => {
    const r = createRedactor({ secrets: [], headerNames: [] });
    for (let i = 0; i < 9000; i += 1) r.learnCookies([['Set-Cookie', `c=same-beginning-${i}`]]);
    expect(r.text(`a same-beginning-7, ${'same-beginning-'.repeat(1000)}`)).to.equal('a [redacted], [redacted]');
    expect(r.notes()).to.deep.equal([
      'the target set more than 8192 cookies; the values of further ones are hidden in headers only',
    ]);
  });

  it('leaves the words of the suite, and says so once', () => {
    const r = createRedactor({
      secrets: ['connection', 'x1'],
      headerNames: [],
      own: ['an active connection is cancelled'],
    });
    expect(r.text('an active connection')).to.equal('an active connection');
    expect(r.text('{"Password":"connection"}')).to.equal('{"Password":"[redacted]"}');
    expect(r.notes()).to.have.length(1);
  });

  it('shows the first word of a credential only where it is the name of a scheme', () => {
    expect(
      redactor.headers([
        ['Authorization', 'sekretword more'],
        ['Authorization', 'Digest abc'],
      ]),
    ).to.deep.equal([
      ['Authorization', '[redacted]'],
      ['Authorization', 'Digest [redacted]'],
    ]);
  });

  it('looks into names of headers and cookies, and into the attributes of cookies', () => {
    expect(
      redactor.headers([
        [`X-${TOKEN}`, 'v'],
        ['Set-Cookie', `${TOKEN}=v; path=/${TOKEN}; x=${TOKEN}`],
      ]),
    ).to.deep.equal([
      ['X-[redacted]', 'v'],
      ['Set-Cookie', '[redacted]=[redacted]; path=/[redacted]; x=[redacted]'],
    ]);
  });
});
