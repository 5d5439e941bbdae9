import { readFileSync, readdirSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import { schemas } from '../schemas/index.ts';
import { membersOf } from './schema/members.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const testing = /\.(test|proof|browser|hostile)\.ts$|\bfixtures?\.ts$/;
const files = ['api', 'bin', 'contracts', 'prove', 'schemas', 'specs', 'src']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.ts') && !testing.test(name));

/** The files of some rooms under `src`, and of what is named besides. */
const src = (rooms: string, besides = ''): RegExp =>
  new RegExp(`^src/(${rooms})/${besides === '' ? '' : `|${besides}`}`);
const ownFormats = '^schemas/files/';

/** Whom the files of a room may import, floor by floor; the first row that fits a file counts. Imports go down only. */
const rows: readonly (readonly [room: string, files: RegExp, mayImport: RegExp])[] = [
  ['0 contracts, as data', /^contracts\/[\w-]+\//, /^contracts\/[\w-]+\/(contract|said)\.json$/],
  ['0 schemas, derived', /^schemas\/index\.ts/, src('model', '^schemas/\\w+\\.schema\\.json$')],
  ['1 src/model', src('model'), src('model')],
  ['2 src/values', src('values'), src('model|values')],
  ['2 src/schema', src('schema'), src('model|values|schema', ownFormats)],
  ['2 src/provider', src('provider'), src('model|provider')],
  ['3 src/formats', src('formats'), src('model|values|schema|formats')],
  ['3 src/exchange', src('exchange'), src('model|values|schema|exchange')],
  ['3 src/import', src('import'), src('model|values|schema|import')],
  ['3 src/report', src('report'), src('model|values|schema|report', ownFormats)],
  ['4 src/catalogue', src('catalogue'), src('model|values|formats|catalogue')],
  ['4 src/settings', src('settings'), src('model|values|schema|exchange|report|settings')],
  ['5 src/run', src('run'), src('model|values|schema|formats|exchange|import|catalogue|settings|run', ownFormats)],
  ['5 specs, mutants', /^specs\/.*\.mutants\.ts$/, src('model|provider')],
  [
    '5 specs, requirements',
    /^specs\/(observations|[\w-]+\/.*)\.ts$/,
    src('model|values|catalogue', '^specs/[\\w-]+/(?!.*mutants).*\\.ts$'),
  ],
  [
    '5 specs, the suite of a contract',
    /^specs\/suite\.ts$/,
    src('model|schema', '^specs/(catalogue|observations|sources)\\.'),
  ],
  ['5 specs, lists of both', /^specs\//, src('model|provider', '^specs/')],
  ['6 src/host', src('host'), src('model|values|exchange|report|catalogue|settings|run|gate|sources|host')],
  ['6 src/gate', src('gate'), src('model|values|schema|report|settings|run|gate', ownFormats)],
  ['6 src/recordings', src('recordings'), src('model|values|exchange|report|catalogue|settings|run|recordings')],
  ['6 src/pacts', src('pacts'), src('model|values|formats|exchange|settings|run|pacts')],
  ['6 src/sources', src('sources'), src('model|values|import|report|settings|run|sources')],
  ['6 src/embedded', src('embedded'), src('model|values|exchange|provider|settings|run|embedded')],
  ['6 src/proof', src('proof'), src('model|values|catalogue|exchange|settings|run|proof')],
  ['7 schemas, deriving them', /^schemas\//, src('model|schema', '^schemas/')],
  ['7 contracts, seen by a consumer', /^contracts\//, /^(contracts|schemas|src)\//],
  ['7 bin', /^bin\//, /^(bin|contracts|schemas|specs|src)\//],
  ['8 api', /^api\//, /^(api|contracts|schemas|specs|src)\/|^bin\/suites\.ts$/],
  ['8 prove, what a contributor runs', /^prove\//, /^(prove|bin|specs|src)\//],
];

describe('floors', () => {
  it('every file stands on one', () => {
    expect(files.filter((file) => rowOf(file) === undefined && file !== 'src/floors.test.ts')).to.deep.equal([]);
  });

  for (const [room, which, mayImport] of rows) {
    it(`${room}: imports go down only`, () => {
      const standing = files.filter((file) => rowOf(file)?.[1] === which);
      const edges = standing.flatMap((file) => imports(file).map((imported) => [file, imported] as const));
      expect(standing).not.to.be.empty;
      expect(edges.filter(([, imported]) => !mayImport.test(imported))).to.deep.equal([]);
    });
  }

  it('no two folders import each other, by whatever way', () => {
    const edges = files.flatMap((file) =>
      imports(file).map((imported) => [folderOf(file), folderOf(imported)] as const),
    );
    expect(circlesIn(edges)).to.deep.equal([]);
  });

  it('a stage of a run knows none that comes later', () => {
    const stages = ['open', 'plan', 'send', 'judge', 'conclude'];
    const stageOf = (file: string): number => stages.indexOf(/^src\/run\/(\w+)\//.exec(file)?.[1] ?? '');
    const edges = files.flatMap((file) => imports(file).map((imported) => [file, imported] as const));
    const within = edges.filter((edge) => edge.every((file) => stageOf(file) >= 0));
    expect(within.length).to.be.above(20);
    expect(within.filter(([file, imported]) => stageOf(imported) > stageOf(file))).to.deep.equal([]);
  });

  it('a circle of folders is found, however long', () => {
    expect(
      circlesIn([
        ['a', 'b'],
        ['b', 'a'],
        ['b', 'c'],
      ]),
    ).to.deep.equal(['a, b']);
    expect(
      circlesIn([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'd'],
        ['d', 'b'],
      ]),
    ).to.deep.equal(['b, c, d']);
    expect(
      circlesIn([
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'c'],
        ['c', 'c'],
      ]),
    ).to.deep.equal([]);
  });

  for (const [file, imported] of [
    ['contracts/connection-status-update/dtos.ts', 'schemas/index.ts'],
    ['src/model/contract.ts', 'src/schema/derive.ts'],
    ['src/formats/xml.ts', 'src/exchange/engine.ts'],
    ['src/provider/binding.ts', 'src/formats/xml.ts'],
    ['src/provider/guid.ts', 'src/values/guid.ts'],
    ['src/report/json.ts', 'specs/catalogue.ts'],
    ['src/report/ledger.ts', 'src/run/conclude/waive.ts'],
    ['src/catalogue/expect/status.ts', 'src/exchange/engine.ts'],
    ['src/settings/settings.ts', 'bin/console.ts'],
    ['src/run/run.ts', 'src/provider/provider.ts'],
    ['src/run/run.ts', 'src/report/terminal.ts'],
    ['src/run/open/open.ts', 'bin/suites.ts'],
    ['src/gate/compare.ts', 'src/recordings/har.ts'],
    ['specs/routes/routes.requirements.ts', 'src/run/run.ts'],
    ['specs/routes/routes.mutants.ts', 'src/catalogue/expect/status.ts'],
    ['api/index.ts', 'bin/console.ts'],
    ['bin/main.ts', 'api/index.ts'],
    ['bin/main.ts', 'prove/readme.ts'],
    ['src/embedded/embedded.ts', 'src/proof/zoo.ts'],
  ] as const) {
    it(`${file} may not import ${imported}`, () => {
      expect(rowOf(file)?.[2].test(imported)).to.be.false;
    });
  }

  it('only the command reads the command line and the environment, prints, and sets the exit code', () => {
    // What a contributor runs is a program, too. Two are commands of their own; one holds the whole program of another process, one ends another process.
    const apart = [
      'schemas/derive.ts',
      'contracts/pacts.ts',
      'src/pacts/verifier-process.ts',
      'src/settings/command.ts',
    ];
    const outside = files.filter((file) => !/^(bin|prove)\//.test(file) && !apart.includes(file));
    const reaching = /\bprocess\.|\bconsole\.|'(node:)?process'/;
    expect(outside.filter((file) => reaching.test(codeOf(file)))).to.deep.equal([]);
  });

  it('only the redactor makes what is redacted; these vouch for what they put together of it', () => {
    const saying = (words: RegExp): readonly string[] => files.filter((file) => words.test(codeOf(file)));
    expect(saying(/\bas (unknown as )?Redacted\b/)).to.deep.equal(['src/exchange/redact.ts']);
    expect(saying(/\bassembled\b/)).to.have.members([
      'src/exchange/redact.ts',
      // What is made of a redacted report, record or profile, and nothing else.
      'bin/commands/judge.ts',
      'bin/commands/plan.ts',
      'bin/commands/probe.ts',
      'src/host/report-files.ts',
      'src/gate/accept.ts',
      'src/host/baselines.ts',
      'src/report/host/parts.ts',
      'bin/commands/verify.ts',
      'bin/commands/waive.ts',
      'bin/deliver.ts',
      'src/exchange/record.ts',
      'src/run/plan/plan-text.ts',
      'src/run/conclude/report.ts',
      'src/settings/listing.ts',
      // What the provider of this process made up, or says of itself.
      'bin/commands/prove.ts',
      'bin/commands/serve.ts',
    ]);
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
    // Import knows the formats of the framework by heart; the recordings are of this operation, and a citation says where on its page a promise stands, and quotes it.
    const citation = /\b(at|quote):\s*(['"`]).*?\2/g;
    const general = files.filter((file) => /^(src\/(?!provider\/recorded\/|import\/framework)|specs\/)/.test(file));
    const named = general.flatMap((file) => words.map((word) => [file, word] as const));
    expect(named.filter(([file, word]) => codeOf(file).replace(citation, '').includes(word))).to.deep.equal([]);
  });
});

function rowOf(file: string) {
  return rows.find(([, fits]) => fits.test(file));
}

/** A room: each folder under `src` is one, with all that is in it. */
function folderOf(file: string): string {
  return /^(src\/\w+|schemas\/files|\w+)(?=\/)/.exec(file)?.[0] ?? file;
}

/** Groups of folders that can each be reached from each of the others. */
function circlesIn(edges: readonly (readonly [from: string, to: string])[]): readonly string[] {
  const folders = [...new Set(edges.flat())].sort();
  const reachable = new Map(folders.map((folder) => [folder, reachedFrom(folder, edges)]));
  const groups = folders.map((folder) =>
    folders.filter(
      (other) =>
        other === folder || (reachable.get(folder)?.has(other) === true && reachable.get(other)?.has(folder) === true),
    ),
  );
  return [...new Set(groups.filter((group) => group.length > 1).map((group) => group.join(', ')))];
}

function reachedFrom(folder: string, edges: readonly (readonly [from: string, to: string])[]): ReadonlySet<string> {
  const reached = new Set([folder]);
  for (const each of reached) for (const [from, to] of edges) if (from === each) reached.add(to);
  return reached;
}

function imports(file: string): readonly string[] {
  const specifiers = codeOf(file).matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, path = '']) => normalize(join(file, '..', path)));
}

function codeOf(file: string): string {
  return readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '');
}
