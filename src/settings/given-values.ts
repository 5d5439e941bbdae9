import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Contract } from '../model/contract.ts';
import { isSameName } from '../values/operation-name.ts';
import { decodeText } from './files.ts';
import { UsageError } from './problems.ts';
import type { Settled } from './reading.ts';
import type { World } from './world.ts';

/** A value of a member of the request that a call succeeds with. */
export interface GivenValue {
  readonly member: string;
  readonly value: string;
  /** Whether it came from the environment or a file of its own, and may not be shown. */
  readonly isSecret: boolean;
  /** Whether the operation must have the member: what is said of all operations holds of those that have it. */
  readonly isOwn: boolean;
}

/** What of the values may not be shown. */
export function secretsOf(values: readonly GivenValue[]): readonly string[] {
  return values.flatMap(({ value, isSecret }) => (isSecret && value !== '' ? [value] : []));
}

const reference = /\$\{(file:)?([^{}]+)\}/g;

/** A text whose references to files are whole paths. */
export function withFiles(text: string, folder: string): string {
  return text.replace(reference, (whole, isFile: string | undefined, name: string) =>
    isFile === undefined ? whole : `\${file:${resolve(folder, name)}}`,
  );
}

/**
 * Values of members that a person gives: those of the contract, and before them those of the settings.
 *
 * @param how whether the settings speak of several operations; what becomes of a reference to what is not there: `refused`, or
 *   left as it stands where nothing leaves this process
 * @throws UsageError for what is no value of a member, or refers to what is not there
 */
export function readValues(
  given: Settled,
  { operation, values = {} }: Pick<Contract, 'operation' | 'values'>,
  {
    several,
    missing,
    shown,
  }: {
    readonly several: boolean;
    readonly missing: 'refused' | 'left';
    /** Whether what is written out in the settings may be shown. */
    readonly shown: boolean;
  },
  world: Pick<World, 'env' | 'cwd'>,
): readonly GivenValue[] {
  const own = Object.entries(values).map(([member, text]) => ({ member, text, isOwn: true, isShown: true }));
  const said = given.list('values').flatMap((line) => {
    const [, of, member, rest] = /^(?:(\w+)\.)?(\w+):(.*)$/s.exec(line.trim()) ?? [];
    // The line may hold a secret, so it is not repeated.
    if (member === undefined || rest === undefined) throw new UsageError('--values: takes "Member: value"');
    if (of !== undefined && !isSameName(of, operation)) return [];
    return [{ member, text: rest.trim(), isOwn: of !== undefined || !several, isShown: shown }];
  });
  const last = new Map([...own, ...said].map((each) => [each.member.toLowerCase(), each]));
  return [...last.values()].map(({ member, text, isOwn, isShown }) => {
    const value = resolved(member, text, missing, world);
    return { member, value, isSecret: !isShown || value !== text, isOwn };
  });
}

function resolved(
  member: string,
  text: string,
  missing: 'refused' | 'left',
  { env, cwd }: Pick<World, 'env' | 'cwd'>,
): string {
  return text.replace(reference, (whole, isFile: string | undefined, name: string) => {
    const found = isFile === undefined ? env[name] : textIn(resolve(cwd, name));
    if (found !== undefined && found !== '') return found;
    if (missing === 'left') return whole;
    throw new UsageError(
      isFile === undefined
        ? `the value of ${member}: ${name} is not in the environment`
        : `the value of ${member}: ${name} cannot be read, or is empty`,
    );
  });
}

function textIn(file: string): string | undefined {
  try {
    return decodeText(readFileSync(file)).trim();
  } catch {
    return undefined;
  }
}
