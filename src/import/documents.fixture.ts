import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Contract } from '../model/contract.ts';
import { contractFrom } from './contract.ts';
import { readDocument } from './document.ts';
import { nonEmpty, type ReadDocument } from './facts.ts';

const recorded = new URL('recorded/', import.meta.url);

/** The text of a recorded document, by its name in `recorded`. */
export function recordedText(name: string): string {
  return readFileSync(new URL(name, recorded), 'utf8');
}

/** A recorded document, read. */
export function recordedDocument(name: string): ReadDocument {
  return readDocument(recordedText(name), name);
}

/** The names of recorded documents in a folder. */
export function recordedIn(folder: string): readonly string[] {
  return readdirSync(fileURLToPath(new URL(folder, recorded))).map((name) => `${folder}/${name}`);
}

/** What documents together say of an operation. */
export function contractIn(operation: string, ...documents: readonly ReadDocument[]): Contract {
  const facts = nonEmpty(documents.map((document) => document.facts(operation)));
  if (facts === null) throw new Error('no document');
  return contractFrom(facts);
}
