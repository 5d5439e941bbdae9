import type { Requirement } from '../../src/model/requirement.ts';
import { codingOfAnswers } from './coding.requirements.ts';
import { requestsInFormats } from './requests.requirements.ts';
import { selectionOfFormats } from './selection.requirements.ts';
import { chosenTogether } from './together.requirements.ts';
import { valuesOfFormats } from './values.requirements.ts';

/** How bodies are asked for, written and read. */
export const formats: readonly Requirement[] = [
  ...selectionOfFormats,
  ...codingOfAnswers,
  ...valuesOfFormats,
  ...requestsInFormats,
  ...chosenTogether,
];
