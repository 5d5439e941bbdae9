/**
 * The contributor's `npm run prove`: `conform prove`, and with `--write` the README's lines and
 * docs/proof.md are written, which takes four proofs; with `--check`, which takes one, it exits 1 when they are not what the
 * mutants prove.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catalogue } from '../specs/catalogue.ts';
import { foundIn } from '../src/proof/found.ts';
import { operationsIn, withOperations } from '../src/proof/operations.ts';
import { hasPlaceForProof, isWritten, proofPage, withProof, type ProofWith } from '../src/proof/page.ts';
import { proveHere, type ProvenHere } from './prove-here.ts';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const page = fileURLToPath(new URL('../docs/proof.md', import.meta.url));
const requirements = catalogue.flatMap((area) => area.requirements);

const prove = (argv: readonly string[]): Promise<ProvenHere> =>
  proveHere(argv, (text) => void process.stdout.write(text));

async function proveReadme(how: '--write' | '--check', more: readonly string[]): Promise<number> {
  const text = readFileSync(readme, 'utf8');
  if (more.length > 0 || !hasPlaceForProof(text)) {
    console.error(
      more.length > 0
        ? `${how} goes alone: the README's line is about every mutant`
        : 'README.md has no <!-- proof --> and <!-- /proof --> for the line to stand between',
    );
    return 2;
  }
  const provenWith = async (subjects: number | null): Promise<ProofWith & ProvenHere> => {
    const proven = await prove(subjects === null ? ['--everywhere'] : ['--subjects', `${subjects}`]);
    return { ...proven, subjects, found: foundIn(requirements, proven.judged) };
  };
  const proven = await provenWith(null);
  if (proven.code !== 0) return proven.code;
  const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (how === '--write') {
    const all = [await provenWith(0), await provenWith(12), await provenWith(40), proven];
    writeFileSync(readme, withProof(text, proven.line, all));
    // What stands there of other operations is written by another command.
    writeFileSync(page, withOperations(proofPage(proven.line, all), operationsIn(before)));
    return 0;
  }
  if (isWritten({ readme: text, page: before }, proven.line, proven.found)) return 0;
  console.error(
    'README.md or docs/proof.md does not say what the mutants prove: run npm run prove -- --write and commit what changed',
  );
  return 1;
}

const [how, ...more] = process.argv.slice(2);
process.exitCode =
  how === '--write' || how === '--check' ? await proveReadme(how, more) : (await prove(process.argv.slice(2))).code;
