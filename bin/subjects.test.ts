import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import { failed, itGivesEachACase, itIsFoundWith, runWith } from './subjects.fixture.ts';

// With more of them, and with other faults: `subjects.proof.ts`.
describe('few subjects', function () {
  this.timeout(120_000);

  itGivesEachACase(12, 'a case', Number.POSITIVE_INFINITY);
  itIsFoundWith(12, 'life-invalid-carried-out-by-put', 'LIFE-003');

  it('where no subject is left to tell which of them it was, all that share one have failed, and each names the others', async () => {
    const mutant = zoo.find(({ name }) => name === 'life-invalid-carried-out-by-put');
    const { report } = await runWith(2, mutant?.mutate);
    const told = failed(report).flatMap(({ id, cases }) =>
      cases.flatMap(({ findings }) =>
        findings.filter(({ where }) => where === 'the subject').map((f) => [id, f.actual]),
      ),
    );
    expect(told.map(([id]) => id)).to.include('LIFE-003');
    for (const [, says] of told)
      expect(says).to.match(/^one of \d+ scripts on one subject changed it \(.*\), and there is/);
    const reasons = report.requirements.flatMap(({ cases }) => cases.flatMap(({ reason }) => reason ?? []));
    expect(reasons.find((each) => each.includes('would exercise everything'))).to.match(
      /^the file .*subjects\.json has no subject left for it; \d+ subjects would exercise everything$/,
    );
  });
});
