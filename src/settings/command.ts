import type * as processModule from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { World } from './world.ts';
import { library } from '../values/library.ts';

const processesIn = library('node:child_process') as () => typeof processModule;

/** A command is given so long, and so much of what it prints is read. */
export const COMMAND_TIMEOUT_MS = 30_000;
const MOST_BYTES = 64 * 1024;

/** What a command printed, or why it has failed, without a word of its own. */
export type CommandEnd =
  { readonly kind: 'printed'; readonly output: string } | { readonly kind: 'failed'; readonly why: string };

/**
 * Runs a command of a shell to its end, or ends it with all that it has started: when it takes too long, prints too much,
 * or the run is interrupted.
 *
 * @param ms after which it is ended
 */
export function runCommand(
  command: string,
  { env, cwd, signal }: Pick<World, 'env' | 'cwd' | 'signal'>,
  ms: number,
): Promise<CommandEnd> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'failed', why: 'was interrupted' });
      return;
    }
    // A group of its own, so that what the command has started can be ended with it.
    const detached = process.platform !== 'win32';
    const child = processesIn().spawn(command, {
      env: { ...env },
      cwd,
      shell: true,
      detached,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (end: CommandEnd): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      resolve(end);
    };
    const stop = (why: string): void => {
      killGroup(child, detached);
      // What has left the group may hold the pipe open; it is not waited for.
      child.stdout.destroy();
      settle({ kind: 'failed', why });
    };
    const interrupt = (): void => {
      stop('was interrupted');
    };
    const timer = setTimeout(() => {
      stop(`did not end within ${ms / 1000} s`);
    }, ms);
    signal.addEventListener('abort', interrupt, { once: true });
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if ((bytes += chunk.length) > MOST_BYTES) stop(`printed more than ${MOST_BYTES} bytes`);
    });
    child.on('error', () => {
      settle({ kind: 'failed', why: 'could not be run' });
    });
    child.on('close', (code) => {
      settle(
        code === 0
          ? { kind: 'printed', output: Buffer.concat(chunks).toString('utf8') }
          : { kind: 'failed', why: code === null ? 'was ended by a signal' : `ended with ${code}` },
      );
    });
  });
}

function killGroup(child: ChildProcess, detached: boolean): void {
  try {
    if (detached && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
