import type { Requirement } from '../../src/model/requirement.ts';
import { unservedRoutes } from './not-served.requirements.ts';
import { servedRoutes } from './served.requirements.ts';
import { subjectOfRoutes } from './subject.requirements.ts';

/** The documented paths, and no others, lead to the operation, for the subject that they name. */
export const routes: readonly Requirement[] = [...servedRoutes, ...unservedRoutes, ...subjectOfRoutes];
