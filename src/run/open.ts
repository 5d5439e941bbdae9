import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Console } from '../../bin/console.ts';
import { suite } from '../../bin/suite.ts';
import { connectionsFile, readConnections } from '../../contracts/states.ts';
import { createComposer } from '../catalogue/composer.ts';
import { createReader } from '../exchange/answered.ts';
import type { AuthConfig } from '../exchange/auth-config.ts';
import { createIdentity, type Identity } from '../exchange/credentials.ts';
import { createEngine, withHeaders, type Engine } from '../exchange/engine.ts';
import { pacedEngine, type PacedEngine } from '../exchange/paced.ts';
import { createRedactor } from '../exchange/redact.ts';
import type { Tls } from '../exchange/sockets.ts';
import { spendFrom, openSpent } from '../exchange/spent.ts';
import { stateEndpoint } from '../exchange/state-endpoint.ts';
import { readBody } from '../formats/body.ts';
import type { StateName } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { Report } from '../model/report.ts';
import type { Citation, Composer } from '../model/requirement.ts';
import type { StateSource } from '../model/states.ts';
import { createProvider, type ProviderOptions, type Running } from '../provider/provider.ts';
import { shapeOf } from '../schema/shape.ts';
import { authConfig, type AuthSettings, type SecretSource } from '../settings/authentication.ts';
import { readTextFile } from '../settings/files.ts';
import { UsageError } from '../settings/problems.ts';
import { proxyFor } from '../settings/proxy.ts';
import { asUsage, type EmbeddedTarget, type LiveTarget, type Settings } from '../settings/settings.ts';
import type { Obstacle } from './conclude.ts';
import type { Surroundings } from './execute.ts';
import { renewable, signIn } from './identity.ts';
import type { Bench } from './judge.ts';
import type { Ability, Skip } from './plan.ts';

