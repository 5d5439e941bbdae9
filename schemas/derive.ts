/**
 * `npm run derive` writes the schemas of the DTOs in `dtos.ts`; with `--check` it only compares.
 * Exit codes: 0 written or up to date, 1 not up to date, 2 called wrongly.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Schemas } from '../src/model/schema.ts';
import { deriveSchemas, schemaFileName } from '../src/schema/derive.ts';
import { readDtoModel } from './model.ts';

const baseUri = 'https://platform-api.example/schemas/';

process.exitCode = main(process.argv.slice(2), fileURLToPath(new URL('.', import.meta.url)));

function main(args: readonly string[], folder: string): 0 | 1 | 2 {
  const [option, ...more] = args;
  if (more.length > 0 || (option !== undefined && option !== '--check')) {
    console.error(`derive: "${args.join(' ')}" is not understood: give --check, or nothing to write the schemas.`);
    return 2;
  }
  const derived = filesOf(
    deriveSchemas(readDtoModel('schemas/dtos.ts', readFileSync(join(folder, 'dtos.ts'), 'utf8')), baseUri),
  );
  if (option === '--check') return check(derived, folder);
  for (const [name, text] of derived) writeFileSync(join(folder, name), text);
  console.log(`derive: wrote ${[...derived.keys()].join(', ')}`);
  return 0;
}

function check(derived: ReadonlyMap<string, string>, folder: string): 0 | 1 {
  const present = readdirSync(folder).filter((name) => name.endsWith('.schema.json'));
  const mend = 'run "npm run derive" and commit the result';
  const drift = [
    ...[...derived].filter(([name]) => !present.includes(name)).map(([name]) => `${name} is missing; ${mend}`),
    ...present.filter((name) => !derived.has(name)).map((name) => `${name} belongs to no DTO in dtos.ts; delete it`),
    ...[...derived]
      .filter(([name, text]) => present.includes(name) && readFileSync(join(folder, name), 'utf8') !== text)
      .map(([name]) => `${name} differs from what dtos.ts derives to; ${mend}`),
  ];
  for (const line of drift) console.error(`derive --check: schemas/${line}.`);
  return drift.length === 0 ? 0 : 1;
}

function filesOf(schemas: Schemas): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([dto, schema]) => [schemaFileName(dto), `${JSON.stringify(schema, null, 2)}\n`]),
  );
}
