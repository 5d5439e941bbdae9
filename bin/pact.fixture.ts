import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conform, type Ran } from './console.fixture.ts';

const folder = fileURLToPath(new URL('../specs/shapes', import.meta.url));
const said = (values: object): object => ({ values: { value: values, reason: 'A test says so.' } });

/** What a person adds, and what is generated then: with a subject of another kind, by GET, by POST, with nothing to say. */
export const operations = {
  'get-tool': { added: said({ Id: '1' }), wanted: ['a GetTool by GET', 'a GetTool whose Id is x'] },
  'write-note': {
    added: said({ Author: '0f8fad5b-d9cb-469f-a165-70867728950e', Text: 'some text', Stars: '3' }),
    wanted: ['a WriteNote by POST', 'a WriteNote without credentials', 'a WriteNote without Author'],
  },
  'save-tool': {
    added: said({ Name: 'hammer', Price: '12.5' }),
    wanted: ['a SaveTool by POST', 'a SaveTool without Name'],
  },
  'find-tools': { added: {}, wanted: ['a FindTools whose Colour is Purple'] },
  'echo-collections': { added: {}, wanted: [] },
} as const;

export const shapes = Object.keys(operations) as readonly (keyof typeof operations)[];

/** Writes the pact of an operation and its client to `shape/out` in a folder, with what a person adds to the contract. */
export function writePact(shape: keyof typeof operations, to: string): Promise<Ran> {
  const own = join(to, shape);
  mkdirSync(own);
  cpSync(join(folder, shape, 'contract.json'), join(own, 'contract.json'));
  writeFileSync(join(own, 'said.json'), JSON.stringify(operations[shape].added));
  return conform(['pact', '--contract', own, '--out', join(own, 'out')]);
}
