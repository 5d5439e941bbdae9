import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';

describe('a stream that fails', function () {
  this.timeout(60_000);
  const cwd = mkdtempSync(join(tmpdir(), 'outputs-'));
  after(() => {
    rmSync(cwd, { recursive: true });
  });

  // The command as a process, from source: what becomes of its streams is between it and the system.
  const command = fileURLToPath(new URL('conform.ts', import.meta.url));
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const shell = (line: string): string =>
    spawnSync('bash', ['-c', line.replaceAll('conform', `'${process.execPath}' --import '${loader}' '${command}'`)], {
      cwd,
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
    }).stdout;
  const full = existsSync('/dev/full') ? it : it.skip;

  full('a full disk under standard output is exit 2 and a sentence, where the run itself was well', () => {
    const said = shell('conform --only AUTH-001 2>&1 >/dev/full; echo "code $?"');
    expect(said).to.equal('Standard output cannot be written: the disk is full; send it elsewhere.\ncode 2\n');
  });

  full('a full disk under standard error changes no exit code', () => {
    expect(shell('conform --only NONE-001 2>/dev/full; echo "code $?"')).to.equal('code 2\n');
  });

  it('a reader that goes away changes no exit code', () => {
    expect(shell('conform --only AUTH-001 | true; echo "code ${PIPESTATUS[0]}"')).to.equal('code 0\n');
    expect(shell('conform --only NONE-001 2>&1 >/dev/null | true; echo "code ${PIPESTATUS[0]}"')).to.equal('code 2\n');
  });
});
