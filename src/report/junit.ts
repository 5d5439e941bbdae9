import picocolors from 'picocolors';
import type { TestCounts } from '../model/host-report.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { VerdictWord } from '../model/verdict.ts';
import { countVerdicts } from '../values/verdicts.ts';
import { groupBy } from '../values/words.ts';
import { account } from './account.ts';
import type { Page } from './account.ts';
import { failedByCause } from './causes.ts';
import { caseGroups, exchangesById, profileInWords } from './digest.ts';
import { clipped, visible, visibleLines } from './visible.ts';
import { type FurtherTest, comparedTests } from './compared-tests.ts';

const MESSAGE_SHOWN = 300;

/**
 * The report as JUnit XML for Jenkins, GitLab and GitHub: a suite per area, a test per requirement.
 * `fail` is a failure and `error` an error; `skip`, `blocked` and `waived` are skipped, each with its reason.
 *
 * @returns XML 1.0 that holds to the schema of Jenkins' xUnit plug-in
 */
export function junitReport(report: Redacted<Report>): string {
  const name = `${report.suite.operation} against ${report.target.url}`;
  return [junitHead(name, testCounts(report), report.durationMs), ...junitSuites(report), junitEnd].join('\n');
}

/** What stands before all suites. */
export function junitHead(name: string, { tests, failures, errors }: TestCounts, durationMs: number): string {
  const head = attributes({ name, tests, failures, errors, time: inSeconds(durationMs) });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>`;
}

/** What stands behind all suites. */
export const junitEnd = '</testsuites>\n';

/** All tests of a report by what became of them. */
export function testCounts(report: Report): TestCounts {
  const besides = furtherSuites(report).flatMap((f) => f.tests);
  const own = countsOf(report.requirements, report);
  return { ...own, tests: own.tests + besides.length, failures: own.failures + failuresIn(besides) };
}

/**
 * The suites of a report, each in a text of some lines.
 *
 * @param within what their names begin with: the operation, where there are several
 */
export function junitSuites(report: Redacted<Report>, within = ''): readonly string[] {
  const page: Page = {
    paint: picocolors.createColors(false),
    width: Number.MAX_SAFE_INTEGER,
    exchanges: exchangesById(report),
  };
  const failed = failedByCause(report);
  const inOrder = [...failed, ...report.requirements.filter((r) => !failed.includes(r))];
  return [
    ...[...groupBy(inOrder, (r) => r.area)].map(([area, rs]) => suite(`${within}${area}`, rs, report, page)),
    ...furtherSuites(report).flatMap((f) => furtherSuite(report, { ...f, name: `${within}${f.name}` })),
  ];
}

function suite(name: string, requirements: readonly ReportedRequirement[], report: Report, page: Page): string {
  const head = attributes({
    name,
    ...countsOf(requirements, report),
    time: inSeconds(timeOf(requirements, page.exchanges)),
    timestamp: report.startedAt.slice(0, 19),
  });
  const properties = Object.entries({
    target: report.target.url,
    profile: profileInWords(report),
    authentication: report.target.authentication,
    ...Object.fromEntries((report.target.notes ?? []).map((note, i) => [`note.${String(i + 1)}`, note])),
    seed: String(report.suite.seed),
    verdict: report.says,
  }).map(([name, value]) => `      <property${attributes({ name, value })}/>`);
  return [
    `  <testsuite${head}>`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...requirements.map((r) => testcase(r, name, report, page)),
    '  </testsuite>',
  ].join('\n');
}

/** A suite that is no area. */
interface FurtherSuite {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly tests: readonly FurtherTest[];
}

/** How the run compares with another, and what fails it though no promise is broken. */
function furtherSuites({ comparison, objections = [] }: Report): readonly FurtherSuite[] {
  const objected = objections.map(({ kind, requirement, says }): FurtherTest => ({
    name: `${requirement} ${kind}`,
    outcome: { kind: 'failed', message: clipped(says, MESSAGE_SHOWN), text: says },
  }));
  return [
    ...(comparison === undefined
      ? []
      : [{ name: 'comparison', properties: { against: comparison.against }, tests: comparedTests(comparison) }]),
    ...(objected.length === 0 ? [] : [{ name: 'objections', properties: {}, tests: objected }]),
  ];
}

function furtherSuite(report: Report, { name, properties, tests }: FurtherSuite): readonly string[] {
  const skipped = tests.filter(({ outcome }) => outcome.kind === 'skipped').length;
  const head = attributes({
    name,
    tests: tests.length,
    failures: failuresIn(tests),
    errors: 0,
    skipped,
    time: inSeconds(0),
    timestamp: report.startedAt.slice(0, 19),
  });
  const told = Object.entries(properties).map(
    ([property, value]) => `      <property${attributes({ name: property, value })}/>`,
  );
  return [
    `  <testsuite${head}>`,
    ...(told.length === 0 ? [] : ['    <properties>', ...told, '    </properties>']),
    ...named(tests).map((test) => furtherTestcase(name, test)),
    '  </testsuite>',
  ];
}

/** No two tests have one name: Jenkins would show the last of them alone. */
function named(tests: readonly FurtherTest[]): readonly FurtherTest[] {
  const seen = new Map<string, number>();
  return tests.map((test) => {
    const n = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, n);
    return n === 1 ? test : { ...test, name: `${test.name} (${String(n)})` };
  });
}

function furtherTestcase(classname: string, { name, outcome: came }: FurtherTest): string {
  const head = attributes({ name, classname: `conform.${classname}`, time: inSeconds(0) });
  switch (came.kind) {
    case 'passed':
      return `    <testcase${head}/>`;
    case 'failed':
      return `    <testcase${head}>\n      <failure${attributes({ type: classname, message: came.message })}>${xmlText(came.text)}</failure>\n    </testcase>`;
    case 'skipped':
      return `    <testcase${head}>\n      <skipped${attributes({ message: came.message })}>${xmlText(came.text)}</skipped>\n    </testcase>`;
  }
}

function failuresIn(tests: readonly FurtherTest[]): number {
  return tests.filter(({ outcome }) => outcome.kind === 'failed').length;
}

/** It fails, and the run does not fail by it. */
function isTolerated({ level }: ReportedRequirement, { failOn }: Report): boolean {
  return level === 'SHOULD' && failOn === 'MUST';
}

function testcase(requirement: ReportedRequirement, within: string, report: Report, page: Page): string {
  const { id, title, verdict } = requirement;
  const head = attributes({
    name: `${id} ${title}`,
    classname: `conform.${within}`,
    time: inSeconds(timeOf([requirement], page.exchanges)),
  });
  const content =
    verdict === 'fail' && isTolerated(requirement, report)
      ? element(
          'skipped',
          { message: `fails, which does not fail the run: ${inShort(requirement, verdict, page)}` },
          requirement,
          page,
        )
      : outcome(requirement, verdict, page);
  return content === '' ? `    <testcase${head}/>` : `    <testcase${head}>\n      ${content}\n    </testcase>`;
}

export function outcome(requirement: ReportedRequirement, word: VerdictWord, page: Page): string {
  switch (word) {
    case 'pass':
      return '';
    case 'fail':
      return element(
        'failure',
        { type: requirement.level, message: inShort(requirement, word, page) },
        requirement,
        page,
      );
    case 'error':
      return element(
        'error',
        { type: requirement.level, message: inShort(requirement, word, page) },
        requirement,
        page,
      );
    case 'skip':
      return element('skipped', { message: inShort(requirement, word, page) }, requirement, page);
    case 'blocked':
    case 'waived':
      return element('skipped', { message: `${word}: ${inShort(requirement, word, page)}` }, requirement, page);
  }
}

function element(
  name: string,
  values: Readonly<Record<string, string>>,
  requirement: ReportedRequirement,
  page: Page,
): string {
  const text = account(requirement, requirement.verdict, page).join('\n');
  return `<${name}${attributes(values)}>${xmlText(text)}</${name}>`;
}

function inShort(requirement: ReportedRequirement, word: VerdictWord, { exchanges }: Page): string {
  const [group] = caseGroups(requirement, word, exchanges);
  const [finding] = group?.findings ?? [];
  if (group?.reason !== undefined) return clipped(group.reason, MESSAGE_SHOWN);
  if (finding === undefined) return 'no reason was given';
  const { where, expected, actual } = finding;
  return `${clipped(where, MESSAGE_SHOWN)}: expected ${clipped(expected, MESSAGE_SHOWN)}, actual ${clipped(actual, MESSAGE_SHOWN)}`;
}

function countsOf(requirements: readonly ReportedRequirement[], report: Report): TestCounts {
  const { fail, error, skip, blocked, waived } = countVerdicts(requirements);
  const tolerated = requirements.filter((r) => r.verdict === 'fail' && isTolerated(r, report)).length;
  return {
    tests: requirements.length,
    failures: fail - tolerated,
    errors: error,
    skipped: skip + blocked + waived + tolerated,
  };
}

function timeOf(requirements: readonly ReportedRequirement[], exchanges: Page['exchanges']): number {
  const ids = new Set(requirements.flatMap((r) => r.cases.flatMap((c) => c.exchanges)));
  const sent: readonly ReportedExchange[] = [...ids].flatMap((id) => exchanges.get(id) ?? []);
  return sent.reduce((ms, x) => ms + x.ms, 0);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');
}

function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/**
 * Text as the content of an XML element: only characters that XML 1.0 allows (§2.2), the others in visible form.
 */
export function xmlText(text: string): string {
  return visibleLines(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text as the value of an XML attribute in double quotes, on one line. */
export function xmlAttribute(text: string): string {
  return xmlText(visible(text)).replaceAll('"', '&quot;');
}
