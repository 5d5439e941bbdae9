import type { PlainObject } from '../model/value.ts';
import type { Call, Outcome, Refusal } from './behaviour.ts';
import { fieldError, refusal } from './errors.ts';
import type { Service } from './service.ts';
import { wordOfState } from './service.ts';
import { recordedSubject } from './store.ts';

/**
 * The service itself: 404 for an unknown subject, 409 for one that is no longer in its fresh state, else the state
 * that the route leaves. Predefined routes act as the first route.
 */
export function execute(service: Service, call: Call): Outcome {
  const thrown = call.subject === null ? null : thrownFor(service, call.subject);
  if (thrown !== null) return thrown;
  const route = call.route ?? service.contract.routes[0];
  const fresh = service.contract.subject?.states.fresh;
  const answer = answerOf(service, call);
  if (fresh === undefined || call.subject === null) return { kind: 'success', value: answer };
  const entry = call.store.find(call.subject);
  if (entry === undefined) {
    return refusal('service', 404, 'NotFound', `${service.noun} '${call.subject}' was not found`);
  }
  if (entry.state !== fresh) {
    return refusal(
      'service',
      409,
      'Conflict',
      `${service.noun} '${call.subject}' is already ${wordOfState(entry.state)}`,
    );
  }
  if (route.leaves !== undefined) call.store.change(call.subject, route.leaves);
  return { kind: 'success', value: answer };
}

/** The response DTO: what the request has by the same name is repeated, the rest is made up; a ResponseStatus is left out. */
function answerOf(service: Service, call: Call): PlainObject {
  return Object.fromEntries(
    service.answered.map(({ name, value }) => {
      const repeated = call.request[name];
      return [name, value.write(repeated === undefined || repeated === value.initial ? value.sample : repeated)];
    }),
  );
}

/** Ids ending e0 to ef throw one kind of exception each, as on the recorded host. */
function thrownFor(service: Service, id: string): Refusal | null {
  if (service.key === null || id.at(-2) !== 'e') return null;
  if (recordedSubject(service, id.slice(-2))[service.key.name] !== id) return null;
  const thing = service.noun.toLowerCase();
  const others = service.members.filter((m) => m !== service.key);
  const first = others[0]?.name ?? service.key.name;
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
      return refusal('service', 400, `NotOn${service.noun}`, mismatch, {
        Errors: [fieldError(`NotOn${service.noun}`, first, mismatch)],
      });
    default:
      return null;
  }
}
