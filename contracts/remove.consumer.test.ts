import { proveInteractionsOf } from './consumer.fixture.ts';

describe('what the consumer of remove relies on', () => {
  proveInteractionsOf('remove');
});
