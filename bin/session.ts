import type { StateName } from '../src/model/contract.ts';
import type { Citation, Composer } from '../src/model/requirement.ts';
import type { Report } from '../src/model/report.ts';
import type { StateSource } from '../src/model/states.ts';
import { createComposer } from '../src/plan/composer.ts';
import type { Ability, Skip } from '../src/plan/plan.ts';
import { createEngine, type Engine } from '../src/exchange/engine.ts';
import { createIdentity, type AuthConfig, type Identity, type Session as SignedIn } from '../src/exchange/credentials.ts';
import { login } from '../src/exchange/login.ts';
import type { Obstacle } from '../src/gate/verdict.ts';
import { createRedactor } from '../src/exchange/redact.ts';
import { createReader } from '../src/exchange/answered.ts';
import { readBody } from '../src/formats/body.ts';
import { shapeOf } from '../src/schema/shape.ts';
import { createValidator } from '../src/schema/validator.ts';
import { createProvider, type ProviderOptions, type Running } from '../src/provider/provider.ts';
import type { Surroundings } from '../src/runner/execute.ts';
import type { Bench } from '../src/runner/judge.ts';
import { UsageError, type Console } from './console.ts';
import type { Settings } from './settings.ts';
import { suite } from './suite.ts';
import { openSource } from './sources.ts';

/** Everything opened for a run; `close` gives it all back. */
export interface Session {
  readonly target: Report['target'];
  readonly composer: Composer;
  readonly ability: Ability;
  readonly bench: Bench;
  /** Set when signing in has failed already. */
  readonly obstacle: Obstacle | null;
  readonly surroundings: Surroundings;
  readonly close: () => Promise<void>;
}

/** How the embedded provider differs from the plain one. */
export type Variation = Pick<ProviderOptions, 'mutate' | 'authentication'>;

/**
 * Opens what a run needs: the embedded provider or the way to the live target, credentials, subjects, readers.
 *
 * @throws UsageError when a secret or a file that the settings call for is not there
 */
export async function openSession(
  settings: Settings,
  console: Pick<Console, 'env' | 'cwd' | 'now' | 'signal'>,
  progress: Surroundings['progress'],
  variation: Variation = {},
): Promise<Session> {
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const provider = settings.target.kind === 'embedded' ? await embedded(settings, console, variation) : null;
  const url = settings.target.kind === 'live' ? settings.target.url : new URL(provider?.url ?? '');
  const engine = createEngine({ timeoutMs: settings.timeoutMs, concurrency: settings.concurrency });
  const auth = provider === null ? authConfig(settings, console) : embeddedAuth(settings, provider);
  const signedIn = await signIn(auth, url, engine, console.signal);
  const identity = createIdentity(auth, {
    seed: settings.seed,
    authentication: suite.contract.authentication,
    ...(signedIn.session && { session: signedIn.session }),
  });
  const redactor = createRedactor({ secrets: identity.secrets, headerNames: identity.secretHeaders, permitted: identity.madeUp });
  const source = provider?.states ?? openSource(settings, engine, console);
  return {
    target: { url: url.href, kind: settings.target.kind, authentication: identity.says },
    composer,
    ability: abilityOf(settings, identity, source),
    bench: benchOf(settings),
    obstacle: signedIn.obstacle,
    surroundings: {
      contract: suite.contract,
      members: suite.members.map((m) => m.name),
      target: url,
      engine,
      identity,
      redactor,
      source,
      seed: settings.seed,
      concurrency: settings.concurrency,
      signal: console.signal,
      results: new Map(),
      progress,
    },
    close: async () => {
      engine.close();
      await provider?.close();
    },
  };
}

function embedded({ profile, seed }: Settings, { now }: Pick<Console, 'now'>, variation: Variation): Promise<Running> {
  const { contract, schemas } = suite;
  return createProvider({ contract, schemas, profile, seed, now, ...variation }).listen(0);
}

function embeddedAuth(settings: Settings, { token, expiredToken, user, password }: Running): AuthConfig {
  const known = { expiredToken, user };
  switch (settings.auth) {
    case 'none':
      return { kind: 'none', ...known };
    case 'bearer':
      return { kind: 'bearer', token, ...known };
    case 'basic':
      return { kind: 'basic', password, ...known };
    case 'session':
      return { kind: 'session', password, ...known };
    case 'header':
      return { kind: 'header', name: 'Authorization', value: `Bearer ${token}`, ...known };
  }
}

