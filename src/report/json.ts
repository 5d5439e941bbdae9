import reportSchema from '../../schemas/files/report.schema.json' with { type: 'json' };
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { createAjv } from '../schema/ajv.ts';
import { isObject, type JsonObject, whereNotJson } from '../values/json.ts';
import { usualSpelling } from '../values/spelling.ts';

export type ReadReport =
  { readonly ok: true; readonly report: Redacted<Report> } | { readonly ok: false; readonly problem: string };

/**
 * The report as JSON, keys in the order of `schemas/files/report.schema.json`, so that two reports can be compared by line.
 *
 * @returns text that ends in a line break
 */
export function jsonReport(report: Redacted<Report>): string {
  return `${JSON.stringify(inOrder(report, order), null, 2)}\n`;
}

/** The same on one line, for where it is one of many. */
export function jsonLine(report: Redacted<Report>): string {
  return JSON.stringify(inOrder(report, order));
}

/**
 * Reads what `jsonReport` wrote, in this run or an earlier one; it was redacted then.
 *
 * @returns the report, or one sentence that says what is wrong and where
 */
export function readReport(text: string): ReadReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `The report is not JSON: ${whereNotJson(text, error)}.` };
  }
  const version = isObject(value) ? value['schemaVersion'] : undefined;
  if (typeof version === 'number' && version !== 1) {
    return {
      ok: false,
      problem: `The report has schemaVersion ${String(version)}, this version reads 1: make it again with this version.`,
    };
  }
  const ajv = createAjv({ allowUnionTypes: true });
  const validate = ajv.compile<Redacted<Report>>(reportSchema);
  // An older report says nothing of how Guids and dates are spelled.
  if (validate(value)) return { ok: true, report: { ...value, profile: { ...usualSpelling, ...value.profile } } };
  const [first] = validate.errors ?? [];
  const place = first === undefined || first.instancePath === '' ? 'at its root' : `at ${first.instancePath}`;
  return {
    ok: false,
    problem: `The report does not fit schemas/files/report.schema.json ${place}: it ${first?.message ?? 'is no report'}.`,
  };
}

/** What the schema says of a value: which members it knows, in their order, and what stands in a list. */
interface Order {
  readonly members: ReadonlyMap<string, { readonly place: number; readonly order: Order }>;
  readonly items: Order | null;
}

/** A report is gone through member by member, so its schema is only once. */
const order = orderOf(reportSchema, new Map());

/** @param known what has been gone through: definitions refer to each other */
function orderOf(schema: unknown, known: Map<JsonObject, Order>): Order {
  const its = isObject(schema) ? resolved(schema) : {};
  const before = known.get(its);
  if (before !== undefined) return before;
  const members = new Map<string, { readonly place: number; readonly order: Order }>();
  const made = { members, items: null as Order | null };
  known.set(its, made);
  for (const [place, [name, inner]] of Object.entries(propertiesOf(its)).entries())
    members.set(name, { place, order: orderOf(inner, known) });
  if (its['items'] !== undefined) made.items = orderOf(its['items'], known);
  return made;
}

const unordered: Order = { members: new Map(), items: null };

/** The value itself where all of it is in order already, as most is. */
function inOrder(value: unknown, order: Order): unknown {
  if (Array.isArray(value)) return listInOrder(value, order.items ?? unordered);
  if (!isObject(value)) return value;
  const { members } = order;
  const names = Object.keys(value);
  const inners: unknown[] = [];
  let [same, before] = [true, -1];
  for (const name of names) {
    const member = members.get(name);
    const inner = value[name];
    const ordered = typeof inner === 'object' ? inOrder(inner, member?.order ?? unordered) : inner;
    inners.push(ordered);
    same &&= ordered === inner && member !== undefined && member.place > before;
    before = member?.place ?? before;
  }
  if (same) return value;
  // A member that the schema does not know is kept, so that a test sees it refused instead of lost.
  const placeOf = (name: string): number => members.get(name)?.place ?? Infinity;
  const sorted = names
    .map((name, i) => [name, inners[i]] as const)
    .sort(([a], [b]) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
  return Object.fromEntries(sorted);
}

function listInOrder(list: readonly unknown[], order: Order): readonly unknown[] {
  // Headers are pairs of texts.
  if (!list.some((item) => typeof item === 'object')) return list;
  const ordered = list.map((item) => (typeof item === 'object' ? inOrder(item, order) : item));
  return ordered.every((item, i) => item === list[i]) ? list : ordered;
}

function propertiesOf(schema: unknown): JsonObject {
  if (!isObject(schema)) return {};
  const { properties, anyOf } = resolved(schema);
  if (isObject(properties)) return properties;
  return Array.isArray(anyOf)
    ? propertiesOf(anyOf.find((branch) => isObject(branch) && isObject(branch['properties'])))
    : {};
}

function resolved(schema: JsonObject): JsonObject {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const definitions: JsonObject = reportSchema.$defs;
  const target = definitions[ref.slice('#/$defs/'.length)];
  return isObject(target) ? target : {};
}
