import { hosts, itRaisesNoAlarm } from './hosts.fixture.ts';

/** The two ways of routing that no other test goes, with other JSON and ways to sign in; `npm run test:hosts` asks all of them. */
const sample = ['mapped, with Identity, by a session', 'endpoints with Identity, in camelCase and debug mode'];

describe('hosts that keep their promises', () => {
  for (const name of sample) {
    const host = hosts.find(([each]) => each === name);
    if (host === undefined) throw new Error(`there is no host '${name}'`);
    itRaisesNoAlarm(host);
  }
});
