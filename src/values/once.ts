/**
 * What is made of an object, worked out when it is first asked for and known again for as long as the object is there.
 *
 * @param make gives the same for the same object, whenever it is asked
 */
export function onceFor<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (of) => {
    const made = known.get(of) ?? { value: make(of) };
    known.set(of, made);
    return made.value;
  };
}
