import type { Citation } from '../../src/model/requirement.ts';

export const required: Citation = { source: 'operation-page', at: 'ApiMember attributes', quote: 'IsRequired=true' };
export const guid: Citation = { source: 'operation-page', at: 'ContactTypeId', quote: 'DataType="Guid"' };
export const badRequest: Citation = {
  source: 'servicestack-error-handling',
  at: 'Default Mapping of C# Exceptions to HTTP Errors',
  quote: 'ArgumentException or SerializationException or FormatException is returned as a 400 BadRequest',
};
