import { expect } from 'chai';
import { SaxesParser } from 'saxes';
import { documents } from './xml-documents.fixture.ts';
import { readXmlTexts } from './xml.ts';

function bySaxes(text: string): boolean {
  let wellFormed = true;
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', () => {
    wellFormed = false;
  });
  parser.write(text).close();
  return wellFormed;
}

describe('XML is well-formed or not, as others say', () => {
  for (const [what, text, wellFormed] of documents) {
    it(`${wellFormed ? 'reads' : 'refuses'} ${what}`, () => {
      expect(readXmlTexts(text).ok).to.equal(wellFormed);
    });
  }

  it('in every case by saxes', () => {
    expect(documents.flatMap(([what, text, wellFormed]) => (bySaxes(text) === wellFormed ? [] : [what]))).to.deep.equal(
      [],
    );
  });
});
