import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedCase } from '../model/report.ts';
import type { Level, RequirementId } from '../model/requirement.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { isSwitchedOff, worst } from '../values/verdicts.ts';
import { groupBy } from '../values/words.ts';
import { onceFor } from '../values/once.ts';

/** What is known of a point; `switched off`: the profile or the contract does not promise it here. */
export type Standing = 'verified' | 'broken' | 'not judged' | 'not exercised' | 'waived' | 'switched off';

/** A requirement at a route, a verb and a format, where it has such; cases that differ in less are one entry. */
export interface LedgerEntry {
  readonly requirement: RequirementId;
  readonly level: Level;
  readonly route?: string;
  readonly verb?: string;
  readonly format?: string;
  readonly standing: Standing;
  readonly cases: number;
  /** Why it was not judged or not exercised, or why it is waived. */
  readonly reason?: string;
  /** The command line that would exercise it. */
  readonly exercise?: string;
}

export interface Ledger {
  readonly schemaVersion: 1;
  readonly operation: string;
  readonly target: string;
  readonly startedAt: string;
  /** Entries by standing. */
  readonly counts: Readonly<Record<Standing, number>>;
  readonly entries: readonly LedgerEntry[];
}

/** Every standing, in the order in which ledgers count them. */
const STANDINGS = [
  'verified',
  'broken',
  'not judged',
  'not exercised',
  'waived',
  'switched off',
] as const satisfies readonly Standing[];

/**
 * Accounts for every point that is promised: requirement by route, verb and format, with what is known of it and, where
 * nothing is, why and what would change that. Several reports of one run speak of it.
 *
 * @param report of a run
 */
export const ledgerOf = onceFor((report: Report): Ledger => {
  const entries = report.requirements.flatMap(({ id, level, cases }) =>
    [...groupBy(cases, ({ key }) => JSON.stringify([key.route, key.verb, key.format])).values()].flatMap(
      (same): readonly LedgerEntry[] => {
        const [first] = same;
        if (first === undefined) return [];
        const { route, verb, format } = first.key;
        return [
          {
            requirement: id,
            level,
            ...(route !== undefined && { route }),
            ...(verb !== undefined && { verb }),
            ...(format !== undefined && { format }),
            ...standing(same),
          },
        ];
      },
    ),
  );
  const { suite, target, startedAt } = report;
  return {
    schemaVersion: 1,
    operation: suite.operation,
    target: target.url,
    startedAt,
    counts: counted(entries),
    entries,
  };
});

function standing(cases: readonly ReportedCase[]): Pick<LedgerEntry, 'standing' | 'cases' | 'reason' | 'exercise'> {
  const promised = cases.filter((c) => !isSwitchedOff(c));
  const telling = promised.length === 0 ? cases : promised;
  const word = worst(telling.map((c) => c.verdict));
  const { reason, exercise } = telling.find((c) => c.verdict === word) ?? {};
  return {
    standing: promised.length === 0 ? 'switched off' : STANDING[word],
    cases: cases.length,
    ...(reason !== undefined && { reason }),
    ...(exercise !== undefined && { exercise }),
  };
}

const STANDING = {
  pass: 'verified',
  fail: 'broken',
  error: 'not judged',
  blocked: 'not judged',
  skip: 'not exercised',
  waived: 'waived',
} as const satisfies Readonly<Record<VerdictWord, Standing>>;

function counted(entries: readonly LedgerEntry[]): Ledger['counts'] {
  const count = (word: Standing): number => entries.filter((e) => e.standing === word).length;
  return Object.fromEntries(STANDINGS.map((word) => [word, count(word)])) as Record<Standing, number>;
}

/** The counts of a ledger in one line: `1400 verified, 3 not exercised`. */
export function ledgerInShort({ counts }: Pick<Ledger, 'counts'>): string {
  const told = STANDINGS.filter((word) => counts[word] > 0).map((word) => `${counts[word]} ${word}`);
  return told.length === 0 ? 'empty' : told.join(', ');
}

/** A ledger as JSON with one entry to a line, so that two can be compared by line. */
export function ledgerText(report: Redacted<Report>): string {
  const { entries, ...head } = ledgerOf(report);
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `${ledgerHead(head)}${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`;
}

/** The text of a ledger up to its first entry. */
export function ledgerHead(head: object): string {
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "entries": [`;
}
