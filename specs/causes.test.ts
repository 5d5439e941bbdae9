import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { terminalReport } from '../src/report/terminal.ts';
import { reportOf } from './causes.fixture.ts';

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
});
