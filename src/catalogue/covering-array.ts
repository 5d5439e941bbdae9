/** Axes of a point by name: `{ route: c.routes, format: c.formats }`. */
type Axes = Readonly<Record<string, readonly unknown[]>>;

/** A value of each axis. */
type Chosen<A extends Axes> = { readonly [K in keyof A]: A[K][number] };

/** How many values of different axes are to stand together. */
type Strength = 2 | 3;

/** One value of one axis, by its place there; numbered through all axes. */
interface Place {
  readonly axis: number;
  readonly value: number;
  readonly number: number;
}

/** As many places as the array is strong, of different axes in their order. */
type Group = readonly Place[];

/** A place of each axis, in their order; undefined where none is chosen. */
type Row = readonly (Place | undefined)[];

/** So many beginnings of a row are tried, and the best is taken; fewer where there are more to try. */
const TRIED: Readonly<Record<Strength, number>> = { 2: 24, 3: 6 };

/**
 * A covering array: rows that have a value of each axis, so that every two, or every three, values of different axes that go
 * together stand together in some row. Far fewer than every combination, and the same ones for the same axes.
 *
 * @param strength how many stand together
 * @param axes the values of each axis, by the name it has in a point
 * @param goTogether whether values of some axes, or of all, may stand in one row; what goes with no value of another axis
 *   stands in none
 * @param had rows that there are already, of the same values: what stands together there is not asked for
 */
export function coveringArray<const A extends Axes>(
  strength: Strength,
  axes: A,
  goTogether: (row: Partial<Chosen<A>>) => boolean,
  had: readonly Chosen<A>[] = [],
): readonly Chosen<A>[] {
  const names: readonly (keyof A & string)[] = Object.keys(axes);
  let number = 0;
  const places = names.map((name, axis) =>
    (axes[name] ?? []).map((_, value): Place => ({ axis, value, number: number++ })),
  );
  const rowOf = (chosen: Row): Partial<Chosen<A>> => {
    const row: { [K in keyof A]?: A[K][number] } = {};
    for (const [axis, name] of names.entries()) {
      const place = chosen[axis];
      if (place !== undefined) row[name] = axes[name]?.[place.value];
    }
    return row;
  };
  const isRight = (chosen: Row): boolean => goTogether(rowOf(chosen));
  const groups = groupsOf(strength, places).flatMap((those) =>
    crossed(those).filter((group) => isRight(rowWith(group, names.length))),
  );
  const waiting = new Waiting(strength, groups, number);
  for (const row of had) {
    const its = names.flatMap((name, axis) => {
      const value = (axes[name] ?? []).findIndex((each) => each === row[name]);
      return places[axis]?.[value] ?? [];
    });
    waiting.deleteAll(its);
  }
  const rows: Chosen<A>[] = [];
  for (let left = waiting.groups(); left.length > 0; left = waiting.groups()) {
    const row = bestRow(left, places, waiting, isRight);
    const its = row.flatMap((place) => place ?? []);
    waiting.deleteAll(its);
    if (its.length === names.length) rows.push(rowOf(row) as Chosen<A>);
  }
  return rows;
}

/** Groups that no row has yet, in their order. */
class Waiting {
  readonly #strength: Strength;
  readonly #count: number;
  /** By the key of a group, whether it still waits: asked for every value of every row, so it has to be quick. */
  readonly #isWaiting: Uint8Array;
  #groups: readonly { readonly key: number; readonly group: Group }[];

