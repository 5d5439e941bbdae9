import type { Answered, Script } from '../model/exchange.ts';
import type { Contract } from '../model/contract.ts';
import type { Evidence, Refuses } from '../model/requirement.ts';
import type { DtoType, Member } from '../model/schema.ts';
import { appliedOf } from '../values/dto-name.ts';
import { onceFor } from '../values/once.ts';
import { errorsOf, statusOf } from './expect/errors.ts';

/**
 * Why a case says nothing that came of what no document tells. Of a value it may not tell the type: a text may be that of a Guid,
 * a date or of bytes, and one that was drawn is none of them. Of members it may not tell what the wire calls them. Null where an
 * answer does not look like either.
 *
 * @param refuses which of its requests a script sends to be refused
 * @param steps the answers to them
 */
export function whyUntold(
  refuses: Refuses | undefined,
  { steps: requests }: Script,
  steps: readonly Answered[],
  { contract, members }: Pick<Evidence, 'contract' | 'members'>,
): string | null {
  const enums = untoldEnumsOf(contract);
  const untold = enums.size === 0 ? untoldOf(members) : members.filter((m) => isUntold(m) || isOfOne(enums, m));
  if (areNamesUntold(contract) && steps.some((x) => isOfOtherNames(x, refuses, members)))
    return `no document tells what the wire calls the members of ${contract.request}, and they may have other names there: import types/metadata.json too`;
  if (untold.length === 0) return null;
  for (const [i, x] of steps.entries()) {
    if (x.status !== 400) continue;
    // A page names nobody.
    if (x.mediaType === 'text/html' && x.text.includes(unreadable)) return reason(untold);
    if (statusOf(x)?.['ErrorCode'] !== unreadable) continue;
    const named = errorsOf(x).flatMap(({ FieldName: name }) => (typeof name === 'string' ? [name.toLowerCase()] : []));
    const its = untold.find(({ name, property = name }) =>
      [name, property].some((each) => named.includes(each.toLowerCase())),
    );
    if (its !== undefined) return reason([its]);
    // System.Text.Json names nobody whose value in a body it cannot read.
    const sent = untold.filter(({ name }) => requests[i]?.body?.includes(name) === true);
    if (refuses === undefined && named.length === 0 && sent.length > 0) return reason(sent);
  }
  return null;
}

const unreadable = 'SerializationException';

/** Asked of every case of a run. */
const untoldOf = onceFor((members: readonly Member[]) => members.filter(isUntold));

/** Enums of which no document tells whether they are flags: System.Text.Json reads those as numbers alone. */
const untoldEnumsOf = onceFor(
  ({ unknown }: Contract): ReadonlySet<string> =>
    new Set(unknown.flatMap(({ path }) => /^types\.(.+)\.enum\.flags$/.exec(path)?.[1] ?? [])),
);

/** Whether a member is of one of these types, or holds some. */
function isOfOne(types: ReadonlySet<string>, { net = '', example }: Member): boolean {
  const { name, args } = appliedOf(net.replace(/\[\]$/, ''));
  return example === undefined && [name, ...args].some((each) => types.has(each));
}

/** Whether members stand under the names of the code alone: DataMember may give them others on the wire. */
const areNamesUntold = onceFor(({ unknown, request }: Contract): boolean => {
  const own = `types.${request}.`;
  return unknown.some(({ path }) => path === `${own}members` || (path.startsWith(own) && path.endsWith('.name')));
});

/** Whether an answer looks as if members had other names: what should be refused was passed over, or a name is one that nobody knows. */
function isOfOtherNames(x: Answered, refuses: Refuses | undefined, members: readonly Member[]): boolean {
  if (refuses !== undefined && x.status < 300) return true;
  const known = new Set(members.flatMap(({ name, property = name }) => [name.toLowerCase(), property.toLowerCase()]));
  return errorsOf(x).some(
    ({ FieldName: named }) => typeof named === 'string' && named !== '' && !known.has(named.toLowerCase()),
  );
}

function reason(members: readonly Member[]): string {
  const names = members.map(({ name }) => name).join(', ');
  return `a drawn value of ${names} was refused, of which no document tells the type: give one as values in said.json, or import types/metadata.json too`;
}

/** Whether it is only known that JSON writes a value as a text, or as something that holds texts. */
function isUntold({ net, type, enum: its, example, kept }: Member): boolean {
  return net === undefined && its === undefined && example === undefined && kept === undefined && isOfText(type);
}

function isOfText(type: DtoType): boolean {
  switch (type.kind) {
    case 'string':
      return type.format === undefined;
    case 'any':
      return true;
    case 'list':
    case 'map':
      return isOfText(type.of);
    case 'integer':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'reference':
      return false;
  }
}
