import type { StandingExpectation } from '../../model/requirement.ts';
import { methodsApart } from '../../values/contract.ts';
import { isLetIn } from '../open-methods.ts';
import { service } from '../requirement.ts';
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
