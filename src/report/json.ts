import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import reportSchema from '../../schemas/files/report.schema.json' with { type: 'json' };
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
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
  return `${JSON.stringify(inSchemaOrder(report, reportSchema), null, 2)}\n`;
}

/** The same on one line, for where it is one of many. */
export function jsonLine(report: Redacted<Report>): string {
  return JSON.stringify(inSchemaOrder(report, reportSchema));
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
  const ajv = new Ajv2020({ allowUnionTypes: true });
  addFormats.default(ajv);
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

function inSchemaOrder(value: unknown, schema: unknown): unknown {
  if (Array.isArray(value)) {
    const items = isObject(schema) ? resolved(schema)['items'] : undefined;
    return value.map((item) => inSchemaOrder(item, items));
  }
  if (!isObject(value)) return value;
  const properties = propertiesOf(schema);
  const known = Object.keys(properties).filter((name) => Object.hasOwn(value, name));
  // A member that the schema does not know is kept, so that a test sees it refused instead of lost.
  const unknown = Object.keys(value)
    .filter((name) => !Object.hasOwn(properties, name))
    .sort();
  return Object.fromEntries([...known, ...unknown].map((name) => [name, inSchemaOrder(value[name], properties[name])]));
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
