/** Axes of a point by name: `{ route: c.routes, format: c.formats }`. */
type Axes = Readonly<Record<string, readonly unknown[]>>;

/** A value of each axis. */
type Chosen<A extends Axes> = { readonly [K in keyof A]: A[K][number] };

/** One value of one axis, as their places. */
interface Place {
  readonly axis: number;
  readonly value: number;
}

type Pair = readonly [Place, Place];

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
  const places = names.map((name, axis) => (axes[name] ?? []).map((_, value): Place => ({ axis, value })));
  const rowOf = (chosen: readonly Place[]): Partial<Chosen<A>> =>
    Object.fromEntries(
      names.flatMap((name, axis) =>
        chosen.filter((place) => place.axis === axis).map(({ value }) => [name, axes[name]?.[value]]),
      ),
    ) as Partial<Chosen<A>>;
  const isRight = (chosen: readonly Place[]): boolean => goTogether(rowOf(chosen));
  const pairs = everyTwo(places).flatMap(([one, other]) =>
    one.flatMap((a) => other.map((b): Pair => [a, b])).filter(isRight),
  );
  const waiting = new Map(pairs.map((pair) => [pairOf(pair), pair]));
  for (const row of had) {
    const itsPlaces = names.map((name, axis): Place => ({
      axis,
      value: (axes[name] ?? []).findIndex((each) => each === row[name]),
    }));
    for (const pair of everyTwo(itsPlaces)) waiting.delete(pairOf(pair));
  }
  const rows: Chosen<A>[] = [];
  while (waiting.size > 0) {
    const { begun, row } = bestRow(places, waiting, isRight);
    for (const pair of [...begun, ...everyTwo(row)]) waiting.delete(pairOf(pair));
    if (row.length === names.length) rows.push(rowOf(row) as Chosen<A>);
  }
  return rows;
}

/** Of rows that begin with pairs that no row has yet, the one that brings most of those. */
function bestRow(
  places: readonly (readonly Place[])[],
  waiting: ReadonlyMap<string, Pair>,
  isRight: (chosen: readonly Place[]) => boolean,
): { readonly begun: readonly Pair[]; readonly row: readonly Place[] } {
  const pairs = [...waiting.values()];
  const every = Math.max(1, Math.floor(pairs.length / TRIED));
  let best: { readonly begun: readonly Pair[]; readonly row: readonly Place[] } = { begun: pairs, row: [] };
  let most = -1;
  for (const [i, begun] of pairs.entries()) {
    if (i % every !== 0) continue;
    const row = completed(begun, places, waiting, isRight);
    const gain = row.length < places.length ? 0 : everyTwo(row).filter((pair) => waiting.has(pairOf(pair))).length;
    if (gain <= most) continue;
    best = { begun: [begun], row };
    most = gain;
  }
  return best;
}

/** A value of each axis that is left open, always the one that brings most pairs that no row has yet. */
function completed(
  begun: Pair,
  places: readonly (readonly Place[])[],
  waiting: ReadonlyMap<string, Pair>,
  isRight: (chosen: readonly Place[]) => boolean,
): readonly Place[] {
  const row: Place[] = [...begun];
  for (const [axis, those] of places.entries()) {
    if (row.some((place) => place.axis === axis)) continue;
    const gain = (each: Place): number => row.filter((other) => waiting.has(pairOf([each, other]))).length;
    const [best] = those.filter((each) => isRight([...row, each])).toSorted((a, b) => gain(b) - gain(a));
    if (best !== undefined) row.push(best);
  }
  return row;
}

function pairOf([a, b]: Pair): string {
  const [first, second] = a.axis < b.axis ? [a, b] : [b, a];
  return `${first.axis}:${first.value} ${second.axis}:${second.value}`;
}

function everyTwo<T>(items: readonly T[]): readonly (readonly [T, T])[] {
  return items.flatMap((one, i) => items.slice(i + 1).map((other) => [one, other] as const));
}
