import { hosts, itRaisesNoAlarm } from './hosts.fixture.ts';

describe('every host that keeps its promises', () => {
  for (const host of hosts) itRaisesNoAlarm(host);
});
