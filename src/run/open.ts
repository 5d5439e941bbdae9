import { randomUUID } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { setMaxListeners } from 'node:events';
import { createComposer } from '../catalogue/composer.ts';
import { createReader } from '../exchange/answered.ts';
import type { AuthConfig } from '../exchange/auth-config.ts';
import { createIdentity, type Identity } from '../exchange/credentials.ts';
import { createEngine, withHeaders, type Engine } from '../exchange/engine.ts';
import { pacedEngine, type PacedEngine } from '../exchange/paced.ts';
import type { Login } from '../exchange/login.ts';
import { createRedactor, type Redactor } from '../exchange/redact.ts';
import type { Tls } from '../exchange/sockets.ts';
import { spendFrom, openSpent } from '../exchange/spent.ts';
import { stateEndpoint } from '../exchange/state-endpoint.ts';
import { readSubjects, subjectsFile } from '../exchange/subjects-file.ts';
import { readBody } from '../formats/body.ts';
import type { Contract, StateName } from '../model/contract.ts';
import type { Header, Subject } from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import type { Citation, Composer } from '../model/requirement.ts';
import type { StateSource } from '../model/states.ts';
import type { Suite } from '../model/suite.ts';
import { shapeOf } from '../schema/shape.ts';
import { authConfig, type AuthSettings, type SecretSource } from '../settings/authentication.ts';
import { readTextFile } from '../settings/files.ts';
import { UsageError } from '../settings/problems.ts';
import { protectedAddressIn } from '../settings/hosts.ts';
import { proxyFor } from '../settings/proxy.ts';
import {
  asUsage,
  type AddedHeader,
  type EmbeddedTarget,
  type LiveTarget,
  type Settings,
} from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { allOf, quantity } from '../values/words.ts';
import type { Obstacle } from './conclude.ts';
import type { Surroundings } from './execute.ts';
import { renewable, signIn } from './identity.ts';
import { nameNone } from './named.ts';
import type { Bench } from './judge.ts';
import type { Ability, Skip } from './plan.ts';
import { answeredDto } from '../values/contract.ts';
import type { Schemas, Shape } from '../model/schema.ts';

/** Everything opened for a run; `close` gives it all back. */
export interface Run {
  readonly suite: Suite;
  readonly target: Report['target'];
  readonly composer: Composer;
  readonly ability: Ability;
  readonly bench: Bench;
  /** Set when signing in has failed already. */
  readonly obstacle: Obstacle | null;
  readonly surroundings: Surroundings;
  /** What a report must say of how the target was reached, as known by now. */
  readonly notes: () => readonly Redacted<string>[];
  readonly close: () => Promise<void>;
}

/** What answers in the place of a live target. */
export interface Host {
  readonly url: URL;
  /** How it is signed in at. */
  readonly auth: AuthConfig;
  readonly subjects: StateSource;
  readonly close: () => Promise<void>;
}

/** Starts the host of a run that leaves this process alone. */
export type StartHost = (suite: Suite, settings: Embedded, world: Pick<World, 'now'>) => Promise<Host>;

/**
 * Opens what a run needs: the host or the way to the live target, credentials, subjects, readers.
 *
 * @param suite what the run is about
 * @param host started where the settings name no live target
 * @param progress told after each script
 * @throws UsageError when a secret or a file that the settings call for is not there
 */
export async function openRun(
  suite: Suite,
  settings: Settings,
  world: Surrounding,
  host: StartHost,
  progress: Surroundings['progress'] = () => undefined,
): Promise<Run> {
  // Each request and each wait listens for the end of the run; there may be hundreds at once.
  setMaxListeners(0, world.signal);
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const reached = isLive(settings)
    ? await reachLive(suite, settings, composer, world)
    : await reachHost(suite, settings, world, host);
  const { url, identity } = reached;
  return {
    suite,
    target: { url: url.href, kind: settings.target.kind, authentication: identity.says },
    composer,
    ability: abilityOf(suite.contract, settings, identity, reached.source),
    bench: benchOf(suite, settings),
    obstacle: reached.obstacle,
    surroundings: {
      absent: composer.absent,
      members: suite.members,
      target: url,
      engine: reached.engine,
      identity,
      redactor: reached.redactor,
      source: reached.source,
      seed: settings.seed,
      concurrency: settings.concurrency,
      signal: world.signal,
      sleep: world.sleep,
      overdue: overdueAfter(settings.maxDurationMs, world),
      ended: [],
      results: new Map(),
      progress,
    },
    notes: reached.notes,
    close: reached.close,
  };
}

