import { itLeavesAsItWas, itSendsNoCallOf } from './fence.fixture.ts';

describe('the fence around every live target', function () {
  this.timeout(120_000);

  itLeavesAsItWas('as it should be');
  itSendsNoCallOf('anonymous');
  itSendsNoCallOf('of all verbs');
  itSendsNoCallOf('whose subject is a number');
});
