import type {
  CredentialKind,
  Effect,
  ExchangeId,
  Outcome,
  Recorded,
  RecordedRequest,
  WireRequest,
  WireResponse,
} from '../model/exchange.ts';
import { curlOf } from './curl.ts';
import type { Sent } from './engine.ts';
import { powershellOf } from './powershell.ts';
import type { Redactor } from './redact.ts';

export const NOT_UTF8 = 'the body is not UTF-8; its other bytes are shown as U+FFFD';

/**
 * Turns an exchange into what everything downstream sees: text, without secrets.
 *
 * @param id of the exchange
 * @param effect what it may have changed
 * @param given what was to be sent, secrets included
 * @param sent what came of it, and the request that went out where it is another
 * @param redactor of the run; it also learns the cookies that the answer sets
 * @param credentials what the request presented, for the lines that send it again
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
  // The answer first: what it sets may be repeated in what is recorded of it.
  const { outcome, notes } = recordOutcome(sent, redactor);
  const request = recordedRequest(wire, redactor);
  return {
    id,
    effect,
    request,
    outcome,
    ms: sent.ms,
    // Few are ever shown.
    get curl() {
      return curlOf(request, credentials);
    },
    get powershell() {
      return powershellOf(request, credentials);
    },
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** A request as reports show it: secrets replaced. */
export function recordedRequest(
  { method, url, target, headers, body }: WireRequest,
  redactor: Redactor,
): RecordedRequest {
  return {
    method,
    url: redactor.url(`${url.origin}${target}`),
    headers: redactor.headers(headers),
    body: body === null ? null : redactor.text(body),
  };
}

function recordOutcome(
  { outcome, notes }: Sent,
  redactor: Redactor,
): { readonly outcome: Outcome; readonly notes: readonly string[] } {
  switch (outcome.kind) {
    case 'failure':
      return {
        outcome: { kind: 'failure', failure: { ...outcome.failure, message: redactor.text(outcome.failure.message) } },
        notes,
      };
    case 'response': {
      const { response } = outcome;
      const headers = redactor.headers(response.headers);
      const { text, exact } = decode(response);
      return {
        outcome: {
          kind: 'response',
          response: {
            httpVersion: response.httpVersion,
            status: response.status,
            reason: redactor.text(response.reason),
            headers,
            body: redactor.text(text),
            bytes: response.body.byteLength,
          },
        },
        notes: exact ? notes : [...notes, NOT_UTF8],
      };
    }
  }
}

function decode({ body }: WireResponse): { readonly text: string; readonly exact: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body), exact: true };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(body), exact: false };
  }
}
