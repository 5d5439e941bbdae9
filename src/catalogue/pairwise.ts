/** Axes of a point by name: `{ route: c.routes, format: c.formats }`. */
type Axes = Readonly<Record<string, readonly unknown[]>>;

/** A value of each axis. */
type Chosen<A extends Axes> = { readonly [K in keyof A]: A[K][number] };

/** One value of one axis, by its place there; numbered through all axes. */
interface Place {
  readonly axis: number;
  readonly value: number;
  readonly number: number;
}

type Pair = readonly [Place, Place];

/** A place of each axis, in their order; undefined where none is chosen. */
type Row = readonly (Place | undefined)[];

/** So many beginnings of a row are tried, and the best is taken. */
const TRIED = 24;

/**
 * A covering array of strength two: rows that have a value of each axis, so that every two values of different axes that go
 * together stand together in some row. Far fewer than every combination, and the same ones for the same axes.
 *
 * @param axes the values of each axis, by the name it has in a point
 * @param goTogether whether values of some axes, or of all, may stand in one row; two that go with no value of another axis
 *   stand in none
 * @param had rows that there are already, of the same values: their pairs are not asked for
 */
export function pairwise<const A extends Axes>(
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
  const pairs = everyTwo(places).flatMap(([one, other]) =>
    one.flatMap((a) => other.map((b): Pair => [a, b])).filter((pair) => isRight(rowWith(pair, names.length))),
  );
  const waiting = new Waiting(pairs, number);
  for (const row of had) {
    const its = names.flatMap((name, axis) => {
      const value = (axes[name] ?? []).findIndex((each) => each === row[name]);
      return places[axis]?.[value] ?? [];
    });
    for (const pair of everyTwo(its)) waiting.delete(pair);
  }
  const rows: Chosen<A>[] = [];
  for (let left = waiting.pairs(); left.length > 0; left = waiting.pairs()) {
    const row = bestRow(left, places, waiting, isRight);
    const its = row.flatMap((place) => place ?? []);
    for (const pair of everyTwo(its)) waiting.delete(pair);
    if (its.length === names.length) rows.push(rowOf(row) as Chosen<A>);
  }
  return rows;
}

/** Pairs that no row has yet, in their order. */
class Waiting {
  readonly #count: number;
  readonly #pairs: Map<number, Pair>;

  constructor(pairs: readonly Pair[], count: number) {
    this.#count = count;
    this.#pairs = new Map(pairs.map((pair) => [this.#keyOf(pair[0], pair[1]), pair]));
  }

  has(a: Place, b: Place): boolean {
    return this.#pairs.has(this.#keyOf(a, b));
  }

  delete([a, b]: Pair): void {
    this.#pairs.delete(this.#keyOf(a, b));
  }

  pairs(): readonly Pair[] {
    return [...this.#pairs.values()];
  }

  #keyOf(a: Place, b: Place): number {
    return a.number < b.number ? a.number * this.#count + b.number : b.number * this.#count + a.number;
  }
}

/** Of rows that begin with pairs that no row has yet, the one that brings most of those. */
function bestRow(
  pairs: readonly Pair[],
  places: readonly (readonly Place[])[],
  waiting: Waiting,
  isRight: (chosen: Row) => boolean,
): Row {
  const every = Math.max(1, Math.floor(pairs.length / TRIED));
  let best: Row = [];
  let most = -1;
  for (const [i, begun] of pairs.entries()) {
    if (i % every !== 0) continue;
    const row = completed(begun, places, waiting, isRight);
    const gain = row.includes(undefined) ? 0 : everyTwo(row).filter(([a, b]) => a && b && waiting.has(a, b)).length;
    if (gain <= most) continue;
    best = row;
    most = gain;
  }
  return best;
}

/** A value of each axis that is left open, always the one that brings most pairs that no row has yet. */
function completed(
  begun: Pair,
  places: readonly (readonly Place[])[],
  waiting: Waiting,
  isRight: (chosen: Row) => boolean,
): Row {
  const row = rowWith(begun, places.length);
  for (const [axis, those] of places.entries()) {
    if (row[axis] !== undefined) continue;
    let [best, most]: [Place | undefined, number] = [undefined, -1];
    for (const each of those) {
      row[axis] = each;
      let gain = 0;
      for (const other of row) if (other !== undefined && waiting.has(each, other)) gain += 1;
      if (gain > most && isRight(row)) [best, most] = [each, gain];
    }
    row[axis] = best;
  }
  return row;
}

function rowWith(pair: Pair, axes: number): (Place | undefined)[] {
  const row = new Array<Place | undefined>(axes).fill(undefined);
  for (const place of pair) row[place.axis] = place;
  return row;
}

function everyTwo<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, i) => items.slice(i + 1).map((other) => [one, other] as const));
}
