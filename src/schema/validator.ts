import type { Ajv2020, ErrorObject } from 'ajv/dist/2020.js';
import type { Spelling } from '../model/profile.ts';
import type { Difference } from '../model/requirement.ts';
import type { Dto, DtoType, Schemas } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { isList, isObject } from '../values/json.ts';
import { usualSpelling } from '../values/spelling.ts';
import { createCompilers, type Compilers } from './compilers.ts';
import { schemaOfType, schemasUri } from './derive.ts';
import { dtoOf } from './dto.ts';
import { asActual, asExpected, asPlace } from './words.ts';

/** One difference between a value and a schema, such as at `ResponseStatus.Errors[0].FieldName`. */
export type Violation = Difference;

export interface Validator {
  /**
   * Every difference between a value and the schema of a DTO, in plain words.
   *
   * @param dto the name of the DTO
   * @param value with members in wire casing
   * @param spelling of its Guids and dates; without it, with dashes and in ISO 8601
   * @throws Error when there is no schema of that name
   */
  violations(dto: string, value: PlainValue, spelling?: Spelling): readonly Violation[];
  /** The same of a type that is no DTO by itself, and may hold some. */
  violationsOf(type: DtoType, value: PlainValue, spelling?: Spelling): readonly Violation[];
}

/** A step into a value: the name of a member or the index in a list. */
type Step = string | number;

/**
 * A validator over derived schemas. A schema is compiled when it is first asked for, and once.
 *
 * Besides what JSON Schema says, a member that differs from a known one by its casing alone is a violation: the schemas
 * allow unknown members, so it would pass for one of those and its real name for absent.
 *
 * @param schemas as `deriveSchemas` writes them
 * @param compilers shared with validators of other contracts, whose equal schemas are compiled once for all
 * @throws Error when a schema is none that the deriver writes
 */
export function createValidator(schemas: Schemas, compilers: Compilers = createCompilers()): Validator {
  const compiled = new Map<string, Ajv2020>();
  const spelledAs = (spelling: Spelling): Ajv2020 => {
    const key = `${spelling.guids} ${spelling.dates}`;
    const ajv = compiled.get(key) ?? compilers(schemas, spelling);
    compiled.set(key, ajv);
    return ajv;
  };
  // What refers to a DTO stands beside its schema.
  const beside = Object.values(schemas)[0]?.$id ?? schemasUri;
  const base = beside.slice(0, beside.lastIndexOf('/') + 1);
  const dtos = new Map(Object.keys(schemas).map((name) => [name, dtoOf(schemas, name)]));

  return {
    violations: (name, value, spelling = usualSpelling) => {
      const dto = dtos.get(name) ?? dtoOf(schemas, name);
      const validate = spelledAs(spelling).getSchema(schemas[name]?.$id ?? name);
      if (validate === undefined) throw new Error(`The schema of ${name} has no $id: derive the schemas again.`);
      const errors = validate(value) === true ? [] : (validate.errors ?? []);
      return [
        ...errors.flatMap((error) => violationOf(error, errors, value, spelling)),
        ...miscased(value, dto, dtos, []),
      ];
    },
    violationsOf: (type, value, spelling = usualSpelling) => {
      const schema = schemaOfType(type, base);
      const ajv = spelledAs(spelling);
      const validate = ajv.getSchema(schema.$id ?? '') ?? ajv.compile({ ...schema });
      const errors = validate(value) === true ? [] : (validate.errors ?? []);
      return [
        ...errors.flatMap((error) => violationOf(error, errors, value, spelling)),
        ...within(value, type, dtos, []),
      ];
    },
  };
}

function violationOf(
  error: ErrorObject,
  all: readonly ErrorObject[],
  value: PlainValue,
  spelling: Spelling,
): readonly Violation[] {
  // A nullable DTO is "anyOf: the DTO, null": what is said of its first branch says it all.
  if (error.keyword === 'anyOf' || error.schemaPath.endsWith('/anyOf/1/type')) return [];
  const steps = stepsOf(error.instancePath, value);
  if (error.keyword === 'required') {
    const { missingProperty } = error.params as { missingProperty: string };
    return [{ at: asPlace([...steps, missingProperty]), expected: 'present', actual: 'absent' }];
  }
  // A number that an enum has no name for is kept, and written as it is, in JSON as a text (recorded; source forms, 6).
  if (error.keyword === 'enum' && /^-?\d+$/.test(String(error.data))) return [];
  if (error.keyword === 'type' && isEnum(error) && typeof error.data === 'number') return [];
  const orNull = all.some((other) => other.keyword === 'anyOf' && other.instancePath === error.instancePath);
  return [
    { at: asPlace(steps), expected: asExpected(error, orNull, spelling), actual: asActual(error.data as PlainValue) },
  ];
}

function isEnum({ parentSchema }: ErrorObject): boolean {
  return parentSchema !== undefined && 'enum' in parentSchema;
}

/** Members that would be known if it were not for their casing. */
function miscased(
  value: PlainValue,
  dto: Dto,
  dtos: ReadonlyMap<string, Dto>,
  steps: readonly Step[],
): readonly Violation[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = [...steps, name];
    const exact = dto.members.find((member) => member.name === name);
    if (exact !== undefined) return within(inner, exact.type, dtos, at);
    const near = dto.members.find((member) => member.name.toLowerCase() === name.toLowerCase());
    return near === undefined
      ? []
      : [{ at: asPlace(at), expected: `the name ${near.name}`, actual: `the name ${name}` }];
  });
}

function within(
  value: PlainValue,
  type: DtoType,
  dtos: ReadonlyMap<string, Dto>,
  steps: readonly Step[],
): readonly Violation[] {
  switch (type.kind) {
    case 'reference': {
      const dto = dtos.get(type.dto);
      return dto === undefined ? [] : miscased(value, dto, dtos, steps);
    }
    case 'list':
      return isList(value) ? value.flatMap((each, i) => within(each, type.of, dtos, [...steps, i])) : [];
    case 'map':
      return isObject(value)
        ? Object.entries(value).flatMap(([key, each]) => within(each, type.of, dtos, [...steps, key]))
        : [];
    case 'string':
    case 'number':
    case 'integer':
    case 'boolean':
    case 'enum':
    case 'any':
      return [];
  }
}

/** Reads a JSON Pointer (RFC 6901) into steps; only the value knows whether `0` is an index or a name. */
function stepsOf(pointer: string, value: PlainValue): readonly Step[] {
  const steps: Step[] = [];
  let here: PlainValue | undefined = value;
  for (const token of pointer.split('/').slice(1)) {
    const name: string = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (here !== undefined && isList(here)) {
      steps.push(Number(name));
      here = here[Number(name)];
    } else {
      steps.push(name);
      here = here !== undefined && isObject(here) ? here[name] : undefined;
    }
  }
  return steps;
}
