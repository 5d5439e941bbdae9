/**
 * What is made of an object, worked out when it is first asked for and known again for as long as the object is there.
 *
 * @param make gives the same for the same object, whenever it is asked
 */
export function onceFor<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before.value;
    const value = make(of);
    known.set(of, { value });
    return value;
  };
}
