/** A name as ServiceStack writes it in camelCase: `UInt` is uInt, `ID` is id, `URLOf` is urlOf. */
export function camel(name: string): string {
  let written = '';
  for (let i = 0; i < name.length; i += 1) {
    const c = name.charAt(i);
    const next = i + 1 < name.length ? name.charAt(i + 1) : 'A';
    if (!isUpper(c) || (i > 0 && !isUpper(next))) return written + name.slice(i);
    written += c.toLowerCase();
  }
  return written;
}

function isUpper(c: string): boolean {
  return c >= 'A' && c <= 'Z';
}

/**
 * The name of a member in the machine, which reads every casing as that of the code: its alias, else its property.
 *
 * @param member of a contract, whose `name` is written as on the wire
 */
export function canonicalName({ name, property }: { readonly name: string; readonly property: string }): string {
  return name === camel(property) ? property : name;
}
