import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conform } from '../../bin/console.fixture.ts';

/** Files by name, the way they stand in one folder of the golden files. */
export type Files = ReadonlyMap<string, string>;

/** What `conform serve` prints when it is ready. */
export interface Host {
  readonly url: string;
  readonly token: string;
  readonly expiredToken: string;
  readonly user: string;
  readonly password: string;
  readonly stateUrl: string;
  readonly connections: readonly object[];
}

/** What a JSON report says of one case, as far as it is frozen. */
export interface Case {
  readonly key: Readonly<Record<string, string>>;
  readonly verdict: string;
  readonly cause?: string;
  readonly exchanges: readonly string[];
}

/** What a JSON report says of one requirement, as far as it is frozen. */
export interface Requirement {
  readonly id: string;
  readonly area: string;
  readonly level: string;
  readonly basis: string;
  readonly verdict: string;
  readonly cases: readonly Case[];
}

/** A JSON report, as far as it is frozen: read from the file and not through a module, for modules may move. */
export interface Report {
  readonly verdict: string;
  readonly exitCode: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly requirements: readonly Requirement[];
  readonly exchanges: readonly { readonly id: string; readonly effect: string }[];
  readonly comparison?: Comparison;
}

interface OneSided {
  readonly cases: readonly ComparedCase[];
  readonly exchanges: readonly string[];
}

interface ComparedCase {
  readonly requirement: string;
  readonly case: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** A run held against another in a JSON report, as far as it is frozen. */
export interface Comparison {
  readonly exitCode: number;
  readonly regressed: readonly ComparedCase[];
  readonly fixed: readonly ComparedCase[];
  readonly changed: readonly {
    readonly changes: readonly { readonly aspect: string }[];
    readonly exchanges: readonly { readonly id: string }[];
  }[];
  readonly new: OneSided;
  readonly gone: OneSided;
  readonly notExercised: OneSided;
  readonly waived: OneSided;
}

/** Lends a folder for the files that commands read and write. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'golden-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Lends a host that `conform serve` starts.
 *
 * @param options behind `serve`: a profile, a mutant
 */
export async function serving<T>(options: readonly string[], use: (host: Host) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  return inFolder(async (cwd) => {
    let ended: Promise<unknown> = Promise.resolve();
    const host = await new Promise<Host>((ready, failed) => {
      ended = conform(['serve', ...options], {
        cwd,
        signal: stop.signal,
        out: (line) => {
          ready(JSON.parse(line) as Host);
        },
      }).then(({ code, err }) => {
        failed(new Error(`serve ${options.join(' ')} ended with ${code}: ${err}`));
      });
    });
    try {
      return await use(host);
    } finally {
      stop.abort();
      await ended;
    }
  });
}

/** The environment of a command that signs in to a host, and can try what the host must refuse. */
export function secretsOf({ token, expiredToken, user, password }: Host): Readonly<Record<string, string>> {
  return {
    CONFORM_TOKEN: token,
    CONFORM_EXPIRED_TOKEN: expiredToken,
    CONFORM_USER: user,
    CONFORM_PASSWORD: password,
    CONFORM_AUTH: 'bearer',
  };
}

/**
 * Runs a command and reads the JSON report that it writes.
 *
 * @param argv the words behind `conform`, without `--report`
 * @param env what the command sees of the environment
 * @throws Error when the exit code is not the one in the report, or there is no report
 */
export async function reportOf(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Report> {
  return inFolder((cwd) => reportIn(cwd, argv, env));
}

/** The same in a folder that holds what the command needs. */
export async function reportIn(
  cwd: string,
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Report> {
  const { code, err } = await conform([...argv, '--report', 'json=report.json'], { cwd, env });
  if (err !== '') throw new Error(`${argv.join(' ')} ended with ${code}: ${err}`);
  const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
  if (report.exitCode !== code)
    throw new Error(`${argv.join(' ')} ended with ${code}, and its report says ${report.exitCode}`);
  return report;
}

/** The exit code, the verdict, the figures, and what was recorded in which order; each a block of one line. */
export function figuresOf({ exitCode, verdict, summary, exchanges }: Report): readonly (readonly string[])[] {
  const order = textOf(exchanges.map(({ id, effect }) => `${id} ${effect}`));
  return [
    [`exit ${exitCode} ${verdict}`],
    [
      Object.entries(summary)
        .map(([word, count]) => `${word} ${count}`)
        .join(', '),
    ],
    [`recorded ${exchanges.length} sha256 ${hashOf(order)}`],
  ];
}

/** A case as reports and waivers name it. */
export function caseName(key: Case['key']): string {
  return Object.values(key).join(' ') || 'the only case';
}

/** SHA-256 in hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Lines as the text of a file. */
export function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Writes blocks of lines into files. Of a block that stands in an earlier file already, only its first word is written,
 * and the name of that file.
 *
 * @param blocks of each file, by its name without the ending
 */
export function filesOf(blocks: ReadonlyMap<string, readonly (readonly string[])[]>): Files {
  const first = new Map<string, string>();
  return new Map(
    [...blocks].map(([name, own]) => {
      const lines = own.flatMap((block) => {
        const text = textOf(block);
        const earlier = first.get(text);
        if (earlier === undefined) first.set(text, name);
        return earlier === undefined || block.length === 1
          ? block
          : [`${block[0]?.split(' ')[0] ?? ''} as in ${earlier}`];
      });
      return [`${name}.txt`, textOf(lines)];
    }),
  );
}
