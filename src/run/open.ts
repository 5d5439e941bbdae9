import { setMaxListeners } from 'node:events';
import { createComposer } from '../catalogue/composer.ts';
import type { AuthConfig } from '../exchange/auth-config.ts';
import { createIdentity } from '../exchange/credentials.ts';
import { withHeaders } from '../exchange/engine.ts';
import type { Login } from '../exchange/login.ts';
import type { Composer } from '../model/requirement.ts';
import type { StateSource } from '../model/states.ts';
import type { Suite } from '../model/suite.ts';
import { authConfig, type AuthSettings, type SecretSource } from '../settings/authentication.ts';
import type { LiveTarget } from '../settings/live-target.ts';
import type { EmbeddedTarget, Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { abilityOf } from './ability.ts';
import { renewable, signIn } from './identity.ts';
import { withMadeStates } from './made-states.ts';
import { readerOf } from './reader.ts';
import { redactorOf } from './redactor.ts';
import type { Run } from './run.ts';
import { openSource } from './subjects.ts';
import { carriedByAll, keepAddresses, paced, protectedFrom, wayTo, wayToHost } from './way.ts';

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
  progress: Run['progress'] = () => undefined,
): Promise<Run> {
  // Each request and each wait listens for the end of the run; there may be hundreds at once.
  setMaxListeners(0, world.signal);
  const composer = createComposer(suite.contract, suite.members, settings.profile);
  const reached = isLive(settings)
    ? await reachLive(suite, settings, composer, world)
    : await reachHost(suite, settings, world, host);
  return { ...opened(suite, settings, composer, world, reached), progress };
}

function opened(suite: Suite, settings: Settings, composer: Composer, world: Surrounding, reached: Reached): Run {
  const source = reached.source === null ? null : withMadeStates(reached.source, composer, reached, world.signal);
  return {
    suite,
    settings,
    world,
    composer,
    ability: abilityOf(suite.contract, settings, reached.identity, source),
    ...reached,
    source,
    ...readerOf(suite),
    overdue: overdueAfter(settings.maxDurationMs, world),
    progress: () => undefined,
    ended: [],
    hung: [],
    results: new Map(),
  };
}

/** The way to a target, open. */
type Reached = Pick<Run, 'target' | 'engine' | 'identity' | 'redactor' | 'source' | 'obstacle' | 'notes' | 'close'>;

type Surrounding = Pick<World, 'env' | 'cwd' | 'now' | 'signal' | 'sleep' | 'elapsed' | 'redactor'>;
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
  const redactor = redactorOf(world, suite, identity);
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
  const { url, auth, tls, headers } = settings.target;
  if (settings.changes === 'allowed') {
    await keepAddresses(url, settings.target);
    if (settings.subjects.kind === 'states') await keepAddresses(settings.subjects.url, settings.target);
  }
  const source = await openSource(composer, settings, world);
  const config = await authConfig(auth, world);
  const way = wayTo(url, tls, settings, world, protectedFrom(settings));
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
  const redactor = redactorOf(world, suite, first, headers, way.secrets);
  const { engine, identity, notes } = renewable(first, auth, {
    base: url,
    seed: settings.seed,
    engine: plain,
    redactor,
    composer,
    world,
  });
  return {
    target: url,
    engine,
    identity,
    obstacle,
    redactor,
    source,
    notes: () => [...way.notes, ...notes(), ...limited.notes()].map(redactor.text),
    close,
  };
}

/** Tells when a run has taken as long as it may, from now on. */
function overdueAfter(ms: number | null, { elapsed }: Pick<World, 'elapsed'>): () => string | null {
  const began = elapsed();
  return () =>
    ms !== null && elapsed() - began >= ms
      ? `the run had taken as long as it may (--max-duration ${ms / 1000}s), so this was not sent`
      : null;
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

/** In the shape of a JSON Web Token, so that what a run would make of its token is planned as well. */
export const plannedToken = ['{"alg":"HS256"}', '{"sub":"planned"}', 'signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

/** In the place of a password, and unlike anything that a request holds besides. */
export const plannedPassword = '(the password of a run)';

/**
 * Opens the same run where nothing is asked: nothing is sent, no session opened, no token command run; in the place of
 * secrets that a run alone would ask for stand-ins are presented.
 *
 * @param host answers nothing, and is asked for its ways alone
 * @throws UsageError when a file of subjects is not one
 */
export async function openUnsent(suite: Suite, settings: Settings, world: Surrounding, host: StartHost): Promise<Run> {
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
    ...(auth.kind === 'session' && { login: plannedLogin(auth) }),
  });
  return opened(suite, settings, composer, world, {
    target,
    engine: { send: () => Promise.reject(new Error('a plan sends nothing')), close: () => undefined },
    identity,
    redactor: redactorOf(world, suite, identity, isLive(settings) ? settings.target.headers : []),
    source,
    obstacle: null,
    notes: () => [],
    close: () => Promise.resolve(),
  });
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
