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
  readonly members: ReadonlyMap<string, Order>;
  readonly items: Order | null;
}

/** A report is gone through member by member, so its schema is only once. */
const order = orderOf(reportSchema, new Map());

/** @param known what has been gone through: definitions refer to each other */
function orderOf(schema: unknown, known: Map<JsonObject, Order>): Order {
  const its = isObject(schema) ? resolved(schema) : {};
  const before = known.get(its);
  if (before !== undefined) return before;
  const members = new Map<string, Order>();
  const made = { members, items: null as Order | null };
  known.set(its, made);
  for (const [name, inner] of Object.entries(propertiesOf(its))) members.set(name, orderOf(inner, known));
  if (its['items'] !== undefined) made.items = orderOf(its['items'], known);
  return made;
}

const unordered: Order = { members: new Map(), items: null };

function inOrder(value: unknown, { members, items }: Order): unknown {
  if (Array.isArray(value)) return value.map((item) => inOrder(item, items ?? unordered));
  if (!isObject(value)) return value;
  const ordered: Record<string, unknown> = {};
  for (const [name, inner] of members) if (Object.hasOwn(value, name)) ordered[name] = inOrder(value[name], inner);
  // A member that the schema does not know is kept, so that a test sees it refused instead of lost.
  const unknown = Object.keys(value).filter((name) => !members.has(name));
  if (unknown.length === 0) return ordered;
  const others = unknown.sort().map((name) => [name, inOrder(value[name], unordered)] as const);
  return Object.fromEntries([...Object.entries(ordered), ...others]);
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
