import { execFileSync } from 'node:child_process';
import { link, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Redacted } from '../model/redacted.ts';
import { tryWriting, writeReport, type Written } from './write.ts';

const writes = (file: string, text: string): Promise<Written> => writeReport(file, text as Redacted<string>);

describe('writing a report', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes the text and leaves nothing else behind', async () => {
    const file = join(folder, 'report.json');
    expect(await writes(file, 'ä\n')).to.deep.equal({ ok: true });
    expect(await readFile(file, 'utf8')).to.equal('ä\n');
    expect(await readdir(folder)).to.deep.equal(['report.json']);
  });

  it('replaces an earlier report', async () => {
    const file = join(folder, 'report.json');
    await writeFile(file, 'earlier, and longer');
    await writes(file, 'new');
    expect(await readFile(file, 'utf8')).to.equal('new');
  });

  it('takes a path relative to the working folder', async () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect(await writes('report.xml', 'x')).to.deep.equal({ ok: true });
    } finally {
      process.chdir(here);
    }
    expect(await readdir(folder)).to.deep.equal(['report.xml']);
  });

  it('makes the folder', async () => {
    const file = join(folder, 'new', 'inner', 'report.json');
    expect(await writes(file, 'x')).to.deep.equal({ ok: true });
    expect(await readFile(file, 'utf8')).to.equal('x');
  });

  it('ends where a file system lets no folder be made', async () => {
    // Only Linux has such a one at hand; elsewhere it is a folder that nobody may make.
    const written = await writes('/proc/nothing/inner/report.json', 'x');
    expect(written).to.include({ ok: false }).and.property('problem').that.includes('cannot be ');
  });

  it('keeps the mode of a file that is there', async () => {
    const file = join(folder, 'report.json');
    await writeFile(file, 'earlier', { mode: 0o600 });
    await writes(file, 'new');
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
  });

  it('follows a link, also to where nothing stands yet, and leaves the link', async () => {
    await symlink('real.json', join(folder, 'report.json'));
    for (const text of ['first', 'second']) {
      await writes(join(folder, 'report.json'), text);
      expect(await readFile(join(folder, 'real.json'), 'utf8')).to.equal(text);
      expect((await lstat(join(folder, 'report.json'))).isSymbolicLink()).to.equal(true);
    }
  });

  it('writes into a file that has a second name, so that both stay one', async () => {
    await writeFile(join(folder, 'one'), 'earlier, and longer');
    await link(join(folder, 'one'), join(folder, 'two'));
    await writes(join(folder, 'two'), 'new');
    expect(await readFile(join(folder, 'one'), 'utf8')).to.equal('new');
  });

  it('writes into a pipe and leaves it a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await tryWriting(pipe)).to.deep.equal({ ok: true });
    const [read, written] = await Promise.all([readFile(pipe, 'utf8'), writes(pipe, 'x')]);
    expect([read, written]).to.deep.equal(['x', { ok: true }]);
    expect((await lstat(pipe)).isFIFO()).to.equal(true);
  });

  it('writes into a device, itself or by a link, and leaves it a device', async function () {
    if (process.platform !== 'linux') this.skip();
    await symlink('/dev/null', join(folder, 'report.xml'));
    for (const file of ['/dev/null', join(folder, 'report.xml')]) {
      expect(await tryWriting(file)).to.deep.equal({ ok: true });
      expect(await writes(file, 'x')).to.deep.equal({ ok: true });
    }
    expect((await stat('/dev/null')).isCharacterDevice()).to.equal(true);
    expect((await lstat(join(folder, 'report.xml'))).isSymbolicLink()).to.equal(true);
  });

  it('says that links lead in a circle', async () => {
    await symlink('b', join(folder, 'a'));
    await symlink('a', join(folder, 'b'));
    const written = await writes(join(folder, 'a'), 'x');
    expect(written.ok ? '' : written.problem).to.include('in a circle');
  });

  it('tries without touching what is there', async () => {
    const file = join(folder, 'report.json');
    await writeFile(file, 'earlier');
    expect(await tryWriting(file)).to.deep.equal({ ok: true });
    expect(await readFile(file, 'utf8')).to.equal('earlier');
    expect(await tryWriting(join(folder, 'other.json'))).to.deep.equal({ ok: true });
    expect(await readdir(folder)).to.deep.equal(['report.json']);
    expect((await tryWriting(join(file, 'below.json'))).ok).to.equal(false);
  });

  it('says that the folder is a file', async () => {
    await writeFile(join(folder, 'plain'), '');
    const written = await writes(join(folder, 'plain', 'report.json'), 'x');
    expect(written.ok ? '' : written.problem).to.include('is not a folder');
  });

  it('says that the name is a folder, leaves it alone and leaves nothing behind', async () => {
    await mkdir(join(folder, 'sub', 'inner'), { recursive: true });
    const written = await writes(join(folder, 'sub'), 'x');
    expect(written.ok ? '' : written.problem).to.include('it is a folder');
    expect(await readdir(folder)).to.deep.equal(['sub']);
    expect(await readdir(join(folder, 'sub'))).to.deep.equal(['inner']);
  });

  it('says that permission is missing', async function () {
    // A superuser may write anywhere; /proc refuses even that.
    if (process.platform !== 'linux') this.skip();
    const written = await writes('/proc/report.json', 'x');
    expect(written.ok ? '' : written.problem).to.match(/^The report \/proc\/report\.json cannot be written: .*\.$/);
  });
});
