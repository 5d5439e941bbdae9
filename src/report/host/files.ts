import type { HostReport } from '../../model/host-report.ts';
import type { Redacted } from '../../model/redacted.ts';
import type { Report } from '../../model/report.ts';
import { harEntries } from '../har.ts';
import { jsonLine } from '../json.ts';
import { junitEnd, junitHead, junitSuites } from '../junit.ts';
import { ledgerHead, ledgerOf } from '../ledger.ts';
import type { FileKind } from '../reporters.ts';
import { allOf, quantity } from '../../values/words.ts';

/**
 * A file about several operations, written piece by piece: a part for each operation as it ends, and around them what is
 * known in the end. No more than one report is ever held for it.
 */
export interface FileInParts {
  /** A part with nothing in it is left out. */
  readonly part: (report: Redacted<Report>) => string;
  /** What stands between two parts. */
  readonly between: string;
  readonly before: (host: HostReport) => string;
  readonly after: string;
}

/** All kinds but pages, which are a file for each operation. */
export const filesInParts: Readonly<Record<Exclude<FileKind, 'html'>, FileInParts>> = {
  // One operation to a line.
  json: {
    part: jsonLine,
    between: ',\n',
    before: (host) => {
      const { operations, ...head } = host;
      return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "operations": [${operations.length === 0 ? '' : '\n'}`;
    },
    after: '\n]}\n',
  },
  junit: {
    part: (report) => junitSuites(report, `${report.suite.operation}.`).join('\n'),
    between: '\n',
    before: (host) => {
      const sum = (name: 'tests' | 'failures' | 'errors'): number =>
        host.operations.reduce((n, { tests }) => n + tests[name], 0);
      const counts = { tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: 0 };
      return `${junitHead(`${quantity(host.wanted, 'operation')} against ${placeOf(host)}`, counts, host.durationMs)}\n`;
    },
    after: `\n${junitEnd}`,
  },
  har: {
    part: (report) =>
      harEntries(report, report.suite.operation)
        .map((entry) => JSON.stringify(entry))
        .join(',\n'),
    between: ',\n',
    before: (host) => {
      const head = {
        version: '1.2',
        creator: { name: host.suite.name, version: host.suite.version },
        pages: host.operations.map(({ operation, startedAt, says }) => ({
          startedDateTime: startedAt,
          id: operation,
          title: operation,
          pageTimings: {},
          comment: says,
        })),
        comment: [host.says, ...notesOf(host)].join(' Note: '),
      };
      return `{"log": ${JSON.stringify(head, null, 2).slice(0, -2)},\n  "entries": [\n`;
    },
    after: '\n]}}\n',
  },
  ledger: {
    part: (report) =>
      ledgerOf(report)
        .entries.map((entry) => `    ${JSON.stringify({ operation: report.suite.operation, ...entry })}`)
        .join(',\n'),
    between: ',\n',
    before: (host) => {
      const counts: Record<string, number> = {};
      for (const { ledger } of host.operations)
        for (const [standing, n] of Object.entries(ledger)) counts[standing] = (counts[standing] ?? 0) + n;
      return `${ledgerHead({
        schemaVersion: 1,
        operations: host.operations.map(({ operation }) => operation),
        target: placeOf(host),
        startedAt: host.startedAt,
        counts,
      })}\n`;
    },
    after: '\n  ]\n}\n',
  },
};

/** Where a host is, in words. */
export function placeOf({ target }: Pick<HostReport, 'target'>): string {
  return target.kind === 'embedded' ? 'the embedded reference provider' : target.url;
}

/** What must be said of how the target was reached, each once, however many operations say it. */
export function notesOf({ operations }: Pick<HostReport, 'operations'>): readonly string[] {
  const said = new Map<string, number>();
  for (const { notes } of operations) for (const note of notes) said.set(note, (said.get(note) ?? 0) + 1);
  return [...said].map(([note, n]) => (n === operations.length ? note : `${note} (${quantity(n, 'operation')})`));
}

/** How they signed in: the ways of all operations, each once. */
export function authenticationOf({ operations }: Pick<HostReport, 'operations'>): string {
  return [...new Set(operations.map(({ authentication }) => authentication))].join('; ');
}

/** How far a report of a shard goes: `all 12 operations`, `shard 2 of 5: 3 operations`. */
export function extentOf({ shard, wanted }: Pick<HostReport, 'shard' | 'wanted'>): string {
  return shard === undefined
    ? allOf(wanted, 'operation')
    : `shard ${shard.index} of ${shard.of}: ${quantity(wanted, 'operation')}`;
}
