import { createHash } from 'node:crypto';
import { curlOf } from '../../exchange/curl.ts';
import { powershellOf } from '../../exchange/powershell.ts';
import type { Redactor } from '../../exchange/redact.ts';
import type { Observation } from '../../model/comparison.ts';
import type { Recorded, RecordedRequest, RecordedResponse } from '../../model/exchange.ts';
import type { Redacted } from '../../model/redacted.ts';
import type { Report, ReportedExchange, ReportedResponse } from '../../model/report.ts';
import type { Suite } from '../../model/suite.ts';
import { causesOf } from './causes.ts';
import { conclude, type Gate } from './conclude.ts';
import type { Run } from '../run.ts';

/** What a run came to; its verdict follows from it. */
export type Course = Pick<
  Report,
  'suite' | 'target' | 'profile' | 'startedAt' | 'durationMs' | 'requirements' | 'repetitions'
> & {
  readonly exchanges: readonly Redacted<ReportedExchange>[];
  /** How many exchanges were sent, where reports do not hold each of them. */
  readonly sent?: number;
  readonly gate: Gate;
};

/** Members of a report that hold the suite's own words, or what has been redacted already. */
const own: ReadonlySet<string> = new Set([
  'schemaVersion',
  'suite',
  'kind',
  'profile',
  'startedAt',
  'verdict',
  'summary',
  'id',
  'area',
  'level',
  'failOn',
  'breaks',
  'also',
  'basis',
  'title',
  'why',
  'cites',
  'key',
  'cause',
  'class',
  'requirement',
  'because',
  'exchanges',
]);

/** The one place where a report is made: of a run, of a recording, of pacts. */
export function reportOf(course: Course, redactor: Redactor): Redacted<Report> {
  const { exchanges } = course;
  const { target, ...rest } = raw(course);
  const notes = [...(target.notes ?? []), ...redactor.notes()];
  return redactor.all({ ...rest, target: { ...target, ...(notes.length > 0 && { notes }) }, exchanges }, own);
}

function raw({
  suite,
  target,
  profile,
  startedAt,
  durationMs,
  requirements,
  exchanges,
  repetitions,
  sent = exchanges.length,
  gate,
}: Course): Omit<Report, 'exchanges'> {
  const { interrupted, objections = [] } = gate;
  return {
    schemaVersion: 1,
    suite,
    target,
    profile,
    startedAt,
    durationMs,
    interrupted,
    failOn: gate.failOn,
    ...conclude(requirements, sent, gate),
    requirements,
    causes: causesOf(requirements, exchanges, gate.failOn),
    ...(repetitions !== undefined && { repetitions }),
    ...(objections.length > 0 && { objections }),
  };
}

/** The suite as reports name it. */
export function suiteOf({ name, version, operation }: Suite, seed: number): Report['suite'] {
  return { name, version, operation, seed };
}

/** The target as reports name it. */
export function targetOf({
  target,
  settings,
  identity,
}: Pick<Run, 'target' | 'settings' | 'identity'>): Report['target'] {
  return { url: target.href, kind: settings.target.kind, authentication: identity.says };
}

/** In characters: how much of a body a report shows. */
const BODY_SHOWN = 16_384;
/** A secret that is cut in two is not recognised, so this much before the cut is not shown. */
const MARGIN = 8192;

/**
 * A recorded exchange as reports hold it: without secrets, its body cut to what a reader looks at. What takes work and few
 * look at is worked out for those who do: what was said, the lines that repeat it, and what is observed.
 *
 * @param observed what a client can see of it, for the gate and for causes
 */
export function reportedExchange(
  recorded: Recorded,
  redactor: Redactor,
  observed?: () => Redacted<Observation>,
): Redacted<ReportedExchange> {
  const { id, effect, outcome, ms, credentials, notes = [] } = recorded;
  const cut = outcome.kind === 'response' && outcome.response.body.length > BODY_SHOWN + MARGIN;
  const said = [...notes.map(redactor.text), ...(cut ? [cutNote(outcome.response)] : [])];
  // Each report of a run tells them.
  let request: RecordedRequest | undefined;
  let response: ReportedResponse | undefined;
  let curl: string | undefined;
  let powershell: string | undefined;
  const reported: ReportedExchange = {
    id,
    effect,
    get request() {
      return (request ??= requestOf(recorded.request, redactor));
    },
    ms: Math.round(ms * 10) / 10,
    presents: credentials,
    get curl() {
      return (curl ??= curlOf(reported.request, credentials));
    },
    get powershell() {
      return (powershell ??= powershellOf(reported.request, credentials));
    },
    ...(said.length > 0 && { notes: said }),
    get response() {
      return outcome.kind === 'failure' ? null : (response ??= responseOf(outcome.response, redactor));
    },
    failure:
      outcome.kind === 'failure' ? { ...outcome.failure, message: redactor.text(outcome.failure.message) } : null,
  };
  if (observed !== undefined) Object.defineProperty(reported, 'observed', { enumerable: true, get: observed });
  return redactor.assembled(reported);
}

function requestOf({ method, url, headers, body }: RecordedRequest, redactor: Redactor): RecordedRequest {
  return {
    method,
    url: redactor.text(url),
    headers: redactor.headers(headers),
    body: body === null ? null : redactor.text(body),
  };
}

function responseOf(
  { status, reason, headers, body, bytes }: RecordedResponse,
  redactor: Redactor,
): Redacted<ReportedResponse> {
  return redactor.assembled({
    status,
    reason: redactor.text(reason),
    headers: redactor.headers(headers),
    body: shown(body, redactor),
    bytes,
  });
}

function shown(body: string, redactor: Redactor): string {
  if (body.length <= BODY_SHOWN + MARGIN) return redactor.text(body);
  const beginning = redactor.text(body.slice(0, BODY_SHOWN + MARGIN));
  return beginning.slice(0, Math.max(0, beginning.length - MARGIN));
}

function cutNote({ body, bytes }: RecordedResponse): string {
  const digest = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return `its body of ${bytes} bytes was judged whole and is shown to its first ${BODY_SHOWN} characters; SHA-256 ${digest}…`;
}

/** A report with what must be said of how the target was reached. */
export function withNotes(report: Redacted<Report>, { notes }: Pick<Run, 'notes'>): Redacted<Report> {
  const said = [...(report.target.notes ?? []), ...notes()];
  return said.length === 0 ? report : { ...report, target: { ...report.target, notes: said } };
}
