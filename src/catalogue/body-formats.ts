import type { Contract, Format, FormatName, NonEmpty } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Member } from '../model/schema.ts';
import { kindIn } from '../values/members.ts';

/**
 * The formats in which a body can be written as the framework reads it, the first one always among them. XML is left out
 * where a data contract may want what no document tells: the namespace of the request, members of a base before its own or
 * in an order of theirs, and spellings that no other format has (source forms, 6); csv where it would have no column, or a
 * cell would hold a list or an object.
 *
 * @param members those that a valid request carries in its body
 */
export function bodyFormatsOf(
  contract: Contract,
  [first, ...others]: NonEmpty<Format>,
  members: readonly Member[],
  profile: Profile,
): NonEmpty<Format> {
  const canBe: Partial<Record<FormatName, boolean>> = {
    xml: isNamespaceKnown(contract, profile) && isPlainContract(contract) && members.every(isPlainInXml),
    csv: members.length > 0 && members.every((member) => kindIn(member) !== null),
  };
  return [first, ...others.filter(({ name }) => canBe[name] ?? true)];
}

function isNamespaceKnown({ unknown, xmlNamespace }: Contract, profile: Profile): boolean {
  return profile.xmlNamespace !== xmlNamespace || !unknown.some(({ path }) => path === 'xmlNamespace');
}

/** A name of its own for the wire is that of a DataMember, which may have a place of its own as well. */
function isPlainContract({ types, request }: Contract): boolean {
  const its = types.find(({ name }) => name === request);
  return its?.base === undefined && (its?.members ?? []).every(({ name, property }) => name === property);
}

/** Types that a data contract writes in another way than a query does, or may: of a day alone nobody has recorded it. */
const ownSpelling = /^(?:Char|DateTime|DateTimeOffset|DateOnly|TimeOnly|TimeSpan)$/;

function isPlainInXml(member: Member): boolean {
  const { net = '', enum: its } = member;
  if (kindIn(member) === null || ownSpelling.test(net)) return false;
  return its === undefined || (its.flags !== true && its.names.every(({ name, wire = name }) => wire === name));
}
