// One table: the targets that mean ill, or are broken, and what a run against each may come to.

import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { body, endless, raw, type Answer, type Target } from './hostile.fixture.ts';

const MIB = 1024 * 1024;
const ok = 'HTTP/1.1 200 OK\r\n';
const error = (message: string): string => JSON.stringify({ ResponseStatus: { ErrorCode: 'E', Message: message } });
const errors = (n: number, length: number): string =>
  JSON.stringify({
    ResponseStatus: {
      ErrorCode: `E${n}`,
      Message: 'm',
      Errors: Array.from({ length }, () => ({ ErrorCode: 'a', FieldName: 'b', Message: 'c' })),
    },
  });
const members = `{${Array.from({ length: 100_000 }, (_, i) => `"n_${i}":${i}`).join(',')}}`;
let count = 0;
const judged = [1, 3];
/** An error in order is what a route may answer. */
const inOrder = [0, 1, 3];

const texts: Readonly<Record<string, string>> = {
  'a long word': 'a-'.repeat(300_000),
  'digits and letters': 'ab1.'.repeat(200_000),
  'stack frames that end nowhere': 'at A.'.repeat(150_000),
  'line ends': '\n'.repeat(700_000),
  'file names': 'a-b.c'.repeat(150_000),
  'Windows folders': 'C:\\a b '.repeat(120_000),
  'server folders': ' /var/'.repeat(120_000),
  backslashes: '\\'.repeat(600_000),
  quotes: '"'.repeat(600_000),
  'percent signs': '%25'.repeat(250_000),
  ampersands: '&amp;'.repeat(150_000),
  'names of secrets': '"password":"'.repeat(60_000),
  'parameters of secrets': '&token='.repeat(100_000),
  'beginnings of tokens': 'eyJ.'.repeat(200_000),
  'words of a JSON Web Token': 'aaaa.'.repeat(150_000),
  'users in URLs': 'a://b'.repeat(150_000),
  emoji: '😀'.repeat(200_000),
};
const json: Readonly<Record<string, string>> = {
  'lists in lists': '['.repeat(500_000),
  'a million lists': `[${'[],'.repeat(500_000)}[]]`,
  'a million objects': `[${'{},'.repeat(500_000)}{}]`,
  'a million errors': `{"ResponseStatus":{"ErrorCode":"E","Errors":[${'1,'.repeat(700_000)}1]}}`,
  'a string without an end': `{"a":"${'x'.repeat(MIB)}`,
  'a number of a million digits': '1'.repeat(MIB),
  'names of built-ins': '{"__proto__":{"a":1},"constructor":{"prototype":{}},"toString":1,"hasOwnProperty":2}',
  'ten thousand members': `{${Array.from({ length: 10_000 }, (_, i) => `"m${i}":null`).join(',')}}`,
  'a member of 100 kB': `{"${'n'.repeat(100_000)}":1}`,
  'control characters': error('\u001b[2J\u0007\u202e'),
  'half a surrogate pair': '{"ResponseStatus":{"ErrorCode":"\\ud800","Message":"\\udfff"}}',
  'a byte order mark': '\ufeff{}',
};
const xml: Readonly<Record<string, string>> = {
  'elements in elements': '<a>'.repeat(200_000),
  'a million elements': `<a>${'<b/>'.repeat(400_000)}</a>`,
  'a tag without an end': `<a ${'b="c" '.repeat(150_000)}`,
  'a million attributes': `<a ${Array.from({ length: 100_000 }, (_, i) => `b${i}=""`).join(' ')}/>`,
  'a document type': `<!DOCTYPE a [<!ENTITY b "${'c'.repeat(1000)}">]><a>&b;</a>`,
  'entities in entities': '<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "&b;&b;">]><a>&b;</a>',
  'a comment without an end': `<a><!--${'-'.repeat(MIB)}`,
  'a section without an end': `<a><![CDATA[${']]'.repeat(300_000)}`,
  'a million references': `<a>${'&#x41;'.repeat(200_000)}</a>`,
  'a million open brackets': '<'.repeat(MIB),
  'a million ampersands': `<a>${'&'.repeat(MIB)}</a>`,
};
const heads: Readonly<Record<string, string>> = {
  'no line end': 'HTTP/1.1 200 OK',
  'an empty answer': '',
  zeros: '\0'.repeat(1000),
  'another protocol': 'SSH-2.0-OpenSSH_9.6\r\n',
  'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'a status of four digits': 'HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n',
  'a status of no digits': 'HTTP/1.1 abc OK\r\n\r\n',
  'a reason of 10 kB': `HTTP/1.1 400 ${'r'.repeat(10_000)}\r\nContent-Length: 0\r\n\r\n`,
  'headers of 100 kB': `${ok}${'X-A: b\r\n'.repeat(12_000)}\r\n`,
  'a header of 15 kB of spaces': `${ok}Content-Type: application/json${' '.repeat(15_000)};x\r\nContent-Length: 2\r\n\r\n{}`,
  'a header of 15 kB of commas': `HTTP/1.1 401 No\r\nWWW-Authenticate: ${'a,'.repeat(7000)}\r\nContent-Length: 0\r\n\r\n`,
  'two lengths': `${ok}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x`,
  'a length that is none': `${ok}Content-Length: -1\r\n\r\n`,
  'a length of a terabyte': `${ok}Content-Length: 1099511627776\r\n\r\n{}`,
  'a length and chunks': `${ok}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'a chunk of no length': `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  'a chunk that never ends': `${ok}Transfer-Encoding: chunked\r\n\r\nfffffffffffff\r\n{}`,
  'another protocol upon request': 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
  'a hundred early hints': `${'HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n'.repeat(100)}${ok}Content-Length: 2\r\n\r\n{}`,
  'a redirect to itself': 'HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n',
  'a redirect to a script': 'HTTP/1.1 302 Found\r\nLocation: javascript:alert(1)\r\nContent-Length: 0\r\n\r\n',
  'a redirect of 10 kB': `HTTP/1.1 302 Found\r\nLocation: //${'h'.repeat(10_000)}\r\nContent-Length: 0\r\n\r\n`,
  'a thousand cookies': `HTTP/1.1 400 No\r\n${Array.from({ length: 400 }, (_, i) => `Set-Cookie: c${i}=v${i}v${i}v${i}\r\n`).join('')}Content-Length: 0\r\n\r\n`,
  'two answers at once': `${ok}Content-Length: 2\r\n\r\n{}${ok}Content-Length: 2\r\n\r\n[]`,
};
const waits: Readonly<Record<string, string>> = {
  'no time': '0',
  'less than no time': '-5',
  'a moment': '0.001',
  'a day gone by': 'Thu, 01 Jan 1970 00:00:00 GMT',
  'a thousand years': '31536000000',
  words: 'soon',
  'a million digits less': '9'.repeat(1000),
};

