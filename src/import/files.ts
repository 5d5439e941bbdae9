import type { Contract } from '../model/contract.ts';
import { deriveSchemas, schemaFileName, schemasUri } from '../schema/derive.ts';
import { dtosText } from '../schema/dtos.ts';
import { modelOf } from '../schema/types.ts';

/**
 * The files that follow from a contract, by name: itself, its DTOs and their schemas, with members as on the wire. The
 * same contract gives the same bytes.
 */
export function filesOf(contract: Contract): ReadonlyMap<string, string> {
  const model = modelOf(contract, ({ name }) => name);
  const schemas = Object.entries(deriveSchemas(model, schemasUri)).map(
    ([dto, schema]) => [schemaFileName(dto), json(schema)] as const,
  );
  return new Map([
    ['contract.json', json({ $schema: 'urn:platform-api-conformance:contract:1', ...contract })],
    ['dtos.ts', dtosText(model)],
    ...schemas,
  ]);
}

/** The least that a person can say: nothing yet. */
export const emptySaid = json({ $schema: 'urn:platform-api-conformance:said:1' });

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
