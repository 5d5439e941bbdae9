import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { writeReport } from './write.ts';

describe('writing a report', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'report-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes the text and leaves nothing else behind', async () => {
    const file = join(folder, 'report.json');
    expect(await writeReport(file, 'ä\n')).to.deep.equal({ ok: true });
    expect(await readFile(file, 'utf8')).to.equal('ä\n');
    expect(await readdir(folder)).to.deep.equal(['report.json']);
  });

  it('replaces an earlier report', async () => {
    const file = join(folder, 'report.json');
    await writeFile(file, 'earlier, and longer');
    await writeReport(file, 'new');
    expect(await readFile(file, 'utf8')).to.equal('new');
  });

  it('takes a path relative to the working folder', async () => {
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect(await writeReport('report.xml', 'x')).to.deep.equal({ ok: true });
    } finally {
      process.chdir(here);
    }
    expect(await readdir(folder)).to.deep.equal(['report.xml']);
  });

  it('says that the folder does not exist', async () => {
    const written = await writeReport(join(folder, 'none', 'report.json'), 'x');
    expect(written).to.deep.equal({
      ok: false,
      problem: `The report ${join(folder, 'none', 'report.json')} cannot be written: the folder ${join(folder, 'none')} does not exist; create it or name another.`,
    });
  });

  it('says that the folder is a file', async () => {
    await writeFile(join(folder, 'plain'), '');
    const written = await writeReport(join(folder, 'plain', 'report.json'), 'x');
    expect(written.ok ? '' : written.problem).to.include('is not a folder');
  });

  it('says that the name is a folder, leaves it alone and leaves nothing behind', async () => {
    await mkdir(join(folder, 'sub', 'inner'), { recursive: true });
    const written = await writeReport(join(folder, 'sub'), 'x');
    expect(written.ok ? '' : written.problem).to.include('it is a folder');
    expect(await readdir(folder)).to.deep.equal(['sub']);
    expect(await readdir(join(folder, 'sub'))).to.deep.equal(['inner']);
  });

  it('says that permission is missing', async function () {
    // A superuser may write anywhere; /proc refuses even that.
    if (process.platform !== 'linux') this.skip();
    const written = await writeReport('/proc/report.json', 'x');
    expect(written.ok ? '' : written.problem).to.match(/^The report \/proc\/report\.json cannot be written: .*\.$/);
  });
});
