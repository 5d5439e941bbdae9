import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { differences } from '../../src/import/compare.ts';
import { contractFrom } from '../../src/import/contract.ts';
import { readDocument } from '../../src/import/document.ts';
import { nonEmpty, UnreadableSource, type OperationFacts, type ReadDocument } from '../../src/import/facts.ts';
import { emptySaid, filesOf } from '../../src/import/files.ts';
import { operationsIn, readHost, readOperation, textIn, type Answer, type Ask } from '../../src/import/host.ts';
import { learnt } from '../../src/import/learn.ts';
import type { Contract, NonEmpty } from '../../src/model/contract.ts';
import type { Profile } from '../../src/model/profile.ts';
import { visible } from '../../src/report/visible.ts';
import { openDocuments, type OpenDocuments } from '../../src/run/documents.ts';
import { readContract } from '../../src/schema/contract.ts';
import { readTextFile } from '../../src/settings/files.ts';
import { InconclusiveError, UsageError } from '../../src/settings/problems.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { SettingName, Values } from '../../src/settings/table.ts';
import type { Console } from '../console.ts';
import { addOptions, type Define } from '../options.ts';
import { shippedSuite } from '../suites.ts';
import { stagedFiles } from '../staged.ts';

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
    const reaching = { console, flags, taken };
    try {
      if (check !== undefined) {
        if ([operation, all, out].some((each) => each !== undefined))
          throw new UsageError(
            '--check writes nothing and is about the operation of its contract: give neither --operation, --all nor --out',
          );
        if (await checkAgainst(check, sources, reaching)) done(1);
        return;
      }
      if ((operation === undefined) === (all === undefined))
        throw new UsageError('import needs --operation NAME, or --all for every operation');
      if (out === undefined) throw new UsageError('import needs --out DIR: the folder to write into');
      await importInto(resolve(console.cwd, out), sources, operation ?? null, reaching);
    } catch (error) {
      if (error instanceof UnreadableSource) throw new UsageError(visible(error.message));
      throw error;
    }
  });
};

/**
 * Says what documents no longer promise as a contract does.
 *
 * @returns whether a consumer that holds to the contract breaks
 */
async function checkAgainst(file: string, names: readonly string[], reaching: Reaching): Promise<boolean> {
  const { console } = reaching;
  const contract = contractAt(file, console);
  const opened: OpenDocuments[] = [];
  try {
    const sources = await readSources(names, contract.operation, reaching, opened);
    const { facts } = await factsOf(contract.operation, sources, console);
    const found = differences(contract, facts);
    for (const { document, place, promised, found: now, breaks } of found)
      console.out(
        visible(`${breaks ? 'breaks' : 'harmless'}  ${document}  ${place}: was ${promised}; is ${now}`) + '\n',
      );
    const breaking = found.filter(({ breaks }) => breaks).length;
    const sum =
      found.length === 0
        ? 'the documents promise what the contract says'
        : `${found.length} differ, ${breaking} of which break a consumer`;
    console.out(`import --check: ${sum}\n`);
    return breaking > 0;
  } finally {
    for (const each of opened) each.close();
  }
}

function contractAt(name: string, console: Console): Contract {
  const path = resolve(console.cwd, name);
  const file = existsSync(path) && statSync(path).isDirectory() ? join(name, 'contract.json') : name;
  const text = readTextFile('--check', file, console);
  const read = readContract(jsonIn(text, file), null);
  if (!read.ok) throw new UsageError(`--check ${file}: ${read.problem}`);
  return read.contract;
}

function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`--check ${file}: is not JSON`);
  }
}

interface Reaching {
  readonly console: Console;
  readonly flags: Values;
  readonly taken: ReadonlySet<SettingName>;
}

/** What has been read of a source before any operation is asked for. */
interface Source {
  readonly documents: readonly ReadDocument[];
  readonly app: Answer;
  readonly types: Answer;
  /** Set for a host, whose pages are asked for by operation. */
  readonly host: { readonly ask: Ask; readonly base: string; readonly name: string } | null;
}

