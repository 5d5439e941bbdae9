/**
 * The contributor's `npm run prove:operations`: what proves the catalogue of the shipped operation proves it of others that have
 * little in common with it. With `--write` docs/proof.md says what came of it; with `--check` it exits 1 where the page says
 * something else. A name of a shape proves that one alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openSuite } from '../bin/suites.ts';
import { mutantsOf, worker } from '../bin/zoo.ts';
import { operationsIn, operationsPart, withOperations, type OperationProof } from '../src/proof/operations.ts';
import { holds, proofLine } from '../src/proof/proof.ts';
import { proofText } from '../src/proof/text.ts';
import { proveBy } from '../src/proof/zoo.ts';
import { quantity } from '../src/values/words.ts';

/** By their folders in `specs/shapes`, with all faults and all that is harmless. */
const shapes: Readonly<Record<string, string>> = {
  'get-tool': 'an anonymous GET by an int',
  'find-tools': 'a list, with members in the query',
  'add-tool': 'a POST alone, validated',
  'count-tools': 'no route of its own',
  'retire-tool': 'a role',
  'write-log': 'one-way',
};
/** With faults of typed values alone. */
const typed: Readonly<Record<string, string>> = {
  'save-tool': 'several routes and verbs, validated',
  'delete-tool': 'nothing is answered, credentials',
  'echo-nullables': 'every type, nullable',
  'echo-collections': 'lists, maps and objects',
  'labelled-parts': 'a map and an object in the query',
  'query-parts': 'a query',
  'query-orders': 'a query of all verbs, credentials',
};

const page = fileURLToPath(new URL('../docs/proof.md', import.meta.url));

/** Proves one operation, and prints what came of it: all of it where something does not hold. */
async function proven(name: string): Promise<OperationProof> {
  const contract = fileURLToPath(new URL(`../specs/shapes/${name}`, import.meta.url));
  const suite = openSuite({ contract }, { env: {}, cwd: contract });
  const zoo = mutantsOf(suite, name in typed ? 'type-*' : '*');
  const { signal } = new AbortController();
  const { judged, proof } = await proveBy(zoo, { worker, contract, subjects: null, everywhere: false, signal });
  process.stdout.write(
    holds(proof) ? `${name}: ${proofLine(proof)}\n` : `${name}\n${proofText(zoo.requirements, judged, proof)}`,
  );
  return { name, says: shapes[name] ?? typed[name] ?? '', proof };
}

async function proveOperations(how: string | undefined): Promise<number> {
  const all = [...Object.keys(shapes), ...Object.keys(typed)];
  const wanted = how === undefined || how.startsWith('--') ? all : all.filter((name) => name === how);
  if (wanted.length === 0 || (how?.startsWith('--') === true && how !== '--write' && how !== '--check')) {
    console.error(`takes --write, --check or one of ${all.join(', ')}`);
    return 2;
  }
  const done: OperationProof[] = [];
  for (const name of wanted) done.push(await proven(name));
  const written = readFileSync(page, 'utf8');
  const part = operationsPart(done);
  if (how === '--write') writeFileSync(page, withOperations(written, part));
  const amiss = done.filter(({ proof }) => !holds(proof));
  if (amiss.length > 0)
    console.error(`${quantity(amiss.length, 'operation')} not proven: ${amiss.map(({ name }) => name).join(', ')}`);
  const isOther = how === '--check' && operationsIn(written) !== part;
  if (isOther)
    console.error(
      'docs/proof.md does not say what is proven of other operations: run npm run prove:operations -- --write',
    );
  return amiss.length > 0 || isOther ? 1 : 0;
}

process.exitCode = await proveOperations(process.argv[2]);
