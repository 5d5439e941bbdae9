import type { PlainObject, PlainValue } from '../model/value.ts';
import type { Behaviour, Call, Destination, Members, Outcome, Refusal, Reply } from './behaviour.ts';
import { refusal } from './errors.ts';
import { zeroGuid } from './guid.ts';
import type { Service } from './service.ts';
import type { Routed, Served } from './siblings.ts';
import type { OwnStore } from './store.ts';

const nothingThere: Reply = { status: 404, reason: 'Not Found', headers: [], body: '' };

const noSuchOperation = refusal(
  'binding',
  405,
  'NotImplementedException',
  'The operation does not exist for this service',
);

/**
 * One call through all stages behind the router, in the order of the recorded host: format, binding, authentication,
 * validation, service.
 */
export function answer({ by, call, to }: Routed): Reply {
  return by.behaviour.respond(call, answered(by, call, to));
}

function answered(served: Served, first: Call, destination: Destination): Reply {
  const { behaviour: b } = served;
  switch (destination.kind) {
    case 'none':
      return nothingThere;
    case 'answered':
      return destination.reply;
    case 'unknown-operation': {
      const routed: Call = { ...first, predefined: destination.predefined };
      return b.render({ ...routed, ...b.negotiate(routed) }, noSuchOperation);
    }
    case 'page':
      return b.document(first, destination.page) ?? nothingThere;
    case 'login': {
      const call: Call = { ...first, ...b.negotiate(first) };
      return b.render(call, b.login(call, destination.provider));
    }
    case 'operation': {
      const { routing, route, suffix, predefined, named, batch } = destination;
      const routed: Call = { ...first, routing, route, suffix, predefined, named };
      const call: Call = { ...routed, ...b.negotiate(routed) };
      if (call.format === 'nothing') return b.render(call, { kind: 'success', value: {} });
      const { last, outcome } = operate(served, call, batch);
      return b.render(last, outcome);
    }
  }
}

interface Operated {
  /** The call as far as it came. */
  readonly last: Call;
  readonly outcome: Outcome;
}

function operate({ service, behaviour: b, store }: Served, call: Call, batch: boolean): Operated {
  // An endpoint authenticates before it binds, ServiceStack after.
  const first = call.routing === 'endpoint' ? refusedBy(service, b, call) : null;
  if (first !== null) return { last: call, outcome: first };
  const bound = b.bind(call, batch);
  if (bound.kind === 'refusal') return { last: call, outcome: bound };
  const calls = bound.requests.map((request) => withRequest(service, store, call, request));
  const one = calls[0] ?? call;
  const refused = call.routing === 'classic' ? refusedBy(service, b, one) : null;
  if (refused !== null) return { last: one, outcome: refused };
  const unserved = b.dispatch(one);
  if (unserved !== null) return { last: one, outcome: unserved };
  if (!batch) return { last: one, outcome: b.validate(one) ?? b.execute(one) };
  return { last: one, outcome: operateBatch(b, calls) };
}

function refusedBy(service: Service, b: Behaviour, call: Call): Refusal | null {
  if (service.contract.authentication === 'none') return null;
  const judged = b.authenticate(call);
  return judged.kind === 'refusal' ? judged : null;
}

function withRequest(service: Service, store: OwnStore, call: Call, request: Members): Call {
  const id = service.key === null ? undefined : request[service.key.name];
  const subject = typeof id !== 'string' || id === zeroGuid ? null : id;
  return { ...call, request, subject, nth: subject === null ? 0 : store.countCall(subject) };
}

/** All are validated before the first is executed; a refusal ends it and says at which it was. */
function operateBatch(b: Behaviour, calls: readonly Call[]): Outcome {
  for (const [index, call] of calls.entries()) {
    const refused = b.validate(call);
    if (refused !== null) return { ...refused, error: numbered(refused.error, index), writer: 'servicestack' };
  }
  const values: PlainValue[] = [];
  for (const [index, call] of calls.entries()) {
    const outcome = b.execute(call);
    if (outcome.kind === 'refusal')
      return { ...outcome, error: numbered(outcome.error, index), writer: 'servicestack' };
    values.push(outcome.value);
  }
  return { kind: 'success', value: values, headers: [['X-AutoBatch-Completed', `${values.length}`]] };
}

function numbered(error: PlainObject | null, index: number): PlainObject | null {
  return error === null ? null : { ...error, Meta: { AutoBatchIndex: `${index}` } };
}
