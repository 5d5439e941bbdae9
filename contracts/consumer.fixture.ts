import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PactV4 } from '@pact-foundation/pact';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import { callOn, describeTo, interactionsOf, type Interaction } from './interactions.ts';
import { consumer, provider } from './states.ts';

const committed = fileURLToPath(new URL('../pacts', import.meta.url));
const fileName = `${consumer}-${provider}.json`;

interface PactFile {
  readonly interactions: readonly { readonly description: string }[];
}

/**
 * Declares one test per interaction of a route: the client is driven against Pact's mock of it, and what Pact writes
 * must be what `pacts/` holds. `pacts/` itself is written by `npm run pacts` alone, so a run that is cut short or
 * narrowed leaves it whole; PACTS_DIR then names the folder that all interactions go to.
 */
export function proveInteractionsOf(name: string): void {
  const route = contract.routes.find((r) => r.name === name);
  if (route === undefined) throw new Error(`the contract has no route '${name}'`);
  const interactions = interactionsOf(route);
  const gathering = process.env['PACTS_DIR'];

  before(() => {
    process.env['PACT_DO_NOT_TRACK'] = 'true';
  });

  for (const interaction of interactions) {
    it(`${interaction.description}, given ${interaction.given}`, async () => {
      const dir = gathering ?? mkdtempSync(join(tmpdir(), 'pact-'));
      try {
        const pact = new PactV4({ consumer, provider, dir, logLevel: 'error' });
        await describeTo(pact, route, interaction).executeTest(async ({ url }) => {
          interaction.relies(await callOn(url, route, interaction));
        });
        if (gathering === undefined) expectCommitted(dir, interaction);
      } finally {
        if (gathering === undefined) rmSync(dir, { recursive: true });
      }
    });
  }

  it('is all that pacts/ says of it', () => {
    if (gathering !== undefined) return;
    const descriptions = interactionsIn(committed).map(({ description }) => description);
    const own = descriptions.filter((description) => description.startsWith(`a ${name} `));
    expect(own, regenerate).to.have.members(interactions.map(({ description }) => description));
  });
}

const regenerate = 'pacts/ is not what the consumer relies on: run npm run pacts and commit what changed';

function expectCommitted(dir: string, { description }: Interaction): void {
  const ours = interactionsIn(committed).filter((i) => i.description === description);
  expect(ours, regenerate).to.deep.equal(interactionsIn(dir));
}

function interactionsIn(dir: string): PactFile['interactions'] {
  return (JSON.parse(readFileSync(join(dir, fileName), 'utf8')) as PactFile).interactions;
}
