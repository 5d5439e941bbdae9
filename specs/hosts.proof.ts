import { itAnswersAlike } from '../src/provider/fidelity.fixture.ts';
import { configurations } from '../src/provider/recorded/configurations.ts';
import { hosts, itRaisesNoAlarm } from './hosts.fixture.ts';
import { itIsFoundInOrder } from './recordings.fixture.ts';

describe('every host that keeps its promises', () => {
  for (const host of hosts) itRaisesNoAlarm(host);
});

describe('recordings of real hosts', () => {
  for (const configuration of configurations) itIsFoundInOrder(configuration);
});

describe('fidelity', () => {
  for (const configuration of configurations) itAnswersAlike(configuration);
});
