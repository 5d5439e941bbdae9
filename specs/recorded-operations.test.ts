import { expect } from 'chai';
import { operations } from '../src/provider/operations.fixture.ts';
import { judgedByRecordings } from './recorded-operations.fixture.ts';

/** Of each kind of answer one; `recorded-operations.proof.ts` takes all ten in all configurations. */
const sample = ['EchoScalars', 'FindTools', 'WriteLog', 'SaveTool'];

describe('what a real host was recorded to answer', () => {
  for (const configuration of ['classic', 'stj'])
    for (const contract of operations.filter(({ operation }) => sample.includes(operation)))
      it(`raises no alarm: ${contract.operation}, ${configuration}`, () => {
        const { judged, alarms } = judgedByRecordings(configuration, contract);
        expect(alarms).to.deep.equal([]);
        expect(judged.size).to.be.above(30);
      });
});
