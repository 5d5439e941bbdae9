import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { heldBack } from '../exchange/fence.ts';
import { record } from '../exchange/record.ts';
import type { Contract, StateName } from '../model/contract.ts';
import type { Effect, ExchangeId, Header, Recorded, Subject, WireRequest, WireResponse } from '../model/exchange.ts';
import type { Ability, Skip } from '../run/ability.ts';
import type { Run } from '../run/run.ts';
import { plain, readRequest } from './request.ts';
import type { StateHandler } from './states.ts';

export interface RelayOptions {
  readonly handlers: ReadonlyMap<StateName, StateHandler>;
  /** The state that needs no subject; null where the contract names none. */
  readonly absent: StateName | null;
  readonly ability: Ability;
  readonly contract: Contract;
  /** A live target gets ids that were made or drawn for this run, and no others; without permission, what the fence lets out. */
  readonly fence: 'embedded' | 'live';
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
    const step: OpenStep = { subjects: [], effect: 'none', exchange: null, skip: null, error: null, begun: false };
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

  const setUp = async (state: StateName): Promise<Subject | null> => {
    const step = current();
    if (state === '') return {};
    const handler = options.handlers.get(state);
    if (handler === undefined) return (refuse(step, `the state '${state}' has no handler`), null);
    if (broken.states !== undefined) return (refuse(step, broken.states), null);
    if (state !== options.absent) {
      const skip = options.ability.changesRefused ?? options.ability.stateRefused(state);
      if (skip !== null) return (refuse(step, skip), null);
      step.effect = 'own';
    }
    const made = await handler.setUp();
    switch (made.kind) {
      case 'ready':
        step.subjects.push([handler, made.subject]);
        return { ...made.subject, Authorization: authorization(options, placeholder) };
      case 'exhausted':
        return (refuse(step, options.ability.exhausted), null);
      case 'failed':
        broken.states = made.reason;
        return (refuse(step, made.reason), null);
    }
  };

  const tearDown = async (): Promise<void> => {
    const step = steps.at(-1);
    if (step === undefined) return;
    step.begun = true;
    const [subject] = step.subjects.splice(0, 1);
    if (subject !== undefined) await subject[0].tearDown(subject[1]);
  };

  const states = createServer((request, response) => {
    options.activity();
    void (async () => {
      const wish = stateChange(await bodyOf(request));
      const answer = wish.action === 'teardown' ? (await tearDown(), {}) : await setUp(wish.state);
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
    const why = broken.target ?? forbidden(options, step, request, body, placeholder);
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

  const [providerUrl, statesUrl] = [await listen(provider), await listen(states)];
  return {
    providerUrl,
    statesUrl: `${statesUrl}/states`,
    steps: () => steps.map(({ exchange, skip, error }) => ({ exchange, skip, error })),
    close: async () => {
      await Promise.all([shut(provider), shut(states)]);
    },
  };
}

/** A credential that is one Authorization header is shown to Pact as it is; any other stands behind a placeholder. */
function authorization({ run: { identity } }: RelayOptions, placeholder: string): string {
  const valid = identity.resolve('valid');
  if (valid.kind !== 'headers') return placeholder;
  const [only, ...more] = valid.headers;
  return only?.[0].toLowerCase() === 'authorization' && more.length === 0 ? only[1] : placeholder;
}

function forbidden(
  options: RelayOptions,
  step: OpenStep,
  request: IncomingMessage,
  body: string,
  placeholder: string,
): Skip | null {
  if (request.headers.authorization === placeholder) {
    const valid = options.ability.credentialRefused('valid');
    if (valid !== null) return valid;
  }
  if (options.fence === 'embedded') return null;
  const {
    contract,
    run: { identity },
  } = options;
  const own = new Set(step.subjects.flatMap(([, subject]) => Object.values(subject).map(plain)));
  const valid = identity.resolve('valid');
  const secret = new Set(valid.kind === 'headers' ? valid.headers.map(([, value]) => value) : []);
  const sent = pairs(request.rawHeaders);
  const headers = sent.filter(
    ([name, value]) => value !== placeholder && !secret.has(value) && name.toLowerCase() !== 'host',
  );
  const method = request.method ?? '';
  const read = readRequest({ method, target: request.url ?? '', headers, body }, own, contract);
  if (read.foreign !== null)
    return held(
      `it names ${read.foreign}, which was neither made nor drawn for this run; let the pact take it from the provider state`,
    );
  const { changesRefused } = options.ability;
  if (!read.ok)
    return changesRefused === null && body !== '' && read.problem.startsWith('its body')
      ? null
      : held(`${read.problem}, so what it names is not known`);
  if (changesRefused === null) return null;
  const credentials = sent.some(
    ([name, value]) => value === placeholder || secret.has(value) || /^(authorization|cookie)$|key|token/i.test(name),
  )
    ? 'presented'
    : 'none';
  const why = heldBack(
    { method, path: read.path, headers, credentials, body: body === '' ? 'none' : 'present', names: read.names },
    contract,
  );
  return why === null ? null : { ...changesRefused, reason: `${why}, and this run may change nothing` };
}

function held(reason: string): Skip {
  return { cause: 'effects', reason };
}

function wireRequest(options: RelayOptions, request: IncomingMessage, body: string, placeholder: string): WireRequest {
  const { target, identity } = options.run;
  // Pact's client asks for compressed answers, which the record of the exchange could not show.
  const dropped = new Set([...hopByHop, 'host', 'content-length', 'accept-encoding']);
  const valid = identity.resolve('valid');
  const headers = pairs(request.rawHeaders)
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
  const kept = headers.filter(([name]) => !hopByHop.has(name.toLowerCase()));
  response.writeHead(status, reason, kept.flat());
  response.end(body);
}

function stateChange(body: string): { readonly state: StateName; readonly action: string } {
  const value = JSON.parse(body === '' ? '{}' : body) as { readonly state?: unknown; readonly action?: unknown };
  return {
    state: typeof value.state === 'string' ? value.state : '',
    action: value.action === 'teardown' ? 'teardown' : 'setup',
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function pairs(raw: readonly string[]): readonly Header[] {
  return raw.flatMap((name, i): Header[] => (i % 2 === 0 ? [[name, raw[i + 1] ?? '']] : []));
}

/** Interactions are verified in the order of their pact, so their place is the same in every run. */
function idOf(place: number): ExchangeId {
  return createHash('sha256')
    .update(`pact interaction ${String(place)}`)
    .digest('hex')
    .slice(0, 12) as ExchangeId;
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
