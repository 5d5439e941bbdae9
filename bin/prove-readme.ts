/**
 * The contributor's `npm run prove`: `conform prove`, and with `--write` the README's line is written and `docs/proof.md`
 * with what is found by those who have few subjects; with `--check` it exits 1 when the line is not what the mutants prove.
 */
import { setTimeout } from 'node:timers/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { main } from './main.ts';

const readme = fileURLToPath(new URL('../README.md', import.meta.url));
const findings = fileURLToPath(new URL('../docs/proof.md', import.meta.url));
/** None, a handful, and as many as the provider begins with. */
const few = [0, 12, 40];
const block = /(<!-- proof -->\n).*?(\n<!-- \/proof -->)/s;

/** Runs `conform prove` and passes on what it prints. */
async function prove(
  argv: readonly string[],
): Promise<{ readonly code: number; readonly line: string; readonly printed: string }> {
  let printed = '';
  const code = await main({
    argv: ['prove', ...argv],
    env: process.env,
    cwd: process.cwd(),
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
  return { code, line: printed.trimEnd().split('\n').at(-1) ?? '', printed };
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
  if (how === '--write') {
    const found = await findingsWith(few, line);
    writeFileSync(readme, wanted);
    writeFileSync(findings, found);
  } else if (text !== wanted)
    console.error(
      'README.md does not say what the mutants prove: run npm run prove -- --write and commit what changed',
    );
  return how === '--write' || text === wanted ? 0 : 1;
}

/** What is found with so many subjects each, as a page. */
async function findingsWith(counts: readonly number[], all: string): Promise<string> {
  const sections: string[] = [];
  for (const count of counts) {
    const { line, printed } = await prove(['--subjects', String(count)]);
    const details = printed.slice(0, printed.lastIndexOf(line)).trim();
    sections.push(`## ${line.slice(0, 1).toUpperCase()}${line.slice(1)}\n\n\`\`\`\n${details}\n\`\`\`\n`);
  }
  return [
    '# What is found',
    '',
    'Written by `npm run prove -- --write`: the reference provider with every fault of the zoo, one at a time.',
    '',
    '## With a state endpoint, or the embedded provider: any number of subjects',
    '',
    all,
    '',
    'A fault counts as found here where every requirement that names it fails. With fewer subjects, where any does: what',
    'a run cannot exercise it cannot find, and it says so itself.',
    '',
    ...sections,
  ].join('\n');
}

const [how, ...more] = process.argv.slice(2);
process.exitCode =
  how === '--write' || how === '--check' ? await proveReadme(how, more) : (await prove(process.argv.slice(2))).code;
