import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation, Point } from '../../model/requirement.ts';
import type { Member } from '../../model/schema.ts';
import { service } from '../requirement.ts';
import { brief, isNothing } from './body.ts';
import { errorsOf, statusOf } from './errors.ts';

const at = 'body ResponseStatus.Errors';

type MembersOf<P extends Point> = (point: P, evidence: Evidence<P>) => readonly Member[];

/** The members that the items of Errors name, in lower case: FieldName is compared in any casing. */
export function namedIn(x: Answered): readonly string[] {
  return errorsOf(x)
    .map((item) => item['FieldName'])
    .filter((name) => typeof name === 'string')
    .map((name) => name.toLowerCase());
}

/** What a FieldName can call a member, in lower case: as on the wire, or, of validators and routes, as in the service's code. */
export function namesOf({ name, property = name }: Member): readonly string[] {
  return [name.toLowerCase(), property.toLowerCase()];
}

function missingNames(x: Answered, members: readonly Member[]): readonly string[] {
  const named = new Set(namedIn(x));
  return members.filter((member) => !namesOf(member).some((name) => named.has(name))).map(({ name }) => name);
}

/** Of `Lines[0].Price`, which names what is within, the member of the request. */
const outermost = (name: string): string => name.toLowerCase().split(/[.[]/, 1).join('');

/** FieldName, where present, is a string that names a member of the request. */
export const namesContractMembers: Expectation = {
  says: 'every FieldName, when present, names a member of the request',
  judge: (x, { members }) => {
    const known = new Set(members.flatMap(namesOf));
    return errorsOf(x).flatMap((item, i) => {
      const name = item['FieldName'];
      if (isNothing(name) || (typeof name === 'string' && known.has(outermost(name)))) return [];
      return [service(`${at}[${String(i)}].FieldName`, `one of ${members.map((m) => m.name).join(', ')}`, brief(name))];
    });
  },
};

/** Where Errors is not empty, it names each of the members given. */
export const namesField = <P extends Point>(membersOf: MembersOf<P>): Expectation<P> => ({
  says: 'Errors, when not empty, names the member at fault',
  judge: (x, evidence) => {
    if (errorsOf(x).length === 0) return [];
    const missing = missingNames(x, membersOf(evidence.point, evidence));
    return missing.map((name) => service(at, `an item with FieldName ${name}`, `FieldNames ${brief(namedIn(x))}`));
  },
});

/** Errors names no member but those given. */
export const namesOnly = <P extends Point>(membersOf: MembersOf<P>): Expectation<P> => ({
  says: 'Errors names no member that is in order',
  judge: (x, evidence) => {
    const atFault = new Set(membersOf(evidence.point, evidence).flatMap(namesOf));
    return namedIn(x)
      .filter((name) => name !== '' && !atFault.has(outermost(name)))
      .map((name) => service(at, 'no item for a member that is in order', `an item with FieldName ${name}`));
  },
});

/** Errors names every one of the members given. */
export const namesAll = <P extends Point>(membersOf: MembersOf<P>): Expectation<P> => ({
  says: 'Errors names every member at fault',
  judge: (x, evidence) => {
    const missing = missingNames(x, membersOf(evidence.point, evidence));
    return missing.map((name) => service(at, `an item with FieldName ${name}`, `FieldNames ${brief(namedIn(x))}`));
  },
});

/**
 * Judges an answer on an unknown subject, unless the service looks for the subject before it looks at the members:
 * then the answer is the one that the valid request of the first step got.
 */
export const unlessLookedUpFirst = <P extends Point>(expectation: Expectation<P>): Expectation<P> => ({
  says: `${expectation.says}, unless the subject is looked for first`,
  judge: (x, evidence) => (isSameRefusal(x, evidence.steps[0]) ? [] : expectation.judge(x, evidence)),
});

function isSameRefusal(a: Answered, b: Answered): boolean {
  const refusal = (x: Answered): string =>
    JSON.stringify([x.status, statusOf(x)?.['ErrorCode'], [...namedIn(x)].sort()]);
  return a !== b && refusal(a) === refusal(b);
}
