import type { StateName } from '../model/contract.ts';
import { isObject, jsonIn, type JsonObject } from '../values/json.ts';

/** One interaction of a pact file, as far as this project needs to know it before it is verified. */
export interface Interaction {
  readonly description: string;
  readonly states: readonly StateName[];
  /** What a broker calls it; null in a pact that does not come from one. */
  readonly id: string | null;
}

export interface Pact {
  readonly consumer: string;
  readonly provider: string;
  readonly interactions: readonly Interaction[];
}

export type PactRead = { readonly ok: true; readonly pact: Pact } | { readonly ok: false; readonly problem: string };

/**
 * Reads a pact file of version 1 to 4; the sentence for one that is none names the file and what to do.
 *
 * @param text of the file
 * @param fileName named in the sentence
 */
export function readPact(text: string, fileName: string): PactRead {
  const problem = (what: string): PactRead => ({ ok: false, problem: `${fileName}: ${what}` });
  const file = jsonIn(text);
  if (file === undefined) return problem('not JSON, so no pact; write it anew with the consumer tests');
  if (!isObject(file)) return problem('holds no JSON object, so it is no pact');
  const version = versionOf(file);
  if (version === undefined) return problem('does not say which version of the Pact specification it follows');
  if (!/^[1-4](\.|$)/.test(version))
    return problem(`follows version ${version} of the Pact specification; versions 1 to 4 are known`);
  const [consumer, provider] = [nameIn(file['consumer']), nameIn(file['provider'])];
  if (consumer === undefined || provider === undefined) return problem('names no consumer or no provider');
  const { interactions } = file;
  if (!Array.isArray(interactions)) return problem('holds no list of interactions over HTTP');
  const read = interactions.map(interactionIn);
  const bad = read.findIndex((interaction) => interaction === undefined);
  if (bad >= 0) return problem(`interaction ${String(bad + 1)} has no description, or is not one over HTTP`);
  return { ok: true, pact: { consumer, provider, interactions: read.filter((i) => i !== undefined) } };
}

function versionOf(file: JsonObject): string | undefined {
  const metadata = isObject(file['metadata']) ? file['metadata'] : {};
  const places = [metadata['pactSpecification'], metadata['pact-specification']].map((p) =>
    isObject(p) ? p['version'] : undefined,
  );
  return [...places, metadata['pactSpecificationVersion']].find((version) => typeof version === 'string');
}

function interactionIn(value: unknown): Interaction | undefined {
  if (!isObject(value) || typeof value['description'] !== 'string') return undefined;
  if (!['Synchronous/HTTP', undefined].some((type) => value['type'] === type)) return undefined;
  const states = Array.isArray(value['providerStates'])
    ? value['providerStates'].map(nameIn)
    : [value['providerState'] ?? value['provider_state']];
  const id = typeof value['_id'] === 'string' ? value['_id'] : null;
  return { description: value['description'], states: states.filter((state) => typeof state === 'string'), id };
}

function nameIn(value: unknown): string | undefined {
  return isObject(value) && typeof value['name'] === 'string' ? value['name'] : undefined;
}
