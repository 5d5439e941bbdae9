import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createRedactor } from '../src/exchange/redact.ts';
import type { Judged } from '../src/proof/judge.ts';
import { main } from './main.ts';

/** What one proof came to. */
export interface ProvenHere {
  readonly code: number;
  /** The last line that was printed. */
  readonly line: string;
  /** Mutant by mutant; empty where the command ended before it judged any. */
  readonly judged: readonly Judged[];
}

/**
 * Runs `conform prove` in this process.
 *
 * @param argv what stands behind `prove`, without `--json`
 * @param out what is done with what it prints
 */
export async function proveHere(argv: readonly string[], out: (text: string) => void): Promise<ProvenHere> {
  const folder = mkdtempSync(join(tmpdir(), 'proof-'));
  const file = join(folder, 'judged.json');
  let printed = '';
  try {
    const code = await main({
      argv: ['prove', ...argv, ...(argv.includes('--list') || argv.includes('--json') ? [] : ['--json', file])],
      env: process.env,
      cwd: process.cwd(),
      redactor: createRedactor(),
      out: (text) => {
        printed += text;
        out(text);
      },
      err: (text) => void process.stderr.write(text),
      terminal: null,
      errorTerminal: null,
      now: () => new Date(),
      elapsed: () => performance.now(),
      sleep: (ms: number) => setTimeout(ms),
      signal: new AbortController().signal,
    });
    return { code, line: printed.trimEnd().split('\n').at(-1) ?? '', judged: judgedIn(file) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function judgedIn(file: string): readonly Judged[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as readonly Judged[];
  } catch {
    return [];
  }
}
