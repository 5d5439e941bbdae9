import type { Requirement } from '../../src/model/requirement.ts';
import { admittedWithCredentials } from './admitted.requirements.ts';
import { refusedWithBadCredentials } from './bad-credentials.requirements.ts';
import { openToAll } from './anonymous.requirements.ts';
import { answersForUsersAlone } from './answers.requirements.ts';
import { authenticationFirst } from './order.requirements.ts';
import { refusedWithLesserCredentials } from './lesser.requirements.ts';
import { refusedWithoutCredentials } from './refused.requirements.ts';

/** Only who has shown to be a user is served, and that is settled first. */
export const authentication: readonly Requirement[] = [
  ...refusedWithoutCredentials,
  ...refusedWithBadCredentials,
  ...authenticationFirst,
  ...answersForUsersAlone,
  ...admittedWithCredentials,
  ...openToAll,
  ...refusedWithLesserCredentials,
];
