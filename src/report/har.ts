import type { Header } from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedExchange, ReportedResponse } from '../model/report.ts';
import type { RequirementId } from '../model/requirement.ts';
import { headerOf } from '../values/http.ts';
import { exchangesById } from './digest.ts';

/**
 * The exchanges as an HTTP Archive (HAR 1.2), to be opened in a browser's developer tools or a proxy.
 * Comments carry the exchange's id and the requirements that judged it. Exchanges carry no time of their own,
 * so each starts when the run did; cookies stand among the headers alone, replaced.
 *
 * @returns JSON that ends in a line break
 */
export function harReport(report: Redacted<Report>): string {
  const log = {
    version: '1.2',
    creator: { name: report.suite.name, version: report.suite.version },
    pages: [],
    entries: harEntries(report),
    comment: [report.says, ...(report.target.notes ?? [])].join(' Note: '),
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
}

/**
 * The exchanges of a report as entries of an archive, what fails first.
 *
 * @param page the page that they belong to, where an archive is of several operations
 */
export function harEntries(report: Redacted<Report>, page?: string): readonly object[] {
  const judges = judgesOf(report);
  return byCause(report).map((x) => ({
    ...(page !== undefined && { pageref: page }),
    ...entry(x, report.startedAt, judges.get(x.id) ?? []),
  }));
}

/** What fails comes first, cause by cause, each case with all that was sent for it in order; then the rest. */
function byCause(report: Report): readonly ReportedExchange[] {
  const exchanges = exchangesById(report);
  const requirements = new Map(report.requirements.map((r) => [r.id, r]));
  const first = report.causes.flatMap(({ requirement, exchanges: own, also }) =>
    [requirement, ...also]
      .flatMap((id) => requirements.get(id)?.cases ?? [])
      .filter((c) => c.verdict === 'fail' && c.exchanges.some((id) => own.includes(id)))
      .flatMap((c) => c.exchanges),
  );
  return [...new Set([...first, ...report.exchanges.map(({ id }) => id)])].flatMap((id) => exchanges.get(id) ?? []);
}

function entry(exchange: ReportedExchange, startedAt: string, judges: readonly RequirementId[]): object {
  const { id, request, response, failure, ms } = exchange;
  const judged = judges.length === 0 ? 'judged by no requirement' : `judged by ${judges.join(', ')}`;
  return {
    startedDateTime: startedAt,
    time: ms,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(request.headers),
      queryString: queryOf(request.url),
      ...(request.body === null
        ? {}
        : { postData: { mimeType: headerOf(request.headers, 'content-type') ?? '', text: request.body } }),
      headersSize: -1,
      bodySize: request.body === null ? 0 : Buffer.byteLength(request.body),
    },
    response: response === null ? noResponse(failure?.message ?? 'there was no response') : responseOf(response),
    cache: {},
    timings: { send: 0, wait: ms, receive: 0 },
    comment: `exchange ${id}, ${judged}`,
  };
}

function responseOf(response: ReportedResponse): object {
  const { status, reason, headers, body, bytes } = response;
  return {
    status,
    statusText: reason,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headersOf(headers),
    content: { size: bytes, mimeType: headerOf(headers, 'content-type') ?? '', text: body },
    redirectURL: headerOf(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: bytes,
  };
}

/** Browsers write status 0 where there was no response. */
function noResponse(why: string): object {
  return {
    status: 0,
    statusText: '',
    httpVersion: '',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: '' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
    comment: why,
  };
}

function judgesOf(report: Report): ReadonlyMap<string, readonly RequirementId[]> {
  const judges = new Map<string, RequirementId[]>();
  for (const { id, cases } of report.requirements) {
    for (const exchange of new Set(cases.flatMap((c) => c.exchanges)))
      judges.set(exchange, [...(judges.get(exchange) ?? []), id]);
  }
  return judges;
}

function headersOf(headers: readonly Header[]): readonly object[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function queryOf(url: string): readonly object[] {
  const start = url.indexOf('?');
  if (start === -1) return [];
  return [
    ...new URLSearchParams(
      url
        .slice(start + 1)
        .split('#', 1)
        .join(''),
    ),
  ].map(([name, value]) => ({ name, value }));
}
