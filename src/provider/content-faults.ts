import type { PlainObject, PlainValue } from '../model/value.ts';
import type { Call, Members, Mutate, Negotiated, Refusal, Reply } from './behaviour.ts';
import { worksOnSomething } from './faults.ts';
import type { When } from './faults.ts';
import { isList, isObject } from './rendering/json.ts';

/** The commonest shapes of a fault in what is read from a request, and in what is said of it. */

export type WhenRefused = (call: Call, refusal: Refusal) => boolean;

/** True for a call that is answered in this format. */
export const inFormat =
  (format: Call['format']): When =>
  (call) =>
    call.format === format;

/** True for a call whose Content-Type holds these words. */
export const typed =
  (words: string): When =>
  (call) =>
    (call.header('content-type') ?? '').includes(words);

/** True for a refusal that this stage makes; where the operation has nothing for it to refuse, by the stage before it. */
export const refusedBy =
  (stage: Refusal['by']): WhenRefused =>
  (call, refusal) =>
    refusal.by === refusingStage(call, stage);

function refusingStage(call: Call, stage: Refusal['by']): Refusal['by'] {
  if (stage === 'service' && !worksOnSomething(call)) return refusingStage(call, 'validation');
  return stage === 'validation' && !call.members.some((member) => member.required) ? 'binding' : stage;
}

/** True for a refusal with this status. */
export const refusedAs =
  (status: number): WhenRefused =>
  (_, refusal) =>
    refusal.status === status;

/** The ResponseStatus of a refusal is another one. */
export const errorToldAs =
  (change: (error: PlainObject, call: Call) => PlainObject, when: WhenRefused): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) =>
      outcome.kind === 'refusal' && outcome.error !== null && when(call, outcome)
        ? b.render(call, { ...outcome, error: change(outcome.error, call) })
        : b.render(call, outcome),
  });

/** A refusal has another status. */
export const statusToldAs =
  (status: number, when: WhenRefused): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) =>
      b.render(call, outcome.kind === 'refusal' && when(call, outcome) ? { ...outcome, status } : outcome),
  });

/** A success says something else. */
export const successToldAs =
  (value: PlainValue, when: When): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) =>
      b.render(call, outcome.kind === 'success' && when(call) ? { ...outcome, value } : outcome),
  });

/** Every item of Errors is another one. */
export const everyItem =
  (change: (item: PlainObject, call: Call) => PlainValue) =>
  (error: PlainObject, call: Call): PlainObject => {
    const { Errors: errors = [] } = error;
    return isList(errors)
      ? { ...error, Errors: errors.map((item) => (isObject(item) ? change(item, call) : item)) }
      : error;
  };

/** An object without one of its members. */
export function lacking(name: string, value: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(value).filter(([n]) => n !== name));
}

/** The body of an answer is written otherwise. */
export const bodyWrittenAs =
  (change: (body: string, call: Call) => string, when: (call: Call, reply: Reply) => boolean): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) => {
      const reply = b.render(call, outcome);
      return when(call, reply) ? { ...reply, body: change(reply.body, call) } : reply;
    },
  });

/** The header of that name has another value. */
export function having(name: string, value: string, reply: Reply): Reply {
  const kept = reply.headers.filter(([n]) => n.toLowerCase() !== name.toLowerCase());
  return { ...reply, headers: [[name, value], ...kept] };
}

/** The format of an answer is found otherwise. */
export const negotiatedAs =
  (change: (found: Negotiated, call: Call) => Negotiated): Mutate =>
  (b) => ({ ...b, negotiate: (call) => change(b.negotiate(call), call) });

/** What is asked for in some way is overlooked, once it is clear how the call ends. */
export const overlooked =
  (change: (call: Call) => Call, ends: 'success' | 'refusal' | 'either', when: When): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) =>
      b.render(
        when(call) && (ends === 'either' || ends === outcome.kind) ? { ...call, ...b.negotiate(change(call)) } : call,
        outcome,
      ),
  });

/** A request body is changed before it is read. */
export const bodyReadAs =
  (change: (text: string, call: Call) => string, when: When): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) =>
      b.bind(when(call) ? { ...call, body: new TextEncoder().encode(change(bodyText(call), call)) } : call, batch),
  });

/** What a body says of members that the path binds; null when it says nothing else than the path. */
export function saidElsewhere(call: Call): Members | null {
  const text = bodyText(call);
  const found = Object.keys(call.named).flatMap((name) => {
    const id = new RegExp(`${name}\\W+([0-9a-f-]{36})`, 'i').exec(text)?.[1]?.toLowerCase();
    return id === undefined || id === call.named[name]?.toLowerCase() ? [] : [[name, id] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}

/** What a body says of members that the path binds counts. */
export const bodyCounts =
  (when: When): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bound = b.bind(call, batch);
      const other = when(call) ? saidElsewhere(call) : null;
      return bound.kind === 'refusal' || other === null
        ? bound
        : { ...bound, requests: bound.requests.map((request) => ({ ...request, ...other })) };
    },
  });

/** What cannot be read is answered with this status. */
export const unreadableWith =
  (status: number, when: When): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bound = b.bind(call, batch);
      return bound.kind === 'refusal' && when(call) ? { ...bound, status } : bound;
    },
  });

/** Members that need not hold anything. */
export const forgiven =
  (members: (call: Call) => readonly string[]): Mutate =>
  (b) => ({
    ...b,
    validate: (call) =>
      b.validate({
        ...call,
        request: { ...call.request, ...Object.fromEntries(members(call).map((name) => [name, 'anything'])) },
      }),
  });

/** The request body as text. */
export function bodyText(call: Call): string {
  return new TextDecoder().decode(call.body);
}

/** What a JSON body says of a member, in its declared casing; undefined where it says nothing. */
function said(call: Call, name: string): unknown {
  try {
    const value: unknown = JSON.parse(bodyText(call));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
  } catch {
    return undefined;
  }
}

/** The names of required members of which a JSON body says something like this. */
export function saying(call: Call, is: (value: unknown) => boolean): readonly string[] {
  return call.members.filter((m) => m.required && is(said(call, m.name))).map((m) => m.name);
}
