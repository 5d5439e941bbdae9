import type { WireRequest } from '../model/exchange.ts';
import type { Engine, Sent } from './engine.ts';

/** What a host says of all its operations: whoever runs several of them asks for it once. */
export interface HeardBefore {
  /**
   * An engine for one operation. The first time that it asks for a document, it is told what another operation heard the first
   * time, and so on: that what is asked again is answered alike is still seen.
   *
   * @param paths of the documents, with that of the target
   */
  readonly for: (paths: readonly string[]) => Engine;
  /** From now on the host is asked again. */
  readonly forget: () => void;
}

/**
 * Keeps what was answered to requests for documents, as long as a request is the same to the letter; what is no 200 is not kept.
 *
 * @param engine asks the host
 */
export function heardBefore(engine: Engine): HeardBefore {
  const heard = new Map<string, Sent>();
  return {
    for: (paths) => {
      const times = new Map<string, number>();
      return {
        ...engine,
        send: async (request, options) => {
          if (!paths.includes(request.target) || request.method !== 'GET') return engine.send(request, options);
          const words = wordsOf(request);
          const time = (times.get(words) ?? 0) + 1;
          times.set(words, time);
          const key = `${String(time)} ${words}`;
          const before = heard.get(key);
          if (before !== undefined) return before;
          const sent = await engine.send(request, options);
          if (isDocument(sent)) heard.set(key, asTold(sent));
          return sent;
        },
      };
    },
    forget: () => {
      heard.clear();
    },
  };
}

function wordsOf({ url, target, headers, body }: WireRequest): string {
  return JSON.stringify([url.origin, target, headers, body]);
}

function isDocument({ outcome }: Sent): boolean {
  return outcome.kind === 'response' && outcome.response.status === 200;
}

/** How it was carried the first time is said there. */
function asTold({ outcome, ms, request }: Sent): Sent {
  return { outcome, ms, notes: [], ...(request !== undefined && { request }) };
}
