import { spawn, type ChildProcess } from 'node:child_process';
import { InconclusiveError } from './problems.ts';
import type { World } from './world.ts';

const TIMEOUT_MS = 30_000;
const MOST_BYTES = 64 * 1024;

/** How a command ended: by itself, or because it was ended. */
type End =
  | { readonly kind: 'ended'; readonly code: number | null; readonly output: string }
  | { readonly kind: 'stopped'; readonly why: string };

/**
 * Runs the command that prints a token.
 *
 * Neither the command nor what it writes is repeated in a message: both may hold secrets.
 *
 * @param command for the shell
 * @param timeoutMs after which it is ended, with all that it has started. Default: 30 s
 * @returns the token
 * @throws InconclusiveError when there is none
 */
export async function tokenFrom(
  command: string,
  world: Pick<World, 'env' | 'cwd' | 'signal'>,
  timeoutMs = TIMEOUT_MS,
): Promise<string> {
  const end = await run(command, world, timeoutMs);
  const failed = (why: string): InconclusiveError =>
    new InconclusiveError(`the token command ${why}; run the command of --token-command by hand to see why`);
  if (end.kind === 'stopped') throw failed(end.why);
  if (end.code !== 0) throw failed(end.code === null ? 'was ended by a signal' : `ended with ${end.code}`);
  const token = end.output.trim();
  if (token === '' || /\s/.test(token))
    throw failed(
      `printed ${token === '' ? 'nothing' : 'more than one word'}, and should print the token and nothing else`,
    );
  return token;
}

function run(command: string, { env, cwd, signal }: Pick<World, 'env' | 'cwd' | 'signal'>, ms: number): Promise<End> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'stopped', why: 'was interrupted' });
      return;
    }
    // A group of its own, so that what the command has started can be ended with it.
    const detached = process.platform !== 'win32';
    const child = spawn(command, {
      env: { ...env },
      cwd,
      shell: true,
      detached,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (end: End): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      resolve(end);
    };
    const stop = (why: string): void => {
      killGroup(child, detached);
      // What has left the group may hold the pipe open; it is not waited for.
      child.stdout.destroy();
      settle({ kind: 'stopped', why });
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
      settle({ kind: 'stopped', why: 'could not be run' });
    });
    child.on('close', (code) => {
      settle({ kind: 'ended', code, output: Buffer.concat(chunks).toString('utf8') });
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
