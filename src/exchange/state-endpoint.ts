import type { Subject, WireRequest } from '../model/exchange.ts';
import type { Member } from '../model/schema.ts';
import type { SetUp, StateSource } from '../model/states.ts';
import { isObject } from '../values/json.ts';
import type { Engine, Sent } from './engine.ts';
import { idOf, subjectOf } from './subjects-file.ts';

/**
 * A source of subjects behind a state-change endpoint: `POST {"state", "params", "action": "setup" | "teardown"}` is
 * answered 200 with the subject's members, or 400 for a state that it does not know.
 *
 * @param url of the endpoint, asked as it is
 * @param members that a subject has; those in the path tell subjects apart
 * @param engine sends the requests
 * @param signal ends a request under way
 * @param operation said with each request, where the endpoint makes subjects of several
 */
export function stateEndpoint(
  url: URL,
  members: readonly Member[],
  engine: Engine,
  signal?: AbortSignal,
  operation?: string,
): StateSource {
  const unknown = new Set<string>();
  const given = new Set<string>();
  const says = `the state endpoint ${url.origin}${url.pathname}`;
  const post = (state: string, params: Subject, action: 'setup' | 'teardown'): Promise<Sent> =>
    engine.send(requestTo(url, { ...(operation !== undefined && { operation }), state, params, action }), {
      // Sent twice it makes one more subject, which harms nobody.
      socket: 'pooled',
      // What was set up is cleared away after an interrupt, too.
      ...(signal === undefined || action === 'teardown' ? {} : { signal }),
    });

  return {
    says,
    offers: (state) => !unknown.has(state),
    left: () => 'unlimited',
    setUp: async (state) => {
      if (unknown.has(state)) return notMade(says, state);
      const { outcome } = await post(state, {}, 'setup');
      if (outcome.kind === 'failure')
        return failed(`${says} made no subject in the state '${state}': ${outcome.failure.message}`);
      const { status, reason, body } = outcome.response;
      if (status === 400) {
        unknown.add(state);
        return notMade(says, state);
      }
      if (status !== 200)
        return failed(
          `${says} answered ${status} ${reason}`.trimEnd() +
            ` to the set-up of '${state}'; 200 with a subject was expected`,
        );
      const subject = subjectIn(Buffer.from(body).toString('utf8'), members);
      if (typeof subject === 'string')
        return failed(`${says} answered 200 to the set-up of '${state}', but ${subject}`);
      const id = idOf(subject, members);
      if (given.has(id))
        return failed(`${says} answered 200 to the set-up of '${state}', but gave the subject ${id} a second time`);
      given.add(id);
      return { kind: 'ready', subject };
    },
    // A subject left behind harms nobody's judgement; there is no verdict that a failed clean-up could change.
    tearDown: async (state, subject) => {
      await post(state, subject, 'teardown');
    },
  };
}

function requestTo(url: URL, body: object): WireRequest {
  return {
    method: 'POST',
    url: new URL(url.origin),
    target: `${url.pathname}${url.search}`,
    headers: [
      ['Accept', 'application/json'],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify(body),
  };
}

/** What needs such a subject is not exercised; that is no fault of anybody's. */
function notMade(says: string, state: string): SetUp {
  return { kind: 'exhausted', reason: `${says} makes nothing in the state '${state}' (it answered 400)` };
}

function failed(reason: string): SetUp {
  return { kind: 'failed', reason };
}

/** The subject, or what keeps the text from being one. */
function subjectIn(text: string, members: readonly Member[]): Subject | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'its body is not JSON';
  }
  if (!isObject(value)) return 'its body is not an object';
  const subject = subjectOf(value, members);
  return typeof subject === 'string' ? `its object ${subject}` : subject;
}
