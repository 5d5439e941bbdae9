import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import type { Report } from '../src/model/report.ts';
import { failed, itGivesEachACase, itIsFoundWith, runWith } from './subjects.fixture.ts';

describe('subjects that are scarce', function () {
  this.timeout(120_000);

  const reasonsOf = ({ requirements }: Report, id: string): readonly (string | undefined)[] =>
    requirements.filter((each) => each.id === id).flatMap(({ cases }) => cases.map(({ reason }) => reason));

  itGivesEachACase(40, 'a case, and all MUSTs but three all of theirs', 3);

  for (const count of [12, 40])
    for (const name of ['life-invalid-carried-out-by-put', 'life-stranger-carried-out-by-patch']) {
      it(`a fault in many of the refusals that share subjects is named first, for certain, and explains the others, with ${count}: ${name}`, async () => {
        const mutant = zoo.find((each) => each.name === name);
        const { report } = await runWith(count, mutant?.mutate);
        const [cause] = report.causes;
        expect(cause?.requirement).to.be.oneOf([...(mutant?.kills ?? [])]);
        expect(failed(report).filter(({ verdict }) => verdict === 'fail')).to.have.length.at.most(5);
        const cases = report.requirements.flatMap((r) => r.cases);
        expect(cases.filter(({ findings }) => findings.some(({ where }) => where === 'the subject'))).to.deep.equal([]);
        // What stood on the same subject is not judged by it, and says why and where that is told.
        const explained = cases.filter(({ reason }) => reason?.startsWith('the subject that it shared was changed by'));
        expect(explained).not.to.have.length(0);
        for (const { verdict, because } of explained) {
          expect(verdict).to.equal('blocked');
          expect(because).to.be.oneOf(failed(report).map(({ id }) => id));
        }
        // Whoever reads one of them is told with which others it stood on one subject.
        const notes = report.exchanges.flatMap((each) => each.notes ?? []);
        expect(notes.some((note) => note.startsWith('shares its subject with'))).to.equal(true);
      });
    }

  itIsFoundWith(40, 'auth-carried-out-first', 'LIFE-004');
  // Told openly, with a success in the place of a refusal.
  itIsFoundWith(12, 'valid-malformed-accepted', 'VALID-006');

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

  it('what one of the things that a call carries at once breaks is asked on its own, and named alone', async () => {
    const mutant = zoo.find(({ name }) => name === 'valid-casing-breaks');
    const { report } = await runWith(40, mutant?.mutate);
    const named = failed(report).map(({ id }) => id);
    expect(named).to.include('VALID-017');
    expect(named.filter((id) => mutant?.kills.every((kill) => kill !== id))).to.deep.equal([]);
  });

  it('where a second success is answered like the first, none shows that nothing was done, and refusals are judged still', async () => {
    const { report } = await runWith(40, zoo.find(({ name }) => name === 'harmless-second-call-succeeds')?.mutate);
    expect(failed(report).map(({ id }) => id)).to.deep.equal([]);
    // What only a success afterwards could show is told so, case by case, and nothing of it has passed.
    for (const id of ['AUTH-032', 'LIFE-003', 'LIFE-004', 'ROUTE-008', 'ROUTE-010', 'ROUTE-012']) {
      for (const { verdict, reason } of report.requirements.find((each) => each.id === id)?.cases ?? []) {
        expect(verdict, id).to.equal('skip');
        expect(reason, id).to.match(/a second success is answered like the first|has no subject left for it/);
      }
    }
    expect(reasonsOf(report, 'AUTH-032')).to.include.members([
      'the refused requests were refused as expected, but a second success is answered like the first, so that none tells whether something was done before',
    ]);
    for (const id of ['AUTH-001', 'VALID-005', 'VALID-006', 'ROUTE-006'])
      expect(report.requirements.find((each) => each.id === id)?.verdict, id).to.be.oneOf(['pass', 'skip']);
    expect(report.requirements.find(({ id }) => id === 'VALID-001')?.verdict).to.equal('pass');
  });
});
