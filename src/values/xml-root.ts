/** The element that a document begins with. */
export interface PrintedRoot {
  readonly name: string;
  /** Empty where it states none. */
  readonly namespace: string;
}

/** The root of an XML document as a page prints it; null for any other text. */
export function printedRoot(text: string): PrintedRoot | null {
  const [, name, attributes = ''] = /^\s*(?:<\?[^>]*\?>\s*)?<([\w.-]+)(\s[^<>]*|\/)?>/.exec(text) ?? [];
  if (name === undefined) return null;
  const [, namespace = ''] = /\sxmlns="([^"]*)"/.exec(attributes) ?? [];
  return { name, namespace };
}
