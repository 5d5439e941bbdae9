import type { Answered } from '../../model/exchange.ts';
import type { Shape } from '../../model/schema.ts';
import type { PlainValue } from '../../model/value.ts';
import { readJsonp } from '../../formats/jsonp.ts';
import { rootTag } from '../../formats/xml.ts';
import { dataShape } from '../../values/data-shape.ts';
import { isList } from '../../values/json.ts';
import { onceFor } from '../../values/once.ts';

/** Members whose values are words of a protocol between the service and its clients, not texts for people. */
const codes: ReadonlySet<string> = new Set(['errorcode', 'fieldname']);

/** What an answer's body was read into; JSON in other clothes, jsonp and media types of other JSON, is read as well. */
export function valueOf(x: Answered): PlainValue | undefined {
  const { decoded } = x;
  switch (decoded.kind) {
    case 'empty':
      return undefined;
    case 'read':
      return decoded.reading.ok ? decoded.reading.value : undefined;
    case 'foreign':
      return foreignValue(x);
  }
}

function foreignValue({ mediaType, text }: Answered): PlainValue | undefined {
  if (/[/+]json$/.test(mediaType)) {
    const { reading } = readJsonp(`x(${text})`);
    return reading.ok ? reading.value : undefined;
  }
  if (!mediaType.endsWith('/javascript')) return undefined;
  const { reading } = readJsonp(text);
  return reading.ok ? reading.value : undefined;
}

type Composed = PlainValue & object;

/** What is told of a body that is long: it may be the same in hundreds of answers. */
const shapeTold = onceFor((value: Composed) => shapeOfValue(value));
const codesTold = onceFor((value: Composed) => codesIn(value).join(', '));

function isComposed(value: PlainValue): value is Composed {
  return typeof value === 'object' && value !== null;
}

function toldShape(value: PlainValue): string {
  return isComposed(value) ? shapeTold(value) : shapeOfValue(value);
}

/**
 * Tells a body in one line: member names in alphabetical order, types, lists of an error with their lengths; '' for an empty one.
 *
 * @param data what a success carries, as far as it is known
 */
export function shapes(data: Shape | null): (x: Answered) => string {
  const dataTold = onceFor((value: Composed) => dataShape(value, data, shapeOfValue));
  return (x) => shapeIn(x, (value) => (isComposed(value) ? dataTold(value) : dataShape(value, data, shapeOfValue)));
}

function shapeIn(x: Answered, toldData: (value: PlainValue) => string): string {
  if (x.decoded.kind === 'empty') return '';
  const value = valueOf(x);
  if (value !== undefined) return `${wrapping(x)}${x.status < 300 ? toldData(value) : toldShape(value)}`;
  return x.decoded.kind === 'read' ? `not readable as ${x.decoded.format}` : 'of another kind';
}

/** What stands around a value: the function of jsonp, the root element of XML with its namespace. */
function wrapping({ mediaType, text, decoded }: Answered): string {
  if (mediaType.endsWith('/javascript')) return `${readJsonp(text).callback} of `;
  if (decoded.kind !== 'read' || decoded.format !== 'xml') return '';
  const root = rootTag(text);
  return `<${root?.name ?? ''}> of ${root === undefined || root.namespace === '' ? 'no namespace' : root.namespace} with `;
}

function shapeOfValue(value: PlainValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text';
  if (typeof value !== 'object') return typeof value;
  if (isList(value)) return listShape(value.map(shapeOfValue));
  const members = Object.keys(value)
    .sort()
    .map((name) => `${name}: ${shapeOfValue(value[name] ?? null)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function listShape(items: readonly string[]): string {
  const kinds = [...new Set(items)];
  const [first] = kinds;
  if (first === undefined) return '[]';
  return kinds.length === 1 ? `[${items.length} of ${first}]` : `[${items.join(', ')}]`;
}

/** Error codes and the members they speak of, in the order in which they stand: `ResponseStatus.ErrorCode=NotEmpty`. */
export function codesSaid(value: PlainValue): string {
  return isComposed(value) ? codesTold(value) : '';
}

function codesIn(value: PlainValue, at = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isList(value)) return value.flatMap((item, i) => codesIn(item, `${at}[${i}]`));
  return Object.entries(value)
    .flatMap(([name, inner]) => {
      const place = at === '' ? name : `${at}.${name}`;
      return codes.has(name.toLowerCase()) && typeof inner !== 'object'
        ? [`${place}=${String(inner)}`]
        : codesIn(inner, place);
    })
    .sort(byList);
}

/** Members of an object have no order; the items of a list keep theirs, for their places tell it. */
function byList(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
