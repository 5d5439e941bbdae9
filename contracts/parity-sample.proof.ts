import { eachIsFoundAlike } from './pact-cli.fixture.ts';

/** A few of each kind; `npm run prove:pacts` takes all of them. */
const sample = [
  'auth-expired-accepted',
  'auth-open-xml',
  'life-second-subject-breaks',
  'status-message-object',
  'status-success-as-text',
  'valid-null-accepted',
];

describe('a verification of mutants of each kind', function () {
  this.timeout(60_000);
  eachIsFoundAlike(sample);
});
