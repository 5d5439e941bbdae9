import { expect } from 'chai';
import { suiteOf } from '../suite.ts';
import type { Contract } from '../../src/model/contract.ts';
import type { Report } from '../../src/model/report.ts';
import type { Mutate } from '../../src/provider/behaviour.ts';
import { byStranger, letIn } from '../../src/provider/faults.ts';
import { idsOf, reportOn, shape } from '../judged.fixture.ts';

const retireTool = shape('retire-tool');
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

  const judged = (mutate: Mutate, of = contract): Promise<Report> =>
    reportOn(suiteOf(of), { mutate, only: ['authentication', 'lifecycle', 'verbs', 'formats'] });

  it('raises no alarm, and is judged by the method that asks', async () => {
    const report = await judged(openByGet);
    const { requirements } = report;
    expect(idsOf(report, 'fail', 'error', 'blocked')).to.deep.equal([]);
    expect(idsOf(report, 'pass')).to.include('AUTH-049');
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
    expect(idsOf(await judged(letIn(byStranger)), 'fail')).to.deep.equal(['AUTH-049']);
  });

  it('is nothing that could be where a validator demands credentials', async () => {
    const failed = idsOf(await judged(openByGet, { ...contract, challenged: false }), 'fail');
    expect(failed).to.include.members(['AUTH-001', 'AUTH-002']);
  });
});
