import http from 'node:http';
import https from 'node:https';
import type { Header, TransportFailure, WireRequest, WireResponse } from '../model/exchange.ts';
import { carriesBody } from '../values/http.ts';
import { failureOf, type Circumstances } from './failure.ts';
import { socketsTo, type Sockets, type Proxy, type Refuses, type Tls } from './sockets.ts';
import { MIB, Held, gate, Pieces } from './held.ts';

export interface EngineOptions {
  /** Milliseconds for the whole exchange, from the call to the last byte of the answer. */
  readonly timeoutMs: number;
  /** An answer with a longer body is cut off and reported as too-large. Default: 2 MiB. */
  readonly maxBytes?: number;
  /** How many pooled requests are under way at once; more than that wait for their turn. */
  readonly concurrency: number;
  readonly tls?: Tls;
  readonly proxy?: Proxy;
  /** Asked of every address that a name resolves to, whenever a connection is opened. Default: none is refused. */
  readonly refuses?: Refuses;
  /** Milliseconds of a clock that never steps back. Default: performance.now. */
  readonly now?: () => number;
}

export interface SendOptions {
  /**
   * `pooled` takes a kept-alive connection and may resend once, see `createEngine`; only for requests that may be
   * carried out twice. `kept` takes one, too, and never resends: where the target has closed it in the meantime, whoever
   * can begin anew may do so. `fresh` opens a connection for this request alone and never resends. Default: pooled.
   */
  readonly socket?: 'pooled' | 'kept' | 'fresh';
  readonly signal?: AbortSignal;
}

export type WireOutcome =
  | { readonly kind: 'response'; readonly response: WireResponse }
  | { readonly kind: 'failure'; readonly failure: TransportFailure };

export interface Sent {
  readonly outcome: WireOutcome;
  readonly ms: number;
  /** What a reader must know about how the exchange was carried; empty as a rule. */
  readonly notes: readonly string[];
  /** How often the target was unavailable (502 or 503 with Retry-After) before it came to this. */
  readonly unavailable?: number;
  /** The target asked to come again later, and this request may not be sent twice; whoever can begin anew may do so. */
  readonly comeAgain?: true;
  /** The request that was answered, where it is not the one that was given. */
  readonly request?: WireRequest;
}

export interface Engine {
  readonly send: (request: WireRequest, options?: SendOptions) => Promise<Sent>;
  /** Closes every idle connection; exchanges under way are not waited for. */
  readonly close: () => void;
}

/** What became of a request that was not sent, or may not be sent again: it says nothing of the target. */
export function withheld(message: string, notes: readonly string[]): Sent {
  return { outcome: { kind: 'failure', failure: { kind: 'withheld', message } }, ms: 0, notes };
}

/** How a target gives up a kept-alive connection to which a request comes too late. */
const GIVEN_UP = {
  closed: 'had closed the kept-alive connection without a byte of an answer',
  'timed out': 'answered 408 on the kept-alive connection and closed it, as where no request comes in time',
} as const;
type GivenUp = keyof typeof GIVEN_UP;

/** What is said of a request that was sent again. */
export const resent = (how: GivenUp): string => `sent again on a new connection: the target ${GIVEN_UP[how]}`;

/**
 * Creates the engine that puts requests on the wire exactly as given and brings back what came, or why nothing did.
 *
 * The request target, header names, values and order, and the body's bytes are the caller's; only Host and
 * Content-Length are added, unless given. Headers of one name go out together. Redirects are never followed, bodies
 * never decompressed, nothing is chunked.
 *
 * A target may close an idle kept-alive connection at the very moment a request is written to it; that is nobody's
 * fault (RFC 9112 §9.3.1), nor is a 408 in its place (RFC 9110 §15.5.9). Such a request is sent once more, on a new
 * connection, if and only if it went out on a reused pooled connection and that was closed before any byte of an answer, or
 * with a 408; the answer then carries a note for everybody to see. A fault that repeats fails on the new connection; a
 * `kept` or `fresh` request is never resent, since it may not be carried out twice (RFC 9110 §9.2.2).
 *
 * @throws never for what a target does; rejects with a TypeError for a request that HTTP cannot carry
 */
export function createEngine(options: EngineOptions): Engine {
  const now = options.now ?? (() => performance.now());
  const limits = { timeoutMs: options.timeoutMs, maxBytes: options.maxBytes ?? 2 * MIB };
  const sockets = socketsTo(options);
  const held = new Held();
  const places = gate(options.concurrency);
  const pooled = async (request: WireRequest, signal: AbortSignal | undefined): Promise<Attempt> => {
    await places.enter();
    try {
      return await attempt(request, sockets, 'pooled', limits, held, signal);
    } finally {
      // Not before the connection is idle: a request that waited would else inherit it with what may lie on it unread.
      setImmediate(places.leave);
    }
  };

  return {
    send: async (request, { socket = 'pooled', signal } = {}) => {
      const started = now();
      const first =
        socket === 'fresh'
          ? await attempt(request, sockets, 'fresh', limits, held, signal)
          : await pooled(request, signal);
      if (first.givenUp === null) return { outcome: first.outcome, ms: now() - started, notes: [] };
      if (socket === 'kept')
        return {
          ...withheld(`the target ${GIVEN_UP[first.givenUp]}; it may change something, so it was not sent again`, []),
          ms: now() - started,
          comeAgain: true,
        };
      const left = Math.max(1, limits.timeoutMs - (now() - started));
      const second = await attempt(request, sockets, 'fresh', { ...limits, timeoutMs: left }, held, signal);
      return { outcome: second.outcome, ms: now() - started, notes: [resent(first.givenUp)] };
    },
    close: () => {
      sockets.close();
    },
  };
}

