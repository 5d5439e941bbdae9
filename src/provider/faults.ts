// One vocabulary: what a call or a contract is like, and what a fault makes of it, in the words that mutants are written in.

import type { Accepted, Behaviour, Call, Delivery, Destination, Mutate, Outcome, Refusal, Reply } from './behaviour.ts';
import type { Contract, ContractMember, Route, Verb } from '../model/contract.ts';
import { refusal } from './errors.ts';
import { isPredefined } from './routing.ts';

/** The commonest shapes of a fault: with them most mutants are a line. */

export type When = (call: Call) => boolean;

/** What a fault makes of a refusal for want of credentials. */
export type Judge = (refused: Refusal, call: Call) => Accepted | Refusal;

const accepted: Accepted = { kind: 'accepted' };

/** What a success says that is none; of an operation that works on nothing, what it would say anyhow. */
const done = (b: Behaviour, call: Call): Outcome =>
  call.contract.subject === null ? b.execute(call) : { kind: 'success', value: {} };

/** True for a call without anything that looks like a credential. */
export const byStranger: When = (call) => call.credentials === 'none';

/** True for a call of the contract's last route. */
export const onLastRoute: When = (call) => call.route !== null && call.route.name === call.contract.routes.at(-1)?.name;

/** True for a call whose subject is as it was made, and for any call of an operation that works on none. */
export const onFresh: When = ({ contract, subject, store }) =>
  contract.subject === null || (subject !== null && store.find(subject)?.state === contract.subject.states.fresh);

/** True for a call whose subject does not exist, and for any call of an operation that works on none. */
export const onAbsent: When = ({ contract, subject, store }) =>
  contract.subject === null || (subject !== null && store.find(subject) === undefined);

/** True for a call of an operation that works on something. */
export const worksOnSomething: When = ({ contract }) => contract.subject !== null;

/** Whether an operation works on something; otherwise there is nothing that could be unknown, or be changed. */
export const hasSubject = ({ subject }: Contract): boolean => subject !== null;

/** Whether an operation has a route of its own: one that has predefined ones alone is asked for a format by its path. */
export const hasOwnRoutes = ({ routes }: Contract): boolean => !routes.every(isPredefined);

/** Whether a success has a place for a ResponseStatus. */
export const answersStatus = ({ response, types }: Contract): boolean =>
  response.kind === 'dto' &&
  types.some(({ name, members }) => name === response.type && members.some((m) => m.property === 'ResponseStatus'));

/** Whether a document prints a success in XML, and so tells its namespace. */
export const printsXml = ({ exchanges }: Contract): boolean =>
  exchanges.some(({ format, response }) => format === 'xml' && response.body !== '');

/** Whether the namespace of a request is known, without which no body is written in XML. */
export const tellsNamespace = ({ unknown }: Contract): boolean => !unknown.some(({ path }) => path === 'xmlNamespace');

/** Whether a success has a body. */
export const answersSomething = ({ response }: Contract): boolean => response.kind !== 'none';

/** Whether a success is written in the format that is asked for, and not as it is. */
export const answersInFormats = ({ response }: Contract): boolean =>
  response.kind !== 'raw' && response.kind !== 'unknown';

/** Whether a route takes all that is below the prefix: documents, predefined routes, suffixes. */
export const takesEveryPath = ({ routes, prefix }: Contract): boolean =>
  routes.some(({ path }) => /^\/?\{(?:\*+\w+|\w+\*)\}$/.test(path.slice(prefix.length)));

/** Whether a route takes the paths of documents, so that its operation answers in their place. */
export const hidesDocuments = (contract: Contract): boolean =>
  takesEveryPath(contract) ||
  contract.routes.some(({ path }) => /^\/\{\w+\}\/\{\w+\}$/.test(path.slice(contract.prefix.length)));

/** The members of the request DTO itself. */
const requestMembers = ({ request, types }: Contract): readonly ContractMember[] =>
  types.find(({ name }) => name === request)?.members ?? [];

/** Whether a request is refused without some member. */
export const hasRequired = (contract: Contract): boolean =>
  requestMembers(contract).some(({ required }) => required === 'enforced');

/** Whether some value of a request can be malformed: texts cannot, and Guids are looked at by themselves. */
const canBeMalformed = (contract: Contract): boolean =>
  requestMembers(contract).some(({ type }) => !/^(?:String|Char|Object|Guid|unknown)$/.test(type));

