import { expect } from 'chai';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { brief } from './body.ts';
import { disclosesNothing, tellsNoTrace } from './disclosure.ts';

const judged = (x: ReturnType<typeof failing>) => disclosesNothing.judge(x, evidence([x]));

describe('disclosure', () => {
  for (const text of [
    'System.Exception: no\n   at Things.Service.Any(Move request) in /home/me/Service.cs:line 30',
    '\n   at Things.ServiceRunner`1.ExecuteAsync(IRequest req)',
    'see Service.cs:line 12',
    'could not open /var/lib/things/db.sqlite',
    'could not open C:\\inetpub\\things\\web.config',
    '[REQUEST: {ThingId:1}]',
    'boom --- End of inner exception stack trace ---',
  ]) {
    it(`finds ${JSON.stringify(text)}`, () => {
      expect(judged(failing(500, 'E', text))).to.have.length(1);
    });
  }

  for (const text of [
    "'Thing Id' must not be empty.",
    "Could not deserialize 'application/json' request using Things.Move'\nError: The JSON value could not be converted to System.Guid. Path: $.ThingId | LineNumber: 0 | BytePositionInLine: 17.",
    "Expecting element 'Move' from namespace 'http://schemas.datacontract.org/2004/07/Things'.. Error in line 1 position 77.",
    'look at Things.Move (version 2) at noon',
    'the path /api/things/1/lift has no thing',
    'wait until 10:30 and/or try again',
  ]) {
    it(`leaves ${JSON.stringify(text)}`, () => {
      expect(judged(failing(400, 'E', text))).to.deep.equal([]);
    });
  }

  it('looks into members of any depth and name, and into bodies that it cannot read', () => {
    const deep = json(500, { ResponseStatus: { Errors: [{ Meta: { hint: '\n   at A.B.C(D e)' } }] } });
    expect(judged(deep).map((f) => f.where)).to.deep.equal(['body ResponseStatus Errors[0] Meta hint']);
    expect(
      judged(answered({ text: '<pre>\n   at A.B.C(D e)</pre>', decoded: { kind: 'foreign', mediaType: 'text/html' } })),
    ).to.have.length(1);
  });
});

describe('what discloses, to the letter', () => {
  const found = (text: string): readonly string[] =>
    judged(failing(500, 'E', text)).map((f) => `${f.where}: ${f.expected}, not ${f.actual}`);

  /** What is found of any answer, whichever characters JSON escapes in it. */
  const anywhere = (text: string, escaped: RegExp): readonly string[] => {
    const x = failing(500, 'E', text);
    const written = x.text.replace(escaped, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
    return tellsNoTrace({ ...x, text: written }).map((f) => `${f.where}: ${f.expected}, not ${f.actual}`);
  };

  for (const [what, ...texts] of [
    [
      'a .NET stack frame',
      'at A.B(C d)',
      '  at A.B`1.C(D)',
      'at A.<M>g__L|0_1(B)',
      'at A.B[T](T a)',
      'x\nat A.B()',
      'x\\nat A.B()',
    ],
    ['a line of a source file', 'Main.cs:line 7', 'main.ts:7', 'a.py:1'],
    [
      'a stack marker',
      '--- End of stack trace',
      '--- End of inner exception stack trace',
      'Traceback (most recent call last)',
    ],
    ["the framework's request dump", '[REQUEST: {'],
    ['a Windows path', 'D:\\some folder\\x'],
    ['a server path', '/home/me', 'in (/var/x)', '"/etc/passwd"', 'x=/opt/a', 'see: /usr/-'],
  ] as const)
    for (const text of texts)
      it(`${JSON.stringify(text)} is ${what}`, () => {
        expect(found(text)).to.deep.equal([
          `body ResponseStatus Message: neither a stack trace nor a server path, not ${what}: ${brief(text)}`,
        ]);
        for (const escaped of [/[^\s\S]/g, /['<>/().]/g]) expect(anywhere(text, escaped)).to.deep.equal(found(text));
      });

  for (const text of [
    'at A(C d)',
    'at .A(b)',
    'at A.B C(d)',
    'at A.B (d)',
    'at A.B(d',
    'at A.B',
    'At A.B()',
    'at a.b,C(d)',
    'at A|b.C(d)',
    'x at A.B()',
    '.cs:1',
    'Main.cs:x',
    'Main.cs',
    '--- End of outer stack trace',
    '[REQUEST: x',
    'C:\\x',
    'CC:\\x\\',
    'a/home/me',
    '/home',
    '/homes/me',
  ])
    it(`${JSON.stringify(text)} is nothing`, () => {
      expect(found(text)).to.deep.equal([]);
    });
});
