/** Axes of a point by name: `{ route: c.routes, format: c.formats }`. */
type Axes = Readonly<Record<string, readonly unknown[]>>;

type Crossed<A extends Axes> = { readonly [K in keyof A]: A[K][number] };

/**
 * Every combination of the axes, the last axis turning fastest; none when an axis is empty.
 *
 * @param axes the values of each axis, by the name it has in a point
 */
export function cross<const A extends Axes>(axes: A): readonly Crossed<A>[] {
  const rows = Object.entries(axes).reduce<readonly Readonly<Record<string, unknown>>[]>(
    (points, [name, values]) => points.flatMap((point) => values.map((value) => ({ ...point, [name]: value }))),
    [{}],
  );
  return rows as readonly Crossed<A>[];
}
