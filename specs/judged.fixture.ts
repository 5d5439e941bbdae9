import { readFileSync } from 'node:fs';
import { silent } from '../bin/console.fixture.ts';
import { embedded, type Variation } from '../src/embedded/embedded.ts';
import type { Contract } from '../src/model/contract.ts';
import type { Profile } from '../src/model/profile.ts';
import type { Redacted } from '../src/model/redacted.ts';
import type { Report, ReportedRequirement } from '../src/model/report.ts';
import type { Suite } from '../src/model/suite.ts';
import { openRun, type StartHost } from '../src/run/open/open.ts';
import { runCatalogue } from '../src/run/run-catalogue.ts';
import { readSettings } from '../src/settings/settings.ts';

/** What a run is told beside its suite, and how its provider differs from the plain one. */
interface Told extends Variation {
  readonly profile?: Partial<Profile>;
  /** How it signs in. */
  readonly auth?: string;
  /** Ids and areas; everything where this is not said. */
  readonly only?: readonly string[];
  /** What the host serves, where that is not what the run knows of it. */
  readonly served?: Suite;
}

/** The report of a run against the embedded provider. */
export async function reportOn(
  suite: Suite,
  { profile, auth, only, served, ...variation }: Told = {},
): Promise<Redacted<Report>> {
  const world = silent();
  const plain = readSettings({ target: 'embedded', ...(auth !== undefined && { auth }) }, suite.contract, world);
  const settings = { ...plain, profile: { ...plain.profile, ...profile }, only: only ?? plain.only };
  const start = embedded(variation);
  const host: StartHost = (asked, of, around) => {
    if (served === undefined) return start(asked, of, around);
    const { xmlNamespace } = served.contract;
    return start(served, { ...of, profile: { ...of.profile, xmlNamespace } }, around);
  };
  const run = await openRun(suite, settings, world, host);
  try {
    return await runCatalogue(run);
  } finally {
    await run.close();
  }
}

/** The ids of the requirements that came to one of these verdicts. */
export function idsOf(
  { requirements }: Pick<Report, 'requirements'>,
  ...verdicts: readonly ReportedRequirement['verdict'][]
): readonly string[] {
  return requirements.filter(({ verdict }) => verdicts.includes(verdict)).map(({ id }) => id);
}

/** A contract of `specs/shapes`, as its documents state it. */
export function shape(name: string): Contract {
  return JSON.parse(readFileSync(new URL(`shapes/${name}/contract.json`, import.meta.url), 'utf8')) as Contract;
}
