import { expect } from 'chai';
import { operations } from '../src/provider/operations.fixture.ts';
import { judgedByCommand, judgedByRecordings } from './recorded-operations.fixture.ts';

/** Of each kind of answer one; `recorded-operations.proof.ts` takes all ten in all configurations. */
const sample = {
  classic: ['EchoScalars', 'SaveTool'],
  stj: ['FindTools', 'WriteLog'],
};

describe('what a real host was recorded to answer', function () {
  this.timeout(120_000);
  for (const [configuration, sampled] of Object.entries(sample))
    for (const contract of operations.filter(({ operation }) => sampled.includes(operation)))
      it(`raises no alarm: ${contract.operation}, ${configuration}`, () => {
        const { judged, alarms } = judgedByRecordings(configuration, contract);
        expect(alarms).to.deep.equal([]);
        expect(judged.size).to.be.above(30);
      });

  for (const contract of operations.filter(({ operation }) => ['EchoScalars', 'GetTool'].includes(operation)))
    it(`raises no alarm where it is judged as traffic: ${contract.operation}, stj`, async () => {
      const { judged, alarms } = await judgedByCommand('stj', contract);
      expect(alarms).to.deep.equal([]);
      expect(judged.size).to.be.above(35);
    });
});
