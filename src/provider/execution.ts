import type { PlainObject, PlainValue } from '../model/value.ts';
import type { Call, Outcome } from './behaviour.ts';
import { refusal } from './errors.ts';
import { isQuery, queryResponse } from './query.ts';
import type { Service } from './service.ts';
import { wordOfState } from './service.ts';
import type { ObjectType, Type } from './types/type.ts';

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

/** How deep a DTO within a DTO is made up. */
const deepest = 2;

/**
 * An answer of the contract's type: what the request has by the same name and type is repeated, the rest is made up; a
 * ResponseStatus is left out. A request that is its own answer is answered as it was read.
 */
function answerOf(service: Service, { request }: Call): PlainValue {
  const { responseType: type, requestType } = service;
  if (type === null) return service.contract.response.kind === 'none' ? null : {};
  if (type === requestType) return withoutNulls(request);
  const results =
    isQuery(service.contract) && type.kind === 'object' ? type.memberByLower.get('results')?.type : undefined;
  if (results?.kind === 'list') return queryResponse(several(results.of, repeats(service, request)), request);
  return type.kind === 'list'
    ? several(type.of, repeats(service, request))
    : madeUp(type, repeats(service, request), 0);
}

function several(type: Type, repeated: Repeated): readonly PlainValue[] {
  return ['1', '2', '3'].map((number) => numbered(madeUp(type, repeated, 0), type, number));
}

/** What the request has of a member; undefined where that is nothing that an answer could repeat. */
type Repeated = (name: string, type: Type) => PlainValue | undefined;

function repeats(service: Service, request: PlainObject): Repeated {
  return (name, type) => {
    const asked = service.memberByLower.get(name.toLowerCase());
    const value = asked === undefined ? undefined : request[asked.name];
    if (asked?.type.kind !== 'scalar' || type.kind !== 'scalar') return undefined;
    const isSame = asked.type.scalar.dotnet === type.scalar.dotnet;
    return !isSame || value === null || value === asked.type.scalar.initial ? undefined : value;
  };
}

function madeUp(type: Type, repeated: Repeated, depth: number): PlainValue {
  switch (type.kind) {
    case 'scalar':
      return type.scalar.sample;
    case 'list':
      return isTooDeep(type.of, depth + 1) ? [] : [madeUp(type.of, nothingRepeated, depth + 1)];
    case 'map':
      return isTooDeep(type.of, depth + 1) ? {} : { [keyOf(type.key)]: madeUp(type.of, nothingRepeated, depth + 1) };
    case 'object':
      return depth > deepest ? null : objectMadeUp(type, repeated, depth);
    case 'any':
      return null;
  }
}

/** Whether what is held by a list or a map of that depth is not made up any more. */
function isTooDeep(held: Type, depth: number): boolean {
  return depth > deepest + 1 || (held.kind === 'object' && depth > deepest);
}

const nothingRepeated: Repeated = () => undefined;

function keyOf(type: Type): string {
  return type.kind === 'scalar' ? type.scalar.sample : 'key';
}

function objectMadeUp(type: ObjectType, repeated: Repeated, depth: number): PlainObject {
  const members = type.members
    .filter(({ type: of }) => of.kind !== 'object' || of.name !== 'ResponseStatus')
    .map((member): [string, PlainValue] => [
      member.name,
      repeated(member.name, member.type) ?? madeUp(member.type, repeated, depth + 1),
    ]);
  return withoutNulls(Object.fromEntries(members));
}

/** One of several: the first whole number in it says which. */
function numbered(value: PlainValue, type: Type, number: string): PlainValue {
  if (type.kind !== 'object') return value;
  const counted = type.members.find((member) => member.type.kind === 'scalar' && member.type.scalar.kind === 'integer');
  return counted === undefined ? value : { ...(value as PlainObject), [counted.name]: number };
}

/** Null and absent are the same in a DTO. */
function withoutNulls(value: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));
}
