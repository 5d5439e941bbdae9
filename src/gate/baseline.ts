import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import baselineSchema from '../../schemas/files/baseline.schema.json' with { type: 'json' };
import type { Acceptance, Observation } from '../model/comparison.ts';
import type { ExchangeId } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedCase } from '../model/report.ts';
import type { Level, RequirementId } from '../model/requirement.ts';
import type { Suite } from '../model/suite.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { readReport } from '../report/json.ts';
import { createAjv } from '../schema/ajv.ts';
import { readTextFile } from '../settings/files.ts';
import { UsageError } from '../settings/problems.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { usualSpelling } from '../values/spelling.ts';
import { caseName } from '../values/verdicts.ts';
import { groupBy } from '../values/words.ts';

/** What the gate keeps of a run: verdicts by case, and each distinct observation once. */
export interface Baseline {
  readonly schemaVersion: 1;
  readonly operation: string;
  readonly profile: Profile;
  /** Latest first; empty for a run that nobody has accepted. */
  readonly accepted: readonly Acceptance[];
  readonly requirements: Readonly<Record<RequirementId, { readonly level: Level; readonly cases: CasesByVerdict }>>;
  /** By a hash of their content. */
  readonly observations: Readonly<Record<string, Observation>>;
  /** The observation made of each exchange. */
  readonly exchanges: Readonly<Record<ExchangeId, string>>;
}

/** Names of cases; those that were not exercised are absent. */
export type CasesByVerdict = Partial<Readonly<Record<VerdictWord, readonly string[]>>>;

export type ReadBaseline =
  { readonly ok: true; readonly baseline: Baseline } | { readonly ok: false; readonly problem: string };

/**
 * Reduces a run to what the gate compares.
 *
 * @param report of the run
 * @param accepted who made it the baseline, and why; latest first
 */
export function baselineOf(report: Redacted<Report>, accepted: readonly Acceptance[] = []): Baseline {
  const observed = report.exchanges.flatMap(({ id, observed: seen }) =>
    seen === undefined ? [] : [{ id, key: keyOf(seen), seen }],
  );
  return {
    schemaVersion: 1,
    operation: report.suite.operation,
    profile: report.profile,
    accepted,
    requirements: Object.fromEntries(
      report.requirements.map(({ id, level, cases }) => [id, { level, cases: byVerdict(cases) }]),
    ),
    observations: Object.fromEntries(observed.map(({ key, seen }) => [key, seen])),
    exchanges: Object.fromEntries(observed.map(({ id, key }) => [id, key])),
  };
}

function byVerdict(cases: readonly ReportedCase[]): CasesByVerdict {
  const groups = groupBy(
    cases.filter((c) => c.verdict !== 'skip'),
    (c) => c.verdict,
  );
  return Object.fromEntries([...groups].map(([verdict, same]) => [verdict, same.map((c) => caseName(c.key)).sort()]));
}

/** Aspects in alphabetical order, so that equal observations have equal keys. */
function keyOf(seen: Observation): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(seen).sort(byFirst)))
    .digest('hex')
    .slice(0, 8);
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A baseline as text that is stable to compare by line: everything sorted, one exchange and one aspect to a line.
 *
 * @returns JSON that ends in a line break
 */
export function baselineText(baseline: Baseline): string {
  return `${JSON.stringify(
    {
      ...baseline,
      requirements: sorted(baseline.requirements),
      observations: sorted(
        Object.fromEntries(Object.entries(baseline.observations).map(([key, seen]) => [key, sorted(seen)])),
      ),
      exchanges: sorted(baseline.exchanges),
    },
    null,
    1,
  )}\n`;
}

function sorted<T>(record: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).sort(byFirst));
}

/**
 * Reads a baseline, or a JSON report of a run, which serves as one.
 *
 * @param text of the file
 * @returns the baseline, or what is wrong and what to do, to stand behind the file's name
 */
export function readBaseline(text: string): ReadBaseline {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem('is not JSON: name a file that conform accept or --report json=FILE wrote');
  }
  if (typeof value !== 'object' || value === null)
    return problem('holds no JSON object: name a file that conform accept or --report json=FILE wrote');
  if ('schemaVersion' in value && value.schemaVersion !== 1) {
    return problem(
      `has schema version ${String(value.schemaVersion)}, this version reads 1: make it again with conform accept`,
    );
  }
  return 'startedAt' in value ? fromReport(text) : fromBaseline(value);
}

function fromReport(text: string): ReadBaseline {
  const read = readReport(text);
  if (!read.ok) return problem(`is no report that can serve as a baseline: ${read.problem.replace(/\.$/, '')}`);
  const { report } = read;
  if (report.interrupted || report.verdict === 'inconclusive')
    return problem('is the report of a run that came to no verdict: run it again, or use conform accept');
  if (report.exchanges.some((x) => x.observed === undefined))
    return problem('is a report without observed behaviour, of an older version: make it again with conform accept');
  return { ok: true, baseline: baselineOf(report) };
}

function fromBaseline(value: object): ReadBaseline {
  const ajv = createAjv({ allowUnionTypes: true });
  const validate = ajv.compile<Baseline>(baselineSchema);
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    const place = first === undefined || first.instancePath === '' ? 'at its root' : `at ${first.instancePath}`;
    return problem(
      `is no baseline: ${place} it ${first?.message ?? 'does not fit schemas/files/baseline.schema.json'}; make it again with conform accept`,
    );
  }
  const missing = Object.values(value.exchanges).find((key) => !Object.hasOwn(value.observations, key));
  return missing === undefined
    ? { ok: true, baseline: { ...value, profile: { ...usualSpelling, ...value.profile } } }
    : problem(`is no baseline: it has no observation ${missing}; make it again with conform accept`);
}

function problem(text: string): ReadBaseline {
  return { ok: false, problem: text };
}

/**
 * Whether a baseline can be held against a run.
 *
 * @returns null when it can; else what differs and what to do, to stand behind the file's name
 */
export function misfit(baseline: Baseline, operation: string, profile: Profile): string | null {
  if (baseline.operation !== operation) {
    return `is a baseline of ${baseline.operation}, this suite is about ${operation}: name another file`;
  }
  const differing = Object.entries(profile).filter(
    ([name, value]) => name !== 'frameworkVersion' && baseline.profile[name as keyof Profile] !== value,
  );
  if (differing.length === 0) return null;
  const says = differing
    .map(
      ([name, value]) =>
        `${name} ${String(baseline.profile[name as keyof Profile])}, this run declares ${String(value)}`,
    )
    .join('; ');
  return `is a baseline of another profile (${says}): declare that profile, or keep a baseline for each`;
}

/**
 * Reads the baseline that a run is to be held against.
 *
 * @param name of the file
 * @throws UsageError when there is none, when it cannot be read as one, or when it is of another contract or profile
 */
export function openBaseline(
  name: string,
  { operation }: Pick<Suite, 'operation'>,
  settings: Pick<Settings, 'profile'>,
  world: Pick<World, 'cwd'>,
): Baseline {
  if (!existsSync(resolve(world.cwd, name))) {
    throw new UsageError(
      `--baseline ${name}: there is no such file; make one with conform accept --baseline ${name} --reason TEXT`,
    );
  }
  const read = readBaseline(readTextFile('--baseline', name, world));
  const problem = read.ok ? misfit(read.baseline, operation, settings.profile) : read.problem;
  if (problem !== null || !read.ok) throw new UsageError(`--baseline ${name}: ${problem ?? 'cannot be read'}`);
  return read.baseline;
}
