import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { record } from '../exchange/record.ts';
import type { StateName } from '../model/contract.ts';
import type { Effect, ExchangeId, Recorded, Subject, WireRequest, WireResponse } from '../model/exchange.ts';
import type { Skip } from '../run/open/ability.ts';
import type { Run } from '../run/run.ts';
import { bodyOf, headersOf, listenLocally, shut } from './loopback.ts';
import { authorizationFor, forbidden, presentsOwn, type Permission } from './permission.ts';
import { signedIn, type StateHandler } from './states.ts';

export interface RelayOptions extends Permission {
  readonly handlers: ReadonlyMap<StateName, StateHandler>;
  /** The state that needs no subject; null where the contract names none. */
  readonly absent: StateName | null;
  readonly run: Pick<Run, 'engine' | 'identity' | 'redactor' | 'target' | 'world'>;
  /** Told of everything that happens, so that a verifier that stands still is noticed. */
  readonly activity: () => void;
}

/** What one interaction came to, on this side of Pact's verifier. */
export interface Step {
  readonly exchange: Recorded | null;
  /** Why the run would not do it. */
  readonly skip: Skip | null;
  /** Why the run could not do it. */
  readonly error: string | null;
  /** It was to be asked of what exists, and was asked of what does not: a refusal says less there. */
  readonly weak: boolean;
}

export interface Relay {
  readonly providerUrl: string;
  readonly statesUrl: string;
  /** One for each interaction that was begun, in their order. */
  readonly steps: () => readonly Step[];
  readonly close: () => Promise<void>;
}

interface OpenStep {
  subjects: [StateHandler, Subject][];
  effect: Effect;
  /** Set where nothing exists to ask it of: then it is not asked with the run's own credentials, which might succeed. */
  nothingThere: Skip | null;
  exchange: Recorded | null;
  skip: Skip | null;
  error: string | null;
  /** Set-ups belong to the step until its request has come, or was made impossible. */
  begun: boolean;
}

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

/**
 * Stands between Pact's verifier and the target: sets up states, presents the run's credentials, keeps the fence, and
 * records what is sent. Requests and answers pass with their bytes as they are.
 *
 * @param options handlers, what the run may do, and how it sends
 */
