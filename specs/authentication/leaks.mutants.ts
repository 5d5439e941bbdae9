import type { Contract } from '../../src/model/contract.ts';
import type { Call, Mutate, Reply } from '../../src/provider/behaviour.ts';
import {
  answeredOtherwise,
  authorization,
  both,
  byStranger,
  hasSubject,
  isGuarded,
  letIn,
  onAbsent,
  type When,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const isGuardedSubject = (contract: Contract): boolean => isGuarded(contract) && hasSubject(contract);
const known: When = (call) => call.subject !== null && !onAbsent(call);
const knownToStranger: When = both(byStranger, known);
const adding =
  (name: string, value: (call: Call) => string) =>
  (reply: Reply, call: Call): Reply => ({ ...reply, headers: [...reply.headers, [name, value(call)]] });

/** The host has several nodes: which of them answers depends on the address, on chance, or on whose turn it is. */
const nodeFor = ({ target, ordinal }: Call): readonly (readonly [string, string])[] => {
  const sum = Buffer.from(target).reduce((all, each) => (all * 31 + each) % 1009, 7);
  return [
    ['X-Served-By', sum % 2 === 0 ? 'north' : 'south'],
    ['X-Turn', ordinal % 2 === 0 ? 'even' : 'odd'],
    ['X-RateLimit-Remaining', String(10_000 - ordinal)],
    ...(sum % 3 === 0 ? ([['X-Cache', 'HIT']] as const) : []),
  ];
};

/** A cache keeps successes by GET, and answers with them in the place of the service. */
const keptFor =
  (when: When): Mutate =>
  (b) => {
    const kept = new Map<string, Reply>();
    return {
      ...b,
      respond: (call, reply) => {
        const found = call.verb === 'GET' && when(call) ? kept.get(call.target) : undefined;
        const said = found ?? b.respond(call, reply);
        if (call.verb === 'GET' && call.credentials === 'presented' && said.status < 300) kept.set(call.target, said);
        return said;
      },
    };
  };

/** What strangers learn beside the status and the body, and what lets them in that they say of themselves. */
export const leakMutants: readonly Mutant[] = [
  {
    name: 'auth-known-told-in-header',
    says: 'a stranger is told in a header of what state a subject is',
    kills: ['AUTH-053'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: answeredOtherwise(
      byStranger,
      adding('X-State', (call) => call.store.find(call.subject ?? '')?.state ?? 'unknown'),
    ),
  },
  {
    name: 'auth-known-told-by-cookie',
    says: 'a stranger who asks for a subject that exists gets a cookie',
    kills: ['AUTH-053'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: answeredOtherwise(
      knownToStranger,
      adding('Set-Cookie', ({ ordinal }) => `visit=v${String(ordinal)}; path=/`),
    ),
  },
  {
    name: 'auth-known-told-in-reason',
    says: 'the reason of a 401 is another where the subject exists',
    kills: ['AUTH-053'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: answeredOtherwise(knownToStranger, (reply) => ({ ...reply, reason: 'Sign in to see it' })),
  },
  {
    name: 'auth-known-told-in-redirect',
    says: 'a stranger who asks for a page is sent to another one where the subject exists',
    kills: ['AUTH-053'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: answeredOtherwise(
      (call, reply) => knownToStranger(call) && reply.status === 302,
      (reply) => ({
        ...reply,
        headers: reply.headers.map(([name, value]) => [name, name === 'Location' ? `${value}&known=yes` : value]),
      }),
    ),
  },
  {
    name: 'auth-success-kept-for-strangers',
    says: 'what a user was answered to a GET that succeeded is handed to strangers who ask for the same address',
    kills: ['AUTH-052'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: keptFor(byStranger),
  },
  {
    name: 'auth-open-to-pages-of-its-own',
    says: 'a stranger is let in who says that a page of the host has sent them',
    kills: ['AUTH-032', 'AUTH-034'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: letIn(both(byStranger, (call) => (call.header('referer') ?? '').startsWith('http://localhost'))),
  },
  {
    name: 'auth-open-to-probes',
    says: 'a stranger is let in who says that they are a probe',
    kills: ['AUTH-032', 'AUTH-034'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: letIn(both(byStranger, (call) => (call.header('user-agent') ?? '').includes('probe'))),
  },
  {
    name: 'auth-any-key',
    says: 'any key is good',
    kills: ['AUTH-033', 'AUTH-036'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: letIn((call) => call.header('x-api-key') !== undefined),
  },
  {
    name: 'auth-empty-password',
    says: 'whoever leaves their password out is let in',
    kills: ['AUTH-036'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: letIn((call) => {
      const { scheme, value } = authorization(call);
      return scheme === 'basic' && Buffer.from(value, 'base64').toString('utf8').endsWith(':');
    }),
  },
  {
    name: 'harmless-several-nodes',
    says: 'headers tell which of several nodes answers, by the address or in turns, whether a cache was asked, and how many calls are left',
    kills: [],
    areas: [],
    mutate: (b) => ({
      ...b,
      respond: (call, reply) => {
        const said = b.respond(call, reply);
        return { ...said, headers: [...said.headers, ...nodeFor(call)] };
      },
    }),
  },
];
