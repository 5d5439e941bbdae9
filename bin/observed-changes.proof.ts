import { itIsSeenToChange } from './observed-changes.fixture.ts';

describe('behaviour that nobody promised, all of it', function () {
  this.timeout(120_000);

  itIsSeenToChange(() => true);
});
