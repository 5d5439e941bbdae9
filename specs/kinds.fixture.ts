import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conform } from '../bin/console.fixture.ts';
import { suiteOf } from './suite.ts';
import type { Contract } from '../src/model/contract.ts';
import type { Profile } from '../src/model/profile.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import { reportOn } from './judged.fixture.ts';

/** The operations of a host of many kinds, by name, as import reads their DTOs; but for a few they only read. */
export async function manyKinds(): Promise<Readonly<Record<string, Contract>>> {
  const folder = mkdtempSync(join(tmpdir(), 'kinds-'));
  const source = fileURLToPath(new URL('kinds.fixture.cs', import.meta.url));
  try {
    const { code, err } = await conform(['import', source, '--all', '--out', folder]);
    if (code !== 0) throw new Error(err);
    const names = readdirSync(folder).filter((name) => !name.includes('.'));
    return Object.fromEntries(names.map((name) => [name, contractIn(folder, name)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function contractIn(folder: string, name: string): Contract {
  const contract = JSON.parse(readFileSync(join(folder, name, 'contract.json'), 'utf8')) as Contract;
  return {
    ...contract,
    ...authentication[name],
    authentication: authentication[name] === undefined ? 'none' : 'required',
    effect: changing.has(name) ? 'changes' : 'reads',
  };
}

const changing: ReadonlySet<string> = new Set([
  'CreateContact',
  'CreateDepot',
  'ImportRaw',
  'MarkItems',
  'PostLedger',
  'RemoveOrder',
  'SaveOrder',
  'TakeStock',
  'Tick',
  'TouchContact',
  'Upload',
  'Webhook',
]);

/** C# does not say who may call. */
const authentication: Readonly<Record<string, Partial<Contract>>> = {
  RemoveOrder: { challenged: false },
  SaveOrder: { challenged: true, roles: ['Manager'] },
  Rights: { challenged: true },
  TouchContact: { challenged: true },
  GetVault: { challenged: false, permissions: ['Open'] },
};

/**
 * What a run of everything says is wrong with a provider that keeps its promises: it should say nothing.
 *
 * @param contract what the run knows
 * @param served what the provider serves, where that is more
 */
export async function alarms(
  contract: Contract,
  profile: Partial<Profile> = {},
  mutate: Mutate = (b) => b,
  served: Contract = contract,
): Promise<readonly string[]> {
  const { requirements } = await reportOn(suiteOf(contract), { profile, mutate, served: suiteOf(served) });
  return requirements
    .filter(({ verdict }) => ['fail', 'error', 'blocked'].includes(verdict))
    .map(({ id, verdict, cases }) => {
      const wrong = cases.find((each) => each.verdict === verdict);
      return `${id} ${verdict} ${JSON.stringify(wrong?.key)} ${JSON.stringify(wrong?.findings[0] ?? wrong?.reason)}`;
    });
}
