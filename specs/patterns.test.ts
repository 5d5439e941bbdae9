import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { Linter } from 'eslint';
import regexp from 'eslint-plugin-regexp';

import { maskerFor } from '../src/run/judge/observe.ts';
import { guidsIn } from '../src/values/guid.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The files whose patterns meet a target's text and are put together of pieces, where lint does not see them. */
const composing = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((file) => join('src', file))
  .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture|hostile|browser)\.ts$|src.provider/.test(file))
  .filter((file) => readFileSync(join(root, file), 'utf8').includes('new RegExp('));

/** Every pattern that is made while something is done. */
async function patternsOf(work: () => Promise<void>): Promise<ReadonlySet<string>> {
  const made = new Set<string>();
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct: (target, given: ConstructorParameters<typeof RegExp>) => {
      const pattern = new target(...given);
      made.add(String(pattern));
      return pattern;
    },
  });
  try {
    await work();
  } finally {
    globalThis.RegExp = original;
  }
  return made;
}

function problemsOf(pattern: string): readonly string[] {
  return new Linter()
    .verify(`use(${pattern});`, {
      plugins: { regexp },
      rules: {
        'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
        'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
      },
    })
    .map(({ message }) => `${pattern}: ${message}`);
}

describe('patterns that are put together of pieces', () => {
  it('are no worse than linear, as those that are written out', async () => {
    const patterns = await patternsOf(async () => {
      // Loaded once more, so that those made on loading are made again.
      for (const file of composing) await import(`${pathToFileURL(join(root, file)).href}?patterns`);
      maskerFor(new URL('http://staging.example.org:8080/base'))('a');
      guidsIn('a');
    });
    expect(composing).to.include('src/exchange/named-secrets.ts');
    expect([...patterns].join(' '))
      .to.contain('passw')
      .and.to.contain('staging');
    expect([...patterns].flatMap(problemsOf)).to.deep.equal([]);
  });

  it('are found out when they are', () => {
    expect(problemsOf(String.raw`/(?:a|b)*a*c/`)).not.to.deep.equal([]);
    expect(problemsOf(String.raw`/\s+$/`)).not.to.deep.equal([]);
  });
});
