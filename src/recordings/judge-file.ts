import { createComposer } from '../catalogue/composer.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { Suite } from '../model/suite.ts';
import { clipped, visible } from '../report/visible.ts';
import { boundless } from '../run/open/ability.ts';
import { plan } from '../run/plan/plan.ts';
import { readerOf } from '../run/open/reader.ts';
import { ownTexts } from '../run/open/redactor.ts';
import { reportOf, suiteOf } from '../run/conclude/report.ts';
import { selected } from '../run/plan/select.ts';
import { readTextFile } from '../settings/files.ts';
import { UsageError } from '../settings/problems.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { groupBy, quantity } from '../values/words.ts';
import { readHar } from './har.ts';
import { judgeRecording } from './judge-recording.ts';
import { search } from './search.ts';

const requestsShown = 5;

/** An exchange of a recording that no requirement judges. */
export interface Unjudged {
  readonly reason: string;
  readonly request: Redacted<string>;
}

export interface JudgedFile {
  readonly report: Redacted<Report>;
  readonly unknown: readonly Unjudged[];
}

/**
 * Judges the traffic recorded in a file by the selected catalogue.
 *
 * @param file an HTTP Archive
 * @throws UsageError when it is none or holds no exchange, or the selection names what does not exist
 */
export function judgeFile(
  file: string,
  suite: Suite,
  settings: Settings,
  world: Pick<World, 'cwd' | 'now' | 'elapsed' | 'redactor'>,
): JudgedFile {
  const { redactor } = world;
  const began = world.elapsed();
  const read = readHar(readTextFile('judge', file, world));
  if (!read.ok) throw new UsageError(`judge ${file}: ${read.problem}`);
  const [first] = read.entries;
  const [odd] = read.odd;
  if (first === undefined && odd !== undefined)
    throw new UsageError(`judge ${file}: holds no exchange that can be judged; ${odd.request}: ${odd.reason}`);
  if (first === undefined) throw new UsageError(`judge ${file}: holds no exchange; save it after the traffic has run`);
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const planned = plan(selected(suite.catalogue, settings), composer, {
    ...boundless,
    siblingsUnknown: {
      cause: 'recording',
      reason: "a recording does not say what else the host's documents route",
    },
  });
  redactor.know({ own: ownTexts(suite) });
  const found = search(read.entries, planned, {
    contract: suite.contract,
    hosting: settings.profile.hosting,
    members: suite.members,
    redactor,
  });
  const { requirements, exchanges } = judgeRecording(planned, found.found, {
    suite,
    composer,
    redactor,
    ...readerOf(suite),
  });
  const report = reportOf(
    {
      suite: suiteOf(suite, settings.seed),
      target: { url: `${first.url.origin}/`, kind: 'live', authentication: `as recorded in ${file}` },
      profile: settings.profile,
      startedAt: world.now().toISOString(),
      durationMs: Math.round(world.elapsed() - began),
      requirements,
      exchanges,
      gate: { failOn: settings.failOn, interrupted: false, obstacle: null },
    },
    redactor,
  );
  return { report, unknown: [...read.odd, ...found.unknown].map((u) => ({ ...u, request: redactor.text(u.request) })) };
}

/** What of a recording could not be judged, and why; for a person. */
export function unknownText(unknown: readonly Unjudged[]): string {
  if (unknown.length === 0) return 'Every exchange of the recording was judged.\n';
  const groups = [...groupBy(unknown, (u) => u.reason)].flatMap(([reason, same]) => [
    `  ${quantity(same.length, 'exchange')}: ${reason}`,
    ...same.slice(0, requestsShown).map((u) => `    ${clipped(visible(u.request), 160)}`),
    ...(same.length > requestsShown ? [`    and ${quantity(same.length - requestsShown, 'more')}`] : []),
  ]);
  return [`Not judged: ${quantity(unknown.length, 'exchange')} of the recording`, ...groups, ''].join('\n');
}
