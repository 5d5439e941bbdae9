import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { silent } from '../../bin/console.fixture.ts';
import { embedded } from '../../bin/embedded.ts';
import { suiteOf } from '../../bin/suites.ts';
import type { Contract } from '../../src/model/contract.ts';
import type { ReportedRequirement } from '../../src/model/report.ts';
import type { Mutate } from '../../src/provider/behaviour.ts';
import { byStranger, letIn } from '../../src/provider/faults.ts';
import { openRun } from '../../src/run/open/open.ts';
import { runCatalogue } from '../../src/run/run-catalogue.ts';
import { readSettings } from '../../src/settings/settings.ts';

const file = new URL('../shapes/retire-tool/contract.json', import.meta.url);
const retireTool = JSON.parse(readFileSync(file, 'utf8')) as Contract;
const [route] = retireTool.routes;

/** Two methods, of which metadata says that one asks for credentials, and not which. */
const contract: Contract = {
  ...retireTool,
  verbs: ['GET', 'POST'],
  routes: [{ ...route, verbs: ['GET', 'POST'] }],
};
/** By GET everybody may call, whoever they are. */
const openByGet: Mutate = (b) => ({
  ...b,
  authenticate: (call) => (call.verb === 'GET' ? { kind: 'accepted' } : b.authenticate(call)),
});

describe('a service with several methods, one of which may be open', function () {
  this.timeout(120_000);
  const console = silent();

  async function judged(mutate: Mutate, of = contract): Promise<readonly ReportedRequirement[]> {
    const settings = {
      ...readSettings({ target: 'embedded' }, of, console),
      only: ['authentication', 'lifecycle', 'verbs', 'formats'],
    };
    const run = await openRun(suiteOf(of), settings, console, embedded({ mutate }));
    try {
      return (await runCatalogue(run)).requirements;
    } finally {
      await run.close();
    }
  }
  const of = (requirements: readonly ReportedRequirement[], ...verdicts: readonly string[]): readonly string[] =>
    requirements.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);

  it('raises no alarm, and is judged by the method that asks', async () => {
    const requirements = await judged(openByGet);
    expect(of(requirements, 'fail', 'error', 'blocked')).to.deep.equal([]);
    expect(of(requirements, 'pass')).to.include('AUTH-049');
    for (const id of ['AUTH-001', 'AUTH-002', 'AUTH-046']) {
      const cases = requirements.find((each) => each.id === id)?.cases ?? [];
      expect(new Set(cases.map(({ verdict }) => verdict)), id).to.have.all.keys('pass', 'skip');
      expect(new Set(cases.filter(({ verdict }) => verdict === 'skip').map(({ key }) => key.verb))).not.to.include(
        'POST',
      );
    }
    expect(JSON.stringify(requirements)).to.include(
      'its service has a method for each of GET, POST, no document tells which of them ask for credentials, and GET let the caller in',
    );
  });

  it('is to refuse a stranger by one of them', async () => {
    expect(of(await judged(letIn(byStranger)), 'fail')).to.deep.equal(['AUTH-049']);
  });

  it('is nothing that could be where a validator demands credentials', async () => {
    const failed = of(await judged(openByGet, { ...contract, challenged: false }), 'fail');
    expect(failed).to.include.members(['AUTH-001', 'AUTH-002']);
  });
});
