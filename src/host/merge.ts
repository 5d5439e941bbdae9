import type { HostHead, HostReport } from '../model/host-report.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Objection, Report } from '../model/report.ts';
import { inShort } from '../report/host/in-short.ts';
import { readHostReport, type ReadHost } from '../report/host/read.ts';
import { UsageError } from '../settings/problems.ts';
import { quantity } from '../values/words.ts';
import { hostReportOf, type Course } from './host-report.ts';

/** A report of a shard, in a file. */
export interface ShardFile {
  readonly name: string;
  readonly text: string;
}

/** The report that one run of all operations would have made, with that of each operation. */
export interface Merged {
  readonly host: HostReport;
  /** By name. */
  readonly reports: readonly Redacted<Report>[];
}

/**
 * Puts the reports of all shards of a run together.
 *
 * @param files JSON reports, in any order
 * @throws UsageError when they are not the shards of one run, each once
 */
export function mergeShards(files: readonly ShardFile[]): Merged {
  const read = files.map(({ name, text }): Named => {
    const found = readHostReport(text);
    if (!found.ok) throw new UsageError(`${name}: ${found.problem}`);
    return { name, ...found.read };
  });
  const [first, ...others] = read;
  if (first === undefined) throw new UsageError('merge needs the JSON reports of all shards');
  for (const other of others) checkAlike(first, other);
  checkShards(read);
  const reports = read.flatMap((each) => each.reports).sort((a, b) => (a.suite.operation < b.suite.operation ? -1 : 1));
  const { schemaVersion, suite, target, profile, asked, failOn } = first.head;
  const head: HostHead = {
    schemaVersion,
    suite,
    target,
    profile,
    asked,
    failOn,
    wanted: read.reduce((n, each) => n + each.head.wanted, 0),
    objections: objectionsOf(read),
  };
  const course: Course = {
    began: read.map((each) => each.startedAt).sort()[0] ?? first.startedAt,
    interrupted: read.some((each) => each.interrupted),
  };
  return { host: hostReportOf(head, reports.map(inShort), course), reports };
}

type Named = ReadHost & { readonly name: string };

/** Each shard says what is about no operation of its own: it is said once. */
function objectionsOf(read: readonly Named[]): readonly Objection[] {
  const all = read.flatMap(({ head }) => head.objections ?? []);
  return [...new Map(all.map((each) => [each.says, each])).values()];
}

/** Reports of one run say the same of the suite, the host and what was asked. */
function checkAlike(first: Named, other: Named): void {
  const [a, b] = [first.head, other.head];
  const place = ({ target }: HostHead): string => (target.kind === 'live' ? target.url : 'the embedded provider');
  const rows: readonly (readonly [what: string, one: string, another: string])[] = [
    ['of version', a.suite.version, b.suite.version],
    ['with seed', String(a.suite.seed), String(b.suite.seed)],
    ['of the target', place(a), place(b)],
    ['of a run that fails on', a.failOn, b.failOn],
    ['under the profile', JSON.stringify(a.profile), JSON.stringify(b.profile)],
  ];
  const differing = rows.find(([, one, another]) => one !== another);
  if (differing !== undefined) {
    const [what, one, another] = differing;
    throw new UsageError(
      `${other.name} is a report ${what} ${another}, and ${first.name} ${what} ${one}: merge takes the shards of one run`,
    );
  }
  if (a.asked !== b.asked)
    throw new UsageError(
      `${other.name} was made of other contracts or with another --only than ${first.name}: merge takes the shards of one run`,
    );
}

/** Each shard is there once, and no operation is in two of them. */
function checkShards(read: readonly Named[]): void {
  const of = read[0]?.head.shard?.of ?? 0;
  const whole = read.find(({ head }) => head.shard === undefined);
  if (whole !== undefined)
    throw new UsageError(`${whole.name} is a report of all operations, of no shard: there is nothing to merge it with`);
  const other = read.find(({ head }) => head.shard?.of !== of);
  if (other !== undefined)
    throw new UsageError(
      `${other.name} is one of ${other.head.shard?.of ?? 0} shards, ${read[0]?.name ?? ''} one of ${of}: merge takes the shards of one run`,
    );
  const holders = new Map<number, string>();
  for (const { name, head } of read) {
    const index = head.shard?.index ?? 0;
    const holder = holders.get(index);
    if (holder !== undefined)
      throw new UsageError(`${holder} and ${name} are both shard ${index} of ${of}: give each shard once`);
    holders.set(index, name);
  }
  const missing = Array.from({ length: of }, (_, i) => i + 1).filter((index) => !holders.has(index));
  if (missing.length > 0)
    throw new UsageError(
      `of ${quantity(of, 'shard')}, ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing: give the JSON reports of all`,
    );
  const operations = new Map<string, string>();
  for (const { name, reports } of read)
    for (const { suite } of reports) {
      const holder = operations.get(suite.operation);
      if (holder !== undefined)
        throw new UsageError(`${holder} and ${name} both hold ${suite.operation}: give each shard once`);
      operations.set(suite.operation, name);
    }
}
