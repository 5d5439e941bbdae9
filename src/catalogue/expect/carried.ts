import type { TransportFailure } from '../../model/exchange.ts';
import type { TransportExpectation } from '../../model/requirement.ts';
import { everyOutcome, service } from '../requirement.ts';

type Fault = 'timeout' | 'truncated' | 'reset' | 'not-http';

const promise: Readonly<Record<Fault, string>> = {
  timeout: 'an answer within the time limit',
  truncated: 'an answer to its announced end',
  reset: 'an answer before the connection is closed',
  'not-http': 'an answer framed as HTTP prescribes',
};

const isOneOf = (faults: readonly Fault[], kind: TransportFailure['kind']): kind is Fault =>
  (faults as readonly string[]).includes(kind);

/** No exchange of the script broke in one of the ways named. */
export const carriedWithout = (...faults: readonly [Fault, ...Fault[]]): TransportExpectation =>
  everyOutcome(`each request gets ${faults.map((fault) => promise[fault]).join(', ')}`, (outcome) =>
    outcome.kind === 'failure' && isOneOf(faults, outcome.failure.kind)
      ? [service('transport', promise[outcome.failure.kind], outcome.failure.message)]
      : [],
  );
