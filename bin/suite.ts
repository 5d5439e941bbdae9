import { connectionStatusUpdate } from '../contracts/connection-status-update.ts';
import { schemas } from '../schemas/index.ts';
import { catalogue } from '../specs/catalogue.ts';
import sources from '../specs/sources.json' with { type: 'json' };
import type { CitedSources } from '../src/model/source.ts';
import { membersOf } from '../src/schema/members.ts';
import { createValidator } from '../src/schema/validator.ts';
import packageJson from 'platform-api-conformance/package.json' with { type: 'json' };

/** What this suite is about: one contract, its schemas, its catalogue. */
export const suite = {
  name: packageJson.name,
  version: packageJson.version,
  operation: connectionStatusUpdate.operation,
  contract: connectionStatusUpdate,
  schemas,
  validator: createValidator(schemas),
  members: membersOf(connectionStatusUpdate, schemas),
  catalogue,
  sources: sources satisfies CitedSources as CitedSources,
} as const;
