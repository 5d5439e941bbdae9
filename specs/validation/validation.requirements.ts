import type { Requirement } from '../../src/model/requirement.ts';
import { bodiesRead } from './bodies.requirements.ts';
import { membersValidated } from './members.requirements.ts';
import { pathValidated } from './path.requirements.ts';
import { validatedInEveryWay } from './ways.requirements.ts';

/** What a request may be. */
export const validation: readonly Requirement[] = [
  ...membersValidated,
  ...validatedInEveryWay,
  ...pathValidated,
  ...bodiesRead,
];
