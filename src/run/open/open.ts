import { setMaxListeners } from 'node:events';
import { createComposer } from '../../catalogue/composer.ts';
import type { AuthConfig, SignIn } from '../../exchange/auth-config.ts';
import { createIdentity } from '../../exchange/credentials.ts';
import type { Login } from '../../exchange/login.ts';
import type { Composer } from '../../model/requirement.ts';
import type { StateSource } from '../../model/states.ts';
import type { Suite } from '../../model/suite.ts';
import type { AuthSettings, SecretSource, SignInSettings } from '../../settings/authentication.ts';
import { secretsOf } from '../../settings/given-values.ts';
import type { EmbeddedTarget, Settings } from '../../settings/settings.ts';
import type { World } from '../../settings/world.ts';
import { keepAway, openAccess, type Access, type Live } from './access.ts';
import { abilityOf } from './ability.ts';
import { withKept, withValues } from './with-values.ts';
import { identityOf, renewable, signIn } from './identity.ts';
import { withMadeStates } from './made-states.ts';
import { readerOf, type Documents } from './reader.ts';
import { redactorOf } from './redactor.ts';
import type { Run } from '../run.ts';
import { openSource } from './subjects.ts';
import { paced, wayToHost } from './way.ts';

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
 * @param of what the run is about
 * @param host started where the settings name no live target
 * @param progress told how many exchanges have ended, of how many
 * @throws UsageError when a secret or a file that the settings call for is not there
 */
export async function openRun(
  of: Suite,
  settings: Settings,
  world: Surrounding,
  host: StartHost,
  progress: Run['progress'] = () => undefined,
): Promise<Run> {
  // Each request and each wait listens for the end of the run; there may be hundreds at once.
  setMaxListeners(0, world.signal);
  const suite = withValues(of, settings.values);
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const reached = isLive(settings)
    ? await reachLive(suite, settings, composer, world)
    : await reachHost(suite, settings, world, host);
  return { ...opened(suite, settings, composer, world, reached), progress };
}

function opened(suite: Suite, settings: Settings, composer: Composer, world: Surrounding, reached: Reached): Run {
  const source =
    reached.source === null
      ? null
      : withMadeStates(withKept(reached.source, suite.members, suite.contract), composer, reached, world.signal);
  return {
    suite,
    settings,
    world,
    composer,
    ability: abilityOf(suite.contract, settings, reached.identity, source),
    ...reached,
    source,
    ...readerOf(suite, reached.documents),
    overdue: overdueAfter(settings.maxDurationMs, world),
    progress: () => undefined,
    ended: [],
    hung: [],
    results: new Map(),
  };
}

/** The way to a target, open. */
type Reached = Pick<Run, 'target' | 'engine' | 'identity' | 'redactor' | 'source' | 'obstacle' | 'notes' | 'close'> & {
  readonly documents?: Documents;
};

type Surrounding = Pick<World, 'env' | 'cwd' | 'now' | 'signal' | 'sleep' | 'elapsed' | 'redactor'>;
type Embedded = Settings & { readonly target: EmbeddedTarget };

/** Whether a run leaves this process. */
export function isLive(settings: Settings): settings is Live {
  return settings.target.kind === 'live';
}

