import { itGivesEachACase } from './subjects.fixture.ts';

// With fewer and with more of them, and of hosts with faults: `subjects.proof.ts`.
describe('few subjects', function () {
  this.timeout(120_000);

  itGivesEachACase(12, 'a case', Number.POSITIVE_INFINITY);
});
