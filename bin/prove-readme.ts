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
import { foundLine, proofPage, type ProofWith } from '../src/proof/page.ts';
import { main } from './main.ts';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const page = fileURLToPath(new URL('../docs/proof.md', import.meta.url));
const requirements = catalogue.flatMap((area) => area.requirements);
const block = /(<!-- proof -->\n).*?(\n<!-- \/proof -->)/s;

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
  if (more.length > 0 || !block.test(text)) {
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
    if (how === '--write')
      return writeBoth(text, proven.line, [await provenWith(0), await provenWith(12), await provenWith(40), proven]);
    return check(text, proven.line, proven.found.faults);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeBoth(text: string, line: string, all: readonly ProofWith[]): number {
  writeFileSync(readme, text.replace(block, `$1${line}\n\n${foundLine(all)}: [by area](docs/proof.md)$2`));
  writeFileSync(page, proofPage(line, all));
  return 0;
}

/** What costs one proof: the first line is what was proven now, and the page is of as many faults. */
function check(text: string, line: string, faults: number): number {
  const [, , written = ''] = /(<!-- proof -->\n)([^\n]*)/.exec(text) ?? [];
  const isOfAll = existsSync(page) && readFileSync(page, 'utf8').includes(`of ${faults} |`);
  if (written === line && isOfAll) return 0;
  console.error(
    'README.md or docs/proof.md does not say what the mutants prove: run npm run prove -- --write and commit what changed',
  );
  return 1;
}

const [how, ...more] = process.argv.slice(2);
process.exitCode =
  how === '--write' || how === '--check' ? await proveReadme(how, more) : (await prove(process.argv.slice(2))).code;
