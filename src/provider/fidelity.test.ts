import { itAnswersAlike } from './fidelity.fixture.ts';
import { configurations } from './recorded/configurations.ts';

/** One of each hosting and serializer; `npm run test:hosts` takes all. */
const sample = [
  'classic-all-pascal',
  'classic-systemjson-default',
  'endpoints-identity-pascal',
  'endpoints-map-default',
];

describe('fidelity', () => {
  for (const configuration of configurations.filter(({ name }) => sample.includes(name))) itAnswersAlike(configuration);
});
