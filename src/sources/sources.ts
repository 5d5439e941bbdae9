import { basename } from 'node:path';
import { readDocument } from '../import/document.ts';
import { UnreadableSource, type ReadDocument } from '../import/facts.ts';
import { readHost, textIn, type Answer, type Ask } from '../import/host.ts';
import type { Suite } from '../model/suite.ts';
import { visible } from '../report/visible.ts';
import { openDocuments, type OpenDocuments } from '../run/open/documents.ts';
import { readTextFile } from '../settings/files.ts';
import { InconclusiveError, UsageError } from '../settings/problems.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';

/** Tells a person what they should know of what was read. */
export type Say = (what: string, texts: readonly string[]) => void;

/** What reading sources needs of the outside. */
export interface Reaching {
  /** Any: hosts are asked for documents alone. */
  readonly suite: Suite;
  readonly world: World;
  /** For a host at that address. */
  readonly settingsOf: (address: string) => Settings;
  /** Every host that was reached, for the caller to close; it grows. */
  readonly opened: OpenDocuments[];
  readonly say: Say;
}

/** What has been read of a source before any operation is asked for. */
export interface Source {
  readonly documents: readonly ReadDocument[];
  readonly app: Answer;
  readonly types: Answer;
  /** Set for a host, whose pages are asked for by operation. */
  readonly host: { readonly ask: Ask; readonly base: string; readonly name: string } | null;
}

/**
 * Reads files, and what hosts say of all their operations.
 *
 * @param names paths and base URLs, as they were given
 * @param wanted the operation; null for all
 * @throws UsageError, InconclusiveError, UnreadableSource when one cannot be read
 */
export async function readSources(
  names: readonly string[],
  wanted: string | null,
  reaching: Reaching,
): Promise<readonly Source[]> {
  const sources: Source[] = [];
  for (const name of names)
    sources.push(/^https?:\/\//i.test(name) ? await readUrl(name, wanted, reaching) : readFile(name, reaching.world));
  return sources;
}

function readFile(name: string, world: Pick<World, 'cwd'>): Source {
  const text = readTextFile('import', name, world);
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
  { suite, world, settingsOf, opened, say }: Reaching,
): Promise<Source> {
  const settings = settingsOf(address);
  const { target } = settings;
  if (target.kind === 'embedded') throw new UsageError(`${address}: is no URL of a host`);
  // The handler path of most hosts is /api; a base URL may leave it out.
  const prefixes = target.url.pathname === '/' ? ['', '/api'] : [''];
  const tried: string[] = [];
  for (const prefix of prefixes) {
    const documents = openDocuments(target, prefix, suite, settings, world);
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
    say('note', documents.notes);
    say('not read', read.notes);
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
