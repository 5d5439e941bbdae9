import type { Call, Mutate } from '../../src/provider/behaviour.ts';
import { having, inFormat, typed } from '../../src/provider/content-faults.ts';
import {
  answeredOtherwise,
  both,
  byStranger,
  byVerb,
  carriedOutFirst,
  failing,
  hasRequired,
  hasSubject,
  isGuarded,
  onAbsent,
  onFresh,
  pretending,
  refusedWith,
  namesSomething,
  type When,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

/** The subject that was made last: the second one of a call that has two. */
const newest = (call: Call): string | undefined => call.store.ids().at(-1);
const isFirstOfTwo = (call: Call): boolean => call.subject !== null && call.store.ids().at(-2) === call.subject;
const isOld = (call: Call): boolean => !onFresh(call) && !onAbsent(call);
const secondDelete = both(isOld, byVerb('DELETE'), inFormat('json'), (call) => call.subject !== null);
const fourth = (call: Call): boolean => call.nth > 0 && call.nth % 4 === 0;

/** True for the tenth call of those that ask the same, for the twentieth, and so on. */
function everyTenthAlike(): When {
  const times = new Map<string, number>();
  return ({ sentVerb, path, query, body }) => {
    const asked = JSON.stringify([sentVerb, path, query, Buffer.from(body).toString('latin1')]);
    const nth = (times.get(asked) ?? 0) + 1;
    times.set(asked, nth);
    return nth % 10 === 0;
  };
}

/** Another subject is updated along with the one that is named. */
const alsoUpdating =
  (other: (call: Call) => string | undefined, when: (call: Call) => boolean): Mutate =>
  (b) => ({
    ...b,
    execute: (call) => {
      const id = other(call);
      if (when(call) && id !== undefined) b.execute({ ...call, subject: id });
      return b.execute(call);
    },
  });

/** A refused request is carried out nevertheless. */
const refusedAndDone =
  (when: (call: Call) => boolean): Mutate =>
  (b) => ({
    ...b,
    validate: (call) => {
      const refused = b.validate(call);
      if (refused !== null && when(call)) b.execute(call);
      return refused;
    },
  });

/** Some calls leave a subject in its first state. */
const renewed =
  (
    when: (call: Call, isRefused: boolean) => boolean,
    which: (call: Call) => string | undefined = (call) => call.subject ?? undefined,
  ): Mutate =>
  (b) => {
    const renew = (call: Call, isRefused: boolean): void => {
      const [id, fresh] = [which(call), call.contract.subject?.states.fresh];
      if (id !== undefined && fresh !== undefined && when(call, isRefused)) call.store.change(id, fresh);
    };
    return {
      ...b,
      validate: (call) => {
        const refused = b.validate(call);
        if (refused !== null) renew(call, true);
        return refused;
      },
      execute: (call) => {
        const outcome = b.execute(call);
        renew(call, false);
        return outcome;
      },
    };
  };

/** Faults that show over several calls. */
export const lifecycleMutants: readonly Mutant[] = [
  {
    name: 'life-neighbour-updated',
    says: 'the subject next to the one that is named is updated as well',
    kills: ['LIFE-001'],
    areas: ['lifecycle', 'formats'],
    mutate: alsoUpdating(newest, isFirstOfTwo),
  },
  {
    name: 'life-second-subject-breaks',
    says: 'after one subject was updated by the first route, the one made after it cannot be',
    kills: ['LIFE-001'],
    areas: ['lifecycle', 'formats', 'routes'],
    mutate: (b) => {
      const updated = new Set<string>();
      return failing(500, (call) => {
        if (onFresh(call) && call.subject !== null && call.route === call.contract.routes[0]) updated.add(call.subject);
        return onFresh(call) && call.subject === newest(call) && updated.has(call.store.ids().at(-2) ?? '');
      })(b);
    },
  },
  {
    name: 'life-unknown-updates-newest',
    says: 'a call on an unknown subject updates another one, and is refused',
    kills: ['LIFE-002', 'ROUTE-012'],
    areas: ['lifecycle', 'routes'],
    mutate: alsoUpdating(newest, onAbsent),
  },
  {
    name: 'life-invalid-carried-out-by-put',
    says: 'an incomplete PUT is carried out before it is refused',
    kills: ['LIFE-003'],
    appliesTo: hasSubject,
    areas: ['lifecycle', 'validation'],
    mutate: refusedAndDone(byVerb('PUT')),
  },
  {
    name: 'life-stranger-carried-out-by-patch',
    says: 'a PATCH without credentials is carried out before it is refused',
    kills: ['LIFE-004'],
    areas: ['lifecycle', 'authentication'],
    mutate: carriedOutFirst(both(byStranger, byVerb('PATCH'))),
  },
  {
    name: 'life-second-breaks-in-csv',
    says: 'a second call breaks the service where the answer is csv',
    kills: ['LIFE-005'],
    appliesTo: hasSubject,
    areas: ['lifecycle'],
    mutate: failing(500, both(isOld, inFormat('csv'))),
  },
  {
    name: 'life-other-route-breaks',
    says: 'a call by the last route breaks the service, once another route was called',
    kills: ['LIFE-006'],
    appliesTo: hasSubject,
    areas: ['lifecycle'],
    mutate: failing(500, (call) => isOld(call) && call.route?.leaves !== call.store.find(call.subject ?? '')?.state),
  },
  {
    name: 'life-repetition-flips',
    says: 'every other repetition is answered with success',
    kills: ['LIFE-007'],
    appliesTo: hasSubject,
    areas: ['lifecycle', 'routes', 'formats'],
    mutate: pretending((call) => isOld(call) && call.nth % 2 === 1),
  },
  {
    name: 'life-fourth-breaks',
    says: 'every fourth call on a subject breaks the service',
    kills: ['LIFE-007', 'LIFE-008'],
    appliesTo: namesSomething,
    areas: ['lifecycle', 'authentication', 'formats', 'validation', 'transport'],
    mutate: failing(500, fourth),
  },
  {
    name: 'life-tenth-stranger-forbidden',
    says: 'every tenth time that a call without credentials comes, it is answered with 403',
    kills: ['LIFE-009'],
    areas: ['lifecycle'],
    mutate: (b) => refusedWith(403, both(byStranger, everyTenthAlike()))(b),
  },
  {
    name: 'life-lost-by-refusal',
    says: 'a subject that was updated is as new once a call on it was refused as incomplete',
    kills: ['LIFE-011'],
    areas: ['lifecycle'],
    mutate: renewed((call, isRefused) => isRefused && !onAbsent(call)),
  },
  {
    name: 'life-lost-by-head',
    says: 'a subject that was updated is as new after a HEAD',
    kills: ['LIFE-011'],
    areas: ['lifecycle'],
    mutate: renewed((call) => call.verb === 'HEAD'),
  },
  {
    name: 'life-lost-by-reading-another',
    says: 'the subject made last is as new once another one was asked for by GET',
    kills: ['LIFE-011'],
    areas: ['lifecycle'],
    mutate: renewed((call) => call.verb === 'GET' && onAbsent(call), newest),
  },
  {
    name: 'life-lost-by-bad-token',
    says: 'a subject that was updated is as new once somebody with a made-up token asked for it',
    kills: ['LIFE-011'],
    appliesTo: isGuarded,
    areas: ['lifecycle'],
    mutate: (b) => ({
      ...b,
      authenticate: (call) => {
        const judged = b.authenticate(call);
        const [id, fresh] = [call.subject, call.contract.subject?.states.fresh];
        if (judged.kind === 'refusal' && call.credentials === 'presented' && id !== null && !onAbsent(call))
          if (fresh !== undefined) call.store.change(id, fresh);
        return judged;
      },
    }),
  },
  {
    name: 'life-lost-by-form-again',
    says: 'a subject that was updated is as new once a form asks for the same again',
    kills: ['LIFE-011', 'LIFE-013'],
    areas: ['lifecycle'],
    mutate: renewed((call, isRefused) => !isRefused && call.nth > 1 && typed('form')(call)),
  },
  {
    name: 'life-changed-by-get',
    says: 'a GET on an unknown subject changes what later calls are told',
    kills: ['LIFE-010', 'WIRE-019'],
    appliesTo: hasSubject,
    areas: ['lifecycle', 'transport'],
    mutate: (b) => {
      const seen = new Set<string>();
      return failing(410, (call) => {
        const known = onAbsent(call) && call.verb !== 'GET' && seen.has(call.subject ?? '');
        if (call.verb === 'GET') seen.add(call.subject ?? '');
        return known;
      })(b);
    },
  },
  {
    name: 'life-unknown-updates-last-named',
    says: 'a call on an unknown subject updates the one that was named before it, and is refused',
    kills: ['LIFE-012'],
    appliesTo: (contract) => hasSubject(contract) && hasRequired(contract),
    areas: ['lifecycle'],
    mutate: (b) => {
      let named: string | null = null;
      return {
        ...b,
        validate: (call) => {
          if (!onAbsent(call)) named = call.subject;
          return b.validate(call);
        },
        execute: (call) => {
          const before = named;
          named = null;
          if (onAbsent(call) && before !== null) b.execute({ ...call, subject: before });
          return b.execute(call);
        },
      };
    },
  },
  {
    name: 'life-second-asked-to-sign-in',
    says: 'whoever calls a second time is answered with 401, for what they did and not for who they are',
    kills: ['LIFE-005'],
    appliesTo: hasSubject,
    areas: ['lifecycle'],
    mutate: failing(401, isOld),
  },
  {
    name: 'life-second-delete-shown-a-page',
    says: 'whoever calls a second time, by DELETE, gets a page in the place of an error',
    kills: ['LIFE-013'],
    appliesTo: hasSubject,
    areas: ['lifecycle'],
    mutate: answeredOtherwise(
      // By then the call itself has made its subject an old one.
      (call, reply) => reply.status >= 400 && secondDelete(call),
      (reply) => ({
        ...having('Content-Type', 'text/html', reply),
        body: '<html><body>It was done before.</body></html>',
      }),
    ),
  },
];
