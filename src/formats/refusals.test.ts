import { expect } from 'chai';
import type { FormatName } from '../model/contract.ts';
import type { Shape } from '../model/schema.ts';
import { readBody } from './body.ts';
import { readForm } from './form.ts';
import { readJsonp } from './jsonp.ts';

const text: Shape = { kind: 'text' };
const shape: Shape = {
  kind: 'object',
  name: 'Thing',
  members: {
    Name: text,
    Size: { kind: 'number' },
    Tags: { kind: 'list', of: text },
    Meta: { kind: 'map', of: text },
    Inner: { kind: 'object', name: 'Inner', members: { Name: text } },
  },
};

/** Each text with the offset at fault marked by ‸, and a word of what must be said. */
const refused: Readonly<Record<FormatName, readonly (readonly [string, RegExp])[]>> = {
  json: [
    ['‸', /empty/],
    ['‸\uFEFF{}', /byte order mark/],
    [' ‸', /end of the text/],
    ['{"a":‸NaN}', /expected a value/],
    ['{"a":‸Infinity}', /expected a value/],
    ['{"a":‸-Infinity}', /expected a value/],
    ['{"a":‸1e999}', /out of range/],
    ['{"a":0‸1}', /','/],
    ['{"a":1‸.}', /','/],
    ['{"a":‸+1}', /expected a value/],
    ['{"a":‸nul}', /expected a value/],
    ['{"a":1,‸"a":2}', /twice/],
    ['{"a":{"b":1,‸"\\u0062":2}}', /twice/],
    ['{"a":1,‸}', /member name/],
    ['[1,‸]', /expected a value/],
    ['{"a":1} ‸x', /after the JSON value/],
    ['{}‸{}', /after the JSON value/],
    ["{‸'a':1}", /member name/],
    ['{‸a:1}', /member name/],
    ['{"a" ‸1}', /':'/],
    ['{"a":‸"b}', /not closed/],
    ['{"a":"b‸\n"}', /control character/],
    ['{"a":"b‸\\x"}', /no escape/],
    ['{"a":"‸\\u12g4"}', /four hex digits/],
    ['‸<html></html>', /expected a value/],
    ['{"a":1‸', /'}'/],
    ['[1‸', /']'/],
    ['{‸/* c */}', /member name/],
    [`${'['.repeat(101)}‸1${']'.repeat(101)}`, /deeper/],
  ],
  jsonl: [
    ['{‸\n  "a": 1\n}', /exactly one line/],
    ['{"a":1}‸\n{"b":2}\n', /exactly one line/],
    ['{"a":1}‸\n\n', /exactly one line/],
    ['‸\n{"a":1}', /exactly one line/],
    ['{"a":1}‸\r', /exactly one line/],
    ['{"a":1,‸"a":1}\n', /twice/],
    ['‸\n', /end of the text/],
  ],
  xml: [
    ['‸\uFEFF<Thing/>', /byte order mark/],
    ['‸<!DOCTYPE Thing><Thing/>', /document type/],
    ['<?xml version="1.0"?>‸<!DOCTYPE Thing [<!ENTITY a "b">]><Thing>&a;</Thing>', /document type/],
    ['<Thing><Name>&nbsp‸;</Name></Thing>', /undefined entity/],
    ['<Thing><Name>a ‸& b</Name></Thing>', /begins no reference/],
    ['<Thing><Name>&#0‸;</Name></Thing>', /malformed character entity/],
    ['<Thing><Name>&#x110000‸;</Name></Thing>', /malformed character entity/],
    ['<Thing a="&#1‸;"/>', /malformed character entity/],
    ['<Thing><Name>‸\u0001</Name></Thing>', /disallowed character/],
    ['<Thing><Name></Thing‸>', /unexpected close tag/],
    ['<Thing>‸<Name>a', /unclosed tag: Name/],
    ['<Thing/></Thing‸>', /unmatched closing tag: Thing/],
    ['<Thing/><Thing‸/>', /documents may contain only one root/],
    ['<Thing></Thing><Thing‸/>', /documents may contain only one root/],
    ['<Thing/> x‸', /text data outside of root node/],
    ['x‸<Thing/>', /text data outside of root node/],
    [' <?xml‸ version="1.0"?><Thing/>', /at the start/],
    ['<?xml version="2.0‸"?><Thing/>', /version number must match \/\^1\\\.\[0-9\]\+\$\//],
    ['‸<?xml version="1.0" encoding="utf-16"?><Thing/>', /UTF-8/],
    ['<?xm‸! version="1.0"?><Thing/>', /processing instruction/],
    ['<!-- x --‸>', /root element/],
    ['<!-- x --‸ y --><Thing/>', /comment/],
    ['‸<Thing><!-- x</Thing>', /unclosed tag: Thing/],
    ['‸<Thing><![CDATA[x</Thing>', /unclosed tag: Thing/],
    ['<Thing><Name>a]]‸></Name></Thing>', /\]\]>/],
    ['<Thing a="1" a="2"/‸>', /duplicate attribute: a/],
    ['<Thing a=‸1/>', /unquoted attribute value/],
    ['<Thing a‸/>', /disallowed character in attribute name/],
    ['<Thing a="‸<"/>', /disallowed character/],
    ['<Thin‸g', /document must contain a root element/],
    ['<Thing><‸1/></Thing>', /disallowed character in tag name/],
    ['<Thing>\r\n  <p:Name/‸></Thing>', /unbound namespace prefix: "p"/],
    ['<Thing><Name i:nil="true"/‸></Thing>', /unbound namespace prefix: "i"/],
    ['<Thing xmlns:i="http://www.w3.org/2001/XMLSchema-instance">‸<Name i:nil="true">x</Name></Thing>', /nil/],
    ['‸<Other/>', /Thing or ErrorResponse/],
    ['<Thing><Name>a</Name>\r\n‸<Name>b</Name></Thing>', /twice/],
    ['‸<Thing>a<Name>b</Name></Thing>', /mixes/],
    ['<Thing><Tags><a/>‸<b/></Tags></Thing>', /list of a/],
    ['<Thing><Meta>‸<e><Key>a</Key></e></Meta></Thing>', /Key and a Value/],
    ['<Thing><Meta><e><Key>a</Key><Value/></e>‸<e><Key>a</Key><Value/></e></Meta></Thing>', /twice/],
  ],
  csv: [
    ['‸\uFEFFName\r\nx\r\n', /byte order mark/],
    ['Name\r\n‸', /value row/],
    ['Name‸', /value row/],
    ['Name\r\nx\r\n‸y\r\n', /second/],
    ['Name\r\nx\r\n‸\r\n', /second/],
    ['Name,Size\r\n‸x\r\n', /2 cells/],
    ['Name,Size\r\n‸\r\n', /2 cells/],
    ['Name\r\nx,‸y\r\n', /needs quotes/],
    ['Inner\r\n{Name:x,‸Size:1}\r\n', /needs quotes/],
    ['Name\r\n‸x"y\r\n', /[Qq]uote/],
    ['Name,Size\r\n"a ""b""",‸"x"y\r\n', /[Qq]uote/],
    ['Name\r\n‸"x\r\n', /[Qq]uote/],
    ['Name\r\n‸x\ry\r\n', /needs quotes/],
    ['Name\r\n"x"‸\0\r\n', /NUL/],
    ['Name,Size\r\n"x"‸\0,1\r\n', /NUL/],
    ['Name\r\nx‸\0\r\n', /NUL/],
    ['Name,‸Name\r\nx,y\r\n', /twice/],
    ['Name,‸\r\nx,y\r\n', /no name/],
    ['Name,Inner\r\n"a ""b""","{Name:""c"",‸}"\r\n', /member name/],
    ['Name,Inner\r\nx,‸hello\r\n', /'\{'/],
    ['‸{"Name":"x"}', /[Qq]uote/],
  ],
  jsv: [
    ['‸\uFEFF{}', /byte order mark/],
    ['‸hello', /'\{'/],
    ['‸<html></html>', /'\{'/],
    ['{Name:x,‸}', /member name/],
    ['{Tags:[a,‸]}', /list item/],
    ['{Tags:[‸,a]}', /list item/],
    ['{Name:x,‸Name:y}', /twice/],
    ['{Name‸}', /':'/],
    ['{‸:x}', /member name/],
    ['{Name:x‸', /'}'/],
    ['{Tags:[a‸', /']'/],
    ['{Name:x}‸ ', /after the JSV value/],
    ['{Name:x}‸{}', /after the JSV value/],
    ['{Name:‸"x}', /not closed/],
    ['{Name:"x"‸y}', /'}'/],
    ['{Name:x‸"y}', /needs quotes/],
    ['{Name:x‸{y}}', /needs quotes/],
    ['{Name:x‸[y]}', /needs quotes/],
    ['{Name:x‸\ny}', /needs quotes/],
    [`{Tags:${'['.repeat(100)}‸1${']'.repeat(100)}}`, /deeper/],
  ],
};

