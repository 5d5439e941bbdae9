import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { conform } from './console.fixture.ts';
import { gateway, type Gateway } from './gateway.fixture.ts';

/** As editors and shells of Windows write a text: with a byte-order mark, or in UTF-16. */
const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
  'UTF-8 with a byte-order mark': (text) => Buffer.from(`\uFEFF${text}`, 'utf8'),
  'UTF-16, little-endian': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16, big-endian': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
};

describe('files that people write', function () {
  this.timeout(60_000);
  let cwd = '';
  let host: Gateway;
  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'written-'));
    host = await gateway(() => false);
  });
  after(async () => {
    await host.close();
    rmSync(cwd, { recursive: true });
  });
  const ran = (...argv: readonly string[]) => conform(argv, { cwd });
  const subject = (n: number) => ({
    ConnectionId: `11111111-1111-4111-8111-00000000000${String(n)}`,
    ContactId: '22222222-2222-4222-8222-000000000001',
    ContactTypeId: '33333333-3333-4333-8333-000000000001',
    RoleId: '44444444-4444-4444-8444-000000000001',
  });

  for (const [encoding, encoded] of Object.entries(encodings)) {
    const write = (name: string, value: unknown): string => {
      writeFileSync(join(cwd, name), encoded(typeof value === 'string' ? value : JSON.stringify(value)));
      return name;
    };

    it(`a configuration and a profile are read in ${encoding}`, async () => {
      const config = write('config.json', { limits: { timeout: 4321 } });
      const profile = write('profile.json', { casing: 'camel' });
      const { code, out, err } = await ran('config', '--config', config, '--profile', profile);
      expect(code, err).to.equal(0);
      expect(out).to.include('4321').and.to.include('camel');
    });

    it(`subjects, and those that are spent, are read in ${encoding}`, async () => {
      const file = write('connections.json', [subject(1), subject(2)]);
      const entry = { id: subject(1).ConnectionId, at: '2026-11-26T12:00:00Z', run: 'another' };
      // The list of those that are spent is added to, in UTF-8.
      const spent = `${encoding.startsWith('UTF-8') ? '\uFEFF' : ''}${JSON.stringify(entry)}\n`;
      writeFileSync(join(cwd, 'connections.json.spent'), spent);
      const argv = ['plan', '--target', host.url, '--connections', file, '--allow-changes', '--only', 'VERB-002'];
      const { code, out, err } = await conform(argv, { cwd, env: { CONFORM_TOKEN: host.provider.token } });
      expect(code, err).to.equal(0);
      // One is left of two.
      expect(out.match(/ own /g)).to.have.length(1);
    });

    it(`a token is read in ${encoding}`, async () => {
      const file = write('token', `${host.provider.token}\n`);
      const { code, out, err } = await ran('--target', host.url, '--token-file', file, '--only', 'AUTH-040');
      expect(code, out + err).to.equal(0);
    });

    it(`waivers are read in ${encoding}`, async () => {
      const file = write('waivers.json', {
        waivers: [{ id: 'AUTH-001', reason: 'r', owner: 'ann', until: '2099-01-01' }],
      });
      const { code, out, err } = await ran('--only', 'AUTH-001', '--waivers', file);
      expect(code, err).to.equal(1);
      expect(out.replace(/\s+/g, ' ')).to.include('Fails though no promise is broken').and.to.include('AUTH-001');
    });

    it(`a recording is read in ${encoding}`, async () => {
      const made = await ran('--only', 'AUTH-001', '--quiet', '--report', 'har=plain.har');
      expect(made.code, made.err).to.equal(0);
      const file = write('recorded.har', readFileSync(join(cwd, 'plain.har'), 'utf8'));
      const { code, out, err } = await ran('judge', file, '--only', 'AUTH-001');
      expect(code, out + err).to.equal(0);
    });
  }

  it('a list of spent subjects in UTF-16 is refused in a sentence: it could not be added to', async () => {
    writeFileSync(join(cwd, 'c.json'), JSON.stringify([subject(1)]));
    writeFileSync(join(cwd, 'c.json.spent'), Buffer.from('\uFEFF{}', 'utf16le'));
    const { code, err } = await ran(
      'plan',
      '--target',
      host.url,
      '--auth',
      'none',
      '--connections',
      'c.json',
      '--allow-changes',
    );
    expect(code).to.equal(2);
    expect(err).to.match(/^.*c\.json\.spent: cannot be read \(it is in UTF-16; save it in UTF-8\).*\n$/);
  });

  it('one in the code page of old is refused with its line', async () => {
    writeFileSync(join(cwd, 'types.json'), Buffer.from('{"Operations":[\n{"Note":"r\xe9par\xe9"}]}', 'latin1'));
    const { code, err } = await ran('import', 'types.json', '--operation', 'ReadThing', '--out', 'read-thing');
    expect(code).to.equal(2);
    expect(err).to.equal('import types.json:2: holds bytes that are no text in UTF-8; save it in UTF-8\n');
  });

  it('one that is no text at all is refused in a sentence that quotes none of its bytes', async () => {
    writeFileSync(join(cwd, 'noise.json'), Buffer.from([0x00, 0x1b, 0x5b, 0x32, 0x4a, 0xff, 0x80]));
    const { code, err } = await ran('config', '--config', 'noise.json');
    expect(code).to.equal(2);
    expect(err).to.match(/^[ -~…“”’]+\n$/);
  });
});

describe('variables of the environment', function () {
  this.timeout(60_000);
  const ran = (env: Record<string, string>, ...argv: readonly string[]) => conform(argv, { env, cwd: tmpdir() });
  const target = 'http://127.0.0.1:9';

  for (const [what, env, argv] of [
    ['an empty target', { CONFORM_TARGET: '' }, []],
    ['an empty token that --auth needs', { CONFORM_TOKEN: '' }, ['--target', target, '--auth', 'bearer']],
    ['an empty token that is the only secret', { CONFORM_TOKEN: '' }, ['--target', target]],
    ['an empty password', { CONFORM_PASSWORD: '', CONFORM_USER: 'u' }, ['--target', target, '--auth', 'basic']],
  ] as const)
    it(`${what} is exit 2 and a sentence, before anything is sent`, async () => {
      const { code, out, err } = await ran(env, ...argv);
      expect([code, out]).to.deep.equal([2, '']);
      expect(err).to.match(/CONFORM_(TARGET|TOKEN|PASSWORD)/);
      expect(err).to.not.include('in itself');
    });

  it('any other that is empty counts as unset, and is said once', async () => {
    const { code, err } = await ran({ CONFORM_TIMEOUT: '', CONFORM_STATES: '' }, '--only', 'AUTH-001');
    expect(code, err).to.equal(0);
    expect(err.match(/CONFORM_TIMEOUT/g)).to.have.length(1);
    expect(err.match(/CONFORM_STATES/g)).to.have.length(1);
  });

  it('one that there is no setting for is said', async () => {
    const { code, err } = await ran({ CONFORM_TARGETT: 'https://staging.example.org' }, '--only', 'AUTH-001');
    expect(code).to.equal(0);
    expect(err).to.match(/^note: .*CONFORM_TARGETT/);
  });
});
