import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { differences } from '../../src/import/compare.ts';
import { contractFrom } from '../../src/import/contract.ts';
import { UnreadableSource } from '../../src/import/facts.ts';
import { emptySaid, filesOf } from '../../src/import/files.ts';
import type { Answer } from '../../src/import/host.ts';
import { learnt, showsGuid } from '../../src/import/learn.ts';
import type { Contract } from '../../src/model/contract.ts';
import type { Profile } from '../../src/model/profile.ts';
import { visible } from '../../src/report/visible.ts';
import { readContractFile } from '../../src/settings/contract-file.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { documented } from '../../src/values/contract.ts';
import { answersOf, factsOf, operationsToImport } from '../../src/sources/operation.ts';
import { readSources, type Reaching, type Say, type Source } from '../../src/sources/sources.ts';
import { stagedFiles } from '../../src/sources/staged.ts';
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
      await importInto(resolve(console.cwd, out), sources, operation ?? null, reaching, console);
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
  const contract = documented(readContractFile(`--check ${file}`, file, console));
  const sources = await readSources(names, contract.operation, reaching);
  const { facts } = await factsOf(contract.operation, sources, reaching.say);
  const found = differences(contract, facts);
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

async function importInto(
  out: string,
  names: readonly string[],
  wanted: string | null,
  reaching: Reaching,
  console: Console,
): Promise<void> {
  const { say } = reaching;
  const staged = await stagedFiles(out);
  try {
    const sources = await readSources(names, wanted, reaching);
    const documents = sources.flatMap((source) => source.documents);
    const operations = operationsToImport(documents, sources, wanted, names);
    let telling: Awaited<ReturnType<typeof importOne>> | null = null;
    for (const operation of operations) {
      const { contract, xml } = await importOne(operation, sources, say);
      const folder = wanted === null ? operation : '.';
      await Promise.all([...filesOf(contract)].map(([file, text]) => staged.write(join(folder, file), text)));
      if (!existsSync(join(out, folder, 'said.json'))) await staged.write(join(folder, 'said.json'), emptySaid);
      // The first operation tells of the host what any does, but for Guids, which few samples show.
      if (telling === null || (!showsGuid(telling.contract) && showsGuid(contract))) telling = { contract, xml };
      if (wanted !== null) tell(contract, say);
    }
    if (telling !== null) {
      const probed = learnt(telling.contract, { ...answersOf(sources), xml: telling.xml });
      await staged.write('profile.json', profileText(probed.profile));
      say('learnt', probed.learnt);
      say('not learnt', probed.notLearnt);
    }
    const count = await staged.commit();
    console.out(
      console.redactor
        .say`import: wrote ${count} files into ${out}${wanted === null ? `, for ${operations.length} operations` : ''}\n`,
    );
    if (wanted !== null) {
      const target = names.find((name) => /^https?:/i.test(name)) ?? 'URL';
      say('next', [
        `say in ${join(out, 'said.json')} whether a call only reads, then conform plan --contract ${out} --target ${target} --profile ${join(out, 'profile.json')}`,
      ]);
    }
  } finally {
    await staged.discard();
  }
}

async function importOne(
  operation: string,
  sources: readonly Source[],
  say: Say,
): Promise<{ readonly contract: Contract; readonly xml: Answer }> {
  const { facts, xml } = await factsOf(operation, sources, say);
  const targets = sources.flatMap(({ host }) => (host === null ? [] : [host.name]));
  return { contract: contractFrom(facts, targets), xml };
}

/** A profile without what is not known. */
function profileText({ xmlNamespace, ...profile }: Profile): string {
  return `${JSON.stringify({ ...profile, ...(xmlNamespace !== '' && { xmlNamespace }) }, null, 2)}\n`;
}

/** What a person should know of a contract before they use it. */
function tell({ disagreements, unknown, operation }: Contract, say: Say): void {
  for (const { path, values } of disagreements) {
    const [first, ...others] = values;
    if (first !== undefined)
      say('differs', [
        `${operation} ${path}: ${first.value} (${first.at}) counts, not ${others.map(({ value, at }) => `${value} (${at})`).join(', ')}`,
      ]);
  }
  say(
    'unknown',
    unknown.map(({ path, why }) => `${path}: ${why}`),
  );
}
