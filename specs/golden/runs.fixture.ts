import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conform } from '../../bin/console.fixture.ts';
import {
  caseName,
  figuresOf,
  inFolder,
  filesOf,
  reportIn,
  reportOf,
  secretsOf,
  serving,
  type Case,
  type Files,
  type Report,
  type Requirement,
} from './seam.fixture.ts';

const pacts = fileURLToPath(new URL('../../pacts', import.meta.url));

/** Runs against the embedded provider, by name. What a profile asks stands in the folder of profiles; here is what comes of it. */
const embedded: Readonly<Record<string, readonly string[]>> = {
  classic: [],
  'classic-camel-system-text-json-debug': ['--casing', 'camel', '--serializer', 'system-text-json', '--debug'],
  'endpoints-camel-system-text-json': [
    '--hosting',
    'endpoints',
    '--casing',
    'camel',
    '--serializer',
    'system-text-json',
  ],
  'auth-none': ['--auth', 'none'],
  'auth-basic': ['--auth', 'basic', '--only', 'authentication'],
  'auth-session': ['--auth', 'session', '--only', 'examples', '--only', 'routes'],
  repeated: ['--only', 'VERB-002', '--repeat', '2'],
};

/** Runs of every kind: each with its exit code and figures, and each case with its verdict, its exchanges and its name. */
export async function runFiles(): Promise<Files> {
  const reports = new Map<string, Report>();
  for (const [name, options] of Object.entries(embedded)) reports.set(name, await reportOf(options));
  for (const [name, report] of await liveRuns()) reports.set(name, report);
  reports.set('judged-recording', await judged());
  reports.set('pacts', await reportOf(['verify', '--pacts', pacts], { PATH: process.env['PATH'] }));
  return filesOf(
    new Map(
      [...reports].map(([name, report]) => [
        name,
        [...figuresOf(report), ...report.requirements.map((each) => blockOf(each))],
      ]),
    ),
  );
}

/** A host that is only read, one that makes its own subjects, one that has a few to spend, and one that may not be asked much. */
function liveRuns(): Promise<ReadonlyMap<string, Report>> {
  return serving([], (host) =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'twelve.json'), JSON.stringify(host.connections.slice(0, 12)));
      const run = (...options: readonly string[]): Promise<Report> =>
        reportIn(cwd, ['--target', host.url, ...options], secretsOf(host));
      return new Map([
        ['live-read-only', await run()],
        ['live-states', await run('--states', host.stateUrl, '--allow-changes', '--only', 'lifecycle')],
        [
          'live-twelve-subjects',
          await run('--connections', 'twelve.json', '--allow-changes', '--only', 'lifecycle', '--only', 'verbs'),
        ],
        ['live-budget', await run('--budget', '20', '--only', 'verbs')],
      ]);
    }),
  );
}

/** What is said of a recording that the suite made itself. */
function judged(): Promise<Report> {
  return inFolder(async (cwd) => {
    await conform(['--report', 'har=own.har', '--only', 'verbs'], { cwd });
    return reportIn(cwd, ['judge', 'own.har', '--only', 'verbs', '--only', 'routes']);
  });
}

function blockOf({ id, verdict, cases }: Requirement): readonly string[] {
  const [first] = cases;
  // Their names stand in the folder of profiles.
  const silent =
    first !== undefined &&
    cases.every(
      ({ verdict: word, cause, exchanges }) =>
        exchanges.length === 0 && word === first.verdict && cause === first.cause,
    );
  return silent
    ? [`${id} ${outcomeOf(first)}, all ${cases.length}`]
    : [
        `${id} ${verdict}`,
        ...cases.map((each) => `  ${outcomeOf(each)} ${each.exchanges.join(',') || '-'} ${caseName(each.key)}`),
      ];
}

function outcomeOf({ verdict, cause }: Case): string {
  return cause === undefined ? verdict : `${verdict} ${cause}`;
}