async function reachHost(suite: Suite, settings: Embedded, world: Surrounding, host: StartHost): Promise<Reached> {
  const started = await host(suite, settings, world);
  const { url } = started;
  const engine = paced(wayToHost(settings, world).engine, settings, world);
  const close = async (): Promise<void> => {
    engine.close();
    await started.close();
  };
  const { identity, obstacle } = await orClose(close, async () => {
    const session = await signIn(started.auth, { contract: suite.contract, base: url, engine, signal: world.signal });
    return { identity: identityOf(session, settings.seed, suite.contract), obstacle: session.obstacle };
  });
  const redactor = redactorOf(world, suite, identity, [], secretsOf(settings.values));
  return {
    target: url,
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
  await keepAway(settings);
  const source = await openSource(composer, settings, world);
  const access = await openAccess(suite, settings, world);
  const close = async (): Promise<void> => {
    access.close();
  };
  const reached = await orClose(close, async () => reachedBy(access, suite, settings, composer, world));
  return { ...reached, source, close };
}

/** What a run about one operation needs of the way to a live target. */
function reachedBy(
  access: Access,
  suite: Suite,
  settings: Live,
  composer: Composer,
  world: Surrounding,
): Omit<Reached, 'source' | 'close'> {
  const { url, auth, headers } = settings.target;
  const { seed } = settings;
  const session = access.session();
  const first = identityOf(session, seed, suite.contract);
  const redactor = redactorOf(world, suite, first, headers, [...access.secrets, ...secretsOf(settings.values)]);
  const { renew } = access;
  const engine = access.engineFor(suite.contract);
  const renewal = renewable(first, auth, { base: url, seed, engine, redactor, composer, world, renew });
  return {
    target: url,
    engine: renewal.engine,
    identity: renewal.identity,
    obstacle: session.obstacle,
    redactor,
    notes: () => [...access.notes(), ...renewal.notes()].map(redactor.text),
    documents: access.documents,
  };
}

/**
 * Opens a run about one of several operations at a live target.
 *
 * @param access open, and left open
 * @throws UsageError when a file of subjects is not one
 */
export async function openRunBy(access: Access, of: Suite, settings: Live, world: Surrounding): Promise<Run> {
  const suite = withValues(of, settings.values);
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const source = await openSource(composer, settings, world);
  const close = (): Promise<void> => Promise.resolve();
  return opened(suite, settings, composer, world, {
    ...reachedBy(access, suite, settings, composer, world),
    source,
    close,
  });
}

/** Tells when a run has taken as long as it may, from now on. */
export function overdueAfter(ms: number | null, { elapsed }: Pick<World, 'elapsed'>): () => string | null {
  const began = elapsed();
  return () =>
    ms !== null && elapsed() - began >= ms
      ? `the run had taken as long as it may (--max-duration ${ms / 1000}s), so this was not sent`
      : null;
}

/** What is open when opening fails would keep the process from ending. */
async function orClose<T>(close: () => Promise<void>, opening: () => Promise<T>): Promise<T> {
  try {
    return await opening();
  } catch (error) {
    await close();
    throw error;
  }
}

/** In the shape of a JSON Web Token, so that what a run would make of its token is planned as well. */
const tokenFor = (subject: 'planned' | 'lesser'): string =>
  ['{"alg":"HS256"}', JSON.stringify({ sub: subject }), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

/** In the place of a token. */
export const plannedToken = tokenFor('planned');
/** In the place of that of somebody who may do less. */
export const plannedLesserToken = tokenFor('lesser');

/** In the place of a password, and unlike anything that a request holds besides. */
export const plannedPassword = '(the password of a run)';

/**
 * Opens the same run where nothing is asked: nothing is sent, no session opened, no token command run; in the place of
 * secrets that a run alone would ask for stand-ins are presented.
 *
 * @param host answers nothing, and is asked for its ways alone
 * @throws UsageError when a file of subjects is not one
 */
export async function openUnsent(of: Suite, settings: Settings, world: Surrounding, host: StartHost): Promise<Run> {
  const suite = withValues(of, settings.values);
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const { auth, target, source } = isLive(settings)
    ? {
        auth: standIn(settings.target.auth),
        target: settings.target.url,
        source: await openSource(composer, settings, world),
      }
    : await host(suite, settings, world).then(({ auth, url, subjects }) => ({ auth, target: url, source: subjects }));
  const identity = createIdentity(auth, {
    seed: settings.seed,
    authentication: suite.contract.authentication,
    ...(auth.kind === 'session' && { login: plannedLogin(auth, 'planned') }),
    ...(auth.lesser?.kind === 'session' && { lesserLogin: plannedLogin(auth.lesser, 'lesser') }),
  });
  return opened(suite, settings, composer, world, {
    target,
    engine: { send: () => Promise.reject(new Error('a plan sends nothing')), close: () => undefined },
    identity,
    redactor: redactorOf(
      world,
      suite,
      identity,
      isLive(settings) ? settings.target.headers : [],
      secretsOf(settings.values),
    ),
    source,
    obstacle: null,
    notes: () => [],
    close: () => Promise.resolve(),
  });
}

/** What a session would bring. */
function plannedLogin({ login }: SignIn & { readonly kind: 'session' }, whose: 'planned' | 'lesser'): Login {
  const token = tokenFor(whose);
  return {
    cookie: `planned=${whose}`,
    token,
    ...(login?.opens?.kind === 'token' && { presents: [['Authorization', `Bearer ${token}`]] }),
    secrets: [],
  };
}

function standIn({ lesser, ...auth }: AuthSettings): AuthConfig {
  const own = auth.kind === 'none' ? auth : { ...auth, ...withStandIn(auth, plannedToken) };
  return { ...own, ...(lesser && { lesser: withStandIn(lesser, plannedLesserToken) }) };
}

function withStandIn(way: SignInSettings, token: string): SignIn {
  const planned = (source: SecretSource): string => (source.kind === 'text' ? source.text : token);
  switch (way.kind) {
    case 'bearer':
      return { kind: way.kind, token: planned(way.token) };
    case 'basic':
      return { kind: way.kind, user: way.user, password: plannedPassword };
    case 'session':
      return { kind: way.kind, user: way.user, password: plannedPassword, login: way.login };
    case 'header':
      return { kind: way.kind, name: way.name, value: planned(way.value) };
  }
}