/** Whether a refusal names members: where some are required, or can be malformed. */
export const namesMembers = (contract: Contract): boolean =>
  requestMembers(contract).some(({ type }) => type === 'Guid') || hasRequired(contract) || canBeMalformed(contract);

/** Whether there is another verb than GET, by which a run looks first whether it may call at all. */
export const servesMoreThanGet = ({ routes, verbs = 'any' }: Contract): boolean =>
  routes.some((route) =>
    route.verbs === 'any' ? verbs === 'any' || verbs.some(isNotGet) : route.verbs.some(isNotGet),
  );

const isNotGet = (verb: Verb): boolean => verb !== 'GET';

/** Whether a request is sent with members besides those in its path: what nobody gives a value for is left out. */
export const sendsMembers = (contract: Contract): boolean =>
  requestMembers(contract).some(
    ({ name, in: place, required }) =>
      place !== 'path' && (required === 'enforced' || contract.values?.[name] !== undefined),
  );

/** Whether a path names something by a Guid. */
export const hasGuidInPath = (contract: Contract): boolean =>
  requestMembers(contract).some(({ type, in: place }) => type === 'Guid' && place === 'path');

/** Whether a request names something by a Guid elsewhere than in its path. */
export const hasGuidBesidePath = (contract: Contract): boolean =>
  requestMembers(contract).some(({ type, in: place }) => type === 'Guid' && place !== 'path');

/** Whether somebody says what is there to be found: a subject that is made, or values that a person gives. */
export const canBeFound = ({ subject, values = {} }: Contract): boolean =>
  subject !== null || Object.keys(values).length > 0;

/** Whether a path names anything. */
export const namesSomething = ({ routes }: Contract): boolean => routes.some(({ path }) => path.includes('{'));

/** Whether some route promises a verb. */
export const promisesVerb =
  (verb: Verb) =>
  ({ routes, verbs: own = 'any' }: Contract): boolean =>
    (own === 'any' || own.includes(verb)) && routes.some(({ verbs }) => verbs === 'any' || verbs.includes(verb));

/** Routes that end in a word which stands behind something, so that another word could stand in its place. */
export const wordedRoutes = ({ routes, operation }: Contract): readonly Route[] =>
  routes.filter(({ path }) => !/\}$|^\/[^/]*$/.test(path) && !path.endsWith(`/${operation}`));

/** Whether an operation has such a route. */
export const hasWords = (contract: Contract): boolean => wordedRoutes(contract).length > 0;

/** Whether a path is that of a route but for its last word, whatever stands in the places of members. */
export function isBeside(path: string, route: Route): boolean {
  const [asked, own] = [path, route.path].map((each) => each.split('/').slice(0, -1));
  return (
    asked?.length === own?.length &&
    own?.every((part, i) => part.startsWith('{') || part.toLowerCase() === literalIn(asked?.[i])) === true
  );
}

function literalIn(part = ''): string {
  try {
    return decodeURIComponent(part).toLowerCase();
  } catch {
    return part.toLowerCase();
  }
}

/** Whether an operation asks who is calling. */
export const isGuarded = ({ authentication }: Contract): boolean => authentication === 'required';

/** True for a call by somebody who may make it: with credentials, or of an operation that asks for none. */
export const byAdmitted: When = (call) => call.credentials === 'presented' || !isGuarded(call.contract);

/** True for a call by this verb; where the operation promises another, by the last that it promises. */
export const byVerb =
  (verb: Verb): When =>
  (call) =>
    call.verb === promisedFor(call.contract, verb);

/** The same by the verb of the request line, whatever overrides it. */
export const bySentVerb =
  (verb: Verb): When =>
  (call) =>
    call.sentVerb === promisedFor(call.contract, verb);

/** This verb where it is promised, else the last that is. */
function promisedFor({ routes, verbs: own = 'any' }: Contract, verb: Verb): Verb {
  const promised = routes
    .flatMap(({ verbs }) => (verbs === 'any' ? [] : verbs))
    .filter((v) => own === 'any' || own.includes(v));
  const all = routes.some(({ verbs }) => verbs === 'any') ? (own === 'any' ? [verb] : own) : promised;
  return all.includes(verb) ? verb : (all.at(-1) ?? verb);
}

/** True for a call whose success has a ResponseStatus and nothing besides. */
export const answeredByStatusAlone: When = ({ contract: { response, types } }) =>
  response.kind === 'dto' &&
  types.some(({ name, members }) => name === response.type && members.every((m) => m.name === 'ResponseStatus'));

/** All of these. */
export const both =
  (...all: readonly When[]): When =>
  (call) =>
    all.every((when) => when(call));

