import type { Requirement } from '../../src/model/requirement.ts';
import { parameters } from './parameters.requirements.ts';
import { preflights } from './preflight.requirements.ts';
import { servedVerbs } from './served.requirements.ts';
import { unservedVerbs } from './unserved.requirements.ts';

/** Every verb that is promised carries the operation out, wherever its parameters stand. */
export const verbs: readonly Requirement[] = [...servedVerbs, ...parameters, ...unservedVerbs, ...preflights];
