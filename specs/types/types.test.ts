import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { embedded } from '../../bin/embedded.ts';
import { openSuite } from '../../bin/suites.ts';
import { nothingToHide } from '../../src/exchange/redact.ts';
import { examiner } from '../../src/proof/examine.ts';
import { openToAll } from '../authentication/anonymous.requirements.ts';
import { types } from './types.requirements.ts';
import { typeMutants } from './types.mutants.ts';

/** Values of calls that the provider answers. */
const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'get-tool': { Id: '1' },
  'save-tool': { Name: 'abcd', Price: '1' },
  'write-log': { Text: 'a' },
  'delete-tool': { Id: '1' },
};

describe('faults of what the shipped operation does not have', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'types-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** What fails of an operation, on the provider with a fault or without. */
  async function failing(
    shape: string,
    mutant: Partial<(typeof typeMutants)[number]> = {},
  ): Promise<readonly string[]> {
    const contract = readFileSync(new URL(`../shapes/${shape}/contract.json`, import.meta.url), 'utf8');
    writeFileSync(join(folder, 'contract.json'), contract);
    const reason = 'what the provider takes';
    const said = {
      effect: { value: 'reads', reason },
      ...(values[shape] && { values: { value: values[shape], reason } }),
    };
    writeFileSync(join(folder, 'said.json'), JSON.stringify(said));
    const world = {
      env: {},
      cwd: folder,
      redactor: nothingToHide,
      now: () => new Date(),
      elapsed: () => performance.now(),
      sleep: (ms: number) => setTimeout(ms),
      signal: new AbortController().signal,
    };
    const examine = examiner(openSuite({ contract: folder }, world), world);
    const { mutate, ...others } = mutant;
    const suspect = { name: 'plain', says: '', kills: [], areas: [], ...others };
    const autopsy = await examine(
      suspect,
      ['types', 'authentication', 'verbs'],
      embedded(mutate === undefined ? {} : { mutate }),
    );
    return [...autopsy.failed, ...autopsy.unjudged];
  }

  for (const shape of new Set(typeMutants.flatMap(({ on }) => on)))
    it(`raises no alarm without one: ${shape}`, async () => {
      expect(await failing(shape)).to.deep.equal([]);
    });

  for (const mutant of typeMutants)
    for (const shape of new Set(mutant.on))
      it(`${mutant.name}: ${mutant.says}, on ${shape}`, async () => {
        expect(await failing(shape, mutant)).to.include.members([...mutant.kills]);
      });

  it('are there for each requirement but those of queries, which the provider does not answer', () => {
    const named = new Set(typeMutants.flatMap(({ kills }) => kills));
    expect([...types, ...openToAll].map(({ id }) => id).filter((id) => !named.has(id))).to.deep.equal([
      'TYPE-013',
      'TYPE-014',
    ]);
  });
});
