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
import { shippedProvider } from './host.fixture.ts';
import { shippedSuite } from './suites.ts';

const { contract, schemas } = shippedSuite();

/** A subject whose values nobody has used. */
const subject = (): Subject => Object.fromEntries(membersOf(contract, schemas).map(({ name }) => [name, randomUUID()]));

/** A run on a host with so many subjects in a file, and how many of them it used. */
export async function runWith(
  subjects: number,
  mutate?: Mutate,
): Promise<{ readonly report: Report; readonly used: number }> {
  const cwd = mkdtempSync(join(tmpdir(), 'subjects-'));
  const provider = shippedProvider({
    seed: 3,
    connections: Array.from({ length: subjects }, subject),
    ...(mutate && { mutate }),
  });
  const host = await provider.listen(0);
  try {
    writeFileSync(join(cwd, 'subjects.json'), JSON.stringify(host.connections));
    const { err } = await conform(
      ['--target', host.url, '--connections', 'subjects.json', '--allow-changes', '--report', 'json=report.json'],
      { cwd, env: { CONFORM_TOKEN: host.token } },
    );
    expect(err).to.equal('');
    const spent = readFileSync(join(cwd, 'subjects.json.spent'), 'utf8').trim().split('\n');
    return { report: JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report, used: spent.length };
  } finally {
    await host.close();
    rmSync(cwd, { recursive: true });
  }
}

/** Requirements that failed, or could not be judged. */
export function failed({ requirements }: Report): readonly ReportedRequirement[] {
  return requirements.filter(({ verdict }) => verdict === 'fail' || verdict === 'error');
}

const isExercised = ({ cases }: ReportedRequirement): boolean => cases.some(({ exchanges }) => exchanges.length > 0);

/**
 * A test that so many subjects give each requirement a case.
 *
 * @param inPart how many MUSTs at most lack some of theirs
 */
export function itGivesEachACase(count: number, title: string, inPart: number): void {
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
    const carrying = report.exchanges.filter(({ notes = [] }) => notes.some((note) => note.startsWith('one call for')));
    expect(carrying).not.to.have.length(0);
  });
}

/** A test that a host with a fault of the zoo, which carries out one of the refusals that share a subject, is found by a requirement. */
export function itIsFoundWith(count: number, name: string, id: string): void {
  it(`a host that carries out one of the refusals that share a subject is found by ${id}, with ${count}: ${name}`, async () => {
    const mutant = zoo.find((each) => each.name === name);
    expect(mutant?.kills).to.include(id);
    const { report } = await runWith(count, mutant?.mutate);
    expect(failed(report).map((r) => r.id)).to.include(id);
    expect(report.causes[0]?.requirement).to.be.oneOf([...(mutant?.kills ?? [])]);
  });
}
