import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { groups, settings, type GroupName, type SettingName } from '../src/settings/table.ts';
import { commands } from './commands.ts';
import { conform } from './console.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sending = ['Target', 'Profile', 'Authentication', 'Changes', 'Connection', 'Limits'] as const;

/** What each command takes of what can be said of a run. */
const taken: Readonly<Record<string, readonly (GroupName | SettingName)[]>> = {
  run: [...sending, 'Run', 'Outcome'],
  config: [...sending, 'Run', 'Outcome'],
  gate: [...sending, 'Run', 'Outcome'],
  plan: [...sending, 'Run'],
  accept: [...sending, 'seed', 'repeat'],
  verify: [...sending, 'only', 'seed', 'failOn', 'report', 'quiet', 'verbose'],
  compare: ['config', 'contract', ...sending.slice(1), 'Run', 'report', 'quiet', 'verbose'],
  probe: ['Target', 'Connection', 'Limits'],
  import: ['Connection', 'Limits'],
  judge: ['config', 'contract', 'Profile', 'only', 'failOn', 'report', 'quiet', 'verbose'],
  explain: ['Target', 'Profile'],
  serve: ['Target', 'Profile', 'seed'],
  waive: ['Target', 'waivers'],
  merge: ['config', 'report', 'quiet', 'verbose'],
  pact: ['config', 'contract', 'Profile', 'seed'],
  prove: ['contract'],
};

/** The files that are loaded with one, whatever the command line says. */
function loadedWith(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const imports = readFileSync(join(root, file), 'utf8').matchAll(
    /^(?:import|export) (?!type).*? ?from '(\.[^']+)'/gms,
  );
  for (const [, path = ''] of imports) loadedWith(normalize(join(file, '..', path)), loaded);
  return loaded;
}

describe('the command line', () => {
  it('shows what most people do first, every command, and what the exit codes mean', async () => {
    const { code, out, err } = await conform(['--help']);
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out).to.match(/^What most people do first:\n {2}conform {2,}check the embedded reference provider/);
    for (const { name, says } of commands)
      expect(out.replace(/\s+/g, ' ')).to.contain(`${name} ${says}`.replace(/\s+/g, ' '));
    expect(out).to.contain('`run` is the default command');
    for (const exit of [0, 1, 2, 3, 130]) expect(out).to.match(new RegExp(`^ {2}${exit} +\\w`, 'm'));
    expect(await conform(['help'])).to.deep.equal({ code, out, err });
  });

  it('has nothing in its examples that a command does not take', async () => {
    const { out } = await conform(['--help']);
    const [, examples = ''] = /first:\n(.*?)\n\n/s.exec(out) ?? [];
    const lines = [...examples.matchAll(/\bconform( \w+)?((?: (?:--[\w-]+|\S+))*?)(?: {2,}|\n|$)/g)];
    expect(lines).to.have.length(5);
    for (const [, command = ' run', words = ''] of lines) {
      const { out: help } = await conform([command.trim(), '--help']);
      for (const [option] of words.matchAll(/--[\w-]+/g)) expect(help, command).to.contain(`  ${option} `);
    }
  });

  for (const { name } of commands) {
    it(`${name} has the options that it uses, and no others`, async () => {
      const { code, out, err } = await conform([name, '--help']);
      expect({ code, err }).to.deep.equal({ code: 0, err: '' });
      const wanted = groups.flatMap(({ name: group, settings: rows }) =>
        rows.filter((row) => taken[name]?.includes(group) === true || taken[name]?.includes(row.name) === true),
      );
      const flags = new Set<string>(settings.flatMap(({ flag }) => flag ?? []));
      // An option of its own may have the name of a setting, as the connections of the reference provider.
      const own = name === 'serve' ? ['connections'] : [];
      const listed = [...out.matchAll(/^ {2}--([\w-]+)/gm)].map(([, flag = '']) => flag);
      expect(new Set(listed.filter((flag) => flags.has(flag)))).to.deep.equal(
        new Set([...wanted.flatMap(({ flag }) => flag ?? []), ...own]),
      );
      expect(await conform(['help', name])).to.deep.equal({ code, out, err });
    });

    it(`${name} points to its own help for an option that it has not`, async () => {
      expect(await conform([name, '--tokens-file', 'x'])).to.deep.include({ code: 2, out: '' });
      expect((await conform([name, '--tokens-file', 'x'])).err).to.match(
        new RegExp(`^unknown option '--tokens-file'.*; see conform ${name} --help\n$`),
      );
    });
  }

  it('takes a line without a command for a run', async () => {
    expect((await conform(['--tokens-file', 'x'])).err).to.match(/; see conform run --help\n$/);
  });

  it('says which commands there are when a word is none', async () => {
    const { code, err } = await conform(['rum']);
    expect(code).to.equal(2);
    expect(err).to.match(/^rum: is no command; there are run, verify, .*; see conform --help\n$/);
    expect(await conform(['help', 'rum'])).to.deep.equal(await conform(['rum']));
  });

  it('leaves to other commands what the environment says of them', async () => {
    const env = { CONFORM_ONLY: 'nothing-of-that-name', CONFORM_TIMEOUT: 'soon', CONFORM_AUTH: 'basic' };
    expect(await conform(['explain', 'VERB-002'], { env })).to.deep.include({ code: 0, err: '' });
    expect((await conform(['plan'], { env })).code).to.equal(2);
  });

  it('loads a command when it is asked for, and nothing of the machine to say its version or its help', () => {
    const loaded = [...loadedWith('bin/conform.ts'), ...loadedWith('bin/main.ts')];
    // Whatever is said goes through the redactor.
    const said = [...loadedWith('src/exchange/redact.ts')];
    expect(loaded).to.include('src/settings/problems.ts');
    expect(
      [...loaded, ...said].filter(
        (file) =>
          !/^(bin\/[\w-]+|src\/settings\/\w+|src\/values\/(url|guid)|src\/model\/\w+|src\/exchange\/(redact|(known|named)-secrets|normal-form))\.ts$/.test(
            file,
          ),
      ),
    ).to.deep.equal([]);
    expect([...loadedWith('bin/commands/run.ts')]).to.include('src/run/run-catalogue.ts');
  });
});

