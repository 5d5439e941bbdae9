import type { Contract } from '../model/contract.ts';
import type { Published } from '../model/published.ts';
import { differences } from './compare.ts';
import { readDocument } from './document.ts';
import { UnreadableSource } from './facts.ts';

/**
 * Reads what a document of a host says of an operation, to be held against its contract. As it was read last it is known
 * again: several requirements look at one document, which may be that of hundreds of operations.
 *
 * @param contract as documents stated it
 * @returns takes the document, whichever it is, and its name
 */
export function publishedOf(contract: Contract): (text: string, document: string) => Published {
  const last = new Map<string, { readonly text: string; readonly published: Published }>();
  return (text, document) => {
    const before = last.get(document);
    if (before?.text === text) return before.published;
    const published = publishedIn(text, document, contract);
    last.set(document, { text, published });
    return published;
  };
}

function publishedIn(text: string, document: string, contract: Contract): Published {
  try {
    const it = readDocument(text, document);
    const name = it.spelling(contract.operation);
    if (name === undefined) return { kind: 'unlisted', why: `${document} does not list ${contract.operation}` };
    const facts = it.facts(name);
    return { kind: 'read', differences: (written) => differences(contract, [facts], written) };
  } catch (error) {
    if (error instanceof UnreadableSource) return { kind: 'unread', why: error.message };
    throw error;
  }
}
