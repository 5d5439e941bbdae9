import type { Answered, Script } from '../model/exchange.ts';
import type { Contract } from '../model/contract.ts';
import { methodsApart } from '../values/contract.ts';

/**
 * Why a case about somebody who may not call says nothing of this operation: its service has several methods, of which one
 * may be open to all (source forms, 6), and the call was let in; null where that is not so.
 *
 * @param steps the answers to the script's requests
 */
export function whyOpen({ steps: requests }: Script, steps: readonly Answered[], contract: Contract): string | null {
  const methods = methodsApart(contract);
  if (methods === null) return null;
  const open = requests.find(({ credentials }, i) => credentials !== 'valid' && isLetIn(steps[i]));
  return open === undefined
    ? null
    : `its service has a method for each of ${methods.join(', ')}, no document tells which of them ask for credentials, and ${open.method} let the caller in`;
}

/** Whether the answer is the operation's own, and not a refusal for want of credentials. */
export function isLetIn(x: Answered | undefined): boolean {
  if (x === undefined) return false;
  const { status, text } = x;
  const isOfTheRouter = status === 405 || (status === 404 && text === '');
  return status < 300 || (status >= 400 && status < 500 && status !== 401 && status !== 403 && !isOfTheRouter);
}
