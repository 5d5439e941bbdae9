import { itAnswersAlike } from './fidelity.fixture.ts';
import { configurations } from './recorded/configurations.ts';

/** An old host and a new one; `npm run test:hosts` takes all. */
const sample = ['classic-all-pascal', 'endpoints-map-default'];

describe('fidelity', () => {
  for (const configuration of configurations.filter(({ name }) => sample.includes(name))) itAnswersAlike(configuration);
});