describe('strict reading', () => {
  for (const [format, rows] of Object.entries(refused)) {
    for (const [marked, problem] of rows) {
      it(`${format} refuses ${JSON.stringify(marked.slice(0, 100))}`, () => {
        const body = marked.replace('‸', '');
        const reading = readBody(format as FormatName, body, shape);
        if (reading.ok) throw new Error(`accepted as ${JSON.stringify(reading.value)}`);
        expect(reading.problem).to.match(problem);
        expect(reading.position).to.equal(marked.indexOf('‸'));
      });
    }
  }

  for (const [marked, problem] of [
    ['a=1&‸a=2', /twice/],
    ['a=1&‸&b=2', /expected a name/],
    ['a=1&‸', /expected a name/],
    ['‸=1', /expected a name/],
    ['a=‸%zz', /hex/],
    ['a=x‸%', /hex/],
    ['a=x‸%C3', /UTF-8/],
  ] as const) {
    it(`a form refuses ${marked}`, () => {
      const reading = readForm(marked.replace('‸', ''));
      if (reading.ok) throw new Error(`accepted as ${JSON.stringify(reading.value)}`);
      expect(reading.problem).to.match(problem);
      expect(reading.position).to.equal(marked.indexOf('‸'));
    });
  }

  for (const [marked, problem] of [
    ['‸{}', /callback/],
    ['‸', /callback/],
    ['‸1cb({})', /callback/],
    ['‸cb ({})', /callback/],
    ['cb({}‸', /end with/],
    ['cb({})\n‸', /end with/],
    ['cb({}‸,1)', /after the JSON value/],
    ['cb(‸)', /end of the text/],
    ['cb({"a":1,‸})', /member name/],
    ['cb({"a":‸NaN});', /expected a value/],
  ] as const) {
    it(`jsonp refuses ${JSON.stringify(marked)}`, () => {
      const { reading } = readJsonp(marked.replace('‸', ''));
      if (reading.ok) throw new Error(`accepted as ${JSON.stringify(reading.value)}`);
      expect(reading.problem).to.match(problem);
      expect(reading.position).to.equal(marked.indexOf('‸'));
    });
  }
});
