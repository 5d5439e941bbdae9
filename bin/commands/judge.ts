import { createComposer } from '../../src/catalogue/composer.ts';
import { createRedactor } from '../../src/exchange/redact.ts';
import type { Redacted } from '../../src/model/redacted.ts';
import type { Report } from '../../src/model/report.ts';
import type { Suite } from '../../src/model/suite.ts';
import { readHar } from '../../src/recordings/har.ts';
import { judgeRecording } from '../../src/recordings/judge-recording.ts';
import { search } from '../../src/recordings/search.ts';
import { takesOutput } from '../../src/report/reporters.ts';
import { clipped, visible } from '../../src/report/visible.ts';
import { reportOf, suiteOf } from '../../src/run/report.ts';
import { benchOf, ownTexts } from '../../src/run/open.ts';
import { boundless, plan } from '../../src/run/plan.ts';
import { selected } from '../../src/run/run.ts';
import { readTextFile } from '../../src/settings/files.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings, type Settings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { groupBy, quantity } from '../../src/values/words.ts';
import type { Console } from '../console.ts';
import { checkOutputs, deliver } from '../deliver.ts';
import { addOptions, type Define } from '../options.ts';
import { openSuite } from '../suites.ts';

const requestsShown = 5;

interface Unjudged {
  readonly reason: string;
  readonly request: Redacted<string>;
}

/** `conform judge FILE.har`: judges recorded traffic; sends nothing. */
export const judgeCommand: Define = (command, console, done) => {
  command.argument('<file>', 'a HAR file: of --report har=FILE, of a browser or of a proxy');
  const taken = addOptions(command, 'config', 'contract', 'Profile', 'only', 'failOn', 'report', 'quiet', 'verbose');
  command.action(async (file: string, flags: Values) => {
    const suite = openSuite(flags, console, taken);
    const settings = readSettings(flags, suite.contract, console, taken);
    await checkOutputs(settings.reports, console);
    const { report, unknown } = judged(file, suite, settings, console);
    await deliver(report, settings.reports, console);
    if (settings.reports.some((r) => r.kind === 'terminal'))
      (settings.reports.some(takesOutput) ? console.err : console.out)(unknownText(unknown));
    done(report.exitCode);
  });
};

/** @throws UsageError when the file is no HTTP Archive or holds no exchange */
function judged(
  file: string,
  suite: Suite,
  settings: Settings,
  console: Console,
): { readonly report: Redacted<Report>; readonly unknown: readonly Unjudged[] } {
  const began = console.elapsed();
  const read = readHar(readTextFile('judge', file, console));
  if (!read.ok) throw new UsageError(`judge ${file}: ${read.problem}`);
  const [first] = read.entries;
  if (first === undefined) throw new UsageError(`judge ${file}: holds no exchange; save it after the traffic has run`);
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const planned = plan(selected(suite.catalogue, settings), composer, boundless);
  const redactor = createRedactor({ secrets: [], headerNames: [], own: ownTexts(suite) });
  const found = search(read.entries, planned, { contract: suite.contract, members: suite.members, redactor });
  const { requirements, exchanges } = judgeRecording(planned, found.found, benchOf(suite, settings), redactor);
  const report = reportOf(
    {
      suite: suiteOf(suite, settings.seed),
      target: { url: `${first.url.origin}/`, kind: 'live', authentication: `as recorded in ${file}` },
      profile: settings.profile,
      startedAt: console.now().toISOString(),
      durationMs: Math.round(console.elapsed() - began),
      requirements,
      exchanges,
      gate: { failOn: settings.failOn, interrupted: false, obstacle: null },
    },
    redactor,
  );
  return { report, unknown: found.unknown.map((u) => ({ ...u, request: redactor.text(u.request) })) };
}

/** What of the recording could not be judged, and why. */
function unknownText(unknown: readonly Unjudged[]): string {
  if (unknown.length === 0) return 'Every exchange of the recording was judged.\n';
  const groups = [...groupBy(unknown, (u) => u.reason)].flatMap(([reason, same]) => [
    `  ${quantity(same.length, 'exchange')}: ${reason}`,
    ...same.slice(0, requestsShown).map((u) => `    ${clipped(visible(u.request), 160)}`),
    ...(same.length > requestsShown ? [`    and ${quantity(same.length - requestsShown, 'more')}`] : []),
  ]);
  return [`Not judged: ${quantity(unknown.length, 'exchange')} of the recording`, ...groups, ''].join('\n');
}
