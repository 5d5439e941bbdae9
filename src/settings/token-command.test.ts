import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { tokenFrom } from './token-command.ts';

describe('the token command', () => {
  const { signal } = new AbortController();
  const world = { env: process.env, cwd: '.', signal };
  const problemOf = async (command: string, given: Partial<typeof world> = {}, ms?: number): Promise<string> =>
    tokenFrom(command, { ...world, ...given }, ms).then(
      (token) => `token ${token}`,
      (error: unknown) => (error as Error).message,
    );

  it('prints the token', async () => {
    expect(await tokenFrom('echo " a.b.c "', world)).to.equal('a.b.c');
  });

  for (const [command, says] of [
    ['echo a-secret; exit 3', /^the token command ended with 3;/],
    ['true a-secret', /^the token command printed nothing,/],
    ['echo a-secret b', /^the token command printed more than one word,/],
    ['echo a-secret; kill -9 $$', /^the token command was ended by a signal;/],
    ['no-such-command a-secret', /^the token command ended with 127;/],
    ['yes a-secret', /^the token command printed more than 65536 bytes;/],
  ] as const) {
    it(`repeats nothing of what may be secret: ${command}`, async () => {
      const problem = await problemOf(command);
      expect(problem).to.match(says);
      expect(problem).not.to.contain('a-secret');
    });
  }

  for (const [how, stop] of [
    ['takes too long', () => problemOf('sleep 300 & echo $! > pid; wait', { cwd: folder }, 300)],
    [
      'is interrupted',
      async () => {
        const stopping = new AbortController();
        const problem = problemOf('sleep 300 & echo $! > pid; wait', { cwd: folder, signal: stopping.signal });
        await setTimeout(300);
        stopping.abort();
        return problem;
      },
    ],
  ] as const) {
    it(`is ended with all that it has started when it ${how}`, async () => {
      expect(await stop()).to.match(/^the token command (did not end within 0\.3 s|was interrupted);/);
      const child = Number(readFileSync(join(folder, 'pid'), 'utf8'));
      expect(child).to.be.above(1);
      await setTimeout(100);
      expect(isRunning(child)).to.equal(false);
    });
  }

  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'token-command-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
});

/** What has ended and is not yet collected by its parent runs no longer. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
