import { expect } from 'chai';
import { validateXML } from 'xmllint-wasm';
import { documents } from './xml-documents.fixture.ts';

async function byXmllint(text: string): Promise<boolean> {
  const { rawOutput } = await validateXML({ xml: [{ fileName: 'a.xml', contents: text }], schema: [] });
  return !/ error : /.test(rawOutput);
}

describe('XML is well-formed or not, as xmllint says', function () {
  this.timeout(60_000);

  it('in every case', async () => {
    const others: string[] = [];
    for (const [what, text, wellFormed] of documents) if ((await byXmllint(text)) !== wellFormed) others.push(what);
    expect(others).to.deep.equal([]);
  });
});
