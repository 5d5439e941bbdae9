import { expect } from 'chai';
import { connectionStatusUpdate } from '../../contracts/connection-status-update.ts';
import { contractIn, recordedDocument } from './documents.fixture.ts';
import { expectPartsOf, imported, itIsSoWhateverTheContract, promised } from './round-trip.fixture.ts';

describe('what the reference provider publishes, imported', function () {
  this.timeout(120_000);
  const documents = ['types-metadata.json', 'metadata-app.json'].map(recordedDocument);
  for (const operation of recordedDocument('types-metadata.json').operations) {
    it(`is the contract that it serves: ${operation}`, async () => {
      const contract = contractIn(operation, ...documents, recordedDocument(`pages/${operation}.json.html`));
      const again = await imported(contract);
      expect(promised(again)).to.deep.equal(promised(contract));
      expect(again.exchanges.filter(({ format }) => format === 'json')).to.deep.equal(contract.exchanges);
      expect(again.disagreements).to.deep.equal(contract.disagreements);
    });
  }

  it('is the contract that it serves: the shipped one', async () => {
    const again = await imported(connectionStatusUpdate);
    expect(again.exchanges).to.deep.equal(connectionStatusUpdate.exchanges);
    expect(again.routes.map(({ path }) => path)).to.deep.equal(connectionStatusUpdate.routes.map(({ path }) => path));
    expect(
      again.types.map(({ name, members }) => [name, members.map((m) => `${m.name} ${m.type} ${m.in}`)]),
    ).to.deep.equal(
      connectionStatusUpdate.types.map(({ name, members }) => [
        name,
        members.map((m) => `${m.name} ${m.type} ${m.in}`),
      ]),
    );
  });

  it('says in every language a part of the contract, and nothing else', async () => {
    for (const operation of recordedDocument('types-metadata.json').operations)
      await expectPartsOf(contractIn(operation, ...documents, recordedDocument(`pages/${operation}.json.html`)));
  });

  // Of more of them, and of a host made by hand in eleven forms: `round-trip.proof.ts`.
  itIsSoWhateverTheContract(10);
});
