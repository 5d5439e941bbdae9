import type { Contract, Format, FormatName } from '../src/model/contract.ts';
import { exchanges } from './connection-status-update.exchanges.ts';

/** A format whose page prints what the framework reads and writes. */
function format(name: FormatName, mediaType: string): Format {
  return { name, mediaType, suffix: name, query: name, printed: { mediaType, suffix: name, query: name } };
}

/** The documented operation: everything that the project knows of it, besides its DTOs in `schemas/`. */
export const connectionStatusUpdate: Contract = {
  operation: 'ConnectionStatusUpdate',
  description: 'Update the status of the specified connection',
  prefix: '/api',
  routes: [
    { name: 'cancel', path: '/api/connections/{ConnectionId}/cancel', leaves: 'a cancelled connection' },
    { name: 'remove', path: '/api/connections/{ConnectionId}/remove', leaves: 'a removed connection' },
  ],
  verbs: 'any',
  authentication: 'required',
  request: 'ConnectionStatusUpdate',
  response: 'ConnectionStatusUpdateResponse',
  formats: [
    format('json', 'application/json'),
    format('xml', 'application/xml'),
    format('csv', 'text/csv'),
    { ...format('jsv', 'application/jsv'), printed: { mediaType: 'text/jsv', suffix: 'jsv', query: 'jsv' } },
    { ...format('jsonl', 'text/jsonl'), printed: { mediaType: 'text/jsonl', suffix: 'other', query: 'other' } },
  ],
  xmlNamespace: 'http://schemas.datacontract.org/2004/07/Eros.Subtle.Canvara.WebAPIModel.ServiceModel',
  hosts: ['pfapi.pstpf.com.au'],
  exchanges,
  documentationErrors: [
    {
      id: 'printed-suffix',
      format: 'jsonl',
      part: 'selection',
      says: 'the page prints the suffix .other and ?format=other; the framework knows jsonl',
    },
    {
      id: 'printed-body',
      format: 'csv',
      part: 'request',
      says: 'the page prints a JSON request body under text/csv',
    },
    {
      id: 'printed-body',
      format: 'csv',
      part: 'response',
      says: 'the page prints a JSON response body under text/csv',
    },
    {
      id: 'printed-media-type',
      format: 'jsv',
      part: 'selection',
      says: 'the page prints text/jsv, which is answered with HTML; the framework knows application/jsv',
    },
    {
      id: 'printed-body',
      format: 'jsv',
      part: 'request',
      says: 'the page prints an empty request: zero Guids are left out of the sample, though they are required',
    },
  ],
  effect: 'changes',
  subject: {
    member: 'ConnectionId',
    kind: 'guid',
    states: { fresh: 'an active connection', absent: 'no such connection' },
  },
};
