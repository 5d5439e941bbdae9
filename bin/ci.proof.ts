import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import packageJson from '../package.json' with { type: 'json' };
import type { Running } from '../src/provider/provider.ts';
import { conform } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const uses = ['staging', 'provider', 'release'];

/** The commands of a pipeline, in its order: `run:` of GitHub, items of `script:` of GitLab. */
function commandsOf(file: string): readonly string[] {
  const lines = readFileSync(join(root, 'docs/ci', file), 'utf8').split('\n');
  return lines.flatMap((line) => /^\s+- (?:run: )?((?:npm|sh) .*)$/.exec(line)?.[1] ?? []);
}

const templates: readonly (readonly [string, readonly string[]])[] = [
  [
    'github.yml',
    commandsOf('github.yml').flatMap((command) =>
      command.includes('${{') ? uses.map((use) => command.replace('${{ matrix.use }}', use)) : [command],
    ),
  ],
  ['gitlab.yml', commandsOf('gitlab.yml')],
];

describe('the pipelines in docs/ci', function () {
  this.timeout(300_000);
  let project: string;
  let host: Running;

  const shell = async (
    command: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number; readonly said: string }> => {
    const child = spawn('sh', ['-c', command], {
      cwd: project,
      // What this runs in may be a pipeline itself.
      env: {
        PATH: process.env['PATH'],
        CONFORM: `${process.execPath} --import ${join(root, 'node_modules/tsx/dist/loader.mjs')} ${join(root, 'bin/conform.ts')}`,
        CONFORM_TARGET: host.url,
        CONFORM_TOKEN: host.token,
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close') as Promise<[number]>;
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await ended)[0], said: out + err };
  };

  before(async () => {
    project = mkdtempSync(join(tmpdir(), 'conform-ci-'));
    mkdirSync(join(project, 'node_modules'));
    symlinkSync(root, join(project, 'node_modules', packageJson.name), 'junction');
    cpSync(join(root, 'pacts'), join(project, 'pacts'), { recursive: true });
    host = await shippedHost();
    const accepted = await conform(
      ['accept', '--target', host.url, '--baseline', 'conform.baseline.json', '--reason', 'as released'],
      { cwd: project, env: { CONFORM_TOKEN: host.token } },
    );
    expect(accepted.err).to.equal('');
    expect(accepted.code).to.equal(0);
  });
  after(async () => {
    await host.close();
    rmSync(project, { recursive: true });
  });

  for (const [file, commands] of templates) {
    it(`${file}: installs, then calls the script for each of its uses`, () => {
      const script = `sh node_modules/${packageJson.name}/docs/ci/conform.sh`;
      expect([...new Set(commands)]).to.have.members(['npm ci', ...uses.map((use) => `${script} ${use}`)]);
    });
  }

  const [, calls = []] = templates[0] ?? [];
  for (const call of calls.filter((command) => command.startsWith('sh '))) {
    it(call, async () => {
      const before = JSON.stringify(host.inspect());
      const { code, said } = await shell(call);
      expect(code, said).to.equal(0);
      const use = call.split(' ').at(-1) ?? '';
      expect(readdirSync(join(project, 'reports'))).to.include.members([`${use}.html`, `${use}.xml`]);
      expect(JSON.stringify(host.inspect())).to.equal(before);
    });
  }

  it('provider: with states, interactions that change something are verified as well', async () => {
    const { code, said } = await shell(`sh node_modules/${packageJson.name}/docs/ci/conform.sh provider`, {
      CONFORM_STATES: host.stateUrl,
    });
    expect(code, said).to.equal(0);
    expect(said).to.include('Every MUST was exercised');
  });

  it("provider: takes a consumer's own pact, which needs one state of many", async () => {
    const folder = join(project, 'pacts');
    const [name = ''] = readdirSync(folder);
    const pact = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { readonly interactions: readonly object[] };
    const own = { ...pact, consumer: { name: 'web' }, interactions: pact.interactions.slice(0, 1) };
    try {
      writeFileSync(join(folder, name), JSON.stringify(own));
      const { code, said } = await shell(`sh node_modules/${packageJson.name}/docs/ci/conform.sh provider`, {
        CONFORM_STATES: host.stateUrl,
      });
      expect(code, said).to.equal(0);
      expect(said).to.include('pact of web');
    } finally {
      writeFileSync(join(folder, name), JSON.stringify(pact));
    }
  });

  it('say what is wrong with how they are called', async () => {
    expect((await shell(`sh node_modules/${packageJson.name}/docs/ci/conform.sh stagign`)).code).to.equal(2);
    const { code, said } = await shell(`sh node_modules/${packageJson.name}/docs/ci/conform.sh staging`, {
      CONFORM_TARGET: '',
    });
    expect(code).to.be.above(0);
    expect(said).to.include('CONFORM_TARGET');
  });
});