type Reached = Pick<Surroundings, 'engine' | 'identity' | 'redactor' | 'source'> &
  Pick<Run, 'obstacle' | 'notes' | 'close'> & { readonly url: URL };

type Surrounding = Pick<World, 'env' | 'cwd' | 'now' | 'signal' | 'sleep' | 'elapsed'>;
type Live = Settings & { readonly target: LiveTarget };
type Embedded = Settings & { readonly target: EmbeddedTarget };

/** Whether a run leaves this process. */
function isLive(settings: Settings): settings is Live {
  return settings.target.kind === 'live';
}

async function reachHost(suite: Suite, settings: Embedded, world: Surrounding, host: StartHost): Promise<Reached> {
  const started = await host(suite, settings, world);
  const { url } = started;
  const engine = paced(wayToHost(settings).engine, settings, world);
  const close = async (): Promise<void> => {
    engine.close();
    await started.close();
  };
  const { identity, obstacle } = await orClose(
    close,
    signIn(started.auth, { contract: suite.contract, base: url, seed: settings.seed, engine, signal: world.signal }),
  );
  const redactor = redactorOf(suite, identity);
  return {
    url,
    engine,
    identity,
    obstacle,
    redactor,
    source: started.subjects,
    notes: () => engine.notes().map(redactor.text),
    close,
  };
}

