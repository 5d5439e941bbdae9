import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Ran } from './console.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Long enough for a slow machine; a process that outlives it hangs. */
const patienceMs = 120_000;

/** The packed package, as somebody has it who installed it and nothing else. */
export interface Installed {
  /** A project that depends on the package. */
  readonly project: string;
  /** The package in it. */
  readonly folder: string;
  readonly packageJson: {
    readonly name: string;
    readonly version: string;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  /** Paths in the package, with slashes. */
  readonly files: readonly string[];
  readonly start: (argv: readonly string[], env?: NodeJS.ProcessEnv) => Started;
  readonly run: (argv: readonly string[], env?: NodeJS.ProcessEnv) => Promise<Ended>;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** A code of null means that the process was killed, since it did not end. */
export type Ended = Omit<Ran, 'code'> & { readonly code: number | null };

/**
 * Packs the package and unpacks it into an empty project. Of the packages around it there are those that it declares,
 * taken from this repository's own `node_modules`: that needs no registry and no cache, and what the package uses
 * without saying so is not found.
 */
export function install(): Installed {
  const project = mkdtempSync(join(tmpdir(), 'conform-package-'));
  execFileSync('npm', ['pack', '--silent', '--pack-destination', project], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const tarball = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  execFileSync('tar', ['-xzf', ...tarball], { cwd: project });
  const unpacked = join(project, 'package');
  const packageJson = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')) as Installed['packageJson'] & {
    readonly bin: { readonly conform: string };
  };
  for (const name of Object.keys(packageJson.dependencies)) {
    link(join(root, 'node_modules', name), join(project, 'node_modules', name));
  }
  const folder = join(project, 'node_modules', packageJson.name);
  renameSync(unpacked, folder);
  const start = (argv: readonly string[], env: NodeJS.ProcessEnv = {}): Started => {
    const child = spawn(process.execPath, [join(folder, packageJson.bin.conform), ...argv], {
      cwd: project,
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: patienceMs,
      killSignal: 'SIGKILL',
    });
    return { child, ended: endOf(child) };
  };
  return {
    project,
    folder,
    packageJson,
    files: readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
    start,
    run: (argv, env) => start(argv, env).ended,
  };
}

/** Has a package of this repository's stand at a path of the project. */
export function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}

async function endOf(child: ReturnType<typeof spawn>): Promise<Ended> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('the process has no output');
  const code = new Promise<number | null>((resolve) =>
    child.once('close', (status) => {
      resolve(status);
    }),
  );
  const [out, err] = await Promise.all([text(stdout), text(stderr)]);
  return { code: await code, out, err };
}
