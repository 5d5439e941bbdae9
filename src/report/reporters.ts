/** Where a `--report` goes. */
export type ReportRequest =
  | { readonly kind: 'terminal'; readonly detail: Detail }
  | { readonly kind: 'github' }
  | { readonly kind: FileKind; readonly to: 'standard output' }
  | { readonly kind: FileKind; readonly to: 'file'; readonly file: string };

/** How much is told on a terminal: why requirements failed, or of each requirement how. */
export type Detail = 'causes' | 'everything';

export type FileKind = 'json' | 'junit' | 'html' | 'har' | 'ledger';

export type ParsedReportOption =
  { readonly ok: true; readonly value: ReportRequest } | { readonly ok: false; readonly problem: string };

/** The spellings of `--report`, for help texts. */
const REPORT_SPELLINGS = 'terminal, json=FILE, junit=FILE, html=FILE, har=FILE, ledger=FILE or github';

/**
 * Reads one value of `--report`.
 *
 * @param text one of `REPORT_SPELLINGS`; the file `-` is standard output
 * @returns the reporter with its file, or one sentence that says what is wrong
 */
export function parseReportOption(text: string): ParsedReportOption {
  const equals = text.indexOf('=');
  const kind = equals === -1 ? text : text.slice(0, equals);
  const file = equals === -1 ? undefined : text.slice(equals + 1);
  switch (kind) {
    case 'terminal':
      if (file !== undefined) return problem(text, 'terminal takes no file');
      return { ok: true, value: { kind, detail: 'causes' } };
    case 'github':
      if (file !== undefined) return problem(text, 'github takes no file');
      return { ok: true, value: { kind } };
    case 'json':
    case 'junit':
    case 'html':
    case 'har':
    case 'ledger':
      if (file === undefined || file === '') return problem(text, `${kind} needs a file: ${kind}=FILE`);
      return { ok: true, value: file === '-' ? { kind, to: 'standard output' } : { kind, to: 'file', file } };
    default:
      return problem(text, `there is no such report, there are ${REPORT_SPELLINGS}`);
  }
}

/** True for a report whose text goes to standard output and must stand there alone. */
export function takesOutput(request: ReportRequest): boolean {
  return 'to' in request && request.to === 'standard output';
}

function problem(text: string, why: string): ParsedReportOption {
  return { ok: false, problem: `--report ${text}: ${why}.` };
}
