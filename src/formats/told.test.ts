// What a reader says of a text that it refuses, to the word: a person finds the fault by it. And what is written and read exactly.

import { expect } from 'chai';
import type { FormatName } from '../model/contract.ts';
import type { Shape } from '../model/schema.ts';
import type { PlainObject, PlainValue } from '../model/value.ts';
import { readBody, writeBody } from './body.ts';
import { readForm } from './form.ts';
import { readJsonp } from './jsonp.ts';

const text: Shape = { kind: 'text' };
const shape: Shape = {
  kind: 'object',
  name: 'Thing',
  members: {
    Name: text,
    Size: { kind: 'number' },
    Done: { kind: 'boolean' },
    Tags: { kind: 'list', of: text },
    Meta: { kind: 'map', of: text },
  },
};

const deep = (levels: number): string => `${'['.repeat(levels)}1${']'.repeat(levels)}`;

const told: Readonly<Record<FormatName, readonly (readonly [text: string, problem: string])[]>> = {
  json: [
    ['', 'the body is empty'],
    ['\uFEFF{}', 'the text starts with a byte order mark'],
    ['{"a":01}', `expected ',' or '}', found "1"`],
    ['{"a":+1}', 'expected a value, found "+"'],
    ['{"a":1e999}', 'the number 1e999 is out of range'],
    ['{"a":1,"a":2}', 'the member "a" stands twice'],
    ['{} x', 'unexpected "x" after the JSON value'],
    ['{a:1}', 'expected a member name in double quotes, found "a"'],
    ['{"a" 1}', `expected ':' after a member name, found "1"`],
    ['{"a":"b', 'a string is not closed'],
    ['{"a":"\n"}', 'a control character in a string must be escaped'],
    ['{"a":"\\x"}', '\\x is no escape in JSON'],
    ['{"a":"\\u12g4"}', '\\u must be followed by four hex digits'],
    ['{"a":1', `expected ',' or '}', found the end of the text`],
    ['[1', `expected ',' or ']', found the end of the text`],
    [deep(101), 'nested deeper than 100 levels'],
    [`[${'1,'.repeat(249_999)}1]`, 'more than 250000 values'],
  ],
  jsonl: [['{}\n{}\n', 'one JSON value on exactly one line was expected, the text has more lines']],
  xml: [
    ['<Other/>', 'expected the root element Thing or ErrorResponse, found Other'],
    ['<Thing><Name>a</Name><Name>b</Name></Thing>', 'the member "Name" stands twice'],
    ['<Thing>a<Name>b</Name></Thing>', '<Thing> mixes text and elements'],
    ['<Thing><Tags><a/><b/></Tags></Thing>', 'expected a list of a, found b'],
    ['<Thing><Meta><e><Key>a</Key></e></Meta></Thing>', 'expected a Key and a Value in e'],
    ['<!DOCTYPE a><Thing/>', 'a document type declaration is refused'],
    [
      '<?xml version="1.0" encoding="utf-16"?><Thing/>',
      'the XML declaration is not that of an XML 1.0 document in UTF-8',
    ],
    ['<Thing><Name>a & b</Name></Thing>', `'&' begins no reference`],
    [
      '<Thing xmlns:i="http://www.w3.org/2001/XMLSchema-instance"><Name i:nil="true">x</Name></Thing>',
      '<Name> is nil and has content',
    ],
    ['<a>'.repeat(102), 'nested deeper than 100 levels'],
  ],
  csv: [
    ['Name', 'expected a value row after the header row'],
    ['Name\nx\ny', 'expected one value row, found a second'],
    ['Name,Size\nx', 'expected 2 cells, found 1'],
    ['Name\nx,y', `expected 1 cells, found 2: a cell with ',' in it needs quotes`],
    ['Name,Name\nx,y', 'the column "Name" stands twice'],
    ['Name,\nx,y', 'a column has no name'],
    ['Name\nx\ry', 'a cell with a line break in it needs quotes'],
    ['Name\n\0', 'a NUL is no text'],
    ['Name,Meta\nx,y', `expected '{' or '['`],
  ],
  jsv: [
    ['x', `expected '{' or '['`],
    ['{Name:x,}', 'expected a member name, found "}"'],
    ['{Tags:[a,]}', 'expected a list item, found "]"'],
    ['{Name:x,Name:y}', 'the member "Name" stands twice'],
    ['{Name}', `expected ':' after a member name, found "}"`],
    ['{Name', `expected ':' after a member name, found the end of the text`],
    ['{Name:"x"y}', `expected ',' or '}', found "y"`],
    ['{Tags:["x"y]}', `expected ',' or ']', found "y"`],
    ['{Name:"x}', 'a quoted text is not closed'],
    ['{Name:x[y}', 'a text with "[" in it needs quotes'],
    ['{Name:x}y', 'unexpected "y" after the JSV value'],
    [`{Tags:${deep(100)}}`, 'nested deeper than 100 levels'],
    [`{Tags:[${'1,'.repeat(249_998)}1]}`, 'more than 250000 values'],
  ],
};

