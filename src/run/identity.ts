import type { AuthConfig } from '../exchange/auth-config.ts';
import { drawSubject, bindRequest } from '../exchange/bind.ts';
import { createIdentity, type Identity } from '../exchange/credentials.ts';
import type { Engine } from '../exchange/engine.ts';
import { login, type Login } from '../exchange/login.ts';
import type { Redactor } from '../exchange/redact.ts';
import { renewing, type Renewed, type Renewing } from '../exchange/renewal.ts';
import type { Contract } from '../model/contract.ts';
import type { Composer } from '../model/requirement.ts';
import { authConfig, renewedBy, type AuthSettings } from '../settings/authentication.ts';
import { InconclusiveError, UsageError } from '../settings/problems.ts';
import type { World } from '../settings/world.ts';
import type { Obstacle } from './conclude.ts';
import { effectOf } from './effect.ts';

export interface SignedIn {
  readonly identity: Identity;
  /** Set when the target opened no session. */
  readonly obstacle: Obstacle | null;
}

/** Where a run signs in, and by what it is sent. */
export interface Entrance {
  readonly contract: Pick<Contract, 'prefix' | 'authentication'>;
  readonly base: URL;
  readonly seed: number;
  readonly engine: Engine;
  readonly signal: AbortSignal;
}

/**
 * Signs in where that takes a request, and makes the identity of a run.
 *
 * @throws UsageError when a secret cannot be sent
 */
export async function signIn(auth: AuthConfig, { contract, base, seed, engine, signal }: Entrance): Promise<SignedIn> {
  const opened = auth.kind === 'session' ? await login(auth, { base, prefix: contract.prefix }, engine, signal) : null;
  const brought = opened?.kind === 'signed-in' ? opened.login : null;
  const obstacle: Obstacle | null =
    opened === null || opened.kind === 'signed-in'
      ? null
      : { kind: opened.kind === 'refused' ? 'refused' : 'unreachable', says: `${opened.reason}.` };
  return { identity: identityOf(auth, brought, seed, contract), obstacle };
}

function identityOf(
  auth: AuthConfig,
  brought: Login | null,
  seed: number,
  { authentication }: Pick<Contract, 'authentication'>,
): Identity {
  try {
    return createIdentity(auth, { seed, authentication, ...(brought && { login: brought }) });
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
  readonly world: Pick<World, 'env' | 'cwd' | 'now' | 'signal'>;
}

/** The engine and the identity of a run whose credentials may end before it does; both as they are where nothing can be renewed. */
export function renewable(
  identity: Identity,
  auth: AuthSettings,
  { base, seed, engine, redactor, composer, world }: Circumstances,
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
        const renewed = await signIn(await authConfig(auth, world), {
          contract: composer.contract,
          base,
          seed,
          engine,
          signal: world.signal,
        });
        return renewed.obstacle === null
          ? { kind: 'renewed', identity: renewed.identity }
          : { kind: 'failed', reason: renewed.obstacle.says };
      } catch (error) {
        if (error instanceof UsageError || error instanceof InconclusiveError)
          return { kind: 'failed', reason: error.message };
        throw error;
      }
    },
  });
}
