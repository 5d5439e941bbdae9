import type { Contract } from '../../src/model/contract.ts';
import {
  both,
  byVerb,
  carriedOutFirst,
  hasSubject,
  judgedAs,
  refusedWith,
  toldAllIsWell,
  type When,
} from '../../src/provider/faults.ts';
import type { Accepted, Mutate, Refusal } from '../../src/provider/behaviour.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const isRestricted = ({ roles, anyRole, permissions, anyPermission }: Contract): boolean =>
  [roles, anyRole, permissions, anyPermission].some((each) => each !== undefined);

/** True for a call whose caller is known: all that is refused then is refused for want of a role or permission. */
const byKnown: When = (call) => call.credentials === 'presented';

/** Whoever is known and would be forbidden is let in. */
const allowed = (when: When): Mutate =>
  judgedAs(when, (refused): Accepted | Refusal => (refused.status === 403 ? { kind: 'accepted' } : refused));

/** What is forbidden is said along with the refusal. */
const toldNevertheless: Mutate = (b) => ({
  ...b,
  render: (call, outcome) =>
    outcome.kind === 'refusal' && outcome.status === 403
      ? { ...b.render(call, b.execute(call)), status: 403, reason: 'Forbidden' }
      : b.render(call, outcome),
});

/** Faults in what somebody may do who is known and lacks what the operation asks for. */
export const lesserMutants: readonly Mutant[] = [
  {
    name: 'auth-role-unheeded',
    says: 'any client that is signed in may do it, whatever role they lack',
    kills: ['AUTH-046', 'AUTH-047'],
    appliesTo: isRestricted,
    areas: ['authentication'],
    mutate: allowed(byKnown),
  },
  {
    name: 'auth-role-unheeded-for-put',
    says: 'any client that is signed in may do it by PUT, whatever role they lack',
    kills: ['AUTH-046', 'AUTH-047'],
    appliesTo: isRestricted,
    areas: ['authentication'],
    mutate: allowed(both(byKnown, byVerb('PUT'))),
  },
  {
    name: 'auth-role-told-all-is-well',
    says: 'who lacks a role is told that all went well, and nothing is done',
    kills: ['AUTH-045', 'AUTH-046'],
    appliesTo: isRestricted,
    areas: ['authentication'],
    mutate: toldAllIsWell(byKnown),
  },
  {
    name: 'auth-role-bad-request',
    says: 'who lacks a role is answered with 400',
    kills: ['AUTH-046'],
    appliesTo: isRestricted,
    areas: ['authentication'],
    mutate: refusedWith(400, byKnown),
  },
  {
    name: 'auth-role-carried-out',
    says: 'who lacks a role is refused after the request was carried out',
    kills: ['AUTH-047'],
    appliesTo: (contract) => isRestricted(contract) && hasSubject(contract),
    areas: ['authentication', 'lifecycle'],
    mutate: carriedOutFirst(byKnown),
  },
  {
    name: 'auth-role-told-nevertheless',
    says: 'who lacks a role is refused with the answer in the body',
    kills: ['AUTH-048'],
    appliesTo: (contract) => isRestricted(contract) && !hasSubject(contract),
    areas: ['authentication'],
    mutate: toldNevertheless,
  },
];
