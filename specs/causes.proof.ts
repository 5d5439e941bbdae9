import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { terminalReport } from '../src/report/terminal.ts';
import { named, reportOf, suite } from './causes.fixture.ts';

/** Pairs of different areas: of the same status, of the same part of an answer, of one that is in the way of the other. */
const pairs = [
  ['valid-null-accepted', 'auth-told-in-capitals'],
  ['format-xml-namespace-of-errors', 'auth-validates-first'],
  ['route-last-lost', 'status-message-object'],
] as const;

describe('causes of faults', function () {
  this.timeout(120_000);

  it('the failure in the README is what is printed', async () => {
    const printed = terminalReport(await reportOf('verb-put-breaks'), { colour: 'none', width: 100, detail: 'causes' });
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const [, sample = ''] = /\n(FAIL VERB-002[^`]*)```/.exec(readme) ?? [];
    const lines = sample.trimEnd().split('\n');
    expect(lines.length).to.be.above(8);
    for (const line of lines) expect(printed).to.include(line.replace(/ ?….*$/, ''));
  });

  for (const pair of pairs)
    it(`${pair.join(' and ')}: a cause each, no exchange under two`, async () => {
      const { causes } = await reportOf(...pair);
      const heads = causes.map(({ requirement }) => requirement);
      for (const name of pair) expect(named(name).kills, heads.join(' ')).to.include.oneOf(heads);
      const exchanges = causes.flatMap((cause) => cause.exchanges);
      expect(new Set(exchanges).size).to.equal(exchanges.length);
    });

  it('what a stranger had done is never told beside something else, and never where a route is lost', async () => {
    const executions = new Set(
      suite.catalogue.flatMap((a) => a.requirements.filter((r) => r.breaks === 'executed').map((r) => r.id)),
    );
    const open = await reportOf('auth-open-get', 'life-fourth-breaks');
    expect(executions).to.include(open.causes[0]?.requirement);
    expect(open.causes.flatMap(({ also }) => also.filter((id) => executions.has(id)))).to.deep.equal([]);
    const lost = await reportOf('route-last-lost');
    expect(lost.causes.map(({ requirement }) => requirement)).to.deep.equal(['ROUTE-001']);
    const failed = lost.requirements.filter(({ id, verdict }) => executions.has(id) && verdict === 'fail');
    expect(failed).to.deep.equal([]);
  });
});
