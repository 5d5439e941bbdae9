import { isObject, type JsonObject } from '../values/json.ts';
import { spellingsOf, unreadable, type MemberFacts, type OperationFacts, type ReadDocument } from './facts.ts';

/**
 * Reads `/schema/Name`, which supplements other documents: it tells neither routes nor the answer.
 *
 * @param value the parsed document
 * @param where its file or address
 */
export function readJsonSchema(value: JsonObject, where: string): ReadDocument {
  const operation = value['request'];
  if (typeof operation !== 'string' || operation === '')
    return unreadable(where, 'is a JSON Schema of no operation: it has no "request"');
  const source = { kind: 'schema', where } as const;
  return {
    source,
    operations: [operation],
    spelling: spellingsOf([operation]),
    framework: new Set(),
    facts: () => ({ ...schemaFacts(value, operation, where), source }),
  };
}

function schemaFacts(value: JsonObject, operation: string, where: string): Omit<OperationFacts, 'source'> {
  const properties = isObject(value['properties']) ? value['properties'] : {};
  const required = new Set(Array.isArray(value['required']) ? (value['required'] as readonly unknown[]) : []);
  const said = value['description'];
  const auth = value['auth'];
  return {
    at: where,
    operation,
    complete: true,
    ...(typeof said === 'string' &&
      said !== wordsOf(operation) && { description: { value: said, at: `${where} description` } }),
    ...(isObject(auth) &&
      auth['requiresAuth'] === true && { authentication: { value: 'required', at: `${where} auth` } as const }),
    types: [
      {
        name: operation,
        at: where,
        members: Object.entries(properties).map(([name, schema]) =>
          memberFacts(name, isObject(schema) ? schema : {}, required.has(name), `${where} properties.${name}`),
        ),
      },
    ],
    samples: [],
    hosts: [],
    open: [],
  };
}

function memberFacts(name: string, schema: JsonObject, required: boolean, at: string): MemberFacts {
  const ui = isObject(schema['ui']) ? schema['ui'] : {};
  const help = ui['help'];
  const [least, greatest] = [schema['minimum'], schema['maximum']];
  const exact = exactType(schema);
  return {
    shown: name,
    at,
    property: name,
    ...(exact !== null && { type: { value: { kind: 'exact', type: exact }, at } }),
    ...(required && { required: { value: 'documented', at } as const }),
    ...(typeof help === 'string' && { description: { value: help, at } }),
    ...(exact === null && typeof least === 'number' && typeof greatest === 'number' && {}),
  };
}

/** The few types of .NET that a JSON Schema keeps. */
function exactType(schema: JsonObject): string | null {
  if (schema['type'] === 'boolean') return 'Boolean';
  return schema['type'] === 'string' && schema['format'] === 'uuid' ? 'Guid' : null;
}

/** What the framework writes where an author says nothing: `Save Tool`. */
function wordsOf(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1 $2');
}
