import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('npm run derive', function () {
  // Each run starts a process.
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'derive-'));
    for (const part of [
      'schemas',
      'src/model',
      'src/schema',
      'src/values',
      'contracts',
      'package.json',
      'tsconfig.json',
    ]) {
      cpSync(join(root, part), join(folder, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  // That they are up to date is shown by `npm run check`.
  it('--check exits 1 and names each file that differs, is missing or belongs to nothing; writing mends the first two', async () => {
    appendFileSync(join(folder, 'schemas', 'ResponseStatus.schema.json'), '\n');
    renameSync(join(folder, 'schemas', 'ResponseError.schema.json'), join(folder, 'schemas', 'Stray.schema.json'));
    const stray = 'derive --check: schemas/Stray.schema.json follows from no contract; delete it.\n';
    const drifted = await derive('--check');
    expect(drifted.code).to.equal(1);
    expect(drifted.stderr)
      .to.include('schemas/ResponseStatus.schema.json differs')
      .and.to.include('schemas/ResponseError.schema.json is missing')
      .and.to.include(stray);
    expect(drifted.stderr.split('\n')).to.have.lengthOf(4);

    expect((await derive()).code).to.equal(0);
    expect(await derive('--check')).to.deep.equal({ code: 1, stdout: '', stderr: stray });
  });

  it('refuses an option that it does not know, and writes nothing', async () => {
    const { code, stdout, stderr } = await derive('--chek');
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.include('"--chek" is not understood');
  });

  function derive(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        ['--import', 'tsx', 'schemas/derive.ts', ...args],
        { cwd: folder },
        (_, stdout, stderr) => {
          resolve({ code: child.exitCode ?? -1, stdout, stderr });
        },
      );
    });
  }
});
