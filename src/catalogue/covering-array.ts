/** Axes of a point by name: `{ route: c.routes, format: c.formats }`. */
type Axes = Readonly<Record<string, readonly unknown[]>>;

/** A value of each axis. */
type Chosen<A extends Axes> = { readonly [K in keyof A]: A[K][number] };

/** How many values of different axes are to stand together. */
type Strength = 2 | 3;

/** Values by their numbers, which go through all axes: one of each axis, in their order; undefined where none is chosen. */
type Row = readonly (number | undefined)[];

/** As many numbers as the array is strong, of different axes in their order. */
type Group = readonly number[];

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
  const places = names.flatMap((name, axis) => (axes[name] ?? []).map((value) => ({ axis, name, value })));
  const numbers = names.map((_, axis) => places.flatMap((place, number) => (place.axis === axis ? [number] : [])));
  const rowOf = (chosen: Row): Partial<Chosen<A>> => {
    const row: { [K in keyof A]?: A[K][number] } = {};
    for (const number of chosen) {
      const place = number === undefined ? undefined : places[number];
      if (place !== undefined) row[place.name] = place.value;
    }
    return row;
  };
  const isRight = (chosen: Row): boolean => goTogether(rowOf(chosen));
  const rowWith = (group: Group): (number | undefined)[] => {
    const row = names.map((): number | undefined => undefined);
    for (const number of group) row[places[number]?.axis ?? 0] = number;
    return row;
  };
  const groups = choicesOf(strength, numbers).flatMap(crossed).filter(isRight);
  const waiting = new Waiting(strength, groups, places.length);
  for (const row of had) {
    waiting.delete(
      names.flatMap((name, axis) => {
        const at = (axes[name] ?? []).findIndex((each) => each === row[name]);
        return numbers[axis]?.[at] ?? [];
      }),
    );
  }
  const rows: Chosen<A>[] = [];
  while (waiting.length > 0) {
    const every = Math.max(1, Math.floor(waiting.length / TRIED[strength]));
    const row = bestRow(waiting.oneOf(every).map(rowWith), numbers, waiting, isRight);
    const its = chosenIn(row);
    waiting.delete(its);
    if (its.length === names.length) rows.push(rowOf(row) as Chosen<A>);
  }
  return rows;
}

/** Groups that no row has yet, in their order. */
class Waiting {
  readonly #strength: Strength;
  readonly #count: number;
  /** 1 where a group waits; it stands there under each of its numbers, the others behind it, for that is how it is asked for. */
  readonly #isWaiting: Uint8Array;
  #groups: readonly { readonly key: number; readonly group: Group }[];

  constructor(strength: Strength, groups: readonly Group[], count: number) {
    this.#strength = strength;
    this.#count = count;
    this.#isWaiting = new Uint8Array(count ** strength);
    this.#groups = groups.map((group) => ({ key: group.reduce((key, number) => key * count + number), group }));
    for (const group of groups) this.#set(group, 1);
  }

  get length(): number {
    return this.#groups.length;
  }

  /** The first of every so many. */
  oneOf(every: number): readonly Group[] {
    return Array.from(
      { length: Math.ceil(this.#groups.length / every) },
      (_, i) => this.#groups[i * every]?.group ?? [],
    );
  }

  /** How many groups a number makes with others, which are in their order, from one of those on. */
  gain(number: number, others: readonly number[], from = 0): number {
    let gain = 0;
    for (let i = from; i < others.length; i += 1) {
      const at = number * this.#count + (others[i] ?? 0);
      if (this.#strength === 2) gain += this.#isWaiting[at] ?? 0;
      else
        for (let j = i + 1; j < others.length; j += 1)
          gain += this.#isWaiting[at * this.#count + (others[j] ?? 0)] ?? 0;
    }
    return gain;
  }

  /** How many groups a row has, of which these are the numbers. */
  count(row: readonly number[]): number {
    return row.reduce((count, number, i) => count + this.gain(number, row, i + 1), 0);
  }

  /** What a row has waits no longer. */
  delete(row: readonly number[]): void {
    this.#set(row, 0);
    this.#groups = this.#groups.filter(({ key }) => this.#isWaiting[key] === 1);
  }

  /** Of every group in a row. */
  #set(row: readonly number[], waits: 0 | 1): void {
    for (let at = 0; at < row.length; at += 1)
      for (let i = 0; i < row.length; i += 1) {
        if (i === at) continue;
        const key = (row[at] ?? 0) * this.#count + (row[i] ?? 0);
        if (this.#strength === 2) this.#isWaiting[key] = waits;
        else
          for (let j = i + 1; j < row.length; j += 1)
            if (j !== at) this.#isWaiting[key * this.#count + (row[j] ?? 0)] = waits;
      }
  }
}

/** Of rows that are begun, the one that brings most groups that no row has yet. */
function bestRow(
  begun: readonly Row[],
  numbers: readonly (readonly number[])[],
  waiting: Waiting,
  isRight: (chosen: Row) => boolean,
): Row {
  let best: Row = [];
  let most = -1;
  for (const each of begun) {
    const row = completed(each, numbers, waiting, isRight);
    const its = chosenIn(row);
    const gain = its.length < row.length ? 0 : waiting.count(its);
    if (gain <= most) continue;
    best = row;
    most = gain;
  }
  return best;
}

/** A value of each axis that is left open, always the one that brings most groups that no row has yet. */
function completed(
  begun: Row,
  numbers: readonly (readonly number[])[],
  waiting: Waiting,
  isRight: (chosen: Row) => boolean,
): Row {
  const row = [...begun];
  for (const [axis, those] of numbers.entries()) {
    if (row[axis] !== undefined) continue;
    const others = chosenIn(row);
    let [best, most]: [number | undefined, number] = [undefined, -1];
    for (const each of those) {
      const gain = waiting.gain(each, others);
      if (gain <= most) continue;
      row[axis] = each;
      if (isRight(row)) [best, most] = [each, gain];
    }
    row[axis] = best;
  }
  return row;
}

function chosenIn(row: Row): readonly number[] {
  return row.filter((number) => number !== undefined);
}

/** Every choice of so many of some items, in their order. */
function choicesOf<T>(count: number, items: readonly T[]): readonly (readonly T[])[] {
  if (count === 1) return items.map((item) => [item]);
  return items.flatMap((item, i) => choicesOf(count - 1, items.slice(i + 1)).map((others) => [item, ...others]));
}

/** One of each list, in every combination. */
function crossed<T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return lists.reduce<readonly (readonly T[])[]>(
    (begun, list) => begun.flatMap((group) => list.map((item) => [...group, item])),
    [[]],
  );
}
