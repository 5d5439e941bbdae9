import { readFileSync } from 'node:fs';
import type { Header } from '../../model/exchange.ts';

/** A recorded request. Abbreviations are in angle brackets; `requests.jsonl` holds them once for all configurations. */
export interface RequestRow {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Without it, the usual three: valid credentials, JSON accepted, JSON sent. */
  readonly headers?: readonly Header[];
  readonly body?: string;
  readonly base64?: string;
  /** A long body: before, a filler and how often, after. */
  readonly fill?: readonly [before: string, filler: string, times: number, after: string];
  /** Nested lists: before, how deep, after. */
  readonly nest?: readonly [before: string, depth: number, after: string];
  readonly wire?: 'announced' | 'chunked' | 'no-length' | 'http10' | 'no-host';
  /** The state that the first subject is brought into before. */
  readonly before?: string;
  /** Sent on what the row before has left. */
  readonly continues?: boolean;
}

/** What the recorded host answered; a body that is not given is not judged (HTML, and documents). */
export interface AnswerRow {
  readonly id: string;
  /** Null: this configuration was not asked. */
  readonly status: number | null;
  readonly type?: string;
  readonly challenge?: string;
  readonly location?: string;
  readonly allow?: string;
  readonly body?: string;
  /** Last two characters of the id, and the word of its new state. */
  readonly changed?: readonly (readonly [string, string])[];
}

/** The configuration that the others are noted against: their tables hold only what differs. */
export const reference = 'classic-all-pascal';

function table(name: string): readonly unknown[] {
  const text = readFileSync(new URL(`${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

/** Every recorded request with its answer in one configuration, in the order recorded. */
export function recordedRows(
  configuration: string,
): readonly { readonly request: RequestRow; readonly answer: AnswerRow }[] {
  const answers = new Map((table(reference) as readonly AnswerRow[]).map((row) => [row.id, row]));
  if (configuration !== reference)
    for (const row of table(configuration) as readonly AnswerRow[]) answers.set(row.id, row);
  return (table('requests') as readonly RequestRow[]).flatMap((request) => {
    const answer = answers.get(request.id);
    return answer === undefined || answer.status === null ? [] : [{ request, answer }];
  });
}
