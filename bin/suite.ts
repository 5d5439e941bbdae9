import packageJson from 'platform-api-conformance/package.json' with { type: 'json' };
import { connectionStatusUpdate } from '../contracts/connection-status-update.ts';
import { schemas } from '../schemas/index.ts';
import { catalogue } from '../specs/catalogue.ts';
import { observations } from '../specs/observations.ts';
import sources from '../specs/sources.json' with { type: 'json' };
import type { Suite } from '../src/model/suite.ts';
import { membersOf } from '../src/schema/members.ts';
import { createValidator } from '../src/schema/validator.ts';

const validator = createValidator(schemas);

/** What this suite is about: one contract, its schemas, its catalogue. */
export const suite: Suite = {
  name: packageJson.name,
  version: packageJson.version,
  operation: connectionStatusUpdate.operation,
  contract: connectionStatusUpdate,
  schemas,
  members: membersOf(connectionStatusUpdate, schemas),
  violations: (dto, value) => validator.violations(dto, value),
  catalogue,
  observations,
  sources,
};
