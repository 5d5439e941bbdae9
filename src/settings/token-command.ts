import { COMMAND_TIMEOUT_MS, runCommand } from './command.ts';
import { InconclusiveError } from './problems.ts';
import type { World } from './world.ts';

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
  timeoutMs = COMMAND_TIMEOUT_MS,
): Promise<string> {
  const end = await runCommand(command, world, timeoutMs);
  const failed = (why: string): InconclusiveError =>
    new InconclusiveError(`the token command ${why}; run the command of --token-command by hand to see why`);
  if (end.kind === 'failed') throw failed(end.why);
  const token = end.output.trim();
  if (token === '' || /\s/.test(token))
    throw failed(
      `printed ${token === '' ? 'nothing' : 'more than one word'}, and should print the token and nothing else`,
    );
  return token;
}
