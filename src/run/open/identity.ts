import type { AuthConfig } from '../../exchange/auth-config.ts';
import { drawSubject, bindRequest } from '../../exchange/bind.ts';
import { createIdentity, type Identity } from '../../exchange/credentials.ts';
import type { Engine } from '../../exchange/engine.ts';
import { login, type Login } from '../../exchange/login.ts';
import type { Redactor } from '../../exchange/redact.ts';
import { renewing, type Renewed, type Renewing } from '../../exchange/renewal.ts';
import type { Contract } from '../../model/contract.ts';
import type { Composer } from '../../model/requirement.ts';
import { renewedBy, type AuthSettings } from '../../settings/authentication.ts';
import { InconclusiveError, UsageError } from '../../settings/problems.ts';
import type { World } from '../../settings/world.ts';
import type { Obstacle } from '../run.ts';
import { effectOf } from './effect.ts';

/** What a run presents, and what signing in has brought, where that takes a request: any number of operations can be asked with it. */
export interface Session {
  readonly auth: AuthConfig;
  readonly login: Login | null;
  /** The same of the lesser credentials; null also where the target opened no session for them. */
  readonly lesserLogin: Login | null;
  /** Set when the target opened no session. */
  readonly obstacle: Obstacle | null;
}

/** Where a run signs in, and by what it is sent. */
export interface Entrance {
  readonly contract: Pick<Contract, 'prefix'>;
  readonly base: URL;
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/** Signs in where that takes a request. */
export async function signIn(auth: AuthConfig, { contract, base, engine, signal }: Entrance): Promise<Session> {
  const at = { base, prefix: contract.prefix };
  const opened = auth.kind === 'session' ? await login(auth, at, engine, signal) : null;
  const { lesser } = auth;
  const second = lesser?.kind === 'session' ? await login(lesser, at, engine, signal) : null;
  return {
    auth,
    login: opened?.kind === 'signed-in' ? opened.login : null,
    lesserLogin: second?.kind === 'signed-in' ? second.login : null,
    obstacle:
      opened === null || opened.kind === 'signed-in'
        ? null
        : { kind: opened.kind === 'refused' ? 'refused' : 'unreachable', says: `${opened.reason}.` },
  };
}

/**
 * The identity of a run about one operation.
 *
 * @throws UsageError when a secret cannot be sent
 */
export function identityOf(
  { auth, login: brought, lesserLogin }: Session,
  seed: number,
  { authentication }: Pick<Contract, 'authentication'>,
): Identity {
  try {
    return createIdentity(auth, {
      seed,
      authentication,
      ...(brought && { login: brought }),
      ...(lesserLogin && { lesserLogin }),
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

export interface Circumstances {
  readonly base: URL;
  readonly seed: number;
  readonly engine: Engine;
  readonly redactor: Redactor;
  readonly composer: Composer;
  readonly world: Pick<World, 'now'>;
  /** Gets new credentials from where the first ones came from. */
  readonly renew: () => Promise<Session>;
}

/** The engine and the identity of a run whose credentials may end before it does; both as they are where nothing can be renewed. */
export function renewable(
  identity: Identity,
  auth: AuthSettings,
  { base, seed, engine, redactor, composer, world, renew }: Circumstances,
): Renewing {
  const says = renewedBy(auth);
  if (says === null) return { engine, identity, notes: () => [] };
  const absent = drawSubject(seed, 'renewal', composer.members);
  const question = composer.request(composer.routes[0]);
  const mayAsk = effectOf(composer.onAbsent(question), composer) === 'none';
  return renewing(engine, {
    identity,
    says,
    now: world.now,
    learn: redactor.learn,
    question: mayAsk ? (headers) => bindRequest(question, [absent], { headers, query: [] }, base) : null,
    renew: async (): Promise<Renewed> => {
      try {
        const session = await renew();
        return session.obstacle === null
          ? { kind: 'renewed', identity: identityOf(session, seed, composer.contract) }
          : { kind: 'failed', reason: session.obstacle.says };
      } catch (error) {
        if (error instanceof UsageError || error instanceof InconclusiveError)
          return { kind: 'failed', reason: error.message };
        throw error;
      }
    },
  });
}
