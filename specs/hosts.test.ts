import { hosts, itRaisesNoAlarm } from './hosts.fixture.ts';

/** With other JSON, another way to route and to sign in than other tests; `npm run test:hosts` asks all of them. */
const sample = ['endpoints with Identity, in camelCase and debug mode'];

describe('hosts that keep their promises', () => {
  for (const name of sample) {
    const host = hosts.find(([each]) => each === name);
    if (host === undefined) throw new Error(`there is no host '${name}'`);
    itRaisesNoAlarm(host);
  }
});
