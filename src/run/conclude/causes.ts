import type { CredentialKind, ExchangeId } from '../../model/exchange.ts';
import type { Cause, ReportedExchange, ReportedRequirement } from '../../model/report.ts';
import type { Level } from '../../model/requirement.ts';
import { answeredWith } from '../../values/verdicts.ts';
import { groupBy } from '../../values/words.ts';
import { ranking, withEchoesMarked, type Order } from './cause-order.ts';
import { alike, DIMENSIONS, failuresIn, limiting, meet, presented, type Dimension, type Failure } from './failure.ts';

/** Failures that have one cause. */
interface Group {
  /** Of the requirement that says it; the first says it best. */
  readonly own: readonly [Failure, ...Failure[]];
  /** All of them. */
  readonly members: readonly Failure[];
}

/**
 * Groups what failed by cause: exchanges that fail alike, under the requirement that says most directly what is wrong.
 *
 * A requirement says it the more directly, the worse the harm is that its failure shows, the more it is there to find that
 * harm, and the less had to be sent before. A failure that repeats a simpler one, as that of a second call where every call
 * fails, comes last.
 *
 * @param requirements judged
 * @param exchanges those that the judged cases name
 * @param failOn the lowest level whose failures count; causes that count stand before the others
 */
export function causesOf(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly ReportedExchange[],
  failOn: Level,
): readonly Cause[] {
  const failures = withEchoesMarked(failuresIn(requirements, exchanges), requirements);
  const groups = grouped(failures, ranking(requirements, failures));
  const counts = ({ members }: Group): boolean =>
    failOn === 'SHOULD' || members.some((f) => f.requirement.level === 'MUST');
  const ordered = [...groups.filter(counts), ...groups.filter((g) => !counts(g))];
  const owners = ownersOf(ordered);
  return ordered.map((group) => causeOf(group, owners.get(group) ?? []));
}

function grouped(failures: readonly Failure[], order: Order): readonly Group[] {
  const groups: Group[] = [];
  let left: readonly Failure[] = failures.toSorted(order);
  for (let [head] = left; head !== undefined; [head] = left) {
    const { id } = head.requirement;
    const own: Group['own'] = [head, ...left.filter((f) => f !== head && f.requirement.id === id)];
    const explained = explainedBy(own, left);
    const members = left.filter((f) => f.requirement.id === id || (!standsAlone(f) && explained(f)));
    groups.push({ own, members });
    const taken = new Set(members);
    left = left.filter((f) => !taken.has(f));
  }
  return groups;
}

/** What is there to find that something was done for one who may not ask is never told beside something else. */
function standsAlone({ requirement }: Failure): boolean {
  return requirement.breaks === 'executed';
}

/** Something was done for one who may not ask. */
function showsExecution({ harm, direct }: Failure): boolean {
  return harm === 'executed' && direct;
}

/** Whether a failure has the cause of those that one requirement has. */
function explainedBy(own: Group['own'], left: readonly Failure[]): (failure: Failure) => boolean {
  const [head] = own;
  const isInPlace = placedWith(own, left);
  const failed = new Set(own.flatMap((f) => f.exchange?.id ?? []));
  const served = new Set<CredentialKind>(
    own.flatMap((f) => f.before.map(presented)).filter((kind) => kind !== 'valid'),
  );
  const touched = new Set(
    left.filter((f) => f.exchange !== undefined && failed.has(f.exchange.id)).map((f) => f.requirement.id),
  );
  if (head.about === 'part') {
    const statuses = new Set(own.map((f) => f.answer.status));
    // What is wrong in answers of several kinds is wrong in any; what cannot be read is so whatever it says.
    const isOfAKind = (f: Failure): boolean =>
      statuses.size > 1 || statuses.has(f.answer.status) || f.exchange?.observed?.['body'] === f.part;
    return (f) => f.about === 'part' && isInPlace(f) && own.some((o) => o.part === f.part) && isOfAKind(f);
  }
  return (f) => {
    // A comparison fails with either of its answers.
    if (f.before.some(({ id }) => failed.has(id))) return true;
    if (showsExecution(head))
      // Whoever was served without the right to ask was let in by other requests as well.
      return f.about === 'answer' && f.exchange !== undefined && served.has(presented(f.exchange)) && !isRefusal(f);
    if (!isInPlace(f) || !own.some((o) => failsAlike(o, f))) return false;
    // Of a part that is wrong it is the cause only where the same requirement met an answer that is wrong as a whole.
    return f.about === 'answer' || touched.has(f.requirement.id);
  };
}

/** Whether two answers fail alike; a success is no sign of anything but where the same was asked. */
function failsAlike(a: Failure, b: Failure): boolean {
  return alike(a.answer, b.answer) && (a.answer.granted === 'no' || a.path === b.path);
}

