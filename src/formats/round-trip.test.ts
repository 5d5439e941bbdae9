// One property for all formats: what is written is read, and what is broken is refused.

import { expect } from 'chai';
import fc from 'fast-check';
import type { FormatName } from '../model/contract.ts';
import type { Shape } from '../model/schema.ts';
import type { PlainObject } from '../model/value.ts';
import { readBody, writeBody } from './body.ts';
import { readForm, writeForm } from './form.ts';
import { readJsonp } from './jsonp.ts';
import { readXmlTexts, xmlRoot } from './xml.ts';

const text: Shape = { kind: 'text' };
const shape: Shape = {
  kind: 'object',
  name: 'Thing',
  members: {
    Name: text,
    Note: text,
    Size: { kind: 'number' },
    Open: { kind: 'boolean' },
    Tags: { kind: 'list', of: text },
    Meta: { kind: 'map', of: text },
    Inner: { kind: 'object', name: 'Inner', members: { Name: text, Size: { kind: 'number' } } },
  },
};
const formats: readonly FormatName[] = ['json', 'jsonl', 'xml', 'csv', 'jsv'];

/** Texts that every format can carry, made of what each format has to escape. */
const awkward = fc.string({
  unit: fc.constantFrom(
    ...Array.from('ab {}[]:,;"\'<>&\\/=%+?#\n\r\té\u2028'),
    '😀',
    ']]>',
    '{{',
    '}}',
    '&amp;',
    '""',
    'null',
    'i:nil',
  ),
  maxLength: 12,
});
const noPlaceholder = awkward.filter((s) => !/\{\{[^{}]+\}\}/.test(s));
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })).map((n) => n + 0);
const scalars = {
  Name: fc.option(noPlaceholder),
  Note: noPlaceholder,
  Size: fc.option(number),
  Open: fc.boolean(),
};
const inner = fc.record({ Name: noPlaceholder, Size: number }, { requiredKeys: [] });
const tags = fc.array(noPlaceholder, { maxLength: 3 });
const meta = fc.dictionary(
  noPlaceholder.filter((name) => name !== ''),
  noPlaceholder,
  { maxKeys: 3 },
);

const things: Readonly<Record<FormatName, fc.Arbitrary<PlainObject>>> = {
  json: fc.object({
    maxDepth: 3,
    withNullPrototype: false,
    values: [fc.string(), number, fc.boolean(), fc.constant(null)],
  }) as fc.Arbitrary<PlainObject>,
  jsonl: fc.object({
    maxDepth: 3,
    withNullPrototype: false,
    values: [fc.string(), number, fc.boolean(), fc.constant(null)],
  }) as fc.Arbitrary<PlainObject>,
  // Maps and lists of a request would need the shape to be written as data contracts; requests have none.
  xml: fc.record({ ...scalars, Tags: tags, Inner: inner }, { requiredKeys: [] }),
  csv: fc.record({ ...scalars, Tags: tags, Meta: meta, Inner: inner }, { requiredKeys: ['Note'] }),
  jsv: fc.record({ ...scalars, Tags: tags, Meta: meta, Inner: inner }, { requiredKeys: [] }),
};