/** The scheme of the Authorization header in lower case, and what follows it; empty without. */
export function authorization(call: Call): { readonly scheme: string; readonly value: string } {
  const [scheme = '', value = ''] = (call.header('authorization') ?? '').split(' ');
  return { scheme: scheme.toLowerCase(), value };
}

/** Whoever would be refused is judged otherwise. */
export const judgedAs =
  (when: When, judge: Judge): Mutate =>
  (b) => ({
    ...b,
    authenticate: (call) => {
      const judged = b.authenticate(call);
      return judged.kind === 'refusal' && when(call) ? judge(judged, call) : judged;
    },
  });

/** Whoever would be refused is let in. */
export const letIn = (when: When): Mutate => judgedAs(when, () => accepted);

/** Whoever would be refused is, but with this status. */
export const refusedWith = (status: number, when: When): Mutate =>
  judgedAs(when, (refused) => ({ ...refused, status }));

/** Whoever would be refused is, after their request was carried out. */
export const carriedOutFirst =
  (when: When): Mutate =>
  (b) =>
    judgedAs(when, (refused, call) => {
      b.execute(call);
      return refused;
    })(b);

/** Whoever would be refused is told that all went well, and nothing is done. */
export const toldAllIsWell =
  (when: When): Mutate =>
  (b) => {
    const isTold: When = (call) => when(call) && b.authenticate(call).kind === 'refusal';
    return pretending(isTold)({ ...b, authenticate: (call) => (isTold(call) ? accepted : b.authenticate(call)) });
  };

/** An admitted call is told that all went well, and nothing is done. */
export const pretending =
  (when: When): Mutate =>
  (b) => ({
    ...b,
    validate: (call) => (when(call) ? null : b.validate(call)),
    execute: (call) => (when(call) ? done(b, call) : b.execute(call)),
  });

/** An admitted and valid call is answered with an error. */
export const failing =
  (status: number, when: When): Mutate =>
  (b) => ({
    ...b,
    execute: (call) => (when(call) ? refusal('service', status, 'Fault', 'It does not work.') : b.execute(call)),
  });

/**
 * Whoever may call is refused, where the operation asks for credentials and where it does not: of one that works on nothing as
 * `[RequiredRole]` refuses, in words alone, since an ErrorCode could be about what the request names.
 */
export const turnedDown =
  (status: number, when: When): Mutate =>
  (b) => {
    const refusedTo = ({ contract }: Call): Refusal => ({
      ...refusal('credentials', status, 'Refused', 'You may not do this.'),
      ...(contract.subject === null && { text: 'Invalid Role' }),
    });
    return {
      ...b,
      authenticate: (call) => {
        const judged = b.authenticate(call);
        return judged.kind === 'accepted' && when(call) ? refusedTo(call) : judged;
      },
      validate: (call) => (!isGuarded(call.contract) && when(call) ? refusedTo(call) : b.validate(call)),
    };
  };

/** A call of the operation ends at the router. */
export const divertedTo =
  (to: Destination, when: When): Mutate =>
  (b) => ({
    ...b,
    route: (call) => {
      const found = b.route(call);
      return found.kind === 'operation' && when({ ...call, ...found }) ? to : found;
    },
  });

/** The router's own answer, without a body. */
export function answeredWith(status: number, headers: Reply['headers'] = []): Destination {
  return { kind: 'answered', reply: { status, reason: 'Fault', headers, body: '' } };
}

/** What the operation answers is changed before it is sent. */
export const answeredOtherwise =
  (when: (call: Call, reply: Reply) => boolean, change: (reply: Reply, call: Call) => Reply): Mutate =>
  (b) => ({
    ...b,
    render: (call, outcome) => {
      const reply = b.render(call, outcome);
      return when(call, reply) ? change(reply, call) : reply;
    },
  });

/** The reply without the headers of that name. */
export function without(name: string, reply: Reply): Reply {
  return { ...reply, headers: reply.headers.filter(([n]) => n.toLowerCase() !== name.toLowerCase()) };
}

/** Some answers are put on the wire otherwise. */
export const delivered =
  (how: Partial<Delivery>, when: (call: Call, reply: Reply) => boolean): Mutate =>
  (b) => ({ ...b, write: (call, reply) => ({ ...b.write(call, reply), ...(when(call, reply) ? how : {}) }) });

/** One fault upon the other. */
export const together =
  (...all: readonly Mutate[]): Mutate =>
  (b: Behaviour) =>
    all.reduce((changed, mutate) => mutate(changed), b);
