import { zoo } from '../specs/zoo.ts';
import { eachIsFoundAlike } from './pact-cli.fixture.ts';

/** Every one of them; `npm test` takes a sample, and `--grep` narrows. */
describe('a verification of every mutant', function () {
  this.timeout(120_000);
  eachIsFoundAlike(zoo.map(({ name }) => name));
});
