import type { Contract } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import { isVouched } from '../../values/contract.ts';
import { isSent } from '../../values/members.ts';
import { isObject } from '../../values/json.ts';
import { headerOf } from '../../values/http.ts';
import { service } from '../requirement.ts';
import {
  bodyOf,
  brief,
  describeBody,
  hasNoFormat,
  isBrokenByTypes,
  isNothing,
  isNullAnswer,
  tellsNoErrorCode,
} from './body.ts';
import { tellsScriptOfError } from './format.ts';
import { statusOf } from './errors.ts';
import { isEmptyRows, isReadAsRows } from './rows.ts';
import { shortened } from '../../values/words.ts';

/**
 * The call succeeded with what the contract says: a DTO, a list, a scalar, something raw, or nothing. Of a success that
 * nobody answers for, as its values were drawn, a refusal in kind says nothing.
 */
export const success: Expectation = {
  says: 'the call succeeds with the response that the contract says, and no ErrorCode in it',
  judge: (x, { contract }) => {
    const wrong = statusFinding(x, contract);
    if (wrong !== null) return [wrong];
    const code = statusOf(x)?.['ErrorCode'];
    if (!isNothing(code)) return [service('body ResponseStatus.ErrorCode', 'absent or null', brief(code))];
    if (tellsScriptOfError(x))
      return [service('body ResponseStatus.ErrorCode', 'absent or null', shortened(x.text, 160))];
    return x.request.method === 'HEAD' ? [] : bodyFindings(x, contract);
  },
  unless: (x, evidence) => unvouched(x, evidence),
};

function statusFinding(x: Answered, { success: promised, response }: Contract): Finding | null {
  const isIt = promised === undefined ? x.status >= 200 && x.status < 300 : x.status === promised;
  const expected = promised ?? (response.kind === 'none' ? 204 : 200);
  return isIt ? null : service('status', String(expected), `${String(x.status)} with ${describeBody(x)}`);
}

function bodyFindings(x: Answered, contract: Contract): readonly Finding[] {
  const { response, success: promised } = contract;
  const isNull = promised === undefined && isNullAnswer(x);
  const body = bodyOf(x);
  if (isBrokenByTypes(x, contract) || isAsked(x) || hasNoFormat(x, contract)) return [];
  switch (response.kind) {
    case 'dto':
      return isNull || isObject(body) || (isReadAsRows(x) && Array.isArray(body)) || isEmptyRows(x, contract)
        ? []
        : [service('body', 'the response as an object', describeBody(x))];
    case 'list':
      return isNull || Array.isArray(body) || isEmptyRows(x, contract)
        ? []
        : [service('body', 'the response as a list', describeBody(x))];
    case 'scalar':
      return isNull || x.text !== '' ? [] : [service('body', 'the response', describeBody(x))];
    case 'none':
      return x.text === '' ? [] : [service('body', 'none', describeBody(x))];
    case 'raw':
    case 'unknown':
      return [];
  }
}

/** Whether an answer is the page or the script that its request asks for: what stands in it is judged where that is asked. */
function isAsked({ mediaType, request: { headers, url } }: Answered): boolean {
  const accept = headerOf(headers, 'accept');
  return (
    (mediaType === 'text/html' && (accept === undefined || accept.includes('text/html'))) ||
    (/^(?:text|application)\/javascript$/.test(mediaType) && /[?&]callback=/.test(url))
  );
}

/** Whether somebody asks for a page, as a browser does. */
export function asksForPage({ headers }: Answered['request']): boolean {
  return headerOf(headers, 'accept')?.includes('text/html') ?? false;
}

/** Whether an error is told to people, who asked for a page: in ServiceStack's own words. */
function isPageAsked({ mediaType, request }: Answered): boolean {
  return /^text\/(?:plain|html)$/.test(mediaType) && asksForPage(request);
}

/** Why an answer of null leaves nothing to judge; null where it is another. */
export function answeredNull(x: Answered): string | null {
  return isNullAnswer(x) ? 'the service answers with null, which is 204 without a body' : null;
}

/** Statuses that say that a request never got as far as the operation. */
export const turnedAway: ReadonlySet<number> = new Set([401, 403, 405]);

/** Why a refusal of values that nobody answers for leaves nothing to judge; null where it does not, or there is none. */
export function unvouched(x: Answered, { contract, members }: Pick<Evidence, 'contract' | 'members'>): string | null {
  if (x.status < 400 || x.status >= 500) return null;
  // What changes something, whatever is sent, may be refused for what an earlier call changed.
  const isOneOfMany = contract.subject === null && members.length === 0 && contract.effect === 'changes';
  if (isVouched(contract, members) && !isOneOfMany) return null;
  const code = statusOf(x)?.['ErrorCode'];
  const isInKind = !isNothing(code) || tellsNoErrorCode(x, contract);
  const answer = `${String(x.status)} ${typeof code === 'string' ? code : 'without a code'}`;
  const remedy = 'give those of a call that succeeds as values in said.json';
  // A service may say so of what a request names, too: somebody else's order, a closed month.
  const isDrawn = members.some((member) => member.in === 'path' || isSent(member));
  if (x.status === 403 && isDrawn && (isInKind || isPageAsked(x)))
    return `the operation refuses the caller, or values that were drawn (${answer}): ${remedy}, or credentials that may make it`;
  if (turnedAway.has(x.status)) return null;
  if (!isInKind && !isPageAsked(x)) return null;
  return isOneOfMany
    ? `the operation takes no values, and refuses the call in the state that it found (${answer})`
    : `the operation refuses values that were drawn (${answer}): ${remedy}`;
}
