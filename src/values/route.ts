/** A piece of a route's path: text as it stands, or the place of a member; `rest` takes any number of segments. */
export type PathPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'member'; readonly name: string; readonly rest: boolean };

/** `{Name}`, `{Name*}`, `{*Name}`, `{Id:int}`: a component is a placeholder only if it begins with a brace (source forms, 5). */
const placeholder = /(?<=[/.])\{(\*{0,2})([\p{L}\p{M}\p{N}_]+)(\*?)(?::[^{}]*)?\??\}/gu;

/** Every request asks for the path of its route: those of late are kept. */
const known = new Map<string, readonly PathPart[]>();
const MOST_KNOWN = 256;

/** The path of a route in pieces, its placeholders named as the route spells them. */
export function partsOf(path: string): readonly PathPart[] {
  const before = known.get(path);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const parts = takenApart(path);
  known.set(path, parts);
  return parts;
}

function takenApart(path: string): readonly PathPart[] {
  const parts: PathPart[] = [];
  let at = 0;
  for (const found of path.matchAll(placeholder)) {
    const [whole, before = '', name = '', behind = ''] = found;
    if (found.index > at) parts.push({ kind: 'text', text: path.slice(at, found.index) });
    parts.push({ kind: 'member', name, rest: before !== '' || behind !== '' });
    at = found.index + whole.length;
  }
  if (at < path.length) parts.push({ kind: 'text', text: path.slice(at) });
  return parts;
}

/** Whether a place of a path is that of a member: by its name on the wire or in the service's code, in any casing. */
export function isAt(
  place: string,
  { name, property }: { readonly name: string; readonly property?: string },
): boolean {
  return [name, property].some((each) => each?.toLowerCase() === place.toLowerCase());
}

/** Whether a path binds a member. */
export function binds(path: string, member: { readonly name: string; readonly property?: string }): boolean {
  return boundBy(path).some((place) => isAt(place, member));
}

/** The members that a path binds, as it spells them. */
export function boundBy(path: string): readonly string[] {
  return partsOf(path).flatMap((part) => (part.kind === 'member' ? [part.name] : []));
}

/** Whether two routes have one path, whatever they call its members. */
export function isSamePath(one: string, other: string): boolean {
  const unnamed = (path: string): string => pathWith(path, () => '{}').toLowerCase();
  return unnamed(one) === unnamed(other);
}

/** Whether a route serves a path: `{Name}` is one segment, `{Name*}` any number of them, and letter case does not count. */
export function leadsTo(route: string, path: string): boolean {
  const segments = path.split('/').filter((s) => s !== '');
  const places = route.split('/').filter((s) => s !== '');
  const rest = places.findIndex((place) => place.startsWith('{') && place.includes('*'));
  if (rest === -1 ? places.length !== segments.length : segments.length < rest) return false;
  return places
    .slice(0, rest === -1 ? undefined : rest)
    .every((place, i) => place.startsWith('{') || place.toLowerCase() === literalIn(segments[i] ?? ''));
}

/** What a segment says, in lower case: a literal may hold what a path spells with an escape, as `v{Version}` does. */
function literalIn(segment: string): string {
  try {
    return decodeURIComponent(segment).toLowerCase();
  } catch {
    return segment.toLowerCase();
  }
}

/** Whether a path has a brace that is no placeholder: endpoint routing takes it for one, and does not serve it as it stands. */
export function hasLiteralBrace(path: string): boolean {
  return partsOf(path).some((part) => part.kind === 'text' && /[{}]/.test(part.text));
}

/**
 * The path of a route with values in the places of its members, as it goes on the request line.
 *
 * @param path of a route
 * @param valueOf what stands in the place of a member, escaped where it has to be
 * @param textOf what stands in the place of the text between; as it is by default
 */
export function pathWith(
  path: string,
  valueOf: (name: string) => string,
  textOf: (text: string) => string = (text) => text,
): string {
  return partsOf(path)
    .map((part) =>
      part.kind === 'member' ? valueOf(part.name) : textOf(part.text).replaceAll('{', '%7B').replaceAll('}', '%7D'),
    )
    .join('');
}