  constructor(strength: Strength, groups: readonly Group[], count: number) {
    this.#strength = strength;
    this.#count = count;
    this.#groups = groups.map((group) => ({ key: this.#keyOf(numbersOf(group)), group }));
    this.#isWaiting = new Uint8Array(count ** strength);
    for (const { key } of this.#groups) this.#isWaiting[key] = 1;
  }

  /** How many groups a place would bring to a row of others, which are in the order of their axes. */
  gain({ number }: Place, others: readonly number[]): number {
    const [before, behind] = [others.filter((each) => each < number), others.filter((each) => each > number)];
    const all = [...before, number, ...behind];
    const at = before.length;
    let gain = 0;
    for (let i = 0; i < all.length; i += 1) {
      if (this.#strength === 2) {
        if (i !== at) gain += this.#waiting(all, Math.min(i, at), Math.max(i, at));
        continue;
      }
      for (let j = i + 1; j < all.length; j += 1)
        if (i !== at && j !== at)
          gain += this.#waiting(all, Math.min(i, at), at < i ? i : Math.min(j, at), Math.max(j, at));
    }
    return gain;
  }

  /** How many groups a row without open places has. */
  count(row: readonly Place[]): number {
    return this.#keysIn(row).reduce((count, key) => count + (this.#isWaiting[key] ?? 0), 0);
  }

  deleteAll(row: readonly Place[]): void {
    for (const key of this.#keysIn(row)) this.#isWaiting[key] = 0;
  }

  groups(): readonly Group[] {
    this.#groups = this.#groups.filter(({ key }) => this.#isWaiting[key] === 1);
    return this.#groups.map(({ group }) => group);
  }

  /** 1 where the numbers at these places, in their order, wait together. */
  #waiting(numbers: readonly number[], ...at: readonly number[]): number {
    let key = 0;
    for (const i of at) key = key * this.#count + (numbers[i] ?? 0);
    return this.#isWaiting[key] ?? 0;
  }

  /** The key of each group of a row, whose places are in their order. */
  #keysIn(row: readonly Place[]): readonly number[] {
    const keys: number[] = [];
    for (const [i, { number: one }] of row.entries())
      for (let j = i + 1; j < row.length; j += 1) {
        const pair = one * this.#count + (row[j]?.number ?? 0);
        if (this.#strength === 2) keys.push(pair);
        else for (let k = j + 1; k < row.length; k += 1) keys.push(pair * this.#count + (row[k]?.number ?? 0));
      }
    return keys;
  }

  /** Of numbers in their order. */
  #keyOf(numbers: readonly number[]): number {
    return numbers.reduce((key, number) => key * this.#count + number, 0);
  }
}

function numbersOf(group: Group): readonly number[] {
  return group.map(({ number }) => number);
}

/** Of rows that begin with groups that no row has yet, the one that brings most of those. */
function bestRow(
  groups: readonly Group[],
  places: readonly (readonly Place[])[],
  waiting: Waiting,
  isRight: (chosen: Row) => boolean,
): Row {
  const [{ length } = []] = groups;
  const every = Math.max(1, Math.floor(groups.length / TRIED[length === 2 ? 2 : 3]));
  let best: Row = [];
  let most = -1;
  for (const [i, begun] of groups.entries()) {
    if (i % every !== 0) continue;
    const row = completed(begun, places, waiting, isRight);
    const its = row.flatMap((place) => place ?? []);
    const gain = its.length < row.length ? 0 : waiting.count(its);
    if (gain <= most) continue;
    best = row;
    most = gain;
  }
  return best;
}

/** A value of each axis that is left open, always the one that brings most groups that no row has yet. */
function completed(
  begun: Group,
  places: readonly (readonly Place[])[],
  waiting: Waiting,
  isRight: (chosen: Row) => boolean,
): Row {
  const row = rowWith(begun, places.length);
  for (const [axis, those] of places.entries()) {
    if (row[axis] !== undefined) continue;
    const others = row.flatMap((place) => place?.number ?? []);
    let [best, most]: [Place | undefined, number] = [undefined, -1];
    for (const each of those) {
      row[axis] = each;
      const gain = waiting.gain(each, others);
      if (gain > most && isRight(row)) [best, most] = [each, gain];
    }
    row[axis] = best;
  }
  return row;
}

function rowWith(group: Group, axes: number): (Place | undefined)[] {
  const row = Array.from<Place | undefined>({ length: axes });
  for (const place of group) row[place.axis] = place;
  return row;
}

/** Every choice of so many of some items, in their order. */
function groupsOf<T>(count: number, items: readonly T[]): readonly (readonly T[])[] {
  if (count === 1) return items.map((item) => [item]);
  return items.flatMap((item, i) => groupsOf(count - 1, items.slice(i + 1)).map((others) => [item, ...others]));
}

/** One of each list, in every combination. */
function crossed<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (begun, list) => begun.flatMap((group) => list.map((item) => [...group, item])),
    [[]],
  );
}
