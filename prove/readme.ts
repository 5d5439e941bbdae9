/**
 * The contributor's `npm run prove`: `conform prove`, and with `--write` the README's lines and
 * docs/proof.md are written, which takes four proofs; with `--check`, which takes one, it exits 1 when they are not what the
 * mutants prove.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shippedSuite } from '../bin/suites.ts';
import { mutantsOf, worker } from '../bin/zoo.ts';
import { foundIn, foundText, type Found } from '../src/proof/found.ts';
import { operationsIn, withOperations } from '../src/proof/operations.ts';
import { hasPlaceForProof, isWritten, proofPage, withProof, type ProofWith } from '../src/proof/page.ts';
import { holds, proofLine } from '../src/proof/proof.ts';
import { proofText } from '../src/proof/text.ts';
import { proveBy, type Proven } from '../src/proof/zoo.ts';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const page = fileURLToPath(new URL('../docs/proof.md', import.meta.url));

async function proveReadme(how: '--write' | '--check'): Promise<number> {
  const text = readFileSync(readme, 'utf8');
  if (!hasPlaceForProof(text)) {
    console.error('README.md has no <!-- proof --> and <!-- /proof --> for the line to stand between');
    return 2;
  }
  const zoo = mutantsOf(shippedSuite(), '*');
  const provenWith = async (subjects: number | null): Promise<Proven & { readonly found: Found }> => {
    const { signal } = new AbortController();
    const proven = await proveBy(zoo, { worker, contract: null, subjects, everywhere: true, signal });
    return { ...proven, found: foundIn(zoo.requirements, proven.judged) };
  };
  const { judged, proof, found } = await provenWith(null);
  process.stdout.write(proofText(zoo.requirements, judged, proof));
  if (!holds(proof)) return 1;
  const line = proofLine(proof);
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (how === '--write') {
    const all: ProofWith[] = [];
    for (const subjects of [0, 12, 40]) {
      const few = await provenWith(subjects);
      process.stdout.write(foundText(few.found, subjects));
      all.push({ subjects, found: few.found });
    }
    all.push({ subjects: null, found });
    writeFileSync(readme, withProof(text, line, all));
    // What stands there of other operations is written by another command.
    writeFileSync(page, withOperations(proofPage(line, all), operationsIn(before)));
    return 0;
  }
  if (isWritten({ readme: text, page: before }, line, found)) return 0;
  console.error(
    'README.md or docs/proof.md does not say what the mutants prove: run npm run prove -- --write and commit what changed',
  );
  return 1;
}

const [how, ...more] = process.argv.slice(2);
if (how !== '--write' && how !== '--check') {
  process.argv.splice(2, 0, 'prove');
  await import('../bin/conform.ts');
} else if (more.length > 0) {
  console.error(`${how} goes alone: the README's line is about every mutant`);
  process.exitCode = 2;
} else process.exitCode = await proveReadme(how);
