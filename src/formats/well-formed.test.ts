import { expect } from 'chai';
import { SaxesParser } from 'saxes';
import { validateXML } from 'xmllint-wasm';
import { readXmlTexts } from './xml.ts';

/** Whether a document is one, by whoever says so; nobody is asked about what this suite refuses besides: document types. */
const documents: readonly (readonly [what: string, text: string, wellFormed: boolean])[] = [
  ['a no-break space in a tag', '<a\u00a0b="c"/>', false],
  ['a line separator in a tag', '<a\u2028b="c"/>', false],
  ['a next line in a tag', '<a\u0085b="c"/>', false],
  ['a no-break space behind the root', '<a/>\u00a0', false],
  ['standalone in capitals', '<?xml version="1.0" standalone="YES"?><a/>', false],
  ['encoding in capitals', '<?xml version="1.0" ENCODING="utf-8"?><a/>', false],
  ['a declaration in capitals', '<?XML version="1.0"?><a/>', false],
  ['a declaration without a version', '<?xml encoding="utf-8"?><a/>', false],
  ['a declaration in another order', '<?xml encoding="utf-8" version="1.0"?><a/>', false],
  ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><a/>', false],
  ['a name that begins with a digit', '<1a/>', false],
  ['a name that begins with a dash', '<-a/>', false],
  ['a name with two colons', '<a:b:c xmlns:a="urn:a"/>', false],
  ['a name that ends in a colon', '<a: xmlns:a="urn:a"/>', false],
  ['a prefix that is bound to nothing', '<a xmlns:b=""/>', false],
  ['the prefix xmlns', '<a xmlns:xmlns="urn:a"/>', false],
  ['the prefix xml bound otherwise', '<a xmlns:xml="urn:a"/>', false],
  ['two attributes of one name by two prefixes', '<a xmlns:b="urn:a" xmlns:c="urn:a" b:d="" c:d=""/>', false],
  ['an unbound prefix', '<b:a/>', false],
  ['attributes without space between', '<a b="c"d="e"/>', false],
  ['a processing instruction without a name', '<? x?><a/>', false],
  ['a comment with two dashes', '<!-- a -- b --><a/>', false],
  ['a lone ampersand', '<a>b & c</a>', false],
  ['a reference to no character', '<a>&#x1F;</a>', false],
  ['the end of a section', '<a>]]></a>', false],
  ['a bracket in an attribute', '<a b="<"/>', false],
  ['two roots', '<a/><a/>', false],
  ['nothing', '<!-- a -->', false],
  ['a declaration', '<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<a/>', true],
  ['a processing instruction', '<?style href="a" ?><a><?b?></a><?c d?>', true],
  ['a name with dots, dashes and letters of any script', '<_a.b-c·é一 É="1"/>', true],
  ['a name with a letter beyond 16 bits', '<\u{10400}/>', true],
  ['white space of every kind', '<a\tb = "c"\r\n\n/>\n\t ', true],
  ['the prefix xml', '<a xml:lang="en" xml:space="preserve"/>', true],
  ['the prefix xml bound as it is', '<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>', true],
  ['a default namespace taken away', '<a xmlns="urn:a"><b xmlns=""/></a>', true],
  ['references', '<a b="&lt;&quot;">&amp;&#65;&#x1F600;</a>', true],
  ['a section', '<a><![CDATA[<&]]></a>', true],
  ['attributes of one local name', '<a xmlns:b="urn:b" b:c="" c=""/>', true],
];

function bySaxes(text: string): boolean {
  let wellFormed = true;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => {
    wellFormed = false;
  });
  parser.write(text).close();
  return wellFormed;
}

async function byXmllint(text: string): Promise<boolean> {
  const { rawOutput } = await validateXML({ xml: [{ fileName: 'a.xml', contents: text }], schema: [] });
  return !/ error : /.test(rawOutput);
}

describe('XML is well-formed or not, as others say', function () {
  this.timeout(60_000);

  for (const [what, text, wellFormed] of documents) {
    it(`${wellFormed ? 'reads' : 'refuses'} ${what}`, () => {
      expect(readXmlTexts(text).ok).to.equal(wellFormed);
    });
  }

  it('in every case by xmllint', async () => {
    const others: string[] = [];
    for (const [what, text, wellFormed] of documents) if ((await byXmllint(text)) !== wellFormed) others.push(what);
    expect(others).to.deep.equal([]);
  });

  it('in every case by saxes', () => {
    expect(documents.flatMap(([what, text, wellFormed]) => (bySaxes(text) === wellFormed ? [] : [what]))).to.deep.equal(
      [],
    );
  });
});