describe('writing and reading', () => {
  for (const format of formats) {
    it(`${format} reads what it wrote`, () => {
      fc.assert(
        fc.property(things[format], (thing) => {
          const body = writeBody(format, 'Thing', thing, 'urn:things');
          expect(readBody(format, body, shape), body).to.deep.equal({ ok: true, value: thing });
        }),
        { numRuns: 500 },
      );
    });

    it(`${format} leaves placeholders as they are`, () => {
      const body = writeBody(format, 'Thing', { Name: '{{Name}}', Note: '{{other.Note}}' }, 'urn:things');
      expect(body).to.contain('{{Name}}').and.to.contain('{{other.Note}}');
      const sent = body.replace('{{Name}}', '0a-1').replace('{{other.Note}}', 'B2');
      expect(readBody(format, sent, shape)).to.deep.equal({ ok: true, value: { Name: '0a-1', Note: 'B2' } });
      expect(sent).to.equal(writeBody(format, 'Thing', { Name: '0a-1', Note: 'B2' }, 'urn:things'));
    });

    it(`${format} never throws anything but a refusal`, () => {
      const seeds = things[format].map((thing) => writeBody(format, 'Thing', thing, 'urn:things'));
      const cuts = fc.tuple(seeds, fc.nat(), fc.nat(4), awkward);
      fc.assert(
        fc.property(cuts, ([body, at, length, put]) => {
          const start = at % (body.length + 1);
          const broken = body.slice(0, start) + put + body.slice(start + length);
          const reading = readBody(format, broken, shape);
          if (!reading.ok) expect(reading.position).to.be.within(0, broken.length);
        }),
        { numRuns: 1000 },
      );
    });
  }

  it('a form reads what it wrote', () => {
    const forms = fc.dictionary(
      awkward.filter((name) => name !== ''),
      awkward,
      { maxKeys: 4 },
    );
    fc.assert(
      fc.property(forms, (form) => {
        expect(readForm(writeForm(form))).to.deep.equal({ ok: true, value: form });
      }),
    );
  });

  it('jsonp reads what a callback was called with, and never throws anything but a refusal', () => {
    const callbacks = fc.constantFrom('cb', '$', '_a.b$1', `a${'.b'.repeat(15)}`);
    const calls = fc.tuple(
      callbacks,
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('', ';'),
      fc.nat(),
      fc.nat(4),
      awkward,
    );
    fc.assert(
      fc.property(calls, ([callback, value, end, at, length, put]) => {
        const text = `${callback}(${JSON.stringify(value)})${end}`;
        const plain: unknown = JSON.parse(JSON.stringify(value));
        expect(readJsonp(text), text).to.deep.equal({ callback, reading: { ok: true, value: plain } });
        const start = at % (text.length + 1);
        const broken = text.slice(0, start) + put + text.slice(start + length);
        const { reading } = readJsonp(broken);
        if (!reading.ok) expect(reading.position).to.be.within(0, broken.length);
      }),
      { numRuns: 500 },
    );
  });

  it('a form, the root of XML and texts in XML never throw anything but a refusal', () => {
    const texts = fc.array(
      fc.oneof(awkward, fc.constantFrom('%', '%e9', '=', '&', '+', '<a', ' xmlns="', '>', '</', '<?xml', '{{a}}')),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('');
        const form = readForm(text);
        if (!form.ok) expect(form.position).to.be.within(0, text.length);
        const xml = readXmlTexts(text);
        if (!xml.ok) expect(xml.problem).not.to.equal('');
        xmlRoot(text);
      }),
      { numRuns: 500 },
    );
  });

  it('json is accepted exactly where JSON.parse accepts it', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      '"a"',
      '"b"',
      '1',
      '-0',
      '0',
      '1.5e3',
      '.',
      'true',
      'null',
      ' ',
      '\n',
      '\\',
      'u00e9',
      '\u00a0',
    );
    const valid = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value, null, 1));
    const cut = fc.tuple(
      valid,
      fc.nat(),
      fc.nat(2),
      fc.array(pieces, { maxLength: 2 }).map((all) => all.join('')),
    );
    const broken = cut.map(([body, at, length, put]) => {
      const start = at % (body.length + 1);
      return body.slice(0, start) + put + body.slice(start + length);
    });
    const texts = fc.oneof(
      broken,
      fc.array(pieces, { maxLength: 8 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (body) => {
        const reading = readBody('json', body, text);
        if (!reading.ok && /twice|out of range/.test(reading.problem)) return;
        let parsed: unknown = reading;
        try {
          parsed = { ok: true, value: JSON.parse(body) as unknown };
        } catch {
          expect(reading.ok, body).to.equal(false);
          return;
        }
        expect(reading, body).to.deep.equal(parsed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('writeBody', () => {
  const members = { RoleId: 'r', ContactId: null, Size: 1, Note: '<&">' };

  it('writes a data contract: namespace, ordinal order, nil, escapes', () => {
    expect(writeBody('xml', 'Thing', members, 'urn:a&b')).to.equal(
      '<Thing xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns="urn:a&amp;b">' +
        '<ContactId i:nil="true" /><Note>&lt;&amp;&quot;&gt;</Note><RoleId>r</RoleId><Size>1</Size></Thing>',
    );
  });

  it('writes a header row and a value row', () => {
    expect(writeBody('csv', 'Thing', { ...members, Tags: ['a', 'b'], Empty: '' }, '')).to.equal(
      'RoleId,ContactId,Size,Note,Tags,Empty\r\nr,,1,"<&"">","[a,b]",""\r\n',
    );
  });

  it('writes jsv with quotes only where they are needed', () => {
    expect(writeBody('jsv', 'Thing', { ...members, 'a:b': 'x:y', Empty: '' }, '')).to.equal(
      '{RoleId:r,ContactId:,Size:1,Note:"<&"">","a:b":x:y,Empty:""}',
    );
  });

  it('writes jsonl on one line', () => {
    expect(writeBody('jsonl', 'Thing', { Note: 'a\nb' }, '')).to.equal('{"Note":"a\\nb"}');
  });

  it('says what a format cannot carry', () => {
    expect(() => writeBody('xml', 'Thing', { 'a b': 1 }, '')).to.throw(/"a b" cannot be the name/);
    expect(() => writeBody('xml', 'Thing', { a: '\u0000' }, '')).to.throw(/cannot carry the character at 0/);
    expect(() => writeBody('jsv', 'Thing', { a: [null] }, '')).to.throw(/null in a list/);
  });

  it('writes forms that any server reads', () => {
    const form = { Id: '{{Id}}', Name: 'a b&c=d+é', Gone: null, Tags: ['x', 'y'], Size: 2 };
    expect(writeForm(form)).to.equal('Id={{Id}}&Name=a%20b%26c%3Dd%2B%C3%A9&Gone=&Tags=%5Bx%2Cy%5D&Size=2');
    expect(new URLSearchParams(writeForm(form)).get('Name')).to.equal('a b&c=d+é');
  });
});

describe('readBody', () => {
  it('reads in XML what no type tells: the name of a generic type, and maps and lists of anything', () => {
    const page: Shape = {
      kind: 'object',
      name: 'BoxOfStringAndListOfPart',
      members: { Bag: { kind: 'map', of: { kind: 'text' } }, Tags: { kind: 'list', of: { kind: 'text' } } },
    };
    const xml = (root: string): string =>
      `<${root}><Bag><E><Key>a</Key><Value>1</Value></E></Bag><Tags><anyType>x</anyType></Tags><More><KeyValueOfintint><Key>1</Key><Value>2</Value></KeyValueOfintint></More></${root}>`;
    const value = { Bag: { a: '1' }, Tags: ['x'], More: { '1': '2' } };
    expect(readBody('xml', xml('BoxOfstringArrayOfPartX_9'), page)).to.deep.equal({ ok: true, value });
    expect(readBody('xml', xml('Box'), page).ok).to.equal(false);
  });

  it('reads keys of a map that are times', () => {
    const times: Shape = { kind: 'object', name: 'Times', members: { By: { kind: 'map', of: { kind: 'number' } } } };
    const parts = (time: string, minutes: number): string =>
      `<Key><s:DateTime>${time}</s:DateTime><s:OffsetMinutes>${minutes}</s:OffsetMinutes></Key>`;
    const xml = `<Times xmlns:s="urn:s"><By><E>${parts('2020-02-29T02:34:56Z', 600)}<Value>7</Value></E></By></Times>`;
    expect(readBody('xml', xml, times)).to.deep.equal({ ok: true, value: { By: { '2020-02-29T02:34:56Z': 7 } } });
    const jsv = '{By:{2020-02-29T12:34:56.0000000+10:00:7,2020-02-29T12:34:56:8,2020-02-29:9}}';
    const value = { By: { '2020-02-29T12:34:56.0000000+10:00': 7, '2020-02-29T12:34:56': 8, '2020-02-29': 9 } };
    expect(readBody('jsv', jsv, times)).to.deep.equal({ ok: true, value });
  });

  const value = { Name: 'n', Size: 2, Open: true, Tags: ['a', 'b'], Meta: { k: 'v' }, Inner: { Size: 1.5 } };
  const bodies: Readonly<Record<FormatName, string>> = {
    json: '{"Name":"n","Size":2,"Open":true,"Tags":["a","b"],"Meta":{"k":"v"},"Inner":{"Size":1.5}}',
    jsonl: '{"Name":"n","Size":2,"Open":true,"Tags":["a","b"],"Meta":{"k":"v"},"Inner":{"Size":1.5}}\n',
    xml:
      '<?xml version="1.0" encoding="utf-8"?>\n<!-- c --><t:Thing xmlns:t="urn:t" xmlns:q="urn:q"><q:Name><![CDATA[n]]></q:Name><Size>2</Size>' +
      '<Open>true</Open>\n <Tags><q:s>a</q:s><s>b</s></Tags><Meta><e><Key>k</Key><Value>v</Value></e></Meta><Inner><Size>1.5</Size></Inner></t:Thing>\n',
    csv: 'Name,Size,Open,Tags,Meta,Inner\r\nn,2,True,"[a,b]",{k:v},{Size:1.5}\r\n',
    jsv: '{Name:n,Size:2,Open:True,Tags:[a,b],Meta:{k:v},Inner:{Size:1.5}}',
  };

  for (const format of formats) {
    it(`gives the same value from ${format}`, () => {
      expect(readBody(format, bodies[format], shape)).to.deep.equal({ ok: true, value });
    });

    it(`keeps the casing of ${format} and finds the shape all the same`, () => {
      const camel = bodies[format].replaceAll(/\b(Name|Size|Open|Tags|Meta|Inner)\b/g, (name) => name.toLowerCase());
      const lower = { name: 'n', size: 2, open: true, tags: ['a', 'b'], meta: { k: 'v' }, inner: { size: 1.5 } };
      expect(readBody(format, camel, shape)).to.deep.equal({ ok: true, value: lower });
    });
  }

  it('leaves a scalar that does not fit as text, for the schema to complain of', () => {
    for (const [format, body] of [
      ['xml', '<Thing><Size>two</Size><Open>1</Open></Thing>'],
      ['csv', 'Size,Open\r\ntwo,1\r\n'],
      ['jsv', '{Size:two,Open:1}'],
    ] as const) {
      expect(readBody(format, body, shape)).to.deep.equal({ ok: true, value: { Size: 'two', Open: '1' } });
    }
    expect(readBody('xml', '<Thing><Tags>x</Tags></Thing>', shape)).to.deep.equal({ ok: true, value: { Tags: 'x' } });
  });

  it('reads nil, empty and unknown elements', () => {
    const body =
      '<ErrorResponse xmlns:x="http://www.w3.org/2001/XMLSchema-instance"><Name x:nil="true"/><Note x:nil="false"/><Tags /><Meta> </Meta>' +
      '<Inner></Inner><More><a>1</a><a>2</a></More><Other><a>1</a><b/></Other></ErrorResponse>';
    expect(readBody('xml', body, shape)).to.deep.equal({
      ok: true,
      value: { Name: null, Note: '', Tags: [], Meta: {}, Inner: {}, More: ['1', '2'], Other: { a: '1', b: '' } },
    });
  });

  it('knows names beyond ASCII, processing instructions and comments', () => {
    const body = '<?xml version="1.0" encoding="UTF-8"?>\n<?style x?><!-- - --><Thing><Größe>1</Größe><?p?></Thing>';
    expect(readBody('xml', body, shape)).to.deep.equal({ ok: true, value: { Größe: '1' } });
  });

  it('takes a nil of another namespace for an ordinary attribute', () => {
    expect(
      readBody('xml', '<Thing xmlns:o="urn:o"><Name o:nil="true" nil="true">x</Name></Thing>', shape),
    ).to.deep.equal({
      ok: true,
      value: { Name: 'x' },
    });
  });

  it('tells an empty csv cell from a quoted one, and takes a row that ends with the text', () => {
    expect(readBody('csv', 'Name,Note,Inner\n,"",', shape)).to.deep.equal({
      ok: true,
      value: { Name: null, Note: '', Inner: null },
    });
    expect(readBody('csv', 'Inner\r\n\r\n', shape)).to.deep.equal({ ok: true, value: { Inner: null } });
  });

  it('counts white space in jsv unless the text is laid out on lines', () => {
    expect(readBody('jsv', '{Name: n ,Note:a:b}', shape)).to.deep.equal({
      ok: true,
      value: { Name: ' n ', Note: 'a:b' },
    });
    expect(readBody('jsv', '{\n\tName: n m,\n\tTags: \n\t[\n\t\ta,\n\t\tb\n\t],\n\tNote:" x"\n}', shape)).to.deep.equal(
      {
        ok: true,
        value: { Name: 'n m', Tags: ['a', 'b'], Note: ' x' },
      },
    );
    expect(readBody('jsv', '{\n\t\n}', shape)).to.deep.equal({ ok: true, value: {} });
  });

  it('keeps members with the names of built-ins as members', () => {
    for (const [format, body] of [
      ['json', '{"__proto__":"x","constructor":"y","toString":"z"}'],
      ['jsv', '{__proto__:x,constructor:y,toString:z}'],
      ['csv', '__proto__,constructor,toString\r\nx,y,z\r\n'],
    ] as const) {
      const reading = readBody(format, body, shape);
      expect(reading.ok && Object.entries(reading.value as object)).to.deep.equal([
        ['__proto__', 'x'],
        ['constructor', 'y'],
        ['toString', 'z'],
      ]);
    }
  });
});

describe('xmlRoot', () => {
  it('resolves prefix and default namespace', () => {
    expect(xmlRoot('<a xmlns="urn:a&amp;b"/>')).to.deep.equal({ name: 'a', namespace: 'urn:a&b' });
    expect(xmlRoot('<p:a xmlns="urn:x" xmlns:p="urn:p"/>')).to.deep.equal({ name: 'a', namespace: 'urn:p' });
    expect(xmlRoot('<a/>')).to.deep.equal({ name: 'a', namespace: '' });
    expect(xmlRoot('{}')).to.equal(undefined);
  });
});

describe('readJsonp', () => {
  it('gives callback and value, with and without a semicolon', () => {
    const reading = { ok: true, value: { a: 'x);' } };
    expect(readJsonp('cb({"a":"x);"})')).to.deep.equal({ callback: 'cb', reading });
    expect(readJsonp('my.$back_2({"a":"x);"});')).to.deep.equal({ callback: 'my.$back_2', reading });
  });
});
