import { createRequire } from 'node:module';
import type addFormatsModule from 'ajv-formats';
import type * as ajvModule from 'ajv/dist/2020.js';

const load = createRequire(import.meta.url);

/**
 * Ajv for JSON Schema 2020-12 with the usual formats. It is loaded with the first schema that is compiled: most commands that
 * send nothing judge nothing either, and would wait for its hundred files.
 *
 * @param options as Ajv has them
 */
export function createAjv(options: ajvModule.Options): ajvModule.Ajv2020 {
  const { Ajv2020 } = load('ajv/dist/2020.js') as typeof ajvModule;
  const addFormats = load('ajv-formats') as typeof addFormatsModule;
  const ajv = new Ajv2020(options);
  addFormats.default(ajv);
  return ajv;
}
