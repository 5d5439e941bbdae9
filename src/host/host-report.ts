import type { HostHead, HostReport, OperationInShort } from '../model/host-report.ts';
import type { Summary } from '../model/report.ts';
import { worstExit, worstFirst } from '../report/host/order.ts';
import { quantity } from '../values/words.ts';

/** When a report of several operations was begun and how it ended, as far as its operations do not say it. */
export interface Course {
  /** RFC 3339; counts where no operation has run. */
  readonly began: string;
  readonly interrupted: boolean;
}

/**
 * The one place where a report of several operations is made. It follows from its operations, whoever ran them where:
 * a run of all and a merge of shards make the same.
 *
 * @param operations in any order
 */
export function hostReportOf(head: HostHead, operations: readonly OperationInShort[], course: Course): HostReport {
  const sorted = operations.toSorted((a, b) => (a.operation < b.operation ? -1 : 1));
  const interrupted = course.interrupted || sorted.some((each) => each.interrupted);
  const startedAt = sorted.map((each) => each.startedAt).sort()[0] ?? course.began;
  const concluded = conclude(head, sorted, interrupted);
  const { schemaVersion, suite, target, profile, asked, failOn, shard, wanted, objections } = head;
  return {
    schemaVersion,
    suite,
    target,
    profile,
    asked,
    ...(shard !== undefined && { shard }),
    wanted,
    startedAt,
    durationMs: sorted.reduce((ms, each) => ms + each.durationMs, 0),
    interrupted,
    ...concluded,
    failOn,
    summary: summaryOf(sorted),
    ...(objections !== undefined && objections.length > 0 && { objections }),
    operations: sorted,
  };
}

function summaryOf(operations: readonly OperationInShort[]): Summary {
  const sum = (name: keyof Summary): number => operations.reduce((n, { summary }) => n + summary[name], 0);
  return {
    pass: sum('pass'),
    fail: sum('fail'),
    error: sum('error'),
    skip: sum('skip'),
    blocked: sum('blocked'),
    waived: sum('waived'),
    exchanges: sum('exchanges'),
  };
}

type Concluded = Pick<HostReport, 'verdict' | 'says' | 'exitCode'>;

function conclude(
  { wanted, objections = [] }: HostHead,
  operations: readonly OperationInShort[],
  interrupted: boolean,
): Concluded {
  const by = (code: OperationInShort['exitCode']): readonly OperationInShort[] =>
    operations.filter(({ exitCode }) => exitCode === code);
  const kept = `${operations.reduce((n, { summary }) => n + summary.pass, 0)} promises kept`;
  const [failing, unjudged, idle, conforming] = [by(1), by(3), by(2), by(0)];
  if (interrupted) {
    const whole = operations.filter((each) => !each.interrupted).length;
    return {
      verdict: 'inconclusive',
      exitCode: 130,
      says: `Interrupted: ${whole} of ${quantity(wanted, 'operation')} were run to the end.`,
    };
  }
  const exitCode = worstExit([
    ...operations.map((each) => each.exitCode),
    ...(objections.length > 0 ? [1 as const] : []),
  ]);
  switch (exitCode) {
    case 1: {
      const broken = failing.filter(({ verdict }) => verdict === 'does-not-conform');
      const others = [
        `${conforming.length} ${conforming.length === 1 ? 'conforms' : 'conform'}`,
        ...(unjudged.length + idle.length > 0 ? [`${unjudged.length + idle.length} could not be judged`] : []),
      ].join(', ');
      if (broken.length > 0) {
        const promises = broken.reduce((n, { summary }) => n + summary.fail, 0);
        return {
          verdict: 'does-not-conform',
          exitCode,
          says: `Does not conform: ${broken.length} of ${quantity(wanted, 'operation')}, with ${quantity(promises, 'requirement')} that fail; ${others}.`,
        };
      }
      const verdict = failing.some((each) => each.verdict === 'differs') ? 'differs' : 'inconclusive';
      const [first] = worstFirst(failing);
      const why = objections[0]?.says ?? (first === undefined ? '' : `${first.operation}: ${first.says}`);
      return {
        verdict,
        exitCode,
        says: `${verdict === 'differs' ? 'Differs' : 'Fails though no promise is broken'}: ${failing.length} of ${quantity(wanted, 'operation')}; ${others}. ${why}`.trimEnd(),
      };
    }
    case 3: {
      const [first] = unjudged;
      const why = unjudged.every(({ says }) => says === first?.says) ? ` ${withoutHeading(first?.says ?? '')}` : '';
      return {
        verdict: 'inconclusive',
        exitCode,
        says: `Inconclusive: ${unjudged.length} of ${quantity(wanted, 'operation')} could not be judged, ${conforming.length} ${conforming.length === 1 ? 'conforms' : 'conform'}.${why}`,
      };
    }
    case 2:
      return {
        verdict: 'inconclusive',
        exitCode,
        says: `Nothing was judged that counts of ${idle.length} of ${quantity(wanted, 'operation')}, ${conforming.length} ${conforming.length === 1 ? 'conforms' : 'conform'}.`,
      };
    case 0:
    case 130:
      return {
        verdict: 'conforms',
        exitCode: 0,
        says: `Conforms: ${quantity(conforming.length, 'operation')}, ${kept}, none broken.`,
      };
  }
}

/** What an operation says of why, without the word that is said already. */
function withoutHeading(says: string): string {
  return says.replace(/^Inconclusive: /, '');
}
