import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { key, trusted as selfSigned } from '../src/exchange/certificates.fixture.ts';
import { conform, type Ran } from './console.fixture.ts';
import { against, answering, expectVerdict, itEndsAsItMust, listening, misbehaviours, portOf } from './wire.fixture.ts';

const env = { CONFORM_TOKEN: 'a-token' };

/** One for each class of outcome; `wire.hostile.ts` has all of them. */
const sample = ['hangs', 'resets', 'redirects to a login page', 'truncates every answer'];

describe('a target that misbehaves on the wire', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'conform-wire-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const what of sample) {
    const misbehaviour = misbehaviours.find(([each]) => each === what);
    if (misbehaviour === undefined) throw new Error(`no target '${what}'`);
    itEndsAsItMust(misbehaviour, () => folder);
  }

  it('is down: 3', async () => {
    const { url, close } = await listening(() => undefined);
    close();
    expectVerdict(
      await against(url, folder),
      3,
      /^Inconclusive: .* cannot be reached: nothing listens there \(ECONNREFUSED\)\./,
      folder,
    );
  });

  it('has a name that nobody knows: 3', async () => {
    expectVerdict(
      await against('http://nowhere.invalid', folder),
      3,
      /^Inconclusive: http:\/\/nowhere\.invalid cannot be reached: the host name /,
      folder,
    );
  });

  it('has a certificate that nobody vouches for: 3', async () => {
    const server = createTls({ cert: selfSigned, key }, (_, response) => response.end());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    expectVerdict(
      await against(`https://127.0.0.1:${portOf(server)}`, folder),
      3,
      /^Inconclusive: .* is not trusted: its certificate is signed by itself/,
      folder,
    );
    server.close();
  });

  it('is spoken to in TLS and speaks none: 3', async () => {
    const { url, close } = await listening(
      answering('HTTP/1.1 400 Bad Request', 'content-length: 0', 'connection: close', '', ''),
    );
    expectVerdict(
      await against(url.replace('http:', 'https:'), folder),
      3,
      /^Inconclusive: .* does not speak TLS/,
      folder,
    );
    close();
  });

  describe('and what was asked for is wrong', () => {
    const subject = {
      ConnectionId: '11111111-1111-4111-8111-000000000001',
      ContactId: '11111111-1111-4111-8111-000000000002',
      ContactTypeId: '11111111-1111-4111-8111-000000000003',
      RoleId: '11111111-1111-4111-8111-000000000004',
    };
    const files: readonly (readonly [string, string, readonly string[]])[] = [
      ['is not JSON', '[{', ['not', 'JSON']],
      ['is empty', '', ['not JSON']],
      ['is an empty list', '[]', ['empty list', 'ConnectionId']],
      [
        'repeats a connection',
        JSON.stringify([subject, { ...subject, ConnectionId: subject.ConnectionId.toUpperCase() }]),
        [subject.ConnectionId],
      ],
      ['lacks a member', JSON.stringify([{ ...subject, RoleId: undefined }]), ['RoleId']],
      ['has a malformed id', JSON.stringify([{ ...subject, RoleId: 'four' }]), ['RoleId']],
      ['is no list', JSON.stringify(subject), ['list']],
    ];
    const expectSentence = ({ code, out, err }: Ran, ...parts: readonly string[]): void => {
      expect(err).to.match(/^[^\n]+\n$/);
      expect(err).to.not.match(/failed in itself|undefined|\[object/);
      for (const part of parts) expect(err.toLowerCase()).to.include(part.toLowerCase());
      expect(out).to.equal('');
      expect(code).to.equal(2);
    };
    for (const [what, text, parts] of files) {
      it(`the file of connections ${what}: 2`, async () => {
        const cwd = mkdtempSync(join(tmpdir(), 'conform-wire-'));
        writeFileSync(join(cwd, 'c.json'), text);
        expectSentence(
          await conform(['--target', 'http://127.0.0.1:9', '--connections', 'c.json', '--allow-changes'], { env, cwd }),
          'c.json',
          ...parts,
        );
        expect(readdirSync(cwd)).to.deep.equal(['c.json']);
        rmSync(cwd, { recursive: true });
      });
    }
    const live = ['--target', 'http://127.0.0.1:9'];
    const lines: readonly (readonly [string, readonly string[], readonly string[]])[] = [
      ['the file of connections is not there', [...live, '--connections', 'c.json'], ['c.json', 'no such file']],
      ['the file of connections is a folder', [...live, '--connections', '.'], ['EISDIR']],
      [
        'there are two sources',
        [...live, '--connections', 'c.json', '--states', 'http://127.0.0.1:9'],
        ['--connections', '--states', 'name one'],
      ],
      ['the target is no URL', ['--target', 'staging.example'], ['staging.example']],
      ['the target is an FTP server', ['--target', 'ftp://h.example'], ['ftp://h.example', 'http']],
      ['the target carries credentials', ['--target', 'https://u:hidden@h.example'], ['may not carry credentials']],
      ['the target has a query', ['--target', 'https://h.example/?a=b'], ['no query']],
      ['the states have no URL', [...live, '--states', 'here', '--allow-changes'], ['--states here']],
      [
        'changes are allowed and there is nothing to change',
        [...live, '--allow-changes'],
        ['--connections', '--states'],
      ],
      ['the report has no file', [...live, '--report', 'json'], ['json=']],
      ['the report is of an unknown kind', [...live, '--report', 'pdf=x'], ['pdf']],
      ['the profile is not there', ['--profile', 'p.json'], ['p.json', 'no such file']],
      ['a number is none', ['--concurrency', '0'], ['--concurrency 0', '1']],
      ['a word is none of those allowed', ['--casing', 'snake'], ['snake', 'pascal', 'camel']],
    ];
    for (const [what, argv, parts] of lines) {
      it(`${what}: 2`, async () => {
        const ran = await conform(argv, { env, cwd: folder });
        expectSentence(ran, ...parts);
        expect(ran.err).to.not.include('hidden');
      });
    }
  });
});
