import type { Contract } from '../model/contract.ts';
import type { Header, Subject } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Schemas } from '../model/schema.ts';
import type { StateSource } from '../model/states.ts';
import { authenticate, cookie, demanded } from './authentication.ts';
import type { Accounts, AuthenticationKind } from './authentication.ts';
import type { Answer, Behaviour, Call, Delivery, Entry, Mutate, Outcome, Reply } from './behaviour.ts';
import { bind } from './binding.ts';
import { authenticateByIdentity, routeEndpoints } from './endpoints.ts';
import type { Received } from './call.ts';
import { execute } from './execution.ts';
import { guidSource } from './guid.ts';
import { login } from './login.ts';
import { document } from './metadata.ts';
import type { Surroundings } from './metadata.ts';
import { negotiate } from './negotiation.ts';
import { answer } from './pipeline.ts';
import { render } from './rendering.ts';
import { authenticateMapped, documentMapped, routeMapped } from './mapped.ts';
import { dispatch, routeClassic } from './routing.ts';
import { listen, serverFor, shut } from './server.ts';
import { routed } from './siblings.ts';
import type { Served } from './siblings.ts';
import { compileService } from './service.ts';
import type { Service } from './service.ts';
import { createStates } from './states.ts';
import { createStore, recordedSubjects } from './store.ts';
import { createTokens } from './tokens.ts';
import { validate } from './validation.ts';

/** An operation to serve. */
export interface Operation {
  readonly contract: Contract;
  readonly schemas: Schemas;
  /** A fault or a variation of it. */
  readonly mutate?: Mutate;
}

export interface ProviderOptions extends Operation {
  readonly profile: Profile;
  /** Other operations of the same host: they answer what this one does not serve. */
  readonly siblings?: readonly Operation[];
  /** The ways to authenticate, the challenging one first; without it, those of the recorded host of that hosting. */
  readonly authentication?: readonly AuthenticationKind[];
  /** The page below the prefix that browsers are sent to; null for none; without it, that of the recorded host. */
  readonly loginPage?: string | null;
  readonly seed: number;
  readonly now: () => Date;
  /** Subjects to begin with, all in the fresh state; without it, those of the recorded host. */
  readonly connections?: readonly Subject[];
}

export interface Provider {
  /**
   * Begins to serve on the loopback address.
   *
   * @param port 0 for any free one
   * @throws Error when the port is taken
   */
  readonly listen: (port: number) => Promise<Running>;
}

export interface Running {
  /** Everything before the contract's prefix, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  readonly expiredToken: string;
  readonly user: string;
  readonly password: string;
  /** Somebody who has none of the roles and permissions that the other has. */
  readonly lesser: { readonly user: string; readonly password: string; readonly token: string };
  readonly connections: readonly Subject[];
  readonly resetUrl: string;
  readonly stateUrl: string;
  readonly states: StateSource;
  /** Every subject with its state and how often it was changed. */
  readonly inspect: () => readonly Entry[];
  readonly close: () => Promise<void>;
}

const resetPath = '/provider/reset';
const statePath = '/provider/states';

/** The reference provider: a real HTTP server that behaves as the recorded host does, for the contract it is given. */
export function createProvider(options: ProviderOptions): Provider {
  const service = compileService(options.contract, options.schemas, options.profile);
  const draw = guidSource(options.seed);
  const connections = options.connections ?? recordedSubjects(service);
  const store = createStore(service, connections);
  const drawKey = guidSource(options.seed + 2);
  const accounts: Accounts = {
    kinds: options.authentication ?? byHosting[options.profile.hosting].kinds,
    loginPage: options.loginPage === undefined ? byHosting[options.profile.hosting].loginPage : options.loginPage,
    user: 'platform-user',
    password: 's3cret-Passw0rd',
    lesser: { user: 'platform-guest', password: 'gu3st-Passw0rd', apiKey: `apikey-${drawKey()}` },
    apiKey: `apikey-${draw()}`,
    tokens: createTokens(draw(), options.now),
    sessions: new Map(),
  };
  const drawSession = guidSource(options.seed + 1);
  const newSession = (): string => drawSession().replaceAll('-', '').slice(0, 20);
  const others = (options.siblings ?? []).map(({ contract, schemas, mutate }) => ({
    service: compileService(contract, schemas, options.profile),
    mutate,
  }));
  const operations = [service, ...others.map((each) => each.service)];
  const around: Surroundings = { kinds: accounts.kinds, now: options.now, operations };
  const behaving = (of: Service, mutate: Mutate = (b) => b): Behaviour =>
    mutate(behaviourOf(of, accounts, around, newSession));
  const served: readonly [Served, ...Served[]] = [
    { service, behaviour: behaving(service, options.mutate), store },
    ...others.map(({ service: sibling, mutate }): Served => ({
      service: sibling,
      behaviour: behaving(sibling, mutate),
      store: createStore(sibling, []),
    })),
  ];
  const states = createStates(service, store, draw);
  let ordinal = 0;

  const answerTo = (received: Received): Answer => {
    const own = received.verb === 'POST' ? ownAnswer(received) : null;
    if (own !== null) return { reply: own, delivery: wholly };
    ordinal += 1;
    try {
      const found = routed(served, received, ordinal);
      const reply = answer(found);
      return { reply, delivery: found.by.behaviour.write(found.call, reply) };
    } catch (e) {
      return { reply: crashed(e), delivery: wholly };
    }
  };
  const ownAnswer = (received: Received): Reply | null => {
    if (received.target === statePath) return states.answer(received);
    if (received.target !== resetPath) return null;
    store.reset();
    return { status: 204, reason: 'No Content', headers: [], body: '' };
  };

  return {
    listen: async (port) => {
      const server = serverFor(answerTo);
      const url = `http://127.0.0.1:${await listen(server, port)}`;
      const { lesser } = accounts;
      const tokenOf = (name: string, apiKey: string): string =>
        accounts.kinds.includes('apikey') ? apiKey : accounts.tokens.issue(name, 14 * 86400);
      return {
        url,
        token: tokenOf(accounts.user, accounts.apiKey),
        expiredToken: accounts.tokens.issue(accounts.user, -3600),
        user: accounts.user,
        password: accounts.password,
        lesser: { user: lesser.user, password: lesser.password, token: tokenOf(lesser.user, lesser.apiKey) },
        connections,
        resetUrl: `${url}${resetPath}`,
        stateUrl: `${url}${statePath}`,
        states: states.source,
        inspect: () => store.ids().flatMap((id) => store.find(id) ?? []),
        close: () => shut(server),
      };
    },
  };
}

