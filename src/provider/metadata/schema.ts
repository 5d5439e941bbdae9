import type { PlainObject } from '../../model/value.ts';
import type { Service } from '../service.ts';
import { wordsOf } from '../service.ts';

/** `/schema/Name`: the request DTO as the host's own draft-07 document. */
export function requestSchema(service: Service): PlainObject {
  const { contract, schemas, members } = service;
  const properties = schemas[contract.request]?.properties ?? {};
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `/${service.prefix}/${contract.request}`,
    title: contract.description,
    description: contract.description,
    type: 'object',
    request: contract.request,
    method: 'POST',
    properties: Object.fromEntries(
      members.map((member) => {
        const { description = '' } = properties[member.name] ?? {};
        return [
          member.name,
          {
            title: description === '' ? member.words : description,
            type: 'string',
            ...(member.kind === 'guid' && { format: 'uuid' }),
            // Where an author says nothing there is none (recorded).
            ...(description !== '' && { ui: { help: description } }),
          },
        ];
      }),
    ),
    required: members.filter((m) => m.required).map((m) => m.name),
    ...(contract.authentication === 'required' && { auth: { requiresAuth: true } }),
    ui: { submitLabel: wordsOf(contract.operation) },
  };
}