/** What every requirement looks at, the same or another each time. */
const whole: Readonly<Record<string, (n: number) => Parameters<typeof body>>> = {
  'the same 100,000 values': () => [errors(1, 25_000)],
  'other 100,000 values each time': (n) => [errors(n, 25_000)],
  'another megabyte of text each time': (n) => [error(`${n}${'é'.repeat(500_000)}\u4e00`)],
  'another ErrorCode of a megabyte each time': (n) => [
    JSON.stringify({ ResponseStatus: { ErrorCode: `E${n}${'x'.repeat(MIB)}` } }),
  ],
  'another page of a megabyte each time': (n) => [
    `<html>${n}${'<a href="b">c</a>'.repeat(60_000)}</html>`,
    'text/html',
  ],
  'other 100,000 members each time': (n) => [members.replaceAll('n', String(n))],
  'other 400 cookies each time': (n) => [
    '',
    'text/plain',
    Array.from({ length: 400 }, (_, i) => `Set-Cookie: c=${n}.${i}.drawn-anew`),
  ],
};

const chunked = `${ok}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
const bomb = Buffer.alloc(100 * MIB);

/** What an answer may be beyond its body, for whatever command has asked. */
export const answers: Readonly<Record<string, Answer>> = {
  'early hints without an end': endless('', 'HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n'),
  'a status line without an end': endless('HTTP/1.1 200 ', 'a'.repeat(60_000)),
  'headers without an end': endless(ok, 'X-A: b\r\n'.repeat(1000)),
  'headers, one now and then': endless(ok, 'X-A: b\r\n', 50),
  'a chunk extension without an end': endless(`${chunked}5;`, 'x'.repeat(60_000)),
  'chunks of one byte without an end': endless(chunked, '1;a=b\r\n[\r\n'.repeat(5000)),
  'two million chunks of one byte': raw(`${chunked}${'1\r\n \r\n'.repeat(2_000_000)}2\r\n{}\r\n0\r\n\r\n`, 'stay'),
  'chunks that end in the wrong place': raw(`${chunked}2\r\n{}XX0\r\n\r\n`),
  'controls and a length in the trailers': raw(
    `${chunked}2\r\n{}\r\n0\r\nContent-Length: 99\r\nX-T: \u001b[2J\u0007\r\n\r\n`,
    'stay',
  ),
  'trailers without an end': endless(`${chunked}2\r\n{}\r\n0\r\n`, 'X-T: a\r\n'.repeat(1000)),
  'a byte of the body now and then': endless(`${ok}Content-Length: 1000000\r\n\r\n`, ' ', 50),
  'frames of another protocol without an end': endless(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    '\u0081~'.repeat(30_000),
  ),
  'a body that stays open': raw(`${ok}Content-Type: application/json\r\n\r\n{}`, 'stay'),
  'a page without a status line': raw('<html>hello</html>'),
  'a control in the name of a header': raw(`${ok}X\u0001Y: a\r\nContent-Length: 0\r\n\r\n`),
  'bytes beyond ASCII in the head': raw(
    'HTTP/1.1 400 N\u00ff\u0080\r\nX: \u009b2J\r\nContent-Length: 0\r\n\r\n',
    'stay',
  ),
  'a length of 400 digits': raw(`${ok}Content-Length: ${'9'.repeat(400)}\r\n\r\n{}`),
  'more than it announced': raw('HTTP/1.1 400 No\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\n', 'stay'),
  'less than it announced': raw('HTTP/1.1 400 No\r\nContent-Length: 50\r\n\r\n{}'),
  'a brotli bomb': body(brotliCompressSync(bomb), 'application/json', ['Content-Encoding: br']),
  'a bomb within a bomb': body(gzipSync(gzipSync(bomb)), 'application/json', ['Content-Encoding: gzip, gzip']),
  'two thousand codings': body('{}', 'application/json', [`Content-Encoding: ${'gzip,'.repeat(2000)}gzip`]),
  'a deflate bomb': body(deflateSync(bomb), 'application/json', ['Content-Encoding: deflate']),
  'gzip without an end': endless(
    'HTTP/1.1 400 No\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n\r\n',
    gzipSync(Buffer.alloc(MIB)).toString('latin1'),
  ),
  'half of a gzip': body(gzipSync(error('a'.repeat(1000))).subarray(0, 30), 'application/json', [
    'Content-Encoding: gzip',
  ]),
  'a coding that is a built-in': body('{}', 'application/json', ['Content-Encoding: __proto__']),
  'plain that is said to be gzip': body('{}', 'application/json', ['Content-Encoding: gzip']),
  'half a character of UTF-16': body(Buffer.from([0xff, 0xfe, 0x7b]), 'application/json; charset=utf-16'),
  'a charset that is none': body('{}', `application/json; charset=${'x'.repeat(5000)}`),
  'one member a hundred thousand times': body(`{${'"a":1,'.repeat(100_000)}"a":1}`),
  'forty thousand namespaces': body(
    `<a ${Array.from({ length: 40_000 }, (_, i) => `xmlns:b${i}="u${i}"`).join(' ')}/>`,
    'application/xml',
  ),
  'a cell of 5 MB': body(`a\r\n"${'x'.repeat(5 * MIB)}"\r\n`, 'text/csv'),
  'odd cookies': body('{}', 'application/json', [
    'Set-Cookie: =',
    'Set-Cookie: ;;',
    'Set-Cookie: __proto__=x; Path=\u0080',
  ]),
  'a redirect to where one signs in': body('', 'text/html', ['Location: /auth/credentials'], '302 Found'),
  'metadata that refers to itself': body(
    JSON.stringify({
      types: [{ name: 'A', inherits: { name: 'A' } }],
      operations: [
        { request: { name: 'Move', inherits: { name: 'Move' }, properties: [{ name: 'X', type: 'Move' }] } },
      ],
    }),
    'application/json',
    [],
    '200 OK',
  ),
  'metadata of nothing': body(
    '{"app":null,"operations":[null,{"request":null}],"types":[null]}',
    'application/json',
    [],
    '200 OK',
  ),
  'metadata of twelve thousand operations': body(
    JSON.stringify({
      types: [],
      operations: Array.from({ length: 12_000 }, (_, i) => ({ request: { name: `Op${i}` }, routes: [{ path: '/a' }] })),
    }),
    'application/json',
    [],
    '200 OK',
  ),
};

/** What a target may turn to when a run is well under way. */
const turning: Readonly<Record<string, Answer>> = {
  'nothing more': () => undefined,
  resets: (_, socket) => void socket.resetAndDestroy(),
  'headers without an end': endless(ok, 'X-A: b\r\n'.repeat(1000)),
  'two answers for one': (request, socket) => {
    body(error('no'))(request, socket);
    body('{}', 'application/json', [], '200 OK')(request, socket);
  },
  'a gzip bomb': body(gzipSync(bomb), 'application/json', ['Content-Encoding: gzip']),
  'page upon page of redirects': (_, socket) =>
    void socket.write(`HTTP/1.1 302 Found\r\nLocation: /a${(count += 1)}\r\nContent-Length: 0\r\n\r\n`),
};

/** Answers in order until four requests have been made. */
function afterFour(then: Answer): Answer {
  const first = body(error('no'));
  let asked = 0;
  return (request, socket) => {
    (asked++ < 4 ? first : then)(request, socket);
  };
}

/** Targets that mean ill, or are broken beyond what anybody would send, with what a run against them may come to. */
export const targets: readonly Target[] = [
  ...Object.entries(texts).map(([what, text]): Target => ({
    what: `${what} in a message`,
    answer: body(error(text)),
    codes: inOrder,
  })),
  ...Object.entries(texts)
    .slice(0, 6)
    .map(([what, text]): Target => ({ what: `${what} as HTML`, answer: body(text, 'text/html'), codes: judged })),
  ...Object.entries(json).map(([what, text]): Target => ({
    what: `JSON: ${what}`,
    answer: body(text),
    codes: inOrder,
  })),
  ...Object.entries(xml).map(([what, text]): Target => ({
    what: `XML: ${what}`,
    answer: body(text, 'application/xml'),
    codes: judged,
  })),
  ...Object.entries(heads).map(([what, text]): Target => ({ what, answer: raw(text), codes: judged })),
  ...Object.entries(waits).map(([what, value]): Target => ({
    what: `429 and to wait for ${what}`,
    answer: body('', 'text/plain', [`Retry-After: ${value}`], '429 Too Many Requests'),
    codes: [3],
  })),
  ...Object.entries(answers).map(([what, answer]): Target => ({ what, answer, codes: inOrder })),
  { what: '8 MB of one letter', answer: body(Buffer.alloc(8 * MIB, 'x')), codes: judged },
  {
    what: 'another megabyte and a half each time',
    answer: (_, socket) => {
      const text = `"${String((count += 1)).padEnd(1.5 * MIB, 'x')}"`;
      body(text)('', socket);
    },
    codes: judged,
  },
  {
    what: 'a gzip bomb',
    answer: body(gzipSync(Buffer.alloc(200 * MIB)), 'application/json', ['Content-Encoding: gzip']),
    codes: judged,
  },
  { what: 'CSV: a million columns', answer: body(`${'a,'.repeat(500_000)}a\r\n1\r\n`, 'text/csv'), codes: judged },
  { what: 'CSV: a quote without an end', answer: body(`a\r\n"${'x'.repeat(MIB)}`, 'text/csv'), codes: judged },
  { what: 'JSV: objects in objects', answer: body('{a:'.repeat(200_000), 'application/jsv'), codes: judged },
  {
    what: 'a script with a name of a megabyte',
    answer: body(`${'a.'.repeat(500_000)}a({})`, 'text/javascript'),
    codes: judged,
  },
  { what: 'nothing, ever', answer: () => undefined, codes: [3] },
  {
    what: 'one byte each second',
    answer: (_, socket) => {
      const timer = setInterval(() => socket.write('H'), 1000);
      socket.on('close', () => {
        clearInterval(timer);
      });
    },
    codes: [3],
  },
  { what: 'a reset in the middle', answer: raw(`${ok}Content-Length: 100\r\n\r\n{`, 'reset'), codes: judged },
  { what: 'a reset at once', answer: (_, socket) => void socket.resetAndDestroy(), codes: [3] },
  {
    what: 'an answer nobody asked for after each',
    answer: (request, socket) => {
      body(error('no'))(request, socket);
      setTimeout(() => void socket.write(`${ok}Content-Length: 2\r\n\r\n{}`), 5);
    },
    codes: inOrder,
  },
  {
    what: 'every second connection is closed while idle',
    answer: (request, socket) => {
      body(error('no'))(request, socket);
      setTimeout(() => void socket.destroy(), Math.random() * 3);
    },
    codes: inOrder,
  },
  {
    what: 'large answers at 256 at once',
    answer: body(error('x'.repeat(MIB))),
    codes: inOrder,
    argv: ['--only', 'routes', '--concurrency', '256'],
  },
  {
    what: '120,000 members to 64 at once',
    answer: body(`{${Array.from({ length: 120_000 }, (_, i) => `"a${i}":${i}`).join(',')}}`),
    codes: inOrder,
    argv: ['--only', 'routes,formats', '--concurrency', '64'],
  },
  ...Object.entries(turning).map(([what, answer]): Target => ({
    what: `well at first, then ${what}`,
    answer: afterFour(answer),
    codes: inOrder,
  })),
  ...Object.entries(whole).map(([what, make]): Target => ({
    what: `the whole catalogue: ${what}`,
    answer: (_, socket) => body(...make((count += 1)))('', socket),
    codes: inOrder,
    argv: ['--timeout', '5000'],
  })),
];
