import type {
  CredentialKind,
  Effect,
  ExchangeId,
  Outcome,
  Recorded,
  RecordedRequest,
  WireRequest,
} from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Sent } from './engine.ts';
import type { Redactor } from './redact.ts';
import { onceFor } from '../values/once.ts';

export const NOT_UTF8 = 'the body is not UTF-8; its other bytes are shown as U+FFFD';

/**
 * Turns an exchange into what everything in a run sees: text, with whatever secrets it holds.
 *
 * @param id of the exchange
 * @param effect what it may have changed
 * @param given what was to be sent
 * @param sent what came of it, and the request that went out where it is another
 * @param redactor of the run: it learns the cookies that the answer sets
 * @param credentials what the request presented
 */
export function record(
  id: ExchangeId,
  effect: Effect,
  given: WireRequest,
  sent: Sent,
  redactor: Redactor,
  credentials: CredentialKind = 'valid',
): Recorded {
  const wire = sent.request ?? given;
  const { outcome, notes } = recordOutcome(sent, redactor);
  const request: RecordedRequest = {
    method: wire.method,
    url: `${wire.url.origin}${wire.target}`,
    headers: wire.headers,
    body: wire.body,
  };
  return { id, effect, request, outcome, ms: sent.ms, credentials, ...(notes.length === 0 ? {} : { notes }) };
}

/** A request as reports show it: secrets replaced. */
export function recordedRequest(
  { method, url, target, headers, body }: WireRequest,
  redactor: Redactor,
): Redacted<RecordedRequest> {
  return redactor.assembled({
    method,
    url: redactor.text(`${url.origin}${target}`),
    headers: redactor.headers(headers),
    body: body === null ? null : redactor.text(body),
  });
}

function recordOutcome(
  { outcome, notes }: Sent,
  redactor: Redactor,
): { readonly outcome: Outcome; readonly notes: readonly string[] } {
  switch (outcome.kind) {
    case 'failure':
      return { outcome, notes };
    case 'response': {
      const { response } = outcome;
      const { httpVersion, status, reason, headers, body } = response;
      redactor.learnCookies(headers);
      const { text, exact } = decoded(response.body);
      return {
        outcome: {
          kind: 'response',
          response: { httpVersion, status, reason, headers, body: text, bytes: body.byteLength },
        },
        notes: exact ? notes : [...notes, NOT_UTF8],
      };
    }
  }
}

interface Text {
  readonly text: string;
  readonly exact: boolean;
}

/** The engine hands over one and the same body for large answers that are alike, and they share one text. */
const decoded = onceFor((body: Uint8Array): Text => {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), exact: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body), exact: false };
  }
});
