import type { Call, Mutate, Refusal } from '../behaviour.ts';
import { fieldError, refusal } from '../errors.ts';

/**
 * The recorded host's own business: its subjects whose ids end e0 to ef throw one kind of exception each. A variation of
 * the provider, so that only what is held against the recordings has it.
 */
export const throwing: Mutate = (b) => ({ ...b, execute: (call) => thrownFor(call) ?? b.execute(call) });

function thrownFor({ subject: id, contract, members }: Call): Refusal | null {
  const key = contract.subject?.member;
  if (key === undefined || id === null || !/^1{8}-1111-4111-8111-0{10}e[0-9a-f]$/.test(id)) return null;
  const noun = key.replace(/Id$/, '');
  const thing = noun.toLowerCase();
  const others = members.filter((m) => m.name !== key);
  const first = others[0]?.name ?? key;
  const last = others.at(-1)?.name ?? first;
  const mismatch = `${first.replace(/Id$/, '')} is not on the ${thing}`;
  const thrown = (status: number, code: string, message: string): Refusal => refusal('service', status, code, message);
  switch (id.at(-1)) {
    case '0':
      return thrown(500, 'InvalidOperationException', 'The status service is not available');
    case '1':
      return refusal('service', 400, 'ArgumentException', `${mismatch} (Parameter '${first}')`, {
        Errors: [fieldError('ArgumentException', first, mismatch)],
      });
    case '2':
      return refusal('service', 400, 'ArgumentNullException', `Value cannot be null. (Parameter '${last}')`, {
        Errors: [fieldError('ArgumentNullException', last, 'Value cannot be null.')],
      });
    case '3':
      return thrown(403, 'UnauthorizedAccessException', `You may not change this ${thing}`);
    case '4':
      return thrown(405, 'NotImplementedException', `Not supported for this ${thing}`);
    case '5':
      return thrown(404, 'FileNotFoundException', `The ${thing} file is missing`);
    case '6':
      return thrown(403, 'NotAllowed', `You may not change this ${thing}`);
    case '7':
      return thrown(422, 'Unprocessable', `${first.replace(/Id$/, '')} is of the wrong type`);
    case '8':
      return thrown(400, 'FormatException', 'Bad format somewhere');
    case '9':
      return thrown(500, 'TimeoutException', 'Timed out');
    case 'a':
      return thrown(500, 'TaskCanceledException', 'cancelled');
    case 'b':
      return thrown(409, 'OptimisticConcurrencyException', 'changed by someone else');
    case 'c':
      return thrown(500, 'Exception', 'Nested "quoted" <b>html</b> é ünïcode \u2028 \n newline , comma');
    case 'd':
      return thrown(429, 'TooManyRequests', 'Slow down');
    case 'e':
      return {
        kind: 'refusal',
        by: 'service',
        status: 400,
        error: { ErrorCode: 'Custom', Message: 'custom', Meta: { a: 'b' } },
      };
    case 'f':
      return refusal('service', 400, `NotOn${noun}`, mismatch, {
        Errors: [fieldError(`NotOn${noun}`, first, mismatch)],
      });
    default:
      return null;
  }
}