async function importInto(
  out: string,
  names: readonly string[],
  wanted: string | null,
  reaching: Reaching,
): Promise<void> {
  const { console } = reaching;
  const opened: OpenDocuments[] = [];
  const staged = await stagedFiles(out);
  try {
    const sources = await readSources(names, wanted, reaching, opened);
    const documents = sources.flatMap((source) => source.documents);
    const operations = operationsToImport(documents, sources, wanted, names);
    let last: Contract | null = null;
    for (const operation of operations) {
      const { contract, xml } = await importOne(operation, sources, console);
      const folder = wanted === null ? operation : '.';
      await Promise.all([...filesOf(contract)].map(([file, text]) => staged.write(join(folder, file), text)));
      if (!existsSync(join(out, folder, 'said.json'))) await staged.write(join(folder, 'said.json'), emptySaid);
      if (last === null) {
        const probed = learnt(contract, { ...answersOf(sources), xml });
        await staged.write('profile.json', profileText(probed.profile));
        say(console, 'learnt', probed.learnt);
        say(console, 'not learnt', probed.notLearnt);
      }
      last = contract;
      if (wanted !== null) tell(contract, console);
    }
    const count = await staged.commit();
    console.out(
      `import: wrote ${count} files into ${out}${wanted === null ? `, for ${operations.length} operations` : ''}\n`,
    );
  } finally {
    await staged.discard();
    for (const each of opened) each.close();
  }
}

function answersOf(sources: readonly Source[]): { readonly app: Answer; readonly types: Answer } {
  const found = (of: (source: Source) => Answer): Answer =>
    sources.map(of).find((answer) => answer.kind === 'answer') ?? {
      kind: 'none',
      reason: 'it is not among the sources',
    };
  return { app: found((source) => source.app), types: found((source) => source.types) };
}

function operationsToImport(
  documents: readonly ReadDocument[],
  sources: readonly Source[],
  wanted: string | null,
  names: readonly string[],
): readonly string[] {
  // Pages of a host are asked for by name, so that a host without metadata can still show one.
  const isKnown = documents.some(({ operations }) =>
    operations.some((name) => name.toLowerCase() === wanted?.toLowerCase()),
  );
  if (
    wanted !== null &&
    !isKnown &&
    documents.every(({ operations }) => operations.length === 0) &&
    sources.some(({ host }) => host !== null)
  )
    return [wanted];
  return operationsIn(documents, wanted, names.join(', '));
}

async function importOne(
  operation: string,
  sources: readonly Source[],
  console: Console,
): Promise<{ readonly contract: Contract; readonly xml: Answer }> {
  const { facts, xml } = await factsOf(operation, sources, console);
  const targets = sources.flatMap(({ host }) => (host === null ? [] : [host.name]));
  return { contract: contractFrom(facts, targets), xml };
}

/** What all sources say of an operation; of hosts, its pages are asked for. */
async function factsOf(
  operation: string,
  sources: readonly Source[],
  console: Console,
): Promise<{ readonly facts: NonEmpty<OperationFacts>; readonly xml: Answer }> {
  const documents = sources.flatMap((source) => source.documents);
  const all = [...documents];
  let xml: Answer = { kind: 'none', reason: 'no page in XML is among the sources' };
  for (const { host } of sources) {
    if (host === null) continue;
    const read = await readOperation(host.ask, host.base, operation, documents);
    all.push(...read.documents);
    xml = read.xml;
    say(console, 'not read', read.notes);
  }
  const facts = nonEmpty(
    all.flatMap((document) => {
      const name = document.operations.find((each) => each.toLowerCase() === operation.toLowerCase());
      return name === undefined ? [] : [document.facts(name)];
    }),
  );
  if (facts === null)
    throw new UsageError(
      `nothing that could be read speaks of ${visible(operation)}: give its name as the metadata page lists it, or save a page and name the file`,
    );
  return { facts, xml };
}

async function readSources(
  names: readonly string[],
  wanted: string | null,
  reaching: Reaching,
  opened: OpenDocuments[],
): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const name of names)
    sources.push(
      /^https?:\/\//i.test(name) ? await readUrl(name, wanted, reaching, opened) : readFile(name, reaching.console),
    );
  return sources;
}