function isRefusal({ answer }: Failure): boolean {
  return answer.status === '401' || answer.status === '403';
}

/**
 * Whether a failure can have the same cause, by where it is: it lies where those of the cause all lie, and they lie where all
 * those of its own requirement do.
 */
function placedWith(own: Group['own'], left: readonly Failure[]): (failure: Failure) => boolean {
  const limits = limitsOf(own);
  const byRequirement = groupBy(left, (f) => f.requirement.id);
  const limitsOfOther = new Map([...byRequirement].map(([id, failures]) => [id, limitsOf(failures)]));
  return (f) => {
    const others = limitsOfOther.get(f.requirement.id) ?? {};
    return isWithin(f, limits) && own.some((o) => isWithin(o, others));
  };
}

type Limits = Readonly<Partial<Record<Dimension, ReadonlySet<string>>>>;

/** Where else a requirement passes tells what its failures have in common. */
function limitsOf(own: readonly Failure[]): Limits {
  const passed = own[0]?.requirement.cases.filter((c) => c.verdict === 'pass') ?? [];
  const limits: Partial<Record<Dimension, ReadonlySet<string>>> = {};
  for (const d of DIMENSIONS) {
    const failing = new Set(own.map((f) => f.reported.key[d]));
    const elsewhere = passed.some(({ key }) => key[d] !== undefined && !failing.has(key[d]));
    if (elsewhere) limits[d] = new Set(own.flatMap((f) => limiting(f, d)));
  }
  return limits;
}

function isWithin({ names }: Failure, limits: Limits): boolean {
  return DIMENSIONS.every((d) => {
    const limit = limits[d];
    return limit === undefined || names[d].size === 0 || meet(names[d], limit);
  });
}

/**
 * An exchange stands under one cause alone: that which has fewest, so that a cause in a corner is not lost to one that is
 * everywhere. None is left without one, as far as there are enough.
 */
function ownersOf(groups: readonly Group[]): ReadonlyMap<Group, readonly ExchangeId[]> {
  const wanted = new Map(groups.map((g) => [g, [...new Set(g.members.flatMap((f) => f.exchange?.id ?? []))]] as const));
  const fewestFirst = groups.toSorted((a, b) => (wanted.get(a)?.length ?? 0) - (wanted.get(b)?.length ?? 0));
  const owner = new Map<ExchangeId, Group>();
  for (const g of fewestFirst) for (const id of wanted.get(g) ?? []) if (!owner.has(id)) owner.set(id, g);
  const owned = (g: Group): readonly ExchangeId[] => (wanted.get(g) ?? []).filter((id) => owner.get(id) === g);
  for (const g of groups) {
    if (owned(g).length > 0) continue;
    const spare = (wanted.get(g) ?? []).find((id) => {
      const other = owner.get(id);
      return other !== undefined && owned(other).length > 1;
    });
    if (spare !== undefined) owner.set(spare, g);
  }
  return new Map(groups.map((g) => [g, owned(g)]));
}

function causeOf(group: Group, exchanges: readonly ExchangeId[]): Cause {
  const [head] = group.own;
  const { where, expected, actual } = head.finding;
  const also = group.members.map((f) => f.requirement.id).filter((id) => id !== head.requirement.id);
  return {
    requirement: head.requirement.id,
    says: `${where}: expected ${expected}, actual ${answeredWith(actual, head.exchange)}`,
    where: placeOf(group),
    exchanges,
    also: [...new Set(also)].sort(),
  };
}

/** Where the cause shows: `remove, by every verb, in every format, without credentials`. */
function placeOf({ own, members }: Group): string {
  const limits = limitsOf(own);
  const named = (d: Dimension, of: readonly Failure[]): readonly string[] => [
    ...new Set(of.flatMap((f) => f.reported.key[d] ?? [])),
  ];
  const told = (d: Dimension, before: string): readonly string[] => {
    const limited = limits[d] !== undefined;
    const names = named(d, limited ? own : members);
    if (names.length === 0) return [];
    if (limited || names.length === 1) return [`${before}${names.join(', ')}`];
    return [`${before}every ${d}`];
  };
  const kinds = [...new Set(members.flatMap((f) => (f.exchange === undefined ? [] : presented(f.exchange))))];
  const [kind] = kinds;
  const credentials =
    kinds.length !== 1 || kind === undefined || kind === 'valid'
      ? []
      : [kind === 'none' ? 'without credentials' : `with ${kind.replaceAll('-', ' ')}`];
  const parts = [...told('route', ''), ...told('verb', 'by '), ...told('format', 'in '), ...credentials];
  return parts.length === 0 ? 'everywhere it was asked' : parts.join(', ');
}