describe('a secret of the environment', () => {
  const secret = 'Sup3r+Secret/Tok';
  let cwd: string;
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'messages-'));
    writeFileSync(join(cwd, 'broken.json'), JSON.stringify({ [secret]: 1 }));
    writeFileSync(join(cwd, 'contract.json'), JSON.stringify({ operation: secret }));
  });
  after(() => {
    rmSync(cwd, { recursive: true });
  });

  const variables = ['CONFORM_TOKEN', 'CONFORM_PASSWORD', 'CONFORM_EXPIRED_TOKEN', 'PACT_BROKER_PASSWORD'];
  for (const [i, argv] of [
    [secret],
    [`--nothing=${secret}`],
    ['--target', secret],
    ['--target', `http://me:${secret}@a.test/`],
    ['--target', `http://127.0.0.1:9/?${secret}`],
    ['--profile', secret],
    ['--config', 'broken.json'],
    ['--contract', 'contract.json'],
    ['--only', secret],
    ['--timeout', encodeURIComponent(secret)],
    ['--target', 'http://127.0.0.1:9', '--add-header', secret],
    ['--token-file', secret, '--target', 'http://127.0.0.1:9'],
    ['--target', 'http://127.0.0.1:9', '--connections', secret, '--allow-changes'],
    ['plan', '--as', secret],
    ['explain', secret],
    ['judge', `${secret}.har`],
    ['import', secret, '--operation', 'X', '--out', 'out'],
    ['import', 'broken.json', '--operation', secret, '--out', 'out'],
    ['probe', '--target', `http://127.0.0.1:9/${secret}`],
    ['serve', '--mutant', secret],
    ['prove', '--mutant', secret],
    ['verify', '--broker', `http://127.0.0.1:9/${Buffer.from(secret).toString('base64')}`],
    ['waive', secret, '--reason', 'r', '--until', '2099-01-01', '--owner', 'me'],
  ].entries())
    it(`comes out in no message: ${argv.join(' ').replaceAll(secret, '…')}`, async () => {
      const variable = variables[i % variables.length] ?? '';
      const { code, out, err } = await conform(argv, { cwd, env: { [variable]: secret } });
      expect(code, err).to.be.oneOf([2, 3]);
      for (const spelled of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
        expect(`${out}${err}`).not.to.contain(spelled);
    });

  it('is told from an own word of the suite, which stands', async () => {
    const { err } = await conform(['--target', 'http://127.0.0.1:9', '--auth', 'basic'], {
      env: { CONFORM_PASSWORD: 'password' },
    });
    expect(err).to.equal('--auth basic needs a user: CONFORM_USER in the environment, or --user\n');
    const plain = await conform(['explain', 'VERB-002']);
    expect(await conform(['explain', 'VERB-002'], { env: { CONFORM_PASSWORD: 'operation' } })).to.deep.equal(plain);
    expect(plain.out).to.contain('operation');
  });

  it('comes out of no help, and leaves it as it is', async () => {
    const plain = await conform(['run', '--help']);
    expect(await conform(['run', '--help'], { env: { CONFORM_PASSWORD: 'embedded' } })).to.deep.equal(plain);
  });

  it('is not repeated where a person took it for an option', async () => {
    const { err } = await conform(['--token=typed-and-not-set']);
    expect(err).to.equal("unknown option '--token'; see conform run --help\n");
  });
});

describe('what a message repeats', () => {
  const controls = '\u001b[2J\u0007\u202e\r';
  let cwd: string;
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'controls-'));
    writeFileSync(join(cwd, 'broken.json'), JSON.stringify({ [`a${controls}`]: 1 }));
    writeFileSync(join(cwd, 'connections.json'), JSON.stringify([{ [`a${controls}`]: controls }]));
    writeFileSync(join(cwd, 'baseline.json'), JSON.stringify({ schemaVersion: controls }));
    writeFileSync(join(cwd, 'waivers.json'), JSON.stringify({ waivers: [{ id: controls }] }));
  });
  after(() => {
    rmSync(cwd, { recursive: true });
  });

  for (const argv of [
    ['--config', 'broken.json'],
    ['--profile', `${controls}.json`],
    ['--target', 'http://127.0.0.1:9', '--allow-changes', '--connections', 'connections.json'],
    ['gate', '--baseline', 'baseline.json'],
    ['--waivers', 'waivers.json'],
    ['--only', controls],
    [`--${controls}`],
    [`no${controls}`],
  ]) {
    it(`has no raw control of it: ${JSON.stringify(argv)}`, async () => {
      const { code, out, err } = await conform(argv, { cwd });
      expect(code).to.equal(2);
      expect(`${out}${err}`).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
    });
  }
});
