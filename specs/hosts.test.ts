import { hosts, itRaisesNoAlarm } from './hosts.fixture.ts';

/** One for each way of routing, of writing JSON and of signing in; `npm run test:hosts` asks all of them. */
const sample = [
  'classic, System.Text.Json in camelCase and debug mode',
  'mapped, with Identity, as templates set it up',
  'endpoints with Identity',
];

describe('hosts that keep their promises', () => {
  for (const name of sample) {
    const host = hosts.find(([each]) => each === name);
    if (host === undefined) throw new Error(`there is no host '${name}'`);
    itRaisesNoAlarm(host);
  }
});
