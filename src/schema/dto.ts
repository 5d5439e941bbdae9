import type { Dto, DtoMember, DtoType, IntegerFormat, JsonSchema, Schemas, TextFormat } from '../model/schema.ts';

/**
 * Reads the schema of a DTO back into the DTO that it was derived from.
 *
 * @param schemas as `deriveSchemas` writes them
 * @param name the name of the DTO
 * @throws Error when there is no schema of that name, or it says something the deriver never writes
 */
export function dtoOf(schemas: Schemas, name: string): Dto {
  const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  if (schema === undefined) {
    throw new Error(`There is no schema of ${name}: the schemas are of ${Object.keys(schemas).join(', ')}.`);
  }
  const required = new Set(schema.required);
  const members = Object.entries(schema.properties ?? {}).map(([member, its]): DtoMember => ({
    name: member,
    description: its.description ?? '',
    type: typeOf(its, `${name}.${member}`),
    required: required.has(member),
    nullable: isNullable(its),
  }));
  return { name, description: schema.description ?? '', members };
}

function typeOf(schema: JsonSchema, at: string): DtoType {
  const [inner] = schema.anyOf ?? [];
  if (inner !== undefined) return typeOf(inner, at);
  if (schema.$ref !== undefined)
    return { kind: 'reference', dto: decodeURIComponent(schema.$ref).replace(/\.schema\.json$/, '') };
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((each) => each !== 'null');
  if (schema.enum !== undefined) return { kind: 'enum', names: schema.enum };
  if (type === 'string') {
    if (schema.contentEncoding === 'base64') return { kind: type, format: schema.contentEncoding };
    return isTextFormat(schema.format) ? { kind: type, format: schema.format } : { kind: type };
  }
  if (type === 'integer')
    return isIntegerFormat(schema.format) ? { kind: type, format: schema.format } : { kind: type };
  if (type === 'number' || type === 'boolean') return { kind: type };
  if (type === 'array' && schema.items !== undefined) return { kind: 'list', of: typeOf(schema.items, `${at}[]`) };
  if (type === 'object' && typeof schema.additionalProperties === 'object') {
    return { kind: 'map', of: typeOf(schema.additionalProperties, `${at}{}`) };
  }
  if (Object.keys(schema).every((key) => key === 'description')) return { kind: 'any' };
  throw new Error(
    `The schema of ${at} is ${JSON.stringify(schema)}, which no DTO type is written as: derive the schemas again.`,
  );
}

function isTextFormat(format: string | undefined): format is TextFormat {
  return format !== undefined && ['uuid', 'date-time', 'date', 'duration'].includes(format);
}

function isIntegerFormat(format: string | undefined): format is IntegerFormat {
  return format !== undefined && /^u?int(8|16|32|64)$/.test(format);
}

function isNullable(schema: JsonSchema): boolean {
  return (
    schema.anyOf?.some((each) => each.type === 'null') ?? (Array.isArray(schema.type) && schema.type.includes('null'))
  );
}
