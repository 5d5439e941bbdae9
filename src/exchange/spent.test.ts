import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { spendFrom, openSpent, type Spent } from './spent.ts';
import { subjectsFile } from './subjects-file.ts';

describe('the ledger of spent subjects', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spent-'));
    file = join(folder, 'subjects.json.spent');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const open = async (run: string): Promise<Spent> => {
    const read = await openSpent(file, run, () => new Date(0));
    if (!read.ok) throw new Error(read.problem);
    return read.spent;
  };

  it('remembers from run to run, in any casing', async () => {
    expect(await (await open('a')).spend('AB-1')).to.equal(true);
    const later = await open('b');
    expect([later.isSpent('ab-1'), later.isSpent('ab-2')]).to.deep.equal([true, false]);
  });

  it('gives a subject to one of two runs at the same time', async () => {
    const [one, other] = [await open('a'), await open('b')];
    const given = await Promise.all([one.spend('x'), other.spend('x')]);
    expect(given.filter((each) => each)).to.have.length(1);
  });

  it('is written before a subject is handed out, and passes over what another run took', async () => {
    const source = spendFrom(
      subjectsFile([{ Id: 'x' }, { Id: 'y' }], 'fresh', 'the file'),
      await open('a'),
      (s) => s['Id'] ?? '',
    );
    await (await open('b')).spend('x');
    expect(await source.setUp('fresh')).to.deep.equal({ kind: 'ready', subject: { Id: 'y' } });
    expect(readFileSync(file, 'utf8')).to.contain('"id":"y"');
    expect(await source.setUp('fresh')).to.have.property('kind', 'exhausted');
  });

  it('hands nothing out when it cannot be written', async () => {
    const spent = await open('a');
    rmSync(folder, { recursive: true });
    const source = spendFrom(subjectsFile([{ Id: 'x' }], 'fresh', 'the file'), spent, (s) => s['Id'] ?? '');
    expect(await source.setUp('fresh')).to.have.property('kind', 'failed');
    writeFileSync(folder, '');
  });

  for (const [what, cut, spent] of [
    ['without its line end', '{"id":"yy-1","at":"1970-01-01T00:00:00.000Z","run":"a"}', ['yy-1']],
    ['within its date', '{"id":"yy-1","at":"19', ['yy-1']],
    ['behind its id', '{"id":"yy-1"', ['yy-1']],
    ['within its id, so that nobody knows which it was', '{"id":"YY-', ['yy-1', 'yy-2']],
    ['before its id', '{"i', []],
  ] as const) {
    it(`takes the subject of a line that was cut ${what} as spent, and goes on behind it`, async () => {
      await (await open('a')).spend('x');
      appendFileSync(file, cut);
      await (await open('b')).spend('z');
      const now = await open('c');
      expect(['x', 'yy-1', 'yy-2', 'z'].filter(now.isSpent)).to.deep.equal(['x', ...spent, 'z']);
    });
  }

  it('refuses a file that is none', async () => {
    writeFileSync(file, 'hello\n');
    expect(await openSpent(file, 'a', () => new Date(0)))
      .to.have.property('problem')
      .that.matches(/line 1 is not one/);
  });
});