function authConfig(settings: Settings, { env }: Pick<Console, 'env'>): AuthConfig {
  const need = (name: string): string => {
    const value = env[name];
    if (value === undefined || value === '') throw new UsageError(`--auth ${settings.auth} needs ${name} in the environment`);
    return value;
  };
  const expired = env['CONFORM_EXPIRED_TOKEN'];
  const user = env['CONFORM_USER'];
  const known = { ...(expired ? { expiredToken: expired } : {}), ...(user ? { user } : {}) };
  switch (settings.auth) {
    case 'none':
      return { kind: 'none', ...known };
    case 'bearer':
      return { kind: 'bearer', token: need('CONFORM_TOKEN'), ...known };
    case 'basic':
      return { kind: 'basic', ...known, user: need('CONFORM_USER'), password: need('CONFORM_PASSWORD') };
    case 'session':
      return { kind: 'session', ...known, user: need('CONFORM_USER'), password: need('CONFORM_PASSWORD') };
    case 'header': {
      const [, name, value] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(\S.*)$/.exec(need('CONFORM_HEADER')) ?? [];
      if (name === undefined || value === undefined) throw new UsageError('CONFORM_HEADER: takes "Name: value"');
      return { kind: 'header', name, value, ...known };
    }
  }
}

interface SignIn {
  readonly session: SignedIn | null;
  readonly obstacle: Obstacle | null;
}

async function signIn(auth: AuthConfig, base: URL, engine: Engine, signal: AbortSignal): Promise<SignIn> {
  if (auth.kind !== 'session') return { session: null, obstacle: null };
  const result = await login(auth, { base, prefix: suite.contract.prefix }, engine, signal);
  switch (result.kind) {
    case 'signed-in':
      return { session: result.session, obstacle: null };
    case 'refused':
      return { session: null, obstacle: { kind: 'refused', says: `${result.reason}.` } };
    case 'failed':
      return { session: null, obstacle: { kind: 'unreachable', says: `${result.reason}.` } };
  }
}

function abilityOf(settings: Settings, identity: Identity, source: StateSource | null): Ability {
  const exercise = commandToChange(settings);
  const refusal = (reason: string): Skip => ({ cause: 'effects', reason, exercise });
  return {
    changesRefused:
      settings.changes === 'allowed' && source !== null
        ? null
        : refusal('it changes a subject, and this run may not: a live target is only read unless changes are allowed'),
    stateRefused: (state: StateName) =>
      source?.offers(state) === true
        ? null
        : { cause: 'subjects', reason: `${source?.says ?? 'this run'} offers no subject in the state '${state}'`, exercise: commandWithStates(settings) },
    credentialRefused: (kind) => {
      const presented = identity.resolve(kind);
      return presented.kind === 'headers' ? null : { cause: 'credentials', reason: presented.reason, exercise: presented.exercise };
    },
    subjects: source?.left() ?? 0,
    exhausted: { cause: 'subjects', reason: `${source?.says ?? 'this run'} has no subject left for it`, exercise: commandWithStates(settings) },
  };
}

function commandToChange(settings: Settings): string {
  return `${commandFor(settings)} --connections FILE --allow-changes`;
}

function commandWithStates(settings: Settings): string {
  return `${commandFor(settings)} --states URL --allow-changes`;
}

function commandFor({ target }: Settings): string {
  return target.kind === 'live' ? `conform --target ${target.url.href}` : 'conform';
}

function benchOf(settings: Settings): Bench {
  const { contract, schemas, members, sources } = suite;
  const validator = createValidator(schemas);
  const shape = shapeOf(schemas, contract.response);
  return {
    contract,
    profile: settings.profile,
    members,
    violations: (dto, value) => validator.violations(dto, value),
    answered: createReader(contract, (format, text) => readBody(format, text, shape)),
    cite: (citation: Citation) => {
      const source = sources[citation.source];
      if (source === undefined) throw new Error(`specs/sources.json has no source '${citation.source}'`);
      return { ...citation, url: source.url, title: source.title };
    },
  };
}
