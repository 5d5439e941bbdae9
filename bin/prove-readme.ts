/**
 * The contributor's `npm run prove`: `conform prove`, and with `--write` the README's lines and
 * docs/proof.md are written, which takes four proofs; with `--check`, which takes one, it exits 1 when they are not what the
 * mutants prove.
 */
import { setTimeout } from 'node:timers/promises';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRedactor } from '../src/exchange/redact.ts';
import { catalogue } from '../specs/catalogue.ts';
import { foundIn } from '../src/proof/found.ts';
import type { Judged } from '../src/proof/judge.ts';
import { hasPlaceForProof, isWritten, proofPage, withProof, type ProofWith } from '../src/proof/page.ts';
import { main } from './main.ts';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const page = fileURLToPath(new URL('../docs/proof.md', import.meta.url));
const requirements = catalogue.flatMap((area) => area.requirements);

/** Runs `conform prove` and passes on what it prints. */
async function prove(argv: readonly string[]): Promise<{ readonly code: number; readonly line: string }> {
  let printed = '';
  const code = await main({
    argv: ['prove', ...argv],
    env: process.env,
    cwd: process.cwd(),
    redactor: createRedactor(),
    out: (text) => {
      printed += text;
      process.stdout.write(text);
    },
    err: (text) => void process.stderr.write(text),
    terminal: null,
    errorTerminal: null,
    now: () => new Date(),
    elapsed: () => performance.now(),
    sleep: (ms: number) => setTimeout(ms),
    signal: new AbortController().signal,
  });
  return { code, line: printed.trimEnd().split('\n').at(-1) ?? '' };
}

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
  const folder = mkdtempSync(join(tmpdir(), 'proof-'));
  try {
    const provenWith = async (
      subjects: number | null,
    ): Promise<ProofWith & { readonly code: number; readonly line: string }> => {
      const file = join(folder, `${String(subjects)}.json`);
      const argv = subjects === null ? ['--everywhere'] : ['--subjects', `${subjects}`];
      const proven = await prove([...argv, '--json', file]);
      const judged = JSON.parse(readFileSync(file, 'utf8')) as readonly Judged[];
      return { ...proven, subjects, found: foundIn(requirements, judged) };
    };
    const proven = await provenWith(null);
    if (proven.code !== 0) return proven.code;
    if (how === '--write') {
      const all = [await provenWith(0), await provenWith(12), await provenWith(40), proven];
      writeFileSync(readme, withProof(text, proven.line, all));
      writeFileSync(page, proofPage(proven.line, all));
      return 0;
    }
    const written = { readme: text, page: existsSync(page) ? readFileSync(page, 'utf8') : '' };
    if (isWritten(written, proven.line, proven.found)) return 0;
    console.error(
      'README.md or docs/proof.md does not say what the mutants prove: run npm run prove -- --write and commit what changed',
    );
    return 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [how, ...more] = process.argv.slice(2);
process.exitCode =
  how === '--write' || how === '--check' ? await proveReadme(how, more) : (await prove(process.argv.slice(2))).code;
