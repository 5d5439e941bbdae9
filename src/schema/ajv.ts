import type addFormatsModule from 'ajv-formats';
import type * as ajvModule from 'ajv/dist/2020.js';
import { library } from '../values/library.ts';

const ajvIn = library('ajv/dist/2020.js') as () => typeof ajvModule;
const formatsIn = library('ajv-formats') as () => typeof addFormatsModule;

/**
 * Ajv for JSON Schema 2020-12 with the usual formats. Its hundred files are loaded with the first schema that is compiled.
 *
 * @param options as Ajv has them
 */
export function createAjv(options: ajvModule.Options): ajvModule.Ajv2020 {
  const { Ajv2020 } = ajvIn();
  const ajv = new Ajv2020(options);
  formatsIn().default(ajv);
  return ajv;
}
