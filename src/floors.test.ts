import { readFileSync, readdirSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import { schemas } from '../schemas/index.ts';
import { membersOf } from './schema/members.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const testing = /\.(test|browser)\.ts$|\bfixtures?\.ts$/;
const files = ['bin', 'contracts', 'schemas', 'specs', 'src']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.ts') && !testing.test(name));

/** Whom the files of a floor may import; the first row that fits a file counts, and a file without one may import anything. */
const floors: readonly (readonly [floor: string, files: RegExp, mayImport: RegExp])[] = [
  ['0 the contract', /^contracts\/connection-status-update/, /^src\/model\/|^contracts\/connection-status-update/],
  ['0 the schemas', /^schemas\/(dtos|index)\.ts/, /^src\/model\/|^schemas\/.*\.schema\.json$/],
  ['1 the model', /^src\/model\//, /^src\/model\//],
  ['2 exchange', /^src\/exchange\//, /^src\/(model|exchange)\//],
  ['2 formats', /^src\/formats\//, /^src\/(model|formats)\//],
  ['2 schema', /^src\/schema\//, /^src\/(model|schema)\//],
  ['2 expect', /^src\/expect\//, /^src\/(model|expect)\//],
  ['3 the provider', /^src\/provider\//, /^src\/(model|provider)\//],
  ['3 the machine', /^src\//, /^src\/(?!provider\/)|^schemas\/.*\.schema\.json$/],
  ['4 mutants', /^specs\/.*\.mutants\.ts$/, /^src\/(model|provider)\//],
  [
    '4 requirements',
    /^specs\/(points|observations|[\w-]+\/.*)\.ts$/,
    /^src\/(model|expect)\/|^specs\/(points|[\w-]+\/(?!.*mutants).*)\.ts$/,
  ],
];

describe('floors', () => {
  for (const [floor, which, mayImport] of floors) {
    it(`${floor}: imports go down only`, () => {
      const standing = files.filter((file) => floorOf(file)?.[1] === which);
      const edges = standing.flatMap((file) => imports(file).map((imported) => [file, imported] as const));
      expect(edges.filter(([, imported]) => !mayImport.test(imported))).to.deep.equal([]);
    });
  }

  for (const [file, imported] of [
    ['contracts/connection-status-update.ts', 'schemas/index.ts'],
    ['src/model/contract.ts', 'src/schema/derive.ts'],
    ['src/formats/xml.ts', 'src/exchange/engine.ts'],
    ['src/provider/binding.ts', 'src/formats/xml.ts'],
    ['src/run/run.ts', 'src/provider/provider.ts'],
    ['src/report/json.ts', 'specs/catalogue.ts'],
    ['specs/routes/routes.requirements.ts', 'src/run/run.ts'],
    ['specs/routes/routes.mutants.ts', 'src/catalogue/expect/status.ts'],
  ] as const) {
    it(`${file} may not import ${imported}`, () => {
      expect(floorOf(file)?.[2].test(imported)).to.be.false;
    });
  }

  it('only the command reads the command line and the environment, prints, and sets the exit code', () => {
    const outside = files.filter(
      (file) =>
        !file.startsWith('bin/') && !['schemas/derive.ts', 'contracts/pacts.ts', 'specs/golden.ts'].includes(file),
    );
    const reaching = /\bprocess\.|\bconsole\.|'(node:)?process'/;
    expect(outside.filter((file) => reaching.test(codeOf(file)))).to.deep.equal([]);
  });

  it('nothing in the machine and the specs is written for this one operation', () => {
    const [, ...otherFormats] = contract.formats;
    const words = [
      contract.operation,
      `${contract.prefix}/`,
      contract.xmlNamespace,
      ...contract.routes.flatMap(({ name, path }) => [`'${name}'`, path.slice(path.lastIndexOf('/'))]),
      ...membersOf(contract, schemas).map((member) => member.name),
      ...Object.values(contract.subject?.states ?? {}).flatMap((state) => state ?? []),
      ...contract.routes.flatMap(({ leaves }) => leaves ?? []),
      ...otherFormats.flatMap(({ mediaType, printed }) => [mediaType, printed.mediaType]),
    ];
    // The recordings are of this operation, and a citation says where on its page a promise stands, and quotes it.
    const citation = /\b(at|quote):\s*(['"`]).*?\2/g;
    const general = files.filter((file) => /^(src\/(?!provider\/recorded\/)|specs\/)/.test(file));
    const named = general.flatMap((file) => words.map((word) => [file, word] as const));
    expect(named.filter(([file, word]) => codeOf(file).replace(citation, '').includes(word))).to.deep.equal([]);
  });
});

function floorOf(file: string) {
  return floors.find(([, fits]) => fits.test(file));
}

function imports(file: string): readonly string[] {
  const specifiers = codeOf(file).matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, path = '']) => normalize(join(file, '..', path)));
}

function codeOf(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
}
