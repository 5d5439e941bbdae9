import { expect } from 'chai';
import { differences } from './compare.ts';
import { clinic } from './clinic.fixture.ts';
import { unlisted, wrongClaims } from './claims.fixture.ts';
import { readDocument } from './document.ts';
import { contractIn, textOf } from './documents.fixture.ts';
import { inLanguages, itIsSoWhateverTheContract, served } from './round-trip.fixture.ts';

describe('what the reference provider publishes, imported', function () {
  this.timeout(120_000);

  it('is read the same way from every form, of a host made by hand: pages, their texts, and three languages', async () => {
    const document = readDocument(clinic, 'metadata.json');
    expect(document.operations).to.have.length(11);
    for (const operation of document.operations) {
      const contract = contractIn(operation, document);
      const pages = await served(contract, async (ask) => {
        const answers = [
          await ask(`/json/metadata?op=${operation}`, '*/*'),
          await ask(`/xml/metadata?op=${operation}`, '*/*'),
        ];
        return answers.map((answer) => (answer.kind === 'none' ? '' : answer.text));
      });
      const texts = [...pages, ...pages.map((page) => textOf(page, '\t')), textOf(pages[0] ?? '', '')];
      const forms = [...texts.map((text, i) => readDocument(text, `page ${i}`)), ...(await inLanguages(contract))];
      expect(forms).to.have.length(11);
      const all = [document, ...forms].map((each) => each.facts(operation));
      for (const each of forms) {
        const said = contractIn(operation, each);
        // Nothing has changed: whichever of them was read, all others promise the same.
        expect([
          operation,
          each.source.where,
          wrongClaims(said, { verbs: 'any', ...contract }),
          unlisted(said),
          differences(said, all),
        ]).to.deep.equal([operation, each.source.where, [], [], []]);
      }
      expect([operation, differences(contract, all)]).to.deep.equal([operation, []]);
    }
  });

  itIsSoWhateverTheContract(60);
});
