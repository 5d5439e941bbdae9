import type { Contract } from '../model/contract.ts';
import type { Published } from '../model/published.ts';
import { differences } from './compare.ts';
import { readDocument } from './document.ts';
import { UnreadableSource } from './facts.ts';

/**
 * Reads what a document of a host says of an operation, to be held against its contract.
 *
 * @param text the document, whichever it is
 * @param document its name
 * @param contract as documents stated it
 */
export function publishedIn(text: string, document: string, contract: Contract): Published {
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