describe('what a reader says', () => {
  for (const [format, rows] of Object.entries(told) as [FormatName, (typeof told)[FormatName]][])
    it(`of ${format} that it refuses`, () => {
      for (const [body, problem] of rows) {
        const reading = readBody(format, body, shape);
        expect(reading.ok ? 'nothing' : reading.problem, body.slice(0, 100)).to.equal(problem);
      }
    });

  it('of a form and of a call', () => {
    for (const [form, problem] of [
      ['a=1&a=2', 'the member "a" stands twice'],
      ['a=1&&b=2', `expected a name, found '&' or the end of the text`],
      ['=1', `expected a name before '='`],
      ['a=%zz', `'%' must be followed by two hex digits`],
      ['a=%C3', 'the escaped bytes are not UTF-8'],
    ] as const)
      expect(readForm(form)).to.include({ ok: false, problem });
    for (const [call, problem] of [
      ['{}', 'expected the call of a callback function'],
      ['cb({}', `expected the call to end with ')' or ');'`],
      ['cb({},1)', 'unexpected "," after the JSON value'],
    ] as const)
      expect(readJsonp(call).reading).to.include({ ok: false, problem });
  });
});

describe('reading', () => {
  it('takes as many levels and values as it says', () => {
    expect(readBody('json', deep(100), shape).ok).to.equal(true);
    expect(readBody('jsv', `{Tags:${deep(99)}}`, shape).ok).to.equal(true);
    expect(readBody('json', `[${'1,'.repeat(249_998)}1]`, shape).ok).to.equal(true);
    expect(readBody('jsv', `{Tags:[${'1,'.repeat(249_997)}1]}`, shape).ok).to.equal(true);
    expect(readBody('xml', `${'<Thing>'.repeat(100)}${'</Thing>'.repeat(100)}`, shape).ok).to.equal(true);
  });

  it('makes of a text in JSV what its shape says, in any casing of its first letter, and leaves what does not fit', () => {
    for (const [jsv, value] of [
      ['{Name:true,Size:1e3,Done:TRUE}', { Name: 'true', Size: 1000, Done: true }],
      ['{Size:.5,Done:yes}', { Size: '.5', Done: 'yes' }],
      ['{size:-1.5E+2,done:False}', { size: -150, done: false }],
      ['{Size:1.,Name:1}', { Size: '1.', Name: '1' }],
      ['{Size: 1}', { Size: ' 1' }],
      ['{\n  Name: a b ,\n Tags: [ x , y ]\n}', { Name: 'a b', Tags: ['x', 'y'] }],
      ['{\r\n  Size: 7\r\n}\r\n', { Size: 7 }],
      ['{Name:,Tags:[],Meta:{}}', { Name: null, Tags: [], Meta: {} }],
      ['{Meta:{"a:b":"c""d"}}', { Meta: { 'a:b': 'c"d' } }],
      ['{Name:"",Tags:[""]}', { Name: '', Tags: [''] }],
    ] as readonly (readonly [string, PlainValue])[])
      expect(readBody('jsv', jsv, shape), jsv).to.deep.equal({ ok: true, value });
  });
});

describe('writing', () => {
  it('escapes and quotes what each format must, and nothing else', () => {
    const members: PlainObject = {
      a: '',
      b: 'x,y',
      c: null,
      d: ['a"b', 1],
      'e:f': true,
      g: { h: '[]' },
      i: 'plain: text',
      'j"': '\n',
    };
    expect(writeBody('jsv', 'R', members, 'urn:n')).to.equal(
      '{a:"",b:"x,y",c:,d:["a""b",1],"e:f":true,g:{h:"[]"},i:plain: text,"j""":"\n"}',
    );
    expect(writeBody('csv', 'R', members, 'urn:n')).to.equal(
      'a,b,c,d,e:f,g,i,"j"""\r\n"","x,y",,"[""a""""b"",1]",true,"{h:""[]""}",plain: text,"\n"\r\n',
    );
    const elements: PlainObject = { a: null, b: [1, null, 'x'], c: { d: true }, B: `<&>"\r` };
    expect(writeBody('xml', 'Root', elements, 'urn:"n"')).to.equal(
      '<Root xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:&quot;n&quot;"><B>&lt;&amp;&gt;&quot;&#xD;</B>' +
        '<a i:nil="true" /><b xmlns:a="http://schemas.microsoft.com/2003/10/Serialization/Arrays"><a:anyType>1</a:anyType>' +
        '<a:anyType i:nil="true" /><a:anyType>x</a:anyType></b><c><d>true</d></c></Root>',
    );
  });

  it('says what a format cannot carry', () => {
    for (const [format, members, problem] of [
      ['xml', { 'a b': 1 }, '"a b" cannot be the name of an XML element; send it in another format.'],
      ['xml', { a: '\u0001' }, 'XML cannot carry the character at 0 of "\\u0001"; send it in another format.'],
      ['jsv', { a: [null] }, 'JSV cannot write null in a list; leave the item out.'],
    ] as const)
      expect(() => writeBody(format, 'R', members, 'urn:n'))
        .to.throw(Error)
        .with.property('message', problem);
  });
});