/** A fault that throws must not end the process that serves it. */
function crashed(e: unknown): Reply {
  const body = e instanceof Error ? e.message : String(e);
  return { status: 500, reason: 'Internal Server Error', headers: [['Content-Type', 'text/plain']], body };
}

const wholly: Delivery = { framing: 'length', delayMs: 0, cutAfter: null, raw: null, lengthError: 0, reset: false };
const chunked: Delivery = { ...wholly, framing: 'chunked' };

/** What differs by who routes. */
interface Hosted {
  /** The ways to authenticate, the challenging one first. */
  readonly kinds: readonly AuthenticationKind[];
  readonly loginPage: string;
  readonly route: typeof routeClassic;
  readonly document: typeof document;
  readonly byIdentity: typeof authenticateByIdentity;
}

const byHosting = {
  classic: {
    kinds: ['credentials', 'basic', 'jwt'],
    loginPage: 'login',
    route: routeClassic,
    document,
    byIdentity: authenticateByIdentity,
  },
  mapped: {
    kinds: ['identity'],
    loginPage: 'Account/Login',
    route: routeMapped,
    document: documentMapped,
    byIdentity: authenticateMapped,
  },
  endpoints: {
    kinds: ['identity'],
    loginPage: 'Account/Login',
    route: routeEndpoints,
    document,
    byIdentity: authenticateByIdentity,
  },
} as const satisfies Readonly<Record<Profile['hosting'], Hosted>>;

function behaviourOf(service: Service, accounts: Accounts, around: Surroundings, newId: () => string): Behaviour {
  const hosted = byHosting[service.profile.hosting];
  return {
    route: (call) => hosted.route(service, call),
    negotiate: (call) => negotiate(service, call),
    bind: (call, batch) => bind(service, call, batch),
    authenticate: (call) =>
      demanded(
        service,
        accounts,
        call,
        accounts.kinds.includes('identity') ? hosted.byIdentity(service, accounts, call) : authenticate(accounts, call),
      ),
    dispatch: (call) => dispatch(service, call),
    validate: (call) => validate(service, call),
    execute: (call) => execute(service, call),
    login: (call, provider) => login(service, accounts, newId, call, provider),
    document: (call, page) => hosted.document(service, around, call, page),
    render: (call, outcome) =>
      withCommonHeaders(newId, call, outcome, render(service, accounts.loginPage, call, outcome)),
    respond: (_: Call, reply) => reply,
    write: () => chunked,
  };
}

/** Vary stands on every answer that came through the framework; whoever has no session is handed an empty one. */
function withCommonHeaders(newId: () => string, call: Call, outcome: Outcome, reply: Reply): Reply {
  const signedIn = reply.headers.some(([name]) => name === 'Set-Cookie') || cookie(call, 'ss-id') !== undefined;
  const early = outcome.kind === 'refusal' && outcome.by === 'binding';
  const session: readonly Header[] =
    signedIn || early
      ? []
      : [
          ['Set-Cookie', `ss-id=${newId()}; path=/; samesite=lax; httponly`],
          ['Set-Cookie', `ss-pid=${newId()}; path=/; samesite=lax; httponly`],
        ];
  return { ...reply, headers: [...reply.headers, ...session, ['Vary', 'Accept']] };
}
