import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conform } from '../bin/console.fixture.ts';
import { classicProfile } from '../src/model/profile.fixture.ts';
import type { Contract } from '../src/model/contract.ts';
import { createProvider } from '../src/provider/provider.ts';
import { suiteOf } from './suite.ts';

/** What a contract can be read from alone; all but metadata leave facts out. */
export const sources = ['metadata', 'csharp', 'typescript', 'python', 'page'] as const;
export type SourceName = (typeof sources)[number];

const files = {
  metadata: ['types/metadata.json', 'metadata.json'],
  csharp: ['types/csharp', 'dtos.cs'],
  typescript: ['types/typescript', 'dtos.ts'],
  python: ['types/python', 'dtos.py'],
} as const;

/**
 * What import makes of one kind of document alone, as a host publishes it that serves these operations.
 *
 * @param served all operations of the host
 * @param source the kind of document
 * @param names of the operations that are imported from pages
 * @returns the contracts by operation; their effect is that of `served`, as a person would say it
 */
export async function importedFrom(
  served: Readonly<Record<string, Contract>>,
  source: SourceName,
  names: readonly string[] = Object.keys(served),
): Promise<Readonly<Record<string, Contract>>> {
  // What serves every path serves those of the documents, too.
  const told = Object.values(served).filter(({ routes }) => !routes.some(({ path }) => /^\/\{\w+\*\}$/.test(path)));
  const [first, ...others] = told.map(suiteOf);
  if (first === undefined) throw new Error('nothing is served');
  const profile = classicProfile(first.contract.xmlNamespace);
  const { contract, schemas } = first;
  const host = await createProvider({
    contract,
    schemas,
    profile,
    seed: 1,
    now: () => new Date(),
    siblings: others,
  }).listen(0);
  const folder = mkdtempSync(join(tmpdir(), 'sources-'));
  try {
    const documents: { readonly argv: readonly string[]; readonly path: string; readonly file: string }[] =
      source === 'page'
        ? names
            .filter((name) => told.some(({ operation }) => operation === name))
            .map((name) => ({
              argv: ['--operation', name, '--out', join(folder, name)],
              path: `json/metadata?op=${name}`,
              file: `${name}.html`,
            }))
        : [{ argv: ['--all', '--out', folder], path: files[source][0], file: files[source][1] }];
    const written = join(folder, '.documents');
    mkdirSync(written);
    for (const { argv, path, file } of documents) {
      const answer = await fetch(new URL(path, `${host.url}/`));
      writeFileSync(join(written, file), await answer.text());
      const { code, err } = await conform(['import', join(written, file), ...argv]);
      if (code !== 0) throw new Error(err);
    }
    const found = readdirSync(folder).filter((name) => !name.includes('.') && names.includes(name));
    return Object.fromEntries(
      found.map((name) => {
        const imported = JSON.parse(readFileSync(join(folder, name, 'contract.json'), 'utf8')) as Contract;
        return [name, { ...imported, effect: served[name]?.effect ?? 'changes' }];
      }),
    );
  } finally {
    await host.close();
    rmSync(folder, { recursive: true });
  }
}
