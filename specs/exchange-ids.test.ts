import { expect } from 'chai';
import { shippedSuite } from '../bin/suites.ts';
import { createComposer } from '../src/catalogue/composer.ts';
import type { Effect } from '../src/model/exchange.ts';
import { boundless } from '../src/run/open/ability.ts';
import { plan, type Plan } from '../src/run/plan/plan.ts';
import { shareBeginnings } from '../src/run/plan/shared-beginnings.ts';
import { readSettings } from '../src/settings/settings.ts';

/** The last exchange of the first case; baselines, waivers and scripts of users hold such ids. */
const issued: Readonly<Record<string, string>> = {
  'ROUTE-001': '846a3ecdcd1b',
  'VERB-002': '9e9bcc888d81',
  'AUTH-001': '0990773d19a7',
  'AUTH-032': 'b6efb93f169a',
  'FORMAT-001': '846a3ecdcd1b',
  'STATUS-001': 'aba3eaee7064',
  'VALID-001': '46b3ff0008f8',
  'EXAMPLE-001': 'b49844f797fa',
  'LIFE-001': '9eb798ddc845',
  'DOC-001': 'd30719894234',
  'WIRE-005': '9e9bcc888d81',
};

describe('what is planned of the shipped contract', () => {
  const { catalogue, contract, members } = shippedSuite();
  const { profile } = readSettings({ target: 'embedded' }, contract, { env: {}, cwd: '.' });
  let planned: Plan;

  before(() => {
    planned = plan(catalogue, createComposer(contract, members, profile), boundless);
  });

  it('has the exchange ids that were issued: what is sent names them, and no release changes them by accident', () => {
    const ids = planned.requirements.flatMap(({ requirement, cases: [first] }) =>
      requirement.id in issued && first?.disposition.kind === 'send'
        ? [[requirement.id, first.disposition.exchanges.at(-1)] as const]
        : [],
    );
    expect(Object.fromEntries(ids)).to.deep.equal(issued);
  });

  it('keeps nobody waiting for a long row: what changes nothing is sent beside itself, in rows of 24 at most', () => {
    const { scripts } = shareBeginnings(planned);
    const longest = (effect: Effect): number =>
      Math.max(...scripts.filter((each) => each.effect === effect).map(({ script }) => script.steps.length));
    expect(longest('none')).to.be.at.most(24);
    // Calls that follow each other on one subject cannot be sent beside each other.
    expect(longest('own')).to.be.below(63);
  });
});
