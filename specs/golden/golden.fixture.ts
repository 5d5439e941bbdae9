import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogueFiles } from './catalogue.fixture.ts';
import { commandFiles } from './commands.fixture.ts';
import { gateFiles } from './gate.fixture.ts';
import { mutantFiles } from './mutants.fixture.ts';
import { planFiles } from './plans.fixture.ts';
import { profileFiles } from './profiles.fixture.ts';
import { runFiles } from './runs.fixture.ts';
import type { Files } from './seam.fixture.ts';

/** A folder of golden files. */
export interface Golden {
  readonly folder: string;
  /** What is frozen there, to complete "… is as it was". */
  readonly says: string;
  /** The files as the commands make them now, through `main()` alone: where modules stand makes no difference. */
  readonly made: () => Promise<Files>;
}

/** All folders of golden files. */
export const goldens: readonly Golden[] = [
  { folder: 'catalogue', says: 'requirements and mutants in order, with level and basis', made: catalogueFiles },
  { folder: 'profiles', says: 'what each profile asks: cases and exchanges of each requirement', made: profileFiles },
  { folder: 'plans', says: 'what is sent, in which order, with which effect', made: planFiles },
  { folder: 'runs', says: 'what each case comes to, figures, exit codes', made: runFiles },
  { folder: 'mutants', says: 'which cases find a mutant', made: mutantFiles },
  { folder: 'gate', says: 'what is accepted as a baseline, and what differs from it', made: gateFiles },
  { folder: 'commands', says: 'the exit code of each command line', made: commandFiles },
];

const place = (folder: string): string => fileURLToPath(new URL(folder, import.meta.url));

/**
 * Holds the files of one folder against what the commands make now.
 *
 * @returns one line for each file that differs, with the first line that does
 */
export async function differences({ folder, made }: Golden): Promise<readonly string[]> {
  const now = await made();
  const golden = read(folder);
  return [...new Set([...golden.keys(), ...now.keys()])].flatMap((name) => {
    const file = `specs/golden/${folder}/${name}`;
    const [was, is] = [golden.get(name), now.get(name)];
    if (was === undefined) return [`${file} is missing`];
    if (is === undefined) return [`${file} is made by nothing`];
    return was === is ? [] : [firstDifference(file, was, is)];
  });
}

function firstDifference(file: string, was: string, is: string): string {
  const [before, after] = [was.split('\n'), is.split('\n')];
  const at = before.findIndex((line, i) => line !== after[i]);
  const line = at === -1 ? before.length : at;
  return `${file}:${line + 1} was "${before[line] ?? ''}" and is "${after[line] ?? ''}"`;
}

/**
 * Writes the files of one folder anew.
 *
 * @returns how many there are
 */
export async function write({ folder, made }: Golden): Promise<number> {
  const files = await made();
  rmSync(place(folder), { recursive: true, force: true });
  mkdirSync(place(folder));
  for (const [name, text] of files) writeFileSync(join(place(folder), name), text);
  return files.size;
}

function read(folder: string): Files {
  if (!existsSync(place(folder))) return new Map();
  return new Map(
    readdirSync(place(folder))
      .sort()
      .map((name) => [name, readFileSync(join(place(folder), name), 'utf8')]),
  );
}