/** Everything opened for a run; `close` gives it all back. */
export interface Run {
  readonly target: Report['target'];
  readonly composer: Composer;
  readonly ability: Ability;
  readonly bench: Bench;
  /** Set when signing in has failed already. */
  readonly obstacle: Obstacle | null;
  readonly surroundings: Surroundings;
  /** What a report must say of how the target was reached, as known by now. */
  readonly notes: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** How the embedded provider differs from the plain one. */
export type Variation = Pick<ProviderOptions, 'mutate' | 'authentication'>;

type Surrounding = Pick<Console, 'env' | 'cwd' | 'now' | 'signal'>;

/**
 * Opens what a run needs: the embedded provider or the way to the live target, credentials, subjects, readers.
 *
 * @throws UsageError when a secret or a file that the settings call for is not there
 */
export async function openRun(
  settings: Settings,
  console: Surrounding,
  progress: Surroundings['progress'],
  variation: Variation = {},
): Promise<Run> {
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const reached = await reach(settings, composer, console, variation);
  const { url, identity } = reached;
  return {
    target: { url: url.href, kind: settings.target.kind, authentication: identity.says },
    composer,
    ability: abilityOf(settings, identity, reached.source),
    bench: benchOf(settings),
    obstacle: reached.obstacle,
    surroundings: {
      absent: composer.absent,
      members: suite.members.map((m) => m.name),
      target: url,
      engine: reached.engine,
      identity,
      redactor: reached.redactor,
      source: reached.source,
      seed: settings.seed,
      concurrency: settings.concurrency,
      signal: console.signal,
      results: new Map(),
      progress,
    },
    notes: reached.notes,
    close: reached.close,
  };
}

/** A report with what must be said of how the target was reached. */
export function withNotes(report: Report, { notes }: Pick<Run, 'notes'>): Report {
  const said = [...(report.target.notes ?? []), ...notes()];
  return said.length === 0 ? report : { ...report, target: { ...report.target, notes: said } };
}

type Reached = Pick<Surroundings, 'engine' | 'identity' | 'redactor' | 'source'> &
  Pick<Run, 'obstacle' | 'notes' | 'close'> & { readonly url: URL };

async function reach(
  settings: Settings,
  composer: Composer,
  console: Surrounding,
  variation: Variation,
): Promise<Reached> {
  return isLive(settings) ? reachLive(settings, composer, console) : reachEmbedded(settings, console, variation);
}

type Live = Settings & { readonly target: LiveTarget };
type Embedded = Settings & { readonly target: EmbeddedTarget };

/** Whether a run leaves this process. */
export function isLive(settings: Settings): settings is Live {
  return settings.target.kind === 'live';
}

async function reachEmbedded(settings: Embedded, console: Surrounding, variation: Variation): Promise<Reached> {
  const { contract, schemas } = suite;
  const provider = await createProvider({
    contract,
    schemas,
    profile: settings.profile,
    seed: settings.seed,
    now: console.now,
    ...variation,
  }).listen(0);
  const url = new URL(provider.url);
  const engine = paced(wayToEmbedded(settings).engine, settings, console);
  const close = async (): Promise<void> => {
    engine.close();
    await provider.close();
  };
  const { identity, obstacle } = await orClose(
    close,
    signIn(embeddedAuth(settings.target, provider), url, settings.seed, engine, console.signal),
  );
  return {
    url,
    engine,
    identity,
    obstacle,
    redactor: createRedactor({
      secrets: identity.secrets,
      headerNames: identity.secretHeaders,
      permitted: identity.madeUp,
    }),
    source: provider.states,
    notes: engine.notes,
    close,
  };
}

async function reachLive(settings: Live, composer: Composer, console: Surrounding): Promise<Reached> {
  const { url, auth, tls, headers } = settings.target;
  const source = await openSource(settings, console);
  const config = await authConfig(auth, console);
  const way = wayTo(url, tls, settings, console);
  const limited = paced(way.engine, settings, console);
  const plain = withHeaders(
    limited,
    headers.map(({ header }) => header),
  );
  const close = async (): Promise<void> => {
    way.engine.close();
  };
  const { identity: first, obstacle } = await orClose(close, signIn(config, url, settings.seed, plain, console.signal));
  const redactor = createRedactor({
    secrets: [...first.secrets, ...way.secrets, ...headers.flatMap(({ secrets }) => secrets)],
    headerNames: [
      ...first.secretHeaders,
      ...headers.flatMap(({ header: [name], secrets }) => (secrets.length === 0 ? [] : [name])),
    ],
    permitted: first.madeUp,
  });
  const { engine, identity, notes } = renewable(first, auth, {
    base: url,
    seed: settings.seed,
    engine: plain,
    redactor,
    composer,
    console,
  });
  return {
    url,
    engine,
    identity,
    obstacle,
    redactor,
    source,
    notes: () => [...way.notes, ...notes(), ...limited.notes()].map(redactor.text),
    close,
  };
}

/** What is open when opening fails would keep the process from ending. */
async function orClose<T>(close: () => Promise<void>, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (error) {
    await close();
    throw error;
  }
}

/** How the embedded provider is signed in at. */
export function embeddedAuth(
  { auth }: EmbeddedTarget,
  { token, expiredToken, user, password }: Pick<Running, 'token' | 'expiredToken' | 'user' | 'password'>,
): AuthConfig {
  const known = { expiredToken, user };
  switch (auth) {
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

/** What a run with these settings can and may do. */
export function abilityOf(settings: Settings, identity: Identity, source: StateSource | null): Ability {
  const exercise = commandToChange(settings);
  const refusal = (reason: string): Skip => ({ cause: 'effects', reason, exercise });
  return {
    changesRefused:
      settings.changes === 'allowed' && (source !== null || suite.contract.subject === null)
        ? null
        : refusal('it changes a subject, and this run may not: a live target is only read unless changes are allowed'),
    stateRefused: (state: StateName) =>
      source?.offers(state) === true
        ? null
        : {
            cause: 'subjects',
            reason: `${source?.says ?? 'this run'} offers no subject in the state '${state}'`,
            exercise: commandWithStates(settings),
          },
    credentialRefused: (kind) => {
      const presented = identity.resolve(kind);
      return presented.kind === 'headers'
        ? null
        : {
            cause: 'credentials',
            reason: presented.reason,
            exercise: presented.exercise.replace('conform', commandFor(settings)),
          };
    },
    subjects: source?.left() ?? 0,
    exhausted: {
      cause: 'subjects',
      reason: `${source?.says ?? 'this run'} has no subject left for it`,
      exercise: commandWithStates(settings),
    },
    ...(settings.budget !== null && { budget: budgetOf(settings, settings.budget) }),
  };
}

/** What signing in and the pre-flight may cost is set aside. */
function budgetOf(settings: Settings, budget: number): NonNullable<Ability['budget']> {
  const auth = settings.target.kind === 'live' ? settings.target.auth.kind : settings.target.auth;
  const aside = suite.contract.routes.length + (auth === 'session' ? 1 : 0);
  return {
    exchanges: Math.max(0, Math.floor((budget - aside) / settings.repeat)),
    skip: {
      cause: 'budget',
      reason: `the budget of ${budget} exchanges goes to what more requirements judge`,
      exercise: `${commandFor(settings)} --budget ${budget * 2}`,
    },
  };
}

function commandToChange(settings: Settings): string {
  return `${commandFor(settings)} --connections FILE --allow-changes`;
}

function commandWithStates(settings: Settings): string {
  return `${commandFor(settings)} --states URL --allow-changes`;
}

function commandFor({ target }: Settings): string {
  return target.kind === 'live' ? `conform --target ${target.name ?? target.url.href}` : 'conform';
}

/** What verdicts are drawn with: contract, schemas and readers. */
export function benchOf(settings: Settings): Bench {
  const { contract, schemas, validator, members, sources } = suite;
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

/** The way to a URL: straight or through the proxy that the environment prescribes. */
export interface Way {
  readonly engine: Engine;
  readonly notes: readonly string[];
  readonly secrets: readonly string[];
}

/** @throws UsageError when the environment prescribes a proxy that is none */
export function wayTo(
  url: URL,
  tls: Tls,
  { timeoutMs, concurrency }: Pick<Settings, 'timeoutMs' | 'concurrency'>,
  { env }: Pick<Console, 'env'>,
): Way {
  const proxy = asUsage(() => proxyFor(url, env));
  return {
    engine: createEngine({ timeoutMs, concurrency, tls, ...(proxy !== null && { proxy: { url: proxy.url } }) }),
    notes: [
      ...(tls.insecure === true && url.protocol === 'https:'
        ? ["the target's certificate was not verified (--insecure): whoever answered may not be the target"]
        : []),
      ...(proxy === null ? [] : [`requests went through the proxy ${proxy.url.origin} (${proxy.variable})`]),
    ],
    secrets: proxy === null ? [] : [decodeURIComponent(proxy.url.password)].filter((secret) => secret !== ''),
  };
}

/** The embedded provider is never asked through a proxy. */
export function wayToEmbedded({ timeoutMs, concurrency }: Pick<Settings, 'timeoutMs' | 'concurrency'>): Way {
  return { engine: createEngine({ timeoutMs, concurrency }), notes: [], secrets: [] };
}

/** The engine of a way, held to the limits of the run. */
export function paced(
  engine: Engine,
  { intervalMs, budget, patienceMs }: Pick<Settings, 'intervalMs' | 'budget' | 'patienceMs'>,
  { now }: Pick<Console, 'now'>,
): PacedEngine {
  return pacedEngine(engine, {
    intervalMs,
    budget,
    patienceMs,
    now,
    elapsed: () => performance.now(),
    // An aborted wait ends at once; the request behind it then fails as interrupted.
    sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  });
}

/**
 * Opens the source of subjects that the settings name; null when they name none.
 *
 * @throws UsageError when the file of subjects is not one, or all of them are spent
 */
export async function openSource(
  settings: Settings & { readonly target: LiveTarget },
  console: Pick<Console, 'cwd' | 'env' | 'signal' | 'now'>,
): Promise<StateSource | null> {
  const { subjects, target } = settings;
  switch (subjects.kind) {
    case 'own':
    case 'none':
      return null;
    case 'states':
      return stateEndpoint(subjects.url, wayTo(subjects.url, target.tls, settings, console).engine, console.signal);
    case 'file':
      return fromFile(subjects.file, settings.changes, console);
  }
}

async function fromFile(
  file: string,
  changes: Settings['changes'],
  console: Pick<Console, 'cwd' | 'now'>,
): Promise<StateSource> {
  const read = readConnections(readTextFile('--connections', file, console), file, suite.members);
  if (!read.ok) throw new UsageError(read.problem);
  const opened = await openSpent(`${file}.spent`, randomUUID(), console.now);
  if (!opened.ok) throw new UsageError(opened.problem);
  const left = read.connections.filter((subject) => !opened.spent.isSpent(idOf(subject)));
  if (left.length === 0 && changes === 'allowed') {
    throw new UsageError(
      `--connections ${file}: all ${read.connections.length} subjects are spent, as ${file}.spent says; add new ones`,
    );
  }
  return spendFrom(connectionsFile(left, file), opened.spent, idOf);
}

/** The members in the path tell subjects apart. */
function idOf(subject: Subject): string {
  return suite.members
    .filter((m) => m.in === 'path')
    .map((m) => subject[m.name] ?? '')
    .join(' ');
}

/** What planning a run needs of it. */
export interface Planning {
  readonly composer: Composer;
  readonly ability: Ability;
}

/** In the shape of a JSON Web Token, so that what a run would make of its token is planned as well. */
const plannedToken = ['{"alg":"HS256"}', '{"sub":"planned"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

/**
 * Sees what a run could do, and asks nobody: nothing is sent, no session opened, no token command run.
 *
 * @throws UsageError when a file of subjects is not one
 */
export async function openPlanning(
  settings: Settings,
  console: Pick<Console, 'env' | 'cwd' | 'now' | 'signal'>,
): Promise<Planning> {
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const live = isLive(settings);
  const auth = live
    ? standIn(settings.target.auth)
    : embeddedAuth(settings.target, {
        token: plannedToken,
        expiredToken: plannedToken,
        user: 'planned',
        password: 'planned',
      });
  const identity = createIdentity(auth, {
    seed: settings.seed,
    authentication: suite.contract.authentication,
    ...(auth.kind === 'session' && { login: { cookie: 'planned=planned', token: plannedToken, secrets: [] } }),
  });
  const source = live ? await openSource(settings, console) : everyState;
  return { composer, ability: abilityOf(settings, identity, source) };
}

/** The embedded provider makes subjects in every state. */
const everyState: StateSource = {
  says: 'the embedded provider',
  offers: () => true,
  left: () => 'unlimited',
  setUp: () => Promise.resolve({ kind: 'failed', reason: 'a plan sets nothing up' }),
  tearDown: () => Promise.resolve(),
};

function standIn(auth: AuthSettings): AuthConfig {
  switch (auth.kind) {
    case 'none':
      return auth;
    case 'bearer':
      return { ...auth, token: plannedSecret(auth.token) };
    case 'basic':
    case 'session':
      return { ...auth, password: 'planned' };
    case 'header':
      return { ...auth, value: plannedSecret(auth.value) };
  }
}

function plannedSecret(source: SecretSource): string {
  return source.kind === 'text' ? source.text : plannedToken;
}