export async function openRelay(options: RelayOptions): Promise<Relay> {
  const steps: OpenStep[] = [];
  const placeholder = `Verified ${randomBytes(12).toString('hex')}`;
  /** The first thing that makes every later step impossible. */
  const broken: { states?: string; target?: string } = {};

  const begin = (): OpenStep => {
    const step: OpenStep = {
      subjects: [],
      effect: 'none',
      nothingThere: null,
      exchange: null,
      skip: null,
      error: null,
      begun: false,
    };
    steps.push(step);
    return step;
  };
  const current = (): OpenStep => {
    const last = steps.at(-1);
    return last === undefined || last.begun ? begin() : last;
  };
  const refuse = (step: OpenStep, why: Skip | string): void => {
    step.begun = true;
    if (typeof why === 'string') step.error ??= why;
    else step.skip ??= why;
  };

  /** What follows belongs to another interaction. */
  const end = (): Subject => {
    const last = steps.at(-1);
    if (last !== undefined) last.begun = true;
    return {};
  };

  const setUp = async (state: StateName): Promise<Subject | null> => {
    const step = current();
    if (state === '') return {};
    const handler = options.handlers.get(state);
    if (handler === undefined) return (refuse(step, `the state '${state}' has no handler`), null);
    if (broken.states !== undefined) return (refuse(step, broken.states), null);
    let used = handler;
    if (state !== options.absent && state !== signedIn) {
      const skip = options.ability.changesRefused ?? options.ability.stateRefused(state);
      const drawing = skip === null || options.absent === null ? undefined : options.handlers.get(options.absent);
      if (skip !== null && drawing === undefined) return (refuse(step, skip), null);
      if (drawing !== undefined) used = drawing;
      if (skip === null) step.effect = 'own';
      else step.nothingThere ??= skip;
    }
    const made = await used.setUp();
    switch (made.kind) {
      case 'ready':
        step.subjects.push([used, made.subject]);
        return { ...made.subject, Authorization: authorizationFor(options.run.identity, placeholder) };
      case 'exhausted':
        return (refuse(step, options.ability.exhausted), null);
      case 'failed':
        broken.states = made.reason;
        return (refuse(step, made.reason), null);
    }
  };

  /** Subjects stand beside each other to the end, as they do in a service that is used. */
  const tearDown = async (): Promise<void> => {
    await Promise.all(steps.flatMap(({ subjects }) => subjects.map(([handler, made]) => handler.tearDown(made))));
  };

  const states = createServer((request, response) => {
    options.activity();
    void (async () => {
      const wish = stateChange(await bodyOf(request));
      const answer = wish.action === 'teardown' ? end() : await setUp(wish.state);
      // 500 would be asked again for minutes.
      response.writeHead(answer === null ? 400 : 200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(answer ?? {}));
    })().catch((error: unknown) => {
      refuse(current(), error instanceof Error ? error.message : String(error));
      response.writeHead(400).end();
    });
  });

  const send = async (request: IncomingMessage, body: string): Promise<WireResponse | null> => {
    const step = current();
    step.begun = true;
    const why =
      broken.target ??
      (presentsOwn(options, request, placeholder) ? step.nothingThere : null) ??
      forbidden(
        options,
        step.subjects.map(([, subject]) => subject),
        request,
        body,
        placeholder,
      );
    if (why !== null) return (refuse(step, why), null);
    const wire = wireRequest(options, request, body, placeholder);
    const {
      engine,
      redactor,
      world: { signal },
    } = options.run;
    const sent = await engine.send(wire, { socket: step.effect === 'own' ? 'fresh' : 'pooled', signal });
    step.exchange = record(idOf(steps.length), step.effect, wire, sent, redactor);
    if (sent.outcome.kind === 'response') return sent.outcome.response;
    const { kind, message } = sent.outcome.failure;
    // A target that is gone or hangs would cost the whole timeout again for every interaction that is left.
    if (kind === 'unreachable' || kind === 'timeout' || kind === 'interrupted') broken.target = message;
    refuse(step, redactor.text(message));
    return null;
  };

  const provider = createServer((request, response) => {
    options.activity();
    void (async () => {
      const answer = await send(request, await bodyOf(request));
      options.activity();
      if (answer === null) request.socket.destroy();
      else write(response, answer);
    })().catch(() => {
      request.socket.destroy();
    });
  });

  const [providerUrl, statesUrl] = [await listenLocally(provider), await listenLocally(states)];
  return {
    providerUrl,
    statesUrl: `${statesUrl}/states`,
    steps: () =>
      steps.map(({ exchange, skip, error, nothingThere }) => ({
        exchange,
        skip,
        error,
        weak: nothingThere !== null && exchange !== null,
      })),
    close: async () => {
      await Promise.all([shut(provider), shut(states)]);
      await tearDown();
    },
  };
}

function wireRequest(options: RelayOptions, request: IncomingMessage, body: string, placeholder: string): WireRequest {
  const { target, identity } = options.run;
  // Pact's client asks for compressed answers, which the record of the exchange could not show.
  const dropped = new Set([...hopByHop, 'host', 'content-length', 'accept-encoding']);
  const valid = identity.resolve('valid');
  const headers = headersOf(request)
    .filter(([name]) => !dropped.has(name.toLowerCase()))
    .flatMap((header) => (header[1] === placeholder && valid.kind === 'headers' ? valid.headers : [header]))
    // Pact's client sends them in another order each time; equal runs are to give equal reports.
    .sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0));
  return {
    method: request.method ?? '',
    url: new URL(target.origin),
    target: `${target.pathname.replace(/\/$/, '')}${request.url ?? ''}`,
    headers,
    body: body === '' ? null : body,
  };
}

function write(response: ServerResponse, { status, reason, headers, body }: WireResponse): void {
  const kept = headers
    .filter(([name]) => !hopByHop.has(name.toLowerCase()))
    .map(([name, value]) => [name, name.toLowerCase() === 'content-type' ? inLowerCase(value) : value]);
  response.writeHead(status, reason, kept.flat());
  response.end(body);
}

/** Types of media are the same in any letter case (RFC 9110 §8.3.1); Pact compares them letter by letter. */
function inLowerCase(contentType: string): string {
  const [type = '', ...parameters] = contentType.split(';');
  return [type.toLowerCase(), ...parameters].join(';');
}

function stateChange(body: string): { readonly state: StateName; readonly action: string } {
  const value = JSON.parse(body === '' ? '{}' : body) as { readonly state?: unknown; readonly action?: unknown };
  return {
    state: typeof value.state === 'string' ? value.state : '',
    action: value.action === 'teardown' ? 'teardown' : 'setup',
  };
}

/** Interactions are verified in the order of their pact, so their place is the same in every run. */
function idOf(place: number): ExchangeId {
  return createHash('sha256')
    .update(`pact interaction ${String(place)}`)
    .digest('hex')
    .slice(0, 12) as ExchangeId;
}