interface Limits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

interface Attempt {
  readonly outcome: WireOutcome;
  /** How the target had given up the connection, which was a reused one; null where it had not. */
  readonly givenUp: GivenUp | null;
}

function attempt(
  request: WireRequest,
  sockets: Sockets,
  socket: 'pooled' | 'fresh',
  limits: Limits,
  held: Held,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  return new Promise((resolve, reject) => {
    const { options, target, headers, via } = sockets.route(request, socket);
    const req = (options.protocol === 'https:' ? https : http).request({
      ...options,
      method: request.method,
      path: target,
      setHost: false,
    });
    const seen = { bytesBefore: 0, body: 0, answered: false };
    let stop: Circumstances['stop'];
    let settled = false;
    const isReused = (): boolean => req.reusedSocket && socket === 'pooled';

    const timer = setTimeout(() => {
      halt('timeout');
    }, limits.timeoutMs);
    const interrupt = (): void => {
      halt('interrupted');
    };
    signal?.addEventListener('abort', interrupt, { once: true });

    const settle = (outcome: WireOutcome, givenUp: GivenUp | null): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      held.release(seen.body);
      resolve({ outcome, givenUp: isReused() ? givenUp : null });
    };
    const fail = (error: Error & { code?: string }): void => {
      const received = (req.socket?.bytesRead ?? 0) - seen.bytesBefore;
      const circumstances: Circumstances = {
        ...limits,
        url: request.url,
        via,
        stop,
        received,
        answered: seen.answered,
        bodyBytes: seen.body,
      };
      const failure = failureOf(error, circumstances);
      settle({ kind: 'failure', failure }, failure.kind === 'reset' && received === 0 ? 'closed' : null);
    };
    const halt = (why: NonNullable<Circumstances['stop']>): void => {
      stop ??= why;
      const error = new Error(why);
      req.destroy(error);
      fail(error);
    };

    req.on('socket', (socket) => {
      seen.bytesBefore = socket.bytesRead;
    });
    req.on('error', fail);
    req.on('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => {
      // Else the proxy's refusal would be taken for the target's answer.
      if (statusCode !== 200) {
        req.destroy();
        fail(new Error(`the proxy answered CONNECT with ${statusCode}`));
      }
    });
    req.on('upgrade', (_, socket) => {
      socket.destroy();
      fail(Object.assign(new Error('switched protocols unasked'), { code: 'HPE_UPGRADE' }));
    });
    req.on('close', () => {
      if (!seen.answered) fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
    req.on('response', (res) => {
      seen.answered = true;
      const pieces = new Pieces();
      res.on('data', (chunk: Buffer) => {
        if (settled) return;
        seen.body += chunk.length;
        const room = held.take(chunk.length);
        if (seen.body > limits.maxBytes) halt('too-large');
        else if (room) pieces.add(chunk);
        else halt('too-much');
      });
      res.on('error', fail);
      res.on('close', () => {
        if (!res.complete) fail(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
      });
      res.on('end', () => {
        if (!res.complete) return;
        const body = held.keep(pieces.whole());
        if (body === null) halt('too-much');
        else settle({ kind: 'response', response: responseOf(res, body) }, isTimeout(res) ? 'timed out' : null);
      });
    });

    try {
      writeHeaders(req, request, headers);
    } catch (error) {
      clearTimeout(timer);
      signal?.removeEventListener('abort', interrupt);
      settled = true;
      req.destroy();
      reject(error instanceof Error ? error : new TypeError(String(error)));
      return;
    }
    if (signal?.aborted === true) halt('interrupted');
    else req.end(request.body ?? undefined);
  });
}

/** Whether an answer says that no request came, and ends the connection: it may be to none (RFC 9110 §15.5.9). */
function isTimeout({ statusCode, headers }: http.IncomingMessage): boolean {
  return statusCode === 408 && headers.connection?.toLowerCase() === 'close';
}

function writeHeaders(req: http.ClientRequest, request: WireRequest, added: readonly Header[]): void {
  const given = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const headers: Header[] = [];
  if (!given.has('host')) headers.push(['Host', request.url.host]);
  headers.push(...added, ...request.headers);
  const length = lengthOf(request);
  if (length !== undefined && !given.has('content-length')) headers.push(['Content-Length', `${length}`]);
  for (const [name, value] of headers) {
    // A first value is set and not appended, since only `setHeader` takes it as a single one (Host, Content-Length).
    if (req.hasHeader(name)) req.appendHeader(name, value);
    else req.setHeader(name, value);
  }
  for (const name of ['Connection', 'Transfer-Encoding']) {
    if (!given.has(name.toLowerCase())) req.removeHeader(name);
  }
}

function lengthOf(request: WireRequest): number | undefined {
  if (request.body !== null) return Buffer.byteLength(request.body, 'utf8');
  // An empty one is announced: RFC 9110 §8.6.
  return carriesBody(request.method) ? 0 : undefined;
}

function responseOf(res: http.IncomingMessage, body: Buffer): WireResponse {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < res.rawHeaders.length; i += 2)
    headers.push([res.rawHeaders[i] ?? '', res.rawHeaders[i + 1] ?? '']);
  return { httpVersion: res.httpVersion, status: res.statusCode ?? 0, reason: res.statusMessage ?? '', headers, body };
}
