import { expect } from 'chai';
import type { Member } from '../../model/schema.ts';
import type { StateSource } from '../../model/states.ts';
import { subjectsCommand } from './subjects-command.ts';

const fresh = 'an unpainted widget';
const id = '00000000-0000-4000-8000-00000000000';
const members: readonly Member[] = [
  { name: 'WidgetId', type: { kind: 'string' }, in: 'path', required: true, description: '' },
];
const { signal } = new AbortController();

const source = (command: string, ms?: number): StateSource =>
  subjectsCommand(command, members, fresh, { env: process.env, cwd: '.', signal }, ms);
const says = async (command: string, ms?: number): Promise<string> => {
  const made = await source(command, ms).setUp(fresh);
  return made.kind === 'ready' ? 'ready' : `${made.kind}: ${made.reason}`;
};
const object = (digit: string): string => `{"WidgetId":"${id}${digit}"}`;

describe('the subjects command', () => {
  it('is run once for each subject, and prints it', async () => {
    const made = await source(`echo '${object('1')}'`).setUp(fresh);
    expect(made).to.deep.equal({ kind: 'ready', subject: { WidgetId: `${id}1` } });
  });

  it('has none left where it prints nothing, and is not run again', async () => {
    const printing = source('true');
    expect(await printing.setUp(fresh)).to.include({ kind: 'exhausted' });
    expect(await printing.setUp(fresh)).to.include({ kind: 'exhausted' });
  });

  it('offers no other state', async () => {
    expect(source('false').offers('a painted widget')).to.equal(false);
    expect(await source('false').setUp('a painted widget')).to.include({ kind: 'exhausted' });
  });

  for (const [command, reason] of [
    ['echo a-secret; exit 3', 'ended with 3'],
    ['no-such-command a-secret', 'ended with 127'],
    ['yes a-secret', 'printed more than 65536 bytes'],
    ['echo a-secret', 'printed something that is not one JSON object'],
    [`echo '[${object('1')}]' a-secret`, 'printed something that is not one JSON object'],
    [`echo '${object('1')}'; echo '${object('2')}' a-secret`, 'printed something that is not one JSON object'],
    ['echo {}', 'printed an object that '],
    ['printf "\\377\\033[31m"', 'printed something that is not one JSON object'],
  ] as const) {
    it(`is told in one sentence what was wrong: ${JSON.stringify(command)}`, async () => {
      const told = await says(command);
      expect(told).to.include(`failed: the subjects command ${reason}`);
      expect(told).not.to.include('a-secret');
      expect(told).to.match(/^[ -~]+$/);
    });
  }

  it('is ended when it takes too long', async () => {
    expect(await says('sleep 300', 200)).to.include('failed: the subjects command did not end within 0.2 s');
  });

  it('may not print a subject twice', async () => {
    const repeating = source(`echo '${object('1')}'`);
    await repeating.setUp(fresh);
    expect(await repeating.setUp(fresh)).to.include({ kind: 'failed' });
  });

  it('is not run again once it has failed three times in a row', async () => {
    const failing = source('exit 1');
    for (let time = 1; time <= 3; time += 1)
      expect(JSON.stringify(await failing.setUp(fresh))).to.include('ended with 1');
    expect(JSON.stringify(await failing.setUp(fresh))).to.include('not run again');
  });
});
