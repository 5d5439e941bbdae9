import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import { conform, type Ran } from './console.fixture.ts';

const [production = ''] = contract.hosts;

describe('conform config', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const write = (value: unknown, name = 'conform.config.json'): void => {
    writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));
  };
  const run = (argv: readonly string[], env: Record<string, string> = {}): Promise<Ran> =>
    conform(argv, { cwd: folder, env });
  const line = ({ out }: Ran, name: string): readonly string[] =>
    out
      .split('\n')
      .find((each) => each.startsWith(`${name} `))
      ?.split(/ {2,}/)
      .slice(1) ?? [];

  it('lets the environment go before the file, and flags before both, and says so', async () => {
    write({
      target: 'staging',
      targets: { staging: { url: 'https://staging.test', limits: { timeout: 1, rate: '5/s' } } },
      limits: { timeout: 2, concurrency: 3 },
      seed: 4,
    });
    const ran = await run(['config', '--seed', '7'], { CONFORM_SEED: '6', CONFORM_CONCURRENCY: '5' });
    expect(ran.code).to.equal(0);
    expect(line(ran, 'target')).to.deep.equal(['https://staging.test', 'conform.config.json: targets.staging.url']);
    expect(line(ran, 'limits.timeout')).to.deep.equal(['1', 'conform.config.json: targets.staging.limits.timeout']);
    expect(line(ran, 'limits.concurrency')).to.deep.equal(['5', 'CONFORM_CONCURRENCY']);
    expect(line(ran, 'seed')).to.deep.equal(['7', '--seed']);
    expect(line(ran, 'failOn')).to.deep.equal(['must', 'default']);
    expect(line(ran, 'protectedHost')[0]).to.equal(production);
  });

  it('takes a profile file for what it holds, at the place that names it', async () => {
    write({ hosting: 'endpoints', casing: 'camel' }, 'p.json');
    write({ profile: 'p.json' });
    const ran = await run(['config', '--casing', 'pascal']);
    expect(line(ran, 'profile.hosting')[0]).to.equal('endpoints');
    expect(line(ran, 'profile.casing')).to.deep.equal(['pascal', '--casing']);
  });

  it('shows no secret', async () => {
    const secrets = {
      CONFORM_TOKEN: 'tok-secret-1',
      CONFORM_PASSWORD: 'pw-secret-2',
      CONFORM_EXPIRED_TOKEN: 'old-secret-3',
      CONFORM_LESSER_USER: 'guest',
      CONFORM_LESSER_PASSWORD: 'less-secret-7',
      GATEWAY: 'gate-secret-4',
      HTTPS_PROXY: 'http://u:proxy-secret-5@p.test:1',
    };
    const { out, code } = await run(
      [
        'config',
        '--target',
        'https://a.test',
        '--add-header',
        'X-Gateway: ${GATEWAY}',
        '--add-header',
        'X-Api-Key: key-secret-6',
      ],
      secrets,
    );
    expect(code).to.equal(0);
    expect(out).to.not.match(/secret-\d/);
    expect(out).to.contain('CONFORM_TOKEN').and.to.contain('p.test');
  });

  for (const [what, argv, env, says] of [
    [
      'an unknown target',
      ['run', '--target', 'stagin'],
      {},
      /^--target stagin: .*conform\.config\.json names staging\n$/,
    ],
    ['an unknown key', ['run', '--config', 'typo.json'], {}, /^typo\.json: limts is no setting/],
    ['a wrong type', ['run', '--config', 'type.json'], {}, /^type\.json: limits\.timeout takes a whole number/],
    [
      'a file that is not there',
      ['run', '--config', 'none.json'],
      {},
      /none\.json: cannot be read \(there is no such file\)\n$/,
    ],
    ['a bad variable', ['config'], { CONFORM_TIMEOUT: 'soon' }, /^CONFORM_TIMEOUT=soon: takes a whole number/],
    [
      'a bad switch',
      ['config'],
      { CONFORM_ALLOW_CHANGES: 'maybe' },
      /^CONFORM_ALLOW_CHANGES=maybe: takes true or false/,
    ],
    ['a bad choice', ['config', '--hosting', 'both'], {}, /^--hosting both: takes classic or mapped or endpoints/],
    ['a bad rate', ['config', '--rate', 'fast'], {}, /^--rate fast: takes a number of requests/],
    [
      'two sources of a token',
      ['config', '--target', 'https://a.test', '--token-file', 'a', '--token-command', 'b'],
      {},
      /two sources of the token/,
    ],
    [
      'a header of the suite',
      ['config', '--target', 'https://a.test', '--add-header', `Host: ${production}`],
      {},
      /^--add-header Host: this header is the suite's own/,
    ],
    [
      'a header without its variable',
      ['config', '--target', 'https://a.test', '--add-header', 'X-A: ${NONE}'],
      {},
      /NONE is not in the environment/,
    ],
    [
      'a certificate without its key',
      ['config', '--target', 'https://a.test', '--cert', 'cert.pem'],
      {},
      /^--cert and --key go together/,
    ],
    [
      'a CA that is none',
      ['config', '--target', 'https://a.test', '--ca', 'type.json'],
      {},
      /holds no PEM certificate/,
    ],
    [
      'a lesser user without a password',
      ['config', '--target', 'https://a.test', '--lesser-user', 'guest'],
      {},
      /^--lesser-user needs a password: CONFORM_LESSER_PASSWORD in the environment, or --lesser-password-file\n$/,
    ],
    [
      'a lesser password of nobody',
      ['config', '--target', 'https://a.test'],
      { CONFORM_LESSER_PASSWORD: 'less-secret' },
      /^CONFORM_LESSER_PASSWORD: needs the user whose password it is/,
    ],
    [
      'two lesser credentials',
      ['config', '--target', 'https://a.test', '--lesser-user', 'guest', '--lesser-token-file', 'a'],
      {},
      /are two lesser credentials; name one of them\n$/,
    ],
    [
      'a session without a password',
      ['config', '--target', 'https://a.test', '--auth', 'session', '--user', 'u'],
      {},
      /^--auth session needs a password/,
    ],
  ] as const) {
    it(`says in one sentence what is wrong with ${what}`, async () => {
      write({ targets: { staging: { url: 'https://staging.test' } } });
      write({ limts: {} }, 'typo.json');
      write({ limits: { timeout: '9' } }, 'type.json');
      write('-----BEGIN CERTIFICATE-----', 'cert.pem');
      const ran = await run(argv, env);
      expect(ran.err)
        .to.match(says)
        .and.to.match(/^[^\n]+\n$/);
      expect([ran.code, ran.out]).to.deep.equal([2, '']);
    });
  }

  it('refuses words for a live target where none is named, so that no job passes that forgot it', async () => {
    for (const argv of [
      ['--connections', 'c.json'],
      ['--states', 'http://127.0.0.1:9'],
      ['--token-command', 'echo t'],
      ['--add-header', 'X-Trace: a'],
      ['--allow-changes'],
    ]) {
      const { code, err } = await run([...argv, '--only', 'AUTH-001']);
      expect(code).to.equal(2);
      expect(err).to.match(/^--[\w-]+.*: goes with --target; the embedded provider [^\n]*\n$/);
    }
    const env = { CONFORM_TOKEN: 'tok-secret-1', CONFORM_ADD_HEADER: 'X-Trace: a' };
    expect(await run(['--only', 'AUTH-001'], env)).to.include({ code: 0 });
  });

  for (const spelled of [
    `https://${production}`,
    `http://${production.toUpperCase()}:8080/base`,
    `https://${production}./`,
    `https://eu.${production}`,
  ]) {
    it(`refuses to change anything at ${spelled}, whatever else is said`, async () => {
      write('[]', 'c.json');
      const { code, err } = await run(
        [
          'run',
          '--target',
          spelled,
          '--connections',
          'c.json',
          '--allow-changes',
          '--protected-host',
          'other.test',
          '--insecure',
        ],
        { CONFORM_TOKEN: 't' },
      );
      expect(code).to.equal(2);
      expect(err).to.match(/^--allow-changes: .* is protected \(.*\), nothing is changed there whatever else is set/);
    });
  }

  it('refuses a state endpoint on a protected host, and a host that the configuration protects', async () => {
    write({
      protectedHost: ['prod.test'],
      target: 'staging',
      targets: { staging: { url: 'https://staging.test' }, prod: { url: 'https://eu.prod.test' } },
    });
    for (const argv of [
      ['--states', `https://${production}/states`],
      ['--target', 'prod', '--states', 'https://staging.test/states'],
    ]) {
      expect(await run(['run', '--allow-changes', ...argv]))
        .to.include({ code: 2 })
        .and.property('err')
        .that.contains('is protected');
    }
  });
});
