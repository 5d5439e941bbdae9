/**
 * The contributor's `npm run prove`: `conform prove`, and with `--write` the README's line is written, with `--check`
 * it exits 1 when the line is not what the mutants prove.
 */
import { setTimeout } from 'node:timers/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRedactor } from '../src/exchange/redact.ts';
import { main } from './main.ts';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
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
  const { code, line } = await prove(['--everywhere']);
  if (code !== 0) return code;
  const wanted = text.replace(block, `$1${line}$2`);
  if (how === '--write') writeFileSync(readme, wanted);
  else if (text !== wanted)
    console.error(
      'README.md does not say what the mutants prove: run npm run prove -- --write and commit what changed',
    );
  return how === '--write' || text === wanted ? 0 : 1;
}

const [how, ...more] = process.argv.slice(2);
process.exitCode =
  how === '--write' || how === '--check' ? await proveReadme(how, more) : (await prove(process.argv.slice(2))).code;