async function reachLive(suite: Suite, settings: Live, composer: Composer, world: Surrounding): Promise<Reached> {
  const { url, auth, tls, headers } = settings.target;
  if (settings.changes === 'allowed') {
    await keepAddresses(url, settings);
    if (settings.subjects.kind === 'states') await keepAddresses(settings.subjects.url, settings);
  }
  const source = await openSource(composer, settings, world);
  const config = await authConfig(auth, world);
  const way = wayTo(url, tls, settings, world);
  const limited = paced(way.engine, settings, world);
  const plain = withHeaders(limited, carriedByAll(suite, settings.target, settings));
  const close = async (): Promise<void> => {
    way.engine.close();
  };
  const { identity: first, obstacle } = await orClose(
    close,
    signIn(config, {
      contract: composer.contract,
      base: url,
      seed: settings.seed,
      engine: plain,
      signal: world.signal,
    }),
  );
  const redactor = redactorOf(suite, first, headers, way.secrets);
  const { engine, identity, notes } = renewable(first, auth, {
    base: url,
    seed: settings.seed,
    engine: plain,
    redactor,
    composer,
    world,
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

/** The redactor of a run: it knows what is presented, what every request carries, and the secrets of the way there. */
function redactorOf(
  suite: Suite,
  { secrets, secretHeaders, madeUp }: Identity,
  added: readonly AddedHeader[] = [],
  further: readonly string[] = [],
): Redactor {
  return createRedactor({
    secrets: [...secrets, ...further, ...added.flatMap((each) => each.secrets)],
    headerNames: [
      ...secretHeaders,
      ...added.flatMap(({ header: [name], secrets: own }) => (own.length === 0 ? [] : [name])),
    ],
    permitted: madeUp,
    own: ownTexts(suite),
  });
}

/** Headers that every request to a live target carries, except those that it has already. */
export function carriedByAll(
  suite: Suite,
  { headers }: LiveTarget,
  settings: Pick<Settings, 'userAgent'>,
): readonly Header[] {
  return [...headers.map(({ header }) => header), userAgentOf(suite, settings)];
}

/** What the suite calls itself where nothing else is set (RFC 9110 §10.1.5). */
function userAgentOf(
  { name, version }: Pick<Suite, 'name' | 'version'>,
  { userAgent }: Pick<Settings, 'userAgent'>,
): Header {
  return ['User-Agent', userAgent ?? `${name}/${version}`];
}

/** Tells when a run has taken as long as it may, from now on. */
function overdueAfter(ms: number | null, { elapsed }: Pick<World, 'elapsed'>): () => string | null {
  const began = elapsed();
  return () =>
    ms !== null && elapsed() - began >= ms
      ? `the run had taken as long as it may (--max-duration ${ms / 1000}s), so this was not sent`
      : null;
}

/**
 * A protected address is protected under every name that it has; through a proxy, the proxy alone knows the addresses.
 *
 * @throws UsageError when the name resolves to one
 */
async function keepAddresses({ hostname }: URL, { target: { protectedHosts } }: Live): Promise<void> {
  const found = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'), { all: true }).catch(() => []);
  const host = protectedAddressIn(
    found.map(({ address }) => address),
    protectedHosts,
  );
  if (host !== null)
    throw new UsageError(
      `--allow-changes: ${hostname} resolves to a protected address (${host}), nothing is changed there whatever else is set; name another --target`,
    );
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

/** What a run with these settings can and may do. */
function abilityOf(contract: Contract, settings: Settings, identity: Identity, source: StateSource | null): Ability {
  const exercise = commandToChange(settings);
  const refusal = (reason: string): Skip => ({ cause: 'effects', reason, exercise });
  return {
    changesRefused:
      settings.changes === 'allowed' && (source !== null || contract.subject === null)
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
    subjects: contract.subject === null ? 'unlimited' : (source?.left() ?? 0),
    exhausted: {
      cause: 'subjects',
      reason: `${source?.says ?? 'this run'} has no subject left for it`,
      exercise: commandWithStates(settings),
    },
    ...(settings.budget !== null && { budget: budgetOf(contract, settings, settings.budget) }),
  };
}

/** What signing in and the pre-flight may cost is set aside. */
function budgetOf({ routes }: Contract, settings: Settings, budget: number): NonNullable<Ability['budget']> {
  const auth = settings.target.kind === 'live' ? settings.target.auth.kind : settings.target.auth;
  const aside = routes.length + (auth === 'session' ? 1 : 0);
  return {
    exchanges: Math.max(0, Math.floor((budget - aside) / settings.repeat)),
    skip: {
      cause: 'budget',
      reason: `the budget of ${quantity(budget, 'exchange')} goes to what more requirements judge`,
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

/** What an answer is read by: the DTO of a success with the ResponseStatus of an error, which stands in any DTO's place. */
function answerShape(contract: Contract, schemas: Schemas): Shape {
  const dto = answeredDto(contract);
  const members = [dto, 'ResponseStatus'].flatMap((name) =>
    name === null || schemas[name] === undefined ? [] : [shapeOf(schemas, name)],
  );
  const [own, status = own] = members;
  if (own?.kind !== 'object') return { kind: 'text' };
  return status === undefined || 'ResponseStatus' in own.members
    ? own
    : { ...own, members: { ...own.members, ResponseStatus: status } };
}

/** What verdicts are drawn with: contract, schemas and readers. */
export function benchOf(
  { contract, schemas, members, violations, sources }: Suite,
  settings: Pick<Settings, 'profile'>,
): Bench {
  const shape = answerShape(contract, schemas);
  return {
    contract,
    profile: settings.profile,
    members,
    violations,
    answered: createReader(contract, (format, text) => readBody(format, text, shape)),
    cite: (citation: Citation) => {
      const source = sources[citation.source];
      if (source === undefined) throw new Error(`specs/sources.json has no source '${citation.source}'`);
      return { ...citation, url: source.url, title: source.title };
    },
  };
}

/** Everything that reports say in the suite's own words: a secret that is one of these words cannot be told from them. */
export function ownTexts({ contract, catalogue }: Pick<Suite, 'contract' | 'catalogue'>): readonly string[] {
  const { operation, request, routes, types, subject, formats } = contract;
  return [
    JSON.stringify([operation, request, routes, types, subject, formats]),
    ...catalogue.flatMap((area) => area.requirements.flatMap(({ title, why }) => [title, why])),
  ];
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
  { env }: Pick<World, 'env'>,
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

/** A host of this process is never asked through a proxy. */
export function wayToHost({ timeoutMs, concurrency }: Pick<Settings, 'timeoutMs' | 'concurrency'>): Way {
  return { engine: createEngine({ timeoutMs, concurrency }), notes: [], secrets: [] };
}

/** The engine of a way, held to the limits of the run. */
export function paced(
  engine: Engine,
  { intervalMs, budget, patienceMs }: Pick<Settings, 'intervalMs' | 'budget' | 'patienceMs'>,
  { now, elapsed, sleep }: Pick<World, 'now' | 'elapsed' | 'sleep'>,
): PacedEngine {
  return pacedEngine(engine, {
    intervalMs,
    budget,
    patienceMs,
    now,
    elapsed,
    sleep,
  });
}

/**
 * Opens the source of subjects that the settings name; null when they name none.
 *
 * @throws UsageError when the file of subjects is not one, or all of them are spent
 */
async function openSource(
  composer: Composer,
  settings: Settings & { readonly target: LiveTarget },
  world: Pick<World, 'cwd' | 'env' | 'signal' | 'now'>,
): Promise<StateSource | null> {
  const { subjects, target } = settings;
  switch (subjects.kind) {
    case 'own':
    case 'none':
      return null;
    case 'states':
      return stateEndpoint(
        subjects.url,
        composer.members,
        wayTo(subjects.url, target.tls, settings, world).engine,
        world.signal,
      );
    case 'file':
      return fromFile(composer, subjects.file, settings, world);
  }
}

async function fromFile(
  { members, fresh }: Composer,
  file: string,
  settings: Live,
  world: Pick<World, 'cwd' | 'now'>,
): Promise<StateSource> {
  const { changes } = settings;
  const read = readSubjects(readTextFile('--connections', file, world), file, members);
  if (!read.ok) throw new UsageError(read.problem);
  const opened = await openSpent(`${file}.spent`, randomUUID(), world.now);
  if (!opened.ok) throw new UsageError(opened.problem);
  // The members in the path tell subjects apart.
  const idOf = (subject: Subject): string =>
    members
      .filter((m) => m.in === 'path')
      .map((m) => subject[m.name] ?? '')
      .join(' ');
  nameNone(read.subjects.map(idOf), settings);
  const left = read.subjects.filter((subject) => !opened.spent.isSpent(idOf(subject)));
  if (left.length === 0 && changes === 'allowed') {
    throw new UsageError(
      `--connections ${file}: ${allOf(read.subjects.length, 'subject')} ${read.subjects.length === 1 ? 'is' : 'are'} spent, as ${file}.spent says; add new ones`,
    );
  }
  return spendFrom(subjectsFile(left, fresh, `the file ${file}`), opened.spent, idOf);
}

/** What planning a run needs of it. */
export interface Planning {
  readonly suite: Suite;
  readonly composer: Composer;
  readonly ability: Ability;
  /** What would be presented, with stand-ins for secrets that are asked for by a run alone. */
  readonly identity: Identity;
  readonly redactor: Redactor;
  /** Everything before the contract's paths; null for a host that a run starts. */
  readonly target: URL | null;
  /** What every request would carry. */
  readonly headers: readonly Header[];
  readonly seed: number;
}

/** In the shape of a JSON Web Token, so that what a run would make of its token is planned as well. */
export const plannedToken = ['{"alg":"HS256"}', '{"sub":"planned"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

/** In the place of a password, and unlike anything that a request holds besides. */
export const plannedPassword = '(the password of a run)';

/**
 * Sees what a run could do, and asks nobody: nothing is sent, no session opened, no token command run.
 *
 * @param host answers nothing, and is asked for its ways alone
 * @throws UsageError when a file of subjects is not one
 */
export async function openPlanning(
  suite: Suite,
  settings: Settings,
  world: Surrounding,
  host: StartHost,
): Promise<Planning> {
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const { auth, subjects } = isLive(settings)
    ? { auth: standIn(settings.target.auth), subjects: await openSource(composer, settings, world) }
    : await host(suite, settings, world);
  const identity = createIdentity(auth, {
    seed: settings.seed,
    authentication: suite.contract.authentication,
    ...(auth.kind === 'session' && { login: plannedLogin(auth) }),
  });
  const added = isLive(settings) ? settings.target.headers : [];
  return {
    suite,
    composer,
    ability: abilityOf(suite.contract, settings, identity, subjects),
    identity,
    redactor: redactorOf(suite, identity, added),
    target: isLive(settings) ? settings.target.url : null,
    headers: isLive(settings) ? carriedByAll(suite, settings.target, settings) : [],
    seed: settings.seed,
  };
}

/** What a session would bring. */
function plannedLogin({ login }: AuthConfig & { readonly kind: 'session' }): Login {
  return {
    cookie: 'planned=planned',
    token: plannedToken,
    ...(login?.opens?.kind === 'token' && { presents: [['Authorization', `Bearer ${plannedToken}`]] }),
    secrets: [],
  };
}

function standIn(auth: AuthSettings): AuthConfig {
  switch (auth.kind) {
    case 'none':
      return auth;
    case 'bearer':
      return { ...auth, token: plannedSecret(auth.token) };
    case 'basic':
    case 'session':
      return { ...auth, password: plannedPassword };
    case 'header':
      return { ...auth, value: plannedSecret(auth.value) };
  }
}

function plannedSecret(source: SecretSource): string {
  return source.kind === 'text' ? source.text : plannedToken;
}