function readFile(name: string, console: Console): Source {
  const text = readTextFile('import', name, console);
  const short = basename(name);
  const document = readNamed(text, short, name);
  const answer: Answer = { kind: 'answer', status: 200, mediaType: '', location: null, text };
  const none: Answer = { kind: 'none', reason: 'it is not among the sources' };
  const { kind } = document.source;
  return {
    documents: [document],
    app: kind === 'app' ? answer : none,
    types: kind === 'metadata' ? answer : none,
    host: null,
  };
}

/** A contract says the same wherever its sources lay; a message names the file as it was given. */
function readNamed(text: string, short: string, name: string): ReadDocument {
  const named = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (error instanceof UnreadableSource && error.message.startsWith(short))
        throw new UnreadableSource(`${name}${error.message.slice(short.length)}`);
      throw error;
    }
  };
  const document = named(() => readDocument(text, short));
  return { ...document, facts: (operation) => named(() => document.facts(operation)) };
}

async function readUrl(
  address: string,
  wanted: string | null,
  { console, flags, taken }: Reaching,
  opened: OpenDocuments[],
): Promise<Source> {
  const suite = shippedSuite();
  const contract = { ...suite.contract, hosts: [] };
  const settings = readSettings(
    { ...flags, target: address },
    contract,
    console,
    new Set([...taken, 'target' as const]),
  );
  const { target } = settings;
  if (target.kind === 'embedded') throw new UsageError(`${address}: is no URL of a host`);
  // The handler path of most hosts is /api; a base URL may leave it out.
  const prefixes = target.url.pathname === '/' ? ['', '/api'] : [''];
  const tried: string[] = [];
  for (const prefix of prefixes) {
    const documents = openDocuments(target, prefix, suite, settings, console);
    opened.push(documents);
    const base = `${target.url.href.replace(/\/$/, '')}${prefix}`;
    const read = await readHost(documents.ask, base);
    const isThere =
      read.documents.length > 0 ||
      (wanted !== null && prefix === prefixes.at(-1) && (await showsPage(documents.ask, wanted)));
    if (!isThere) {
      for (const answer of [read.types, read.app])
        if (answer.kind === 'none') throw new InconclusiveError(visible(answer.reason));
      tried.push(...read.notes.map((note) => `${prefix}${note}`));
      continue;
    }
    say(console, 'note', documents.notes);
    say(console, 'not read', read.notes);
    return {
      documents: read.documents,
      app: read.app,
      types: read.types,
      host: { ask: documents.ask, base, name: target.url.hostname },
    };
  }
  throw new UsageError(
    visible(
      `${address}: shows no metadata of ServiceStack (${tried.join('; ')}): give the URL that its pages live under, or files`,
    ),
  );
}

/** Whether a host that shows no metadata shows the page of an operation. */
async function showsPage(ask: Ask, operation: string): Promise<boolean> {
  return textIn(await ask(`/json/metadata?op=${encodeURIComponent(operation)}`, 'text/html')) !== null;
}

/** A profile without what is not known. */
function profileText({ xmlNamespace, ...profile }: Profile): string {
  return `${JSON.stringify({ ...profile, ...(xmlNamespace !== '' && { xmlNamespace }) }, null, 2)}\n`;
}

/** What a person should know of a contract before they use it. */
function tell({ disagreements, unknown, operation }: Contract, console: Console): void {
  for (const { path, values } of disagreements) {
    const [first, ...others] = values;
    if (first !== undefined)
      console.err(
        `differs: ${visible(`${operation} ${path}: ${first.value} (${first.at}) counts, not ${others.map(({ value, at }) => `${value} (${at})`).join(', ')}`)}\n`,
      );
  }
  say(
    console,
    'unknown',
    unknown.map(({ path, why }) => `${path}: ${why}`),
  );
}

function say(console: Console, what: string, texts: readonly string[]): void {
  for (const text of texts) console.err(`${what}: ${visible(text)}\n`);
}
