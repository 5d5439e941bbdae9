import { configurations } from '../src/provider/recorded/configurations.ts';
import { itIsFoundInOrder } from './recordings.fixture.ts';

/** `npm run test:hosts` takes all of them. */
const sample = ['endpoints-map-default'];

describe('recordings of real hosts', () => {
  for (const configuration of configurations.filter(({ name }) => sample.includes(name)))
    itIsFoundInOrder(configuration);
});
