import { credentialMutants } from './authentication/credentials.mutants.ts';
import { harmlessRefusals } from './authentication/harmless.mutants.ts';
import { leakMutants } from './authentication/leaks.mutants.ts';
import { lesserMutants } from './authentication/lesser.mutants.ts';
import { strangerMutants } from './authentication/strangers.mutants.ts';
import { documentationMutants } from './documentation/documentation.mutants.ts';
import { driftMutants } from './documentation/drift.mutants.ts';
import { exampleMutants } from './examples/examples.mutants.ts';
import { namedMutants } from './formats/named.mutants.ts';
import { selectionMutants } from './formats/selection.mutants.ts';
import { valueMutants } from './formats/values.mutants.ts';
import { chosenMutants } from './chosen.mutants.ts';
import { combinationMutants } from './combinations.mutants.ts';
import { effectMutants } from './effects.mutants.ts';
import { harmlessMutants } from './harmless.mutants.ts';
import { lifecycleMutants } from './lifecycle/lifecycle.mutants.ts';
import { responseStatusMutants } from './response-status/response-status.mutants.ts';
import { routeMutants } from './routes/routes.mutants.ts';
import { wordMutants } from './routes/words.mutants.ts';
import { clientMutants } from './transport/clients.mutants.ts';
import { harmlessAnswers } from './transport/harmless.mutants.ts';
import { standingMutants } from './transport/standing.mutants.ts';
import { transportMutants } from './transport/transport.mutants.ts';
import { typeMutants } from './types/types.mutants.ts';
import { bodyMutants } from './validation/bodies.mutants.ts';
import { memberMutants } from './validation/members.mutants.ts';
import { preflightMutants } from './verbs/preflight.mutants.ts';
import { verbMutants } from './verbs/verbs.mutants.ts';
import type { Mutant } from '../src/provider/mutant.ts';

const mutants: readonly Mutant[] = [
  ...routeMutants,
  ...wordMutants,
  ...verbMutants,
  ...preflightMutants,
  ...strangerMutants,
  ...credentialMutants,
  ...leakMutants,
  ...lesserMutants,
  ...harmlessRefusals,
  ...selectionMutants,
  ...valueMutants,
  ...responseStatusMutants,
  ...memberMutants,
  ...bodyMutants,
  ...typeMutants,
  ...exampleMutants,
  ...lifecycleMutants,
  ...effectMutants,
  ...combinationMutants,
  ...chosenMutants,
  ...documentationMutants,
  ...driftMutants,
  ...clientMutants,
  ...transportMutants,
  ...standingMutants,
  ...harmlessAnswers,
  ...harmlessMutants,
];

/** Every mutant, area by area, in the order they are run. */
export const zoo: readonly Mutant[] = [...mutants, ...namedMutants(mutants)];
