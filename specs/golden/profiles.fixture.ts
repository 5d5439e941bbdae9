import { conform } from '../../bin/console.fixture.ts';
import { caseName, inFolder, filesOf, reportOf, type Files } from './seam.fixture.ts';

/** A row of `conform plan --as json`, as far as it is frozen. */
export interface Row {
  readonly id: string;
  readonly effect: string;
  readonly step: number;
  readonly requirements: readonly string[];
}

const idsInLine = 8;

/** Every profile that a host can declare, as words of a command line; the default one comes first. */
const profiles: readonly (readonly string[])[] = ['classic', 'mapped', 'endpoints'].flatMap((hosting) =>
  ['pascal', 'camel'].flatMap((casing) =>
    ['servicestack', 'system-text-json'].flatMap((serializer) =>
      [[], ['--debug']].map((debug) => [
        '--hosting',
        hosting,
        '--casing',
        casing,
        '--serializer',
        serializer,
        ...debug,
      ]),
    ),
  ),
);

/** What each profile asks of a host: each requirement with its cases, and with the exchanges that it looks at. */
export async function profileFiles(): Promise<Files> {
  const files = new Map<string, readonly (readonly string[])[]>();
  for (const profile of profiles) files.set(nameOf(profile), await blocksOf(profile));
  return filesOf(files);
}

function nameOf(profile: readonly string[]): string {
  return profile
    .filter((word) => !['--hosting', '--casing', '--serializer'].includes(word))
    .map((word) => word.replace('--', ''))
    .join('-');
}

/** The cases are told by a run that may send one exchange alone: what it cannot send is reported all the same. */
async function blocksOf(profile: readonly string[]): Promise<readonly (readonly string[])[]> {
  const { requirements } = await reportOf([...profile, '--budget', '1']);
  const rows = await inFolder((cwd) => planned(cwd, profile));
  return requirements.map(({ id, cases }) => {
    const exchanges = rows.filter((row) => row.requirements.includes(id)).map((row) => row.id);
    if (exchanges.length === 0) return [`${id} asks nothing: ${cases[0]?.cause ?? 'no case'}`];
    return [id, ...cases.map(({ key }) => `  ${caseName(key)}`), ...inLines(exchanges).map((line) => `  in ${line}`)];
  });
}

function inLines(ids: readonly string[]): readonly string[] {
  return ids.flatMap((_, i) => (i % idsInLine === 0 ? [ids.slice(i, i + idsInLine).join(' ')] : []));
}

/**
 * What a run would send.
 *
 * @param options behind `plan`
 */
export async function planned(cwd: string, options: readonly string[]): Promise<readonly Row[]> {
  const { code, out, err } = await conform(['plan', '--as', 'json', ...options], {
    cwd,
    env: { CONFORM_TOKEN: 'a.b.c' },
  });
  if (code !== 0) throw new Error(`plan ${options.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as readonly Row[];
}
