import { idOf, subjectOf } from '../../exchange/subjects-file.ts';
import type { StateName } from '../../model/contract.ts';
import type { Member } from '../../model/schema.ts';
import type { SetUp, StateSource } from '../../model/states.ts';
import { COMMAND_TIMEOUT_MS, runCommand } from '../../settings/command.ts';
import type { World } from '../../settings/world.ts';
import { isObject, jsonIn } from '../../values/json.ts';

/** A command that has failed so often in a row is not run again: each time may take as long as it is given. */
const ENOUGH = 3;

/**
 * A source of subjects behind a command that prints one fresh subject as a JSON object each time it is run, or nothing where
 * there is none left. Neither the command nor what it prints is repeated in a message: both may hold secrets.
 *
 * @param command for the shell
 * @param members that a subject has; those in the path tell subjects apart
 * @param fresh the state that its subjects are in
 * @param timeoutMs after which it is ended, with all that it has started. Default: 30 s
 */
export function subjectsCommand(
  command: string,
  members: readonly Member[],
  fresh: StateName,
  world: Pick<World, 'env' | 'cwd' | 'signal'>,
  timeoutMs = COMMAND_TIMEOUT_MS,
): StateSource {
  const says = 'the subjects command';
  const given = new Set<string>();
  let failures = 0;
  let isExhausted = false;
  const failed = (why: string): SetUp => {
    failures += 1;
    return { kind: 'failed', reason: `${says} ${why}; run the command of --subjects-command by hand to see why` };
  };
  const none: SetUp = { kind: 'exhausted', reason: `${says} has no subject left: it printed nothing` };
  return {
    says,
    offers: (state) => state === fresh,
    left: () => 'unlimited',
    setUp: async (state) => {
      if (state !== fresh) return { kind: 'exhausted', reason: `${says} makes nothing in the state '${state}'` };
      if (isExhausted) return none;
      if (failures >= ENOUGH)
        return { kind: 'failed', reason: `${says} failed ${ENOUGH} times in a row and was not run again` };
      const end = await runCommand(command, world, timeoutMs);
      if (end.kind === 'failed') return failed(end.why);
      if (end.output.trim() === '') {
        isExhausted = true;
        return none;
      }
      const value = jsonIn(end.output);
      if (!isObject(value)) return failed('printed something that is not one JSON object');
      const subject = subjectOf(value, members);
      if (typeof subject === 'string') return failed(`printed an object that ${subject}`);
      const id = idOf(subject, members);
      if (given.has(id)) return failed('printed a subject that it had printed before');
      given.add(id);
      failures = 0;
      return { kind: 'ready', subject };
    },
    tearDown: () => Promise.resolve(),
  };
}
