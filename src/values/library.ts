import { createRequire } from 'node:module';

const load = createRequire(import.meta.url);

/**
 * A library that is loaded when it is first used: what most commands never need would cost each of them its start.
 *
 * @param name as an import has it; it must have a form for `require`
 * @returns the library, of the type that an import of it has
 */
export function library(name: string): () => unknown {
  return () => load(name) as unknown;
}
