import type { Schemas } from '../src/model/schema.ts';
import ConnectionStatusUpdate from './ConnectionStatusUpdate.schema.json' with { type: 'json' };
import ConnectionStatusUpdateResponse from './ConnectionStatusUpdateResponse.schema.json' with { type: 'json' };
import ResponseError from './ResponseError.schema.json' with { type: 'json' };
import ResponseStatus from './ResponseStatus.schema.json' with { type: 'json' };

/** The derived schemas of every DTO, by name. */
export const schemas: Schemas = {
  ConnectionStatusUpdate,
  ConnectionStatusUpdateResponse,
  ResponseStatus,
  ResponseError,
};
