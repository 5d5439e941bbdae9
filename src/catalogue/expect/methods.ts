import type { CredentialKind } from '../../model/exchange.ts';
import type { FindingIn, StandingExpectation } from '../../model/requirement.ts';
import { methodsApart } from '../../values/contract.ts';
import { isLetIn } from '../open-methods.ts';
import { service } from '../requirement.ts';
import { headerOf } from '../../values/http.ts';
import { tellsScriptOfError } from './format.ts';
import { isCall } from './standing.ts';

/** Of all calls without credentials one at least was refused for that; nothing is said where not every method was called. */
export const refusedByOne: StandingExpectation = {
  says: 'of all calls without credentials, by whatever verb, one at least is refused for that',
  judge: (record, { contract }) => {
    const calls = record.flatMap(({ recorded: { id, request, credentials }, answered }) =>
      credentials === 'none' && answered !== null && request.method !== 'OPTIONS' && isCall(request.url, contract)
        ? [{ id, answered }]
        : [],
    );
    const called = new Set(calls.map(({ answered }) => answered.request.method));
    const first = calls.find(({ answered }) => answered.status < 300);
    const isAsked = (methodsApart(contract) ?? []).every((verb) => called.has(verb));
    if (first === undefined || !isAsked || calls.some(({ answered }) => !isLetIn(answered))) return [];
    return [{ exchange: first.id, finding: service('status', '401 or 403', String(first.answered.status)) }];
  },
};

/** Who may call; somebody who lacks a role is told so elsewhere. */
const known: ReadonlySet<CredentialKind> = new Set(['valid', 'valid-in-small-letters', 'lesser-credentials']);

/**
 * No call without good credentials is answered like a success. A browser asks by OPTIONS, and for an Accept that names nothing
 * nothing is done (ground truth, accept/); a script is told by a 200 that it failed.
 */
export const noSuccessForStrangers: StandingExpectation = {
  says: 'no call without good credentials is answered with a status of success, but to tell a script of an error',
  judge: (record, { contract }) =>
    record.flatMap(({ recorded: { id, request, credentials }, answered }): readonly FindingIn[] => {
      if (answered === null || known.has(credentials) || request.method === 'OPTIONS') return [];
      const isEmptyAccept = headerOf(request.headers, 'accept')?.trim() === '';
      if (isEmptyAccept || answered.status >= 300 || !isCall(request.url, contract) || tellsScriptOfError(answered))
        return [];
      return [{ exchange: id, finding: service('status', 'not 2xx', String(answered.status)) }];
    }),
};
