import packageJson from 'platform-api-conformance/package.json' with { type: 'json' };
import type { Contract } from '../src/model/contract.ts';
import type { Suite } from '../src/model/suite.ts';
import { deriveSchemas, schemasUri } from '../src/schema/derive.ts';
import { membersOf } from '../src/schema/members.ts';
import { modelOf } from '../src/schema/types.ts';
import { createValidator, type Validator } from '../src/schema/validator.ts';
import { catalogue } from './catalogue.ts';
import { observations } from './observations.ts';
import sources from './sources.json' with { type: 'json' };

/** What is promised of an operation: its contract, and the catalogue as far as it speaks of such a one. */
export function suiteOf(contract: Contract): Suite {
  const schemas = deriveSchemas(modelOf(contract), schemasUri);
  // Most commands that send nothing judge nothing either, and would wait for it.
  let validator: Validator | null = null;
  return {
    name: packageJson.name,
    version: packageJson.version,
    operation: contract.operation,
    contract,
    schemas,
    members: membersOf(contract, schemas),
    violations: (dto, value, spelling) =>
      schemas[dto] === undefined ? [] : (validator ??= createValidator(schemas)).violations(dto, value, spelling),
    catalogue,
    observations,
    sources,
  };
}
