import type { NonEmpty } from '../model/contract.ts';
import { isObject, jsonIn, type JsonObject } from '../values/json.ts';
import { readDocument } from './document.ts';
import { isMetadata, unreadable, type ReadDocument } from './facts.ts';
import { frameworkFormats } from './framework.ts';
import { shortened } from '../values/words.ts';

/** What a host answers to a request for one of its documents. */
export type Answer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly mediaType: string;
      readonly location: string | null;
      readonly text: string;
    }
  /** There was none: in words, why. */
  | { readonly kind: 'none'; readonly reason: string };

/** Asks a host for a document: a path from its base URL, without credentials. Redirects are not followed. */
export type Ask = (path: string, accept: string) => Promise<Answer>;

/** The documents of a host that speak of the host or of all its operations. */
export interface HostDocuments {
  readonly documents: readonly ReadDocument[];
  /** Its own answers, for whoever reads a profile out of them. */
  readonly app: Answer;
  readonly types: Answer;
  readonly notes: readonly string[];
}

/**
 * Asks a host for its metadata.
 *
 * @param base its address, for messages and for what a contract says of its sources
 * @throws UnreadableSource when it answers with something that is no such document
 */
export async function readHost(ask: Ask, base: string): Promise<HostDocuments> {
  const types = await ask('/types/metadata.json', 'application/json');
  const app = await ask('/metadata/app.json', 'application/json');
  const read = ([path, answer]: readonly [string, Answer]): readonly ReadDocument[] =>
    textIn(answer) === null ? [] : [readDocument(textIn(answer) ?? '', `${base}${path}`)];
  const all = [
    ['/types/metadata.json', types],
    ['/metadata/app.json', app],
  ] as const;
  return {
    documents: all.flatMap(read),
    app,
    types,
    notes: all.flatMap(([path, answer]) => (textIn(answer) === null ? [`${path} ${whyNot(answer)}`] : [])),
  };
}

/** The pages of one operation, and its schema where nothing else speaks of it. */
export interface OperationDocuments {
  readonly documents: readonly ReadDocument[];
  readonly notes: readonly string[];
}

/**
 * Asks a host for the pages of an operation.
 *
 * @param known what is read already of the operation: its schema is asked for only where that is nothing
 * @throws UnreadableSource when a page cannot be read
 */
export async function readOperation(
  ask: Ask,
  base: string,
  operation: string,
  known: readonly ReadDocument[],
): Promise<OperationDocuments> {
  const query = `?op=${encodeURIComponent(operation)}`;
  const pages = await Promise.all(
    frameworkFormats.map(async ({ name }) => {
      const path = `/${name}/metadata${query}`;
      return [path, await ask(path, 'text/html')] as const;
    }),
  );
  const documents: ReadDocument[] = [];
  const notes: string[] = [];
  for (const [path, answer] of pages) {
    if (textIn(answer) === null) notes.push(`${path} ${whyNot(answer)}`);
    else documents.push(pageIn(textIn(answer) ?? '', `${base}${path}`));
  }
  if (!known.some(({ spelling }) => spelling(operation) !== undefined)) {
    const path = `/schema/${operation}`;
    const answer = await ask(path, 'application/json');
    if (textIn(answer) === null) notes.push(`${path} ${whyNot(answer)}`);
    else documents.push(readDocument(textIn(answer) ?? '', `${base}${path}`));
  }
  return { documents, notes };
}

/** A host that answers a page's address with all of its metadata would have it read anew for each operation, and tells nothing new. */
function pageIn(text: string, where: string): ReadDocument {
  const document = readDocument(text, where);
  const { kind } = document.source;
  return kind === 'page' || kind === 'text'
    ? document
    : unreadable(
        where,
        `is no page of an operation: it is ${isMetadata(kind) ? 'metadata' : `a source in the manner of ${kind}`}`,
      );
}

/** The text of an answer that gives a document. */
export function textIn(answer: Answer): string | null {
  return answer.kind === 'answer' && answer.status === 200 && answer.text.trim() !== '' ? answer.text : null;
}

/** Why an answer gives no document, to stand behind its path. */
function whyNot(answer: Answer): string {
  if (answer.kind === 'none') return `could not be had: ${answer.reason}`;
  if (answer.status === 200) return 'answered nothing';
  const { status, location } = answer;
  if (status >= 300 && status < 400)
    return `answered ${status}, a redirect${location === null ? '' : ` to ${location}`}, which is not followed`;
  if (status === 401 || status === 403) return `answered ${status}: it needs a login, or is switched off`;
  return `answered ${status}${status === 404 ? ': there is none, or it is switched off' : ''}`;
}

/**
 * The operations that are asked for, in the spelling of the documents.
 *
 * @param wanted by its name in any casing; null for all
 * @throws UnreadableSource when no document speaks of it
 */
export function operationsIn(
  documents: readonly ReadDocument[],
  wanted: string | null,
  where: string,
): NonEmpty<string> {
  const all = [...new Set(documents.flatMap(({ operations }) => operations))];
  const own = all.filter((name) => !documents.some(({ framework }) => framework.has(name)));
  const found = wanted === null ? own : all.filter((name) => name.toLowerCase() === wanted.toLowerCase());
  const [first, ...others] = found;
  if (first !== undefined) return [first, ...others];
  if (wanted === null) return unreadable(where, 'speaks of no operation');
  const near = all
    .slice(0, 12)
    .map((name) => shortened(name, 80))
    .join(', ');
  return unreadable(
    where,
    `does not speak of ${wanted}${all.length === 0 ? '' : `; it speaks of ${near}${all.length > 12 ? ' and others' : ''}`}`,
  );
}

/** An object of JSON in an answer; null where it holds none. */
export function objectIn(answer: Answer): JsonObject | null {
  const text = textIn(answer);
  const value = text === null ? undefined : jsonIn(text);
  return isObject(value) ? value : null;
}
