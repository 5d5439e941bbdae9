import { proveInteractionsOf } from './consumer.fixture.ts';

describe('what the consumer of cancel relies on', () => {
  proveInteractionsOf('cancel');
});
