import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Report } from '../src/model/report.ts';

const command = fileURLToPath(new URL('conform.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const onWindows = process.platform === 'win32';

interface Ended {
  /** Null where a signal ended the process. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Where systems differ: paths, signals and file modes. The rest of the tests run in one process, this one in its own. */
describe('the command as a process, on any system', function () {
  this.timeout(120_000);
  let folder: string;

  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'conform-smoke-')), 'a folder, ünïcode & more');
    mkdirSync(folder);
  });
  afterEach(() => {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  const start = (...argv: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } => {
    const child = spawn(process.execPath, ['--import', loader, command, ...argv], {
      cwd: folder,
      // Windows opens no socket without SystemRoot.
      env: { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const closed = once(child, 'close') as Promise<[number | null]>;
    const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([[code], out, err]) => ({
      code,
      out,
      err,
    }));
    return { child, ended };
  };
  const run = (...argv: readonly string[]): Promise<Ended> => start(...argv).ended;
  const reportAt = (...path: readonly string[]): Report =>
    JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as Report;
  const drafts = (): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.conform-'));

  describe('paths', () => {
    it('with spaces and letters of any language are written to, absolute and relative', async () => {
      mkdirSync(join(folder, 'sub folder'));
      const absolute = join(folder, 'sub folder', 'räport.json');
      const relative = join('sub folder', 'report.html');
      expect(
        await run('--only', 'routes', '--report', `json=${absolute}`, '--report', `html=${relative}`, '--quiet'),
      ).to.deep.equal({
        code: 0,
        out: '',
        err: '',
      });
      expect(reportAt('sub folder', 'räport.json').verdict).to.equal('conforms');
      expect(readFileSync(join(folder, relative), 'utf8')).to.match(/^<!doctype html>/i);
      expect(drafts()).to.deep.equal([]);
    });

    it('in a configuration file are taken from its folder, with slashes on every system', async () => {
      mkdirSync(join(folder, 'settings', 'out'), { recursive: true });
      writeFileSync(
        join(folder, 'settings', 'conform.json'),
        JSON.stringify({ only: ['routes'], reports: ['json=out/report.json'] }),
      );
      expect((await run('--config', join('settings', 'conform.json'))).code).to.equal(0);
      expect(reportAt('settings', 'out', 'report.json').verdict).to.equal('conforms');
    });
  });

  describe('signals', () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      it(`${signal} ends a run, and what is written is whole`, async () => {
        const server = createServer((_, response) => {
          server.emit('asked');
          response.on('error', () => undefined);
        });
        server.listen(0, '127.0.0.1');
        await once(server, 'listening');
        const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
        const asked = once(server, 'asked');
        const { child, ended } = start('--target', url, '--report', 'json=report.json');
        await asked;
        child.kill(signal);
        const { code } = await ended;
        server.close();
        server.closeAllConnections();
        // Windows knows no signals: the process is ended on the spot and can write nothing more.
        expect(code).to.equal(onWindows ? null : 130);
        expect(existsSync(join(folder, 'report.json'))).to.equal(!onWindows);
        if (!onWindows) expect(reportAt('report.json')).to.include({ interrupted: true, exitCode: 130 });
        expect(drafts()).to.deep.equal([]);
      });
    }
  });

  describe('file modes', () => {
    it('of a report are those of any file that is written there', async () => {
      writeFileSync(join(folder, 'plain'), '');
      expect((await run('--only', 'routes', '--report', 'json=report.json')).code).to.equal(0);
      const modeOf = (name: string): number => statSync(join(folder, name)).mode & 0o777;
      expect(modeOf('report.json')).to.equal(modeOf('plain'));
    });

    it('a report that may only be read is replaced whole, or refused in one sentence', async () => {
      const before = 'an earlier report';
      writeFileSync(join(folder, 'report.json'), before);
      chmodSync(join(folder, 'report.json'), 0o444);
      const { code, err } = await run('--only', 'routes', '--report', 'json=report.json');
      if (code === 0) expect(reportAt('report.json').verdict).to.equal('conforms');
      else {
        expect(code).to.equal(2);
        expect(err).to.match(/^The report .*report\.json cannot be written: [^\n]+\n$/);
        expect(readFileSync(join(folder, 'report.json'), 'utf8')).to.equal(before);
      }
      expect(drafts()).to.deep.equal([]);
    });
  });
});
