// One packed tarball, installed once for all that is tried of it.

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, copyFileSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { catalogue } from '../specs/catalogue.ts';
import { zoo } from '../specs/zoo.ts';
import type { Report } from '../src/model/report.ts';
import { install, link, type Ended, type Installed, type Started } from './package.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What `conform serve` prints. */
interface Ready {
  readonly url: string;
  readonly token: string;
  readonly resetUrl: string;
  readonly stateUrl: string;
}

/** What Mocha's JSON reporter prints. */
interface Outcome {
  readonly code: number | null;
  readonly stats: {
    readonly tests: number;
    readonly passes: number;
    readonly pending: number;
    readonly failures: number;
  };
  readonly failures: readonly { readonly title: string; readonly err: { readonly message: string } }[];
}

/** One sentence for a person, and nothing that only a developer of the suite could read. */
function expectSentence({ code, err, out }: Ended, wanted: number, ...parts: readonly string[]): void {
  expect(err).to.match(/^[^\n]+\n$/);
  expect(err).to.not.match(/\bat .*:\d+|node:internal|failed in itself/);
  for (const part of parts) expect(err).to.include(part);
  expect(out).to.equal('');
  expect(code).to.equal(wanted);
}

describe('the package', function () {
  this.timeout(300_000);
  let installed: Installed;
  before(() => {
    installed = install();
  });
  after(() => {
    rmSync(installed.project, { recursive: true });
  });

  const serving = async (
    ...argv: readonly string[]
  ): Promise<{ readonly started: Started; readonly ready: Ready; readonly line: string }> => {
    const started = installed.start(['serve', ...argv]);
    const lines = createInterface({ input: started.child.stdout as NodeJS.ReadableStream });
    const [line] = (await once(lines, 'line')) as [string];
    return { started, ready: JSON.parse(line) as Ready, line };
  };

  describe('contents', () => {
    it('are the command, the schemas, the documents and nothing else', () => {
      const strange = installed.files.filter(
        (file) =>
          !/^(dist\/.*\.(js|d\.ts|json)|docs\/.*|schemas\/(files\/)?[\w.-]+\.schema\.json|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/.test(
            file,
          ),
      );
      expect(strange).to.deep.equal([]);
      expect(
        installed.files.filter((file) => /\.(test|fixture|proof|browser|hostile)\.|recorded|ground/.test(file)),
      ).to.deep.equal([]);
      const schemas = ['schemas', 'schemas/files'].flatMap((folder) =>
        readdirSync(join(root, folder))
          .filter((name) => name.endsWith('.schema.json'))
          .map((name) => `${folder}/${name}`),
      );
      expect(installed.files).to.include.members([...schemas, 'README.md', 'CHANGELOG.md', 'LICENSE', 'docs/pact.md']);
    });

    it('start by themselves', () => {
      expect(readFileSync(join(installed.folder, 'dist/bin/conform.js'), 'utf8')).to.match(/^#!\/usr\/bin\/env node\n/);
    });

    it('have a client that compiles and loads where nothing else of this repository is', () => {
      const consumer = [
        `import { ConnectionsClient, ServiceError, type UpdateRequest } from '${installed.packageJson.name}/client';`,
        "const client = new ConnectionsClient('https://host.example', { credentials: { kind: 'bearer', token: 't' } });",
        "export const cancel = (request: UpdateRequest): Promise<object> => client.cancel(request, 'PUT');",
        "if (!(new ServiceError('refused', 401, null) instanceof Error)) throw new Error('no error');",
      ];
      compiles('nodenext', { consumer });
      compiles('bundler', { consumer });
      const loaded = spawnSync(process.execPath, ['consumer.js'], { cwd: installed.project, encoding: 'utf8' });
      expect(loaded.stderr).to.equal('');
      expect(loaded.status).to.equal(0);
    });
  });

  /** Compiles modules of the project; their JavaScript stands beside them. */
  const compiles = (
    resolution: 'nodenext' | 'bundler',
    modules: Readonly<Record<string, readonly string[]>>,
    ...more: readonly string[]
  ): void => {
    writeFileSync(join(installed.project, 'package.json'), '{"type":"module"}');
    for (const [name, lines] of Object.entries(modules))
      writeFileSync(join(installed.project, `${name}.ts`), lines.join('\n'));
    const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
    const module = resolution === 'bundler' ? 'esnext' : resolution;
    const compiled = spawnSync(
      process.execPath,
      [
        ...[tsc, '--ignoreConfig', '--strict', '--target', 'es2022', '--lib', 'es2022'],
        ...['--module', module, '--moduleResolution', resolution],
        ...more,
        ...Object.keys(modules).map((name) => `${name}.ts`),
      ],
      { cwd: installed.project, encoding: 'utf8' },
    );
    expect(compiled.stdout).to.equal('');
    expect(compiled.status).to.equal(0);
  };

  describe('from a program', () => {
    const node = (argv: readonly string[], env: NodeJS.ProcessEnv = {}): Ended => {
      const options = { cwd: installed.project, env: { PATH: process.env['PATH'], ...env }, encoding: 'utf8' } as const;
      const { stdout, stderr, status } = spawnSync(process.execPath, argv, options);
      return { out: stdout, err: stderr, code: status };
    };

    it('conform() and conformance() are typed', () => {
      compiles(
        'nodenext',
        {
          run: [
            `import { catalogue, conform, htmlReport, UsageError, type Redacted, type Report } from '${installed.packageJson.name}';`,
            "const report: Redacted<Report> = await conform({ only: ['verbs'], limits: { concurrency: 4 } });",
            "const refused: unknown = await conform({ target: 'https://h.example', allowChanges: true }).catch((e: unknown) => e);",
            '// @ts-expect-error There is no such key.',
            'export const wrong = (): Promise<Report> => conform({ limts: {} });',
            '// @ts-expect-error A bearer has a token.',
            "export const open = (): Promise<Report> => conform({ target: 'https://h.example', authentication: { auth: 'bearer' } });",
            'const [first] = catalogue.flatMap(({ requirements }) => requirements.map(({ id }) => id));',
            'console.log(JSON.stringify([report.exitCode, refused instanceof UsageError, first, htmlReport(report).length > 1000]));',
          ],
          suite: [
            `import { conformance } from '${installed.packageJson.name}/mocha';`,
            'const { URL: target = "", STATES: states = "", TOKEN: token = "" } = process.env;',
            'conformance(async () => ({',
            "  target, states, allowChanges: true, only: ['verbs', 'routes'], authentication: { auth: 'bearer', token },",
            '}));',
          ],
        },
        ...['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')],
      );
    });

    it('conform() runs and prints nothing; the catalogue is data', () => {
      expect(node(['run.js'])).to.deep.equal({ out: '[0,true,"EXAMPLE-001",true]\n', err: '', code: 0 });
    });

    it("conformance() gives a team's own Mocha suite a test for each requirement", async () => {
      link(join(root, 'node_modules/mocha'), join(installed.project, 'node_modules/mocha'));
      const mutant = zoo.find(({ name }) => name === 'verb-put-breaks') ?? expect.fail();
      const { started, ready } = await serving('--mutant', mutant.name);
      writeFileSync(
        join(installed.project, 'given.js'),
        `import { conformance } from '${installed.packageJson.name}/mocha';
conformance({ target: 'embedded', only: ['ROUTE-001', 'verbs'] });`,
      );
      writeFileSync(
        join(installed.project, 'unset.js'),
        `import { conformance } from '${installed.packageJson.name}/mocha';
conformance(() => ({ target: process.env.NOT_SET }));`,
      );
      const env = { URL: ready.url, STATES: ready.stateUrl, TOKEN: ready.token };
      const mocha = (...argv: readonly string[]): Outcome => {
        const { out, code } = node(['node_modules/mocha/bin/mocha.js', '--reporter', 'json', ...argv], env);
        return { code, ...(JSON.parse(out) as Omit<Outcome, 'code'>) };
      };

      const all = mocha('suite.js');
      expect(all.failures.map(({ title }) => title.split(' ')[0])).to.include.members(mutant.kills);
      const told = all.failures.find(({ title }) => title.startsWith('VERB-'))?.err.message;
      expect(told).to.match(/^fail: VERB-\d+ MUST .*\n[^]*again +curl /);
      expect(all.code).to.equal(all.failures.length);
      expect(all.stats.tests).to.equal(catalogue.flatMap(({ requirements }) => requirements).length);
      // Those of other areas are pending, those of the two areas are not.
      expect(all.stats.pending).to.be.above(all.stats.passes);

      expect(mocha('suite.js', '--grep', 'ROUTE-001 ').stats).to.include({ tests: 1, passes: 1, pending: 0 });
      started.child.kill('SIGTERM');
      await started.ended;

      const given = mocha('given.js');
      const verbs = catalogue.find(({ area }) => area === 'verbs')?.requirements ?? [];
      expect(given.stats).to.include({ tests: verbs.length + 1, failures: 0 });
      // Three are for another profile, one speaks of CORS, one of services that lack a verb, one of routes that name theirs.
      expect(given.stats.pending).to.equal(6);
      const unset = mocha('unset.js');
      expect(unset.failures.map(({ err }) => err.message)).to.deep.equal([
        'settings.target is undefined: name a URL, or leave it out for the embedded provider',
      ]);
    });
  });

  describe('exit code', () => {
    it('0: the embedded provider conforms, and the report is what its schema says', async () => {
      const { code, out } = await installed.run(['--report', 'json=report.json', '--report', 'terminal']);
      expect(code).to.equal(0);
      expect(out.trimEnd().split('\n').at(-1)).to.match(/Every MUST was exercised\.$/);
      const schema = JSON.parse(
        readFileSync(join(installed.folder, 'schemas/files/report.schema.json'), 'utf8'),
      ) as object;
      const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
      addFormats.default(ajv);
      const valid = ajv.validate(schema, JSON.parse(readFileSync(join(installed.project, 'report.json'), 'utf8')));
      expect(ajv.errorsText()).to.equal('No errors');
      expect(valid).to.equal(true);
    });

    it('0: --version and --help', async () => {
      expect(await installed.run(['--version'])).to.deep.equal({
        code: 0,
        out: `${installed.packageJson.version}\n`,
        err: '',
      });
      const help = await installed.run(['--help']);
      expect(help.code).to.equal(0);
      expect(help.out).to.include('verify');
    });

    it('1: a target that breaks a promise', async () => {
      const mutant = zoo.find(
        ({ kills, under, authentication }) => kills.length > 0 && under === undefined && authentication === undefined,
      );
      const { started, ready } = await serving('--mutant', mutant?.name ?? '');
      const line = [
        '--target',
        ready.url,
        '--states',
        ready.stateUrl,
        '--allow-changes',
        '--fail-on',
        'should',
        '--only',
        mutant?.kills[0] ?? '',
      ];
      const { code, out } = await installed.run(line, { CONFORM_TOKEN: ready.token });
      started.child.kill('SIGTERM');
      expect(out).to.include(mutant?.kills[0]);
      expect(code).to.equal(1);
      expect((await started.ended).code).to.equal(0);
    });

    for (const [what, argv, ...parts] of [
      ['an unknown option', ['--colour'], '--colour'],
      ['an unknown command', ['rnu'], 'rnu'],
      ['an unknown requirement', ['--only', 'ROUTE-999'], 'ROUTE-999'],
      ['an unknown area', ['--only', 'rotues'], 'rotues'],
      ['an unknown requirement to explain', ['explain', 'ROUTE-999'], 'ROUTE-999'],
      [
        'a file that is not there',
        ['--target', 'http://127.0.0.1:9', '--connections', 'none.json'],
        'none.json',
        'no such file',
      ],
      [
        'a secret that is not there',
        ['--target', 'http://127.0.0.1:9', '--token-file', 'none.txt'],
        'none.txt',
        'no such file',
      ],
      ['a secret that is missing', ['--target', 'http://127.0.0.1:9', '--auth', 'bearer'], 'CONFORM_TOKEN'],
      ['an unknown mutant to serve', ['serve', '--mutant', 'nobody'], 'nobody'],
      [
        'a report in a folder that is a file',
        ['--report', 'json=package.json/report.json', '--only', 'routes'],
        'package.json/report.json',
      ],
    ] as const) {
      it(`2: ${what}`, async () => {
        expectSentence(await installed.run(argv), 2, ...parts);
      });
    }

    it('2: contracts are to be verified and Pact is not installed', async () => {
      const pacts = join(installed.project, 'pacts');
      mkdirSync(pacts);
      for (const name of readdirSync(join(root, 'pacts'))) copyFileSync(join(root, 'pacts', name), join(pacts, name));
      expectSentence(await installed.run(['verify']), 2, 'npm install', '@pact-foundation/pact');
    });

    it("0: a consumer's own pact holds, of one state or of none", async () => {
      const pact = createRequire(import.meta.url).resolve('@pact-foundation/pact/package.json');
      link(join(pact, '..'), join(installed.project, 'node_modules/@pact-foundation/pact'));
      const committed = JSON.parse(
        readFileSync(join(root, 'pacts/connections-client-platform-api.json'), 'utf8'),
      ) as object & { readonly interactions: readonly { readonly description: string }[] };
      const own = (name: string, interaction: object): void => {
        const pactOf = { ...committed, consumer: { name }, interactions: [interaction] };
        writeFileSync(join(installed.project, `${name}.json`), JSON.stringify(pactOf));
      };
      own('web', committed.interactions.find((i) => i.description.includes('unknown')) ?? expect.fail());
      const path = '/api/connections/a1b2c3d4-0000-4000-8000-000000000001/cancel';
      own('mobile', {
        type: 'Synchronous/HTTP',
        description: 'a cancel by nobody',
        request: { method: 'POST', path, headers: { Accept: ['application/json'] } },
        response: { status: 401 },
      });
      for (const name of ['web', 'mobile']) {
        const { code, out, err } = await installed.run(['verify', '--pacts', `${name}.json`]);
        expect(err).to.equal('');
        expect(out).to.include(`pact of ${name}: from ${name}.json`).and.include('Conforms: 1 promise kept');
        expect(code).to.equal(0);
      }
    });

    it('3: nothing listens', async () => {
      const { code, out, err } = await installed.run(['--target', 'http://127.0.0.1:9']);
      expect(err).to.equal('');
      expect(out.trimEnd().split('\n').at(-1)).to.match(/^Inconclusive: .*127\.0\.0\.1:9/);
      expect(code).to.equal(3);
    });

    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`130: ${signal} stops the run, and the report says so`, async () => {
        const { server, url, hangs } = await hanging(4);
        const started = installed.start(['--target', url, '--report', 'json=interrupted.json', '--report', 'terminal']);
        await hangs;
        started.child.kill(signal);
        const { code, out, err } = await started.ended;
        server.close();
        expect(err).to.equal('');
        expect(out).to.include('Interrupted');
        expect(code).to.equal(130);
        const report = JSON.parse(readFileSync(join(installed.project, 'interrupted.json'), 'utf8')) as Report;
        expect(report).to.include({ interrupted: true, verdict: 'inconclusive' });
      });
    }
  });

  describe('conform serve', () => {
    it('prints one line, restores and sets up as it says, and ends with 0', async () => {
      const { started, ready, line } = await serving('--port', '0');
      const [given] = (JSON.parse(line) as { readonly connections: readonly Readonly<Record<string, string>>[] })
        .connections;
      const act = (): Promise<Response> =>
        fetch(`${ready.url}/api/connections/${given?.['ConnectionId'] ?? ''}/cancel`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${ready.token}`,
            accept: 'application/json',
            'content-type': 'application/json',
          },
          body: JSON.stringify(given),
        });
      const first = [await act(), await act()].map(({ status }) => status);
      expect(first).to.deep.equal([200, 409]);
      expect((await fetch(ready.resetUrl, { method: 'POST' })).ok).to.equal(true);
      expect((await act()).status).to.equal(200);
      const state = (body: object): Promise<Response> =>
        fetch(ready.stateUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const made = await state({ state: 'a cancelled connection', params: {}, action: 'setup' });
      expect(Object.keys((await made.json()) as object)).to.have.members(Object.keys(given ?? {}));
      expect((await state({ state: 'a frozen connection', params: {}, action: 'setup' })).status).to.equal(400);
      started.child.kill('SIGTERM');
      expect(await started.ended).to.deep.include({ code: 0, err: '' });
      expect(line).to.not.equal('');
    });

    it('says that a port is taken', async () => {
      const { server, url } = await hanging(0);
      expectSentence(await installed.run(['serve', '--port', new URL(url).port]), 2, new URL(url).port, 'taken');
      server.close();
    });
  });

  describe('all of these runs', () => {
    it('leave nothing behind but what they were asked for', () => {
      expect(existsSync(join(installed.project, 'none'))).to.equal(false);
      expect(readdirSync(installed.project).filter((name) => name.startsWith('.'))).to.deep.equal([]);
    });
  });
});

/** A server that answers so many requests with 404 and then no more. */
async function hanging(
  answers: number,
): Promise<{ readonly server: Server; readonly url: string; readonly hangs: Promise<unknown> }> {
  let left = answers;
  const server = createServer((_, response) => {
    left -= 1;
    if (left >= 0)
      response
        .writeHead(404, { 'content-type': 'application/json' })
        .end('{"ResponseStatus":{"ErrorCode":"NotFound","Message":"none"}}');
    else server.emit('hangs');
  });
  const hangs = once(server, 'hangs');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, hangs };
}
