import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { Spelling } from '../model/profile.ts';
import type { JsonSchema, Schemas } from '../model/schema.ts';
import { fitsInteger, integerFormats } from '../values/kinds.ts';
import { datePattern, guidPattern } from '../values/spelling.ts';
import { createAjv } from './ajv.ts';

/** Gives a compiler that knows the schemas, and compiles each when it is first asked for. */
export type Compilers = (schemas: Schemas, spelling: Spelling) => Ajv2020;

/** So many schemas in one compiler; a host with more begins another, and the earlier one is let go with who uses it. */
const MOST = 256;

interface Compiler {
  readonly ajv: Ajv2020;
  /** What stands under each `$id`. */
  readonly known: Map<string, string>;
}

/**
 * Compilers that several contracts have in common: a schema that is equal in the next one, as most of what answers are made of
 * is in all operations of a host, is compiled once. Where the same name stands for something else, another one begins.
 */
export function createCompilers(): Compilers {
  const latest = new Map<string, Compiler>();
  return (schemas, spelling) => {
    const way = `${spelling.guids} ${spelling.dates}`;
    const own = Object.values(schemas).map((schema) => ({
      schema,
      id: schema.$id ?? '',
      text: JSON.stringify(schema),
    }));
    const before = latest.get(way);
    const goes =
      before !== undefined &&
      before.known.size + own.length <= MOST &&
      own.every(({ id, text }) => (before.known.get(id) ?? text) === text);
    const compiler = goes ? before : { ajv: compilerFor(spelling), known: new Map<string, string>() };
    latest.set(way, compiler);
    const added: JsonSchema[] = [];
    for (const { schema, id, text } of own) {
      if (compiler.known.has(id)) continue;
      compiler.known.set(id, text);
      added.push({ ...schema });
    }
    compiler.ajv.addSchema(added);
    return compiler.ajv;
  };
}

function compilerFor(spelling: Spelling): Ajv2020 {
  // The schema of schemas is not compiled for each contract of a host: the deriver's own tests hold its schemas to it.
  // Nor is its code optimized: it looks at a few dozen bodies.
  const ajv = createAjv({
    // A member may be called constructor.
    ownProperties: true,
    strict: true,
    allErrors: true,
    verbose: true,
    meta: false,
    validateSchema: false,
    code: { optimize: false },
  });
  // The format of the same name in ajv-formats also takes `urn:uuid:`.
  ajv.addFormat('uuid', guidPattern(spelling));
  ajv.addFormat('date-time', datePattern(spelling));
  for (const format of integerFormats)
    ajv.addFormat(format, { type: 'number', validate: (n) => fitsInteger(format, n) });
  return ajv;
}
