import type { Console } from '../../bin/console.ts';
import { suite } from '../../bin/suite.ts';
import { createComposer } from '../catalogue/composer.ts';
import { createReader } from '../exchange/answered.ts';
import type { AuthConfig } from '../exchange/auth-config.ts';
import type { Identity } from '../exchange/credentials.ts';
import { withHeaders } from '../exchange/engine.ts';
import { createRedactor } from '../exchange/redact.ts';
import { readBody } from '../formats/body.ts';
import type { StateName } from '../model/contract.ts';
import type { Report } from '../model/report.ts';
import type { Citation, Composer } from '../model/requirement.ts';
import type { StateSource } from '../model/states.ts';
import { createProvider, type ProviderOptions, type Running } from '../provider/provider.ts';
import { shapeOf } from '../schema/shape.ts';
import { authConfig } from '../settings/authentication.ts';
import type { EmbeddedTarget, LiveTarget, Settings } from '../settings/settings.ts';
import type { Obstacle } from './conclude.ts';
import type { Surroundings } from './execute.ts';
import { renewable, signIn } from './identity.ts';
import type { Bench } from './judge.ts';
import type { Ability, Skip } from './plan.ts';
import { openSource } from './sources.ts';
import { paced, wayTo, wayToEmbedded } from './way.ts';

/** Everything opened for a run; `close` gives it all back. */
export interface Session {
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
export async function openSession(
  settings: Settings,
  console: Surrounding,
  progress: Surroundings['progress'],
  variation: Variation = {},
): Promise<Session> {
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
export function withNotes(report: Report, { notes }: Pick<Session, 'notes'>): Report {
  const said = [...(report.target.notes ?? []), ...notes()];
  return said.length === 0 ? report : { ...report, target: { ...report.target, notes: said } };
}

type Reached = Pick<Surroundings, 'engine' | 'identity' | 'redactor' | 'source'> &
  Pick<Session, 'obstacle' | 'notes' | 'close'> & { readonly url: URL };

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
