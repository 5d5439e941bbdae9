import { expect } from 'chai';
import { shippedSuite } from '../bin/suites.ts';
import { createComposer } from '../src/catalogue/composer.ts';
import { boundless } from '../src/run/open/ability.ts';
import { plan } from '../src/run/plan/plan.ts';
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

describe('exchange ids', () => {
  it('are those that were issued: what is sent names them, and no release changes them by accident', () => {
    const { catalogue, contract, members } = shippedSuite();
    const { profile } = readSettings({ target: 'embedded' }, contract, { env: {}, cwd: '.' });
    const { requirements } = plan(catalogue, createComposer(contract, members, profile), boundless);
    const ids = requirements.flatMap(({ requirement, cases: [first] }) =>
      requirement.id in issued && first?.disposition.kind === 'send'
        ? [[requirement.id, first.disposition.exchanges.at(-1)] as const]
        : [],
    );
    expect(Object.fromEntries(ids)).to.deep.equal(issued);
  });
});
