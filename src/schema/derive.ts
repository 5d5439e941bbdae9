import type { Dto, DtoMember, DtoModel, DtoType, JsonSchema, Schemas } from '../model/schema.ts';
import { urlOf } from '../values/url.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** Absolute, as `$id` must be, and of no host that there is. */
export const schemasUri = 'https://platform-api.example/schemas/';

/** The file that holds the schema of a DTO. */
export function schemaFileName(dto: string): string {
  return `${dto}.schema.json`;
}

/** The same in a URI, which has ASCII alone: what other schemas refer to it by, and the last part of its `$id`. */
function referenceTo(dto: string): string {
  return schemaFileName(dto).replace(/\P{ASCII}+/gu, encodeURIComponent);
}

/**
 * Writes one JSON Schema (draft 2020-12) per DTO, each with keys in a fixed order, so that the same model gives the same bytes.
 *
 * Unknown members are allowed everywhere: the framework ignores them in requests, and a service may add one to a
 * response without breaking a consumer. A known member in the wrong casing is caught by the validator instead.
 *
 * @param model every DTO that is to have a schema
 * @param baseUri absolute, with a slash at its end; `$id` is the file's name behind it
 * @throws Error when `baseUri` cannot carry a file name, a name appears twice, or a member refers to a DTO outside the model
 */
export function deriveSchemas(model: DtoModel, baseUri: string): Schemas {
  if (urlOf(baseUri) === null || !baseUri.endsWith('/')) {
    throw new Error(`The base URI of the schemas is "${baseUri}": give an absolute URI that ends with a slash.`);
  }
  const known = new Set<string>();
  for (const { name } of model) {
    if (known.has(name)) throw new Error(`The DTO model describes ${name} twice: keep one of the two.`);
    known.add(name);
  }
  return Object.fromEntries(model.map((dto) => [dto.name, schemaOf(dto, known, baseUri)]));
}

/**
 * The schema of a type that is no DTO: a list, a map or a value by itself.
 *
 * @param baseUri that of the DTOs that it refers to
 */
export function schemaOfType(type: DtoType, baseUri: string): JsonSchema {
  return { $schema: dialect, $id: `${baseUri}${encodeURIComponent(JSON.stringify(type))}`, ...typeSchema(type) };
}

function schemaOf(dto: Dto, known: ReadonlySet<string>, baseUri: string): JsonSchema {
  const required = dto.members.filter((member) => member.required).map((member) => member.name);
  return {
    $schema: dialect,
    $id: baseUri + referenceTo(dto.name),
    title: dto.name,
    ...describe(dto.description),
    type: 'object',
    properties: properties(dto, known),
    ...(required.length > 0 && { required }),
  };
}

function properties(dto: Dto, known: ReadonlySet<string>): Readonly<Record<string, JsonSchema>> {
  const schemas = new Map<string, JsonSchema>();
  for (const member of dto.members) {
    if (schemas.has(member.name)) {
      throw new Error(`${dto.name} has the member ${member.name} twice: keep one of the two.`);
    }
    schemas.set(member.name, memberSchema(dto, member, known));
  }
  return Object.fromEntries(schemas);
}

function memberSchema(dto: Dto, member: DtoMember, known: ReadonlySet<string>): JsonSchema {
  const missing = referenced(member.type).find((name) => !known.has(name));
  if (missing !== undefined) {
    throw new Error(`${dto.name}.${member.name} refers to ${missing}, which the DTO model does not describe: add it.`);
  }
  const schema = typeSchema(member.type);
  return { ...describe(member.description), ...(member.nullable ? orNull(schema) : schema) };
}

function typeSchema(type: DtoType): JsonSchema {
  switch (type.kind) {
    case 'string':
      if (type.format === 'base64') return { type: type.kind, contentEncoding: type.format };
      return { type: type.kind, ...(type.format !== undefined && { format: type.format }) };
    case 'integer':
      return { type: type.kind, ...(type.format !== undefined && { format: type.format }) };
    case 'any':
      return {};
    case 'enum':
      return { type: 'string', enum: type.names };
    case 'number':
    case 'boolean':
      return { type: type.kind };
    case 'reference':
      return { $ref: referenceTo(type.dto) };
    case 'list':
      return { type: 'array', items: typeSchema(type.of) };
    case 'map':
      // A .NET dictionary does not keep null out of its values, and hosts send one for a rejected null.
      return { type: 'object', additionalProperties: orNull(typeSchema(type.of)) };
  }
}

function orNull(schema: JsonSchema): JsonSchema {
  if (Object.keys(schema).length === 0) return schema;
  return typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}

function referenced(type: DtoType): readonly string[] {
  switch (type.kind) {
    case 'reference':
      return [type.dto];
    case 'list':
    case 'map':
      return referenced(type.of);
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
    case 'enum':
    case 'any':
      return [];
  }
}

function describe(description: string): { description?: string } {
  return description === '' ? {} : { description };
}
