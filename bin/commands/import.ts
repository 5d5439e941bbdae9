import { join, resolve } from 'node:path';
import { UnreadableSource } from '../../src/import/facts.ts';
import { visible } from '../../src/report/visible.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { quantity } from '../../src/values/words.ts';
import { differencesFrom } from '../../src/sources/check.ts';
import { importInto } from '../../src/sources/import.ts';
import type { Reaching } from '../../src/sources/sources.ts';
import type { Console } from '../console.ts';
import { addOptions, type Define } from '../options.ts';
import { shippedSuite } from '../suites.ts';

/** What the command line says besides settings. */
interface Asked {
  readonly operation?: string;
  readonly all?: true;
  readonly out?: string;
  readonly check?: string;
}

/** `conform import`: writes contracts from what a service publishes of itself. */
export const importCommand: Define = (command, console, done) => {
  command
    .argument(
      '<sources...>',
      'a base URL, or files: types/metadata.json, metadata/app.json, pages, DTO sources, /schema/Name; several are merged',
    )
    .option('--operation <name>', 'the operation: the name of its request DTO')
    .option('--all', 'every operation that the sources speak of, one folder each')
    .option('--out <dir>', 'the folder to write contract.json, dtos.ts, the schemas and the profile into');
  command.option(
    '--check <contract>',
    'write nothing: say what the sources no longer promise as this contract.json does; exit 1 where a consumer breaks',
  );
  const taken = addOptions(command, 'Connection', 'Limits');
  command.action(async (sources: readonly string[], given: Values & Asked) => {
    const { operation, all, out, check, ...flags } = given;
    const suite = shippedSuite();
    const reaching: Reaching = {
      suite,
      world: console,
      settingsOf: (address) =>
        readSettings(
          { ...flags, target: address },
          { ...suite.contract, hosts: [] },
          console,
          new Set([...taken, 'target' as const]),
        ),
      opened: [],
      say: (what, texts) => {
        for (const text of texts) console.err(console.redactor.say`${what}: ${visible(text)}\n`);
      },
    };
    try {
      if (check !== undefined) {
        if ([operation, all, out].some((each) => each !== undefined))
          throw new UsageError(
            '--check writes nothing and is about the operation of its contract: give neither --operation, --all nor --out',
          );
        if (await checkAgainst(check, sources, reaching, console)) done(1);
        return;
      }
      if ((operation === undefined) === (all === undefined))
        throw new UsageError('import needs --operation NAME, or --all for every operation');
      if (out === undefined) throw new UsageError('import needs --out DIR: the folder to write into');
      await write(resolve(console.cwd, out), sources, operation ?? null, reaching, console);
    } catch (error) {
      if (error instanceof UnreadableSource) throw new UsageError(visible(error.message));
      throw error;
    } finally {
      for (const each of reaching.opened) each.close();
    }
  });
};

/**
 * Says what documents no longer promise as a contract does.
 *
 * @returns whether a consumer that holds to the contract breaks
 */
async function checkAgainst(
  file: string,
  names: readonly string[],
  reaching: Reaching,
  console: Console,
): Promise<boolean> {
  const { redactor } = console;
  const found = await differencesFrom(file, names, reaching);
  for (const { document, place, promised, found: now, breaks } of found)
    console.out(
      redactor.say`${breaks ? 'breaks' : 'harmless'}  ${visible(document)}  ${visible(place)}: was ${visible(promised)}; is ${visible(now)}\n`,
    );
  const breaking = found.filter(({ breaks }) => breaks).length;
  const sum =
    found.length === 0
      ? 'the documents promise what the contract says'
      : `${found.length} differ, ${breaking} of which break a consumer`;
  console.out(redactor.say`import --check: ${sum}\n`);
  return breaking > 0;
}

async function write(
  out: string,
  names: readonly string[],
  wanted: string | null,
  reaching: Reaching,
  console: Console,
): Promise<void> {
  const { files, operations } = await importInto(out, names, wanted, reaching);
  const whose = wanted === null ? `, for ${quantity(operations, 'operation')}` : '';
  console.out(console.redactor.say`import: wrote ${quantity(files, 'file')} into ${out}${whose}\n`);
  const [said, option] =
    wanted === null ? [join(out, 'OPERATION', 'said.json'), '--contracts'] : [join(out, 'said.json'), '--contract'];
  const target = names.find((name) => /^https?:/i.test(name)) ?? 'URL';
  reaching.say('next', [
    `say in ${said} whether a call only reads, then conform plan ${option} ${out} --target ${target} --profile ${join(out, 'profile.json')}`,
  ]);
}
