import { zoo } from '../specs/zoo.ts';
import { itFindsTheSame } from './pact-cli.fixture.ts';

/** All of them take a quarter of an hour, so `npm test` takes a sample; `--grep` narrows. */
describe('a verification of every mutant', function () {
  this.timeout(120_000);
  for (const { name } of zoo) itFindsTheSame(name);
});
