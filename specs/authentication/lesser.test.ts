import { expect } from 'chai';
import { shippedSuite } from '../../bin/suites.ts';
import { suiteOf } from '../suite.ts';
import type { Contract } from '../../src/model/contract.ts';
import type { Report } from '../../src/model/report.ts';
import type { Mutate } from '../../src/provider/behaviour.ts';
import { refusal } from '../../src/provider/errors.ts';
import { judgedAs } from '../../src/provider/faults.ts';
import { idsOf, reportOn, shape } from '../judged.fixture.ts';
import { lesserMutants } from './lesser.mutants.ts';
import { refusedWithLesserCredentials } from './lesser.requirements.ts';

/** One that works on subjects, one that answers data, one whose role is demanded by a validator. */
const contracts: Readonly<Record<string, Contract>> = {
  'of subjects': { ...shippedSuite().contract, roles: ['Manager'] },
  'of data': shape('retire-tool'),
  'by a validator': { ...shape('retire-tool'), challenged: false },
};
const ids = refusedWithLesserCredentials.map(({ id }) => id);

describe('somebody who lacks a role', function () {
  this.timeout(120_000);

  const judged = (contract: Contract, mutate: Mutate = (b) => b, auth = 'bearer'): Promise<Report> =>
    reportOn(suiteOf(contract), { mutate, auth, only: ids });

  for (const [what, contract] of Object.entries(contracts)) {
    it(`is refused: ${what}`, async () => {
      const report = await judged(contract);
      expect(idsOf(report, 'fail', 'error', 'blocked')).to.deep.equal([]);
      expect(idsOf(report, 'pass')).to.have.length(3);
    });

    for (const { name, says, kills, mutate, appliesTo } of lesserMutants)
      if (appliesTo?.(contract) === true)
        it(`${name}: ${says}, ${what}`, async () => {
          const failed = idsOf(await judged(contract, mutate), 'fail');
          expect(failed).to.include.members(kills.filter((id) => id !== 'AUTH-047' || contract.subject !== null));
        });
  }

  it('is refused by whatever way they sign in', async () => {
    for (const auth of ['basic', 'session', 'header']) {
      const report = await judged(shape('retire-tool'), undefined, auth);
      expect(idsOf(report, 'pass'), auth).to.have.length(3);
    }
  });

  it('may be told why, and is no case for a judgement where the target does not know them', async () => {
    const told = judgedAs(
      () => true,
      () => refusal('service', 403, 'Forbidden', 'Invalid Role'),
    );
    expect(idsOf(await judged(shape('retire-tool'), told), 'fail')).to.deep.equal([]);
    const unknown = judgedAs(
      () => true,
      () => refusal('service', 401, 'Unauthorized', 'Not Authenticated'),
    );
    const skipped = await judged(shape('retire-tool'), unknown);
    expect(idsOf(skipped, 'skip')).to.deep.equal(ids);
    expect(JSON.stringify(skipped.requirements[0])).to.include('does not accept the lesser credentials at all');
  });

  it('is not asked for where nobody is named, or the operation asks for no role', async () => {
    const nobody = await judged(shape('retire-tool'), undefined, 'none');
    expect(JSON.stringify(nobody.requirements[0])).to.include('CONFORM_LESSER_TOKEN=');
    const open = await judged(shippedSuite().contract);
    expect(idsOf(open, 'skip')).to.deep.equal(ids);
    expect(JSON.stringify(open.requirements[0])).to.include('asks for no role and no permission');
  });
});
