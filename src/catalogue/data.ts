// Which data an operation answers, and which of them a query can ask for, as the types of its contract say.

import type { Contract } from '../model/contract.ts';
import { lineOf } from '../values/contract.ts';
import { appliedOf } from '../values/dto-name.ts';

/** Whether a success carries anything but a ResponseStatus. */
export function hasData(contract: Contract): boolean {
  const { response } = contract;
  if (response.kind === 'list' || response.kind === 'scalar') return true;
  if (response.kind !== 'dto') return false;
  return lineOf(response.type, contract).some(({ members }) =>
    members.some(({ property }) => property !== 'ResponseStatus'),
  );
}

/** Whether the operation is a query that ServiceStack answers itself: it takes Skip, Take and OrderBy. */
export function isQuery(contract: Contract): boolean {
  const bases = lineOf(contract.request, contract).flatMap(({ base }) => base ?? []);
  return bases.some((base) => /^Query(?:Base|Db|Data)\b/.test(base));
}

/** A member of the items of a query by which they can be ordered, and that a number tells; null where there is none. */
export function orderable(contract: Contract): string | null {
  const { response } = contract;
  if (response.kind !== 'dto') return null;
  const [item] = appliedOf(response.type).args;
  // What is taken into another type can be ordered by members of the first alone.
  const base = lineOf(contract.request, contract).find((type) => type.base?.startsWith('Query') === true)?.base ?? '';
  const [from, into] = appliedOf(base).args;
  const ordered = into === undefined || from === undefined ? null : propertiesOf(from, contract);
  const members = item === undefined ? [] : lineOf(item, contract).flatMap((type) => type.members);
  const found = members.find(
    ({ type, property }) => /^U?Int\d\d$/.test(type) && (ordered === null || ordered.has(property)),
  );
  return found?.property ?? null;
}

/** The members of a type, as the service's code names them. */
function propertiesOf(type: string, contract: Contract): ReadonlySet<string> {
  return new Set(lineOf(type, contract).flatMap(({ members }) => members.map(({ property }) => property)));
}
