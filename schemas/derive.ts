/**
 * `npm run derive` writes what follows from `contracts/NAME/contract.json`: the DTOs beside each, and the schemas of the
 * shipped one in this folder; with `--check` it only compares.
 * Exit codes: 0 written or up to date, 1 not up to date, 2 called wrongly.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contract } from '../src/model/contract.ts';
import { readContract } from '../src/schema/contract.ts';
import { modelOf } from '../src/schema/types.ts';
import { deriveSchemas, schemaFileName, schemasUri } from '../src/schema/derive.ts';
import { dtosText } from '../src/schema/dtos.ts';

process.exitCode = main(process.argv.slice(2), fileURLToPath(new URL('..', import.meta.url)));

function main(args: readonly string[], root: string): 0 | 1 | 2 {
  const [option, ...more] = args;
  if (more.length > 0 || (option !== undefined && option !== '--check')) {
    console.error(`derive: "${args.join(' ')}" is not understood: give --check, or nothing to write what follows.`);
    return 2;
  }
  const derived = new Map(foldersIn(root).flatMap((folder) => [...derivedFrom(root, folder)]));
  if (option === '--check') return check(derived, root);
  for (const [name, text] of derived) writeFileSync(join(root, name), text);
  console.log(`derive: wrote ${[...derived.keys()].join(', ')}`);
  return 0;
}

function foldersIn(root: string): readonly string[] {
  return readdirSync(join(root, 'contracts')).filter((name) =>
    existsSync(join(root, 'contracts', name, 'contract.json')),
  );
}

/** Files by name, from the root. */
function derivedFrom(root: string, folder: string): ReadonlyMap<string, string> {
  const contract = contractIn(join(root, 'contracts', folder));
  const model = modelOf(contract);
  const schemas = Object.entries(deriveSchemas(model, schemasUri)).map(
    ([dto, schema]) => [`schemas/${schemaFileName(dto)}`, `${JSON.stringify(schema, null, 2)}\n`] as const,
  );
  return new Map([[`contracts/${folder}/dtos.ts`, dtosText(model)], ...schemas]);
}

function contractIn(folder: string): Contract {
  const json = (name: string): unknown =>
    existsSync(join(folder, name)) ? JSON.parse(readFileSync(join(folder, name), 'utf8')) : null;
  const read = readContract(json('contract.json'), json('said.json'));
  if (!read.ok) throw new Error(`${folder}: ${read.problem}`);
  return read.contract;
}

function check(derived: ReadonlyMap<string, string>, root: string): 0 | 1 {
  const present = readdirSync(join(root, 'schemas')).filter((name) => name.endsWith('.schema.json'));
  const mend = 'run "npm run derive" and commit the result';
  const drift = [
    ...present
      .filter((name) => !derived.has(`schemas/${name}`))
      .map((name) => `schemas/${name} follows from no contract; delete it`),
    ...[...derived].flatMap(([name, text]) => {
      if (!existsSync(join(root, name))) return [`${name} is missing; ${mend}`];
      return readFileSync(join(root, name), 'utf8') === text
        ? []
        : [`${name} differs from what its contract derives to; ${mend}`];
    }),
  ];
  for (const line of drift) console.error(`derive --check: ${line}.`);
  return drift.length === 0 ? 0 : 1;
}
