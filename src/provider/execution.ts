import type { PlainObject } from '../model/value.ts';
import type { Call, Outcome } from './behaviour.ts';
import { refusal } from './errors.ts';
import type { Service } from './service.ts';
import { wordOfState } from './service.ts';

/**
 * The service itself: 404 for an unknown subject, 409 for one that is no longer in its fresh state, else the state
 * that the route leaves. Predefined routes act as the first route.
 */
export function execute(service: Service, call: Call): Outcome {
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
