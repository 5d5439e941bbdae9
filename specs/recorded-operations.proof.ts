import { expect } from 'chai';
import { operations } from '../src/provider/operations.fixture.ts';
import { configurations } from '../src/provider/recorded/operations/replay.ts';
import { judgedByCommand, judgedByRecordings } from './recorded-operations.fixture.ts';

describe('what a real host was recorded to answer, all of it', function () {
  this.timeout(300_000);
  for (const configuration of Object.keys(configurations))
    for (const contract of operations) {
      // Under endpoints the host had no authentication set up: what DeleteTool answers there says nothing.
      if (configuration === 'endpoints' && contract.operation === 'DeleteTool') continue;
      it(`raises no alarm: ${contract.operation}, ${configuration}`, () => {
        expect(judgedByRecordings(configuration, contract).alarms).to.deep.equal([]);
      });
      it(`raises no alarm where it is judged as traffic: ${contract.operation}, ${configuration}`, async () => {
        expect((await judgedByCommand(configuration, contract)).alarms).to.deep.equal([]);
      });
    }

  it('has something to judge for most requirements of types', () => {
    const judged = new Set(operations.flatMap((contract) => [...judgedByRecordings('stj', contract).judged]));
    const types = [...judged].filter((id) => id.startsWith('TYPE')).sort();
    expect(types).to.deep.equal(
      ['001', '002', '003', '004', '005', '006', '007', '008', '009', '010', '015'].map((number) => `TYPE-${number}`),
    );
  });
});
