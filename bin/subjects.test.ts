import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { zoo } from '../specs/zoo.ts';
import type { Subject } from '../src/model/exchange.ts';
import type { Report, ReportedRequirement } from '../src/model/report.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import { membersOf } from '../src/schema/members.ts';
import { conform } from './console.fixture.ts';
import { shippedSuite } from './suites.ts';
import { shippedProvider } from './host.fixture.ts';

const { contract, schemas } = shippedSuite();

/** A subject whose values nobody has used. */
const subject = (): Subject => Object.fromEntries(membersOf(contract, schemas).map(({ name }) => [name, randomUUID()]));

describe('few subjects', function () {
  this.timeout(120_000);
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'subjects-'));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  /** A run on a host with so many subjects in a file, and what of them it left as they were. */
  const runWith = async (
    subjects: number,
    mutate?: Mutate,
  ): Promise<{ readonly report: Report; readonly used: number; readonly out: string }> => {
    const provider = shippedProvider({
      seed: 3,
      connections: Array.from({ length: subjects }, subject),
      ...(mutate && { mutate }),
    });
    const host = await provider.listen(0);
    try {
      writeFileSync(join(cwd, 'subjects.json'), JSON.stringify(host.connections));
      const { out, err } = await conform(
        ['--target', host.url, '--connections', 'subjects.json', '--allow-changes', '--report', 'json=report.json'],
        { cwd, env: { CONFORM_TOKEN: host.token } },
      );
      expect(err).to.equal('');
      const spent = readFileSync(join(cwd, 'subjects.json.spent'), 'utf8').trim().split('\n');
      const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
      return { report, used: spent.length, out };
    } finally {
      await host.close();
    }
  };

  const failed = ({ requirements }: Report): readonly ReportedRequirement[] =>
    requirements.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
  const reasonsOf = ({ requirements }: Report, id: string): readonly (string | undefined)[] =>
    requirements.filter((each) => each.id === id).flatMap(({ cases }) => cases.map(({ reason }) => reason));
  const isExercised = ({ cases }: ReportedRequirement): boolean => cases.some(({ exchanges }) => exchanges.length > 0);

  for (const [count, title, inPart] of [
    [12, 'a case', Number.POSITIVE_INFINITY],
    [40, 'a case, and all MUSTs but three all of theirs', 3],
  ] as const) {
    it(`${count} give each requirement ${title}, without an alarm`, async () => {
      const { report, used } = await runWith(count);
      expect(failed(report).map((r) => [r.id, r.cases.filter((c) => c.verdict !== 'pass')])).to.deep.equal([]);
      expect(used).to.be.at.most(count);
      const lacks = (r: ReportedRequirement): boolean => r.cases.some(({ cause }) => cause === 'subjects');
      const not = report.requirements.filter((r) => !isExercised(r) && lacks(r));
      expect(not.map(({ id }) => id)).to.deep.equal([]);
      const inPartOnly = report.requirements.filter((r) => r.level === 'MUST' && lacks(r));
      expect(inPartOnly.map(({ id }) => id)).to.have.length.at.most(inPart);
      expect(report.says).to.match(/; \d+ subjects would exercise everything[;.]/);
      // Each case tells by which exchange it was judged, and the exchange all that it carries.
      const carrying = report.exchanges.filter(({ notes = [] }) =>
        notes.some((note) => note.startsWith('one call for')),
      );
      expect(carrying).not.to.have.length(0);
    });
  }

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

  for (const [count, name, id] of [
    [40, 'auth-carried-out-first', 'AUTH-032'],
    [12, 'life-invalid-carried-out-by-put', 'LIFE-003'],
    // Told openly, with a success in the place of a refusal.
    [12, 'valid-malformed-accepted', 'VALID-006'],
  ] as const) {
    it(`a host that carries out one of the refusals that share a subject is found by ${id}, with ${count}: ${name}`, async () => {
      const mutant = zoo.find((each) => each.name === name);
      expect(mutant?.kills).to.include(id);
      const { report } = await runWith(count, mutant?.mutate);
      expect(failed(report).map((r) => r.id)).to.include(id);
      expect(report.causes[0]?.requirement).to.be.oneOf([...(mutant?.kills ?? [])]);
    });
  }

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
