import packageJson from 'platform-api-conformance/package.json' with { type: 'json' };
import type { Contract } from '../src/model/contract.ts';
import type { Suite } from '../src/model/suite.ts';
import { deriveSchemas, schemasUri } from '../src/schema/derive.ts';
import { membersOf } from '../src/schema/members.ts';
import { modelOf, responseType } from '../src/schema/types.ts';
import { createCompilers, type Compilers } from '../src/schema/compilers.ts';
import { createValidator, type Validator } from '../src/schema/validator.ts';
import { catalogue } from './catalogue.ts';
import { observations } from './observations.ts';
import sources from './sources.json' with { type: 'json' };

/** What is promised of an operation: its contract, and the catalogue as far as it speaks of such a one. */
export function suiteOf(contract: Contract): Suite {
  return suiteWith(contract, createCompilers());
}

/** The same of one operation after the other: schemas that they have in common are compiled once. */
export function suitesInCommon(): (contract: Contract) => Suite {
  const compilers = createCompilers();
  return (contract) => suiteWith(contract, compilers);
}

function suiteWith(contract: Contract, compilers: Compilers): Suite {
  const schemas = deriveSchemas(modelOf(contract), schemasUri);
  // Most commands that send nothing judge nothing either, and would wait for it.
  let validator: Validator | null = null;
  const validate = (): Validator => (validator ??= createValidator(schemas, compilers));
  const answer = responseType(contract);
  return {
    name: packageJson.name,
    version: packageJson.version,
    operation: contract.operation,
    contract,
    schemas,
    members: membersOf(contract, schemas),
    violations: (dto, value, spelling) =>
      schemas[dto] === undefined ? [] : validate().violations(dto, value, spelling),
    // A text that is the whole answer stands there as it is, whatever it says (source forms, 6).
    answerViolations: (value, spelling) =>
      answer === null || answer.kind === 'string' || answer.kind === 'enum'
        ? []
        : validate().violationsOf(answer, value, spelling),
    catalogue,
    observations,
    sources,
  };
}
