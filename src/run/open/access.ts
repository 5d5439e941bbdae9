import type { Engine } from '../../exchange/engine.ts';
import { heardBefore } from '../../exchange/heard-before.ts';
import { withHeaders } from '../../exchange/with-headers.ts';
import type { Contract } from '../../model/contract.ts';
import type { Suite } from '../../model/suite.ts';
import { authConfig } from '../../settings/authentication.ts';
import type { LiveTarget } from '../../settings/live-target.ts';
import type { Settings } from '../../settings/settings.ts';
import type { World } from '../../settings/world.ts';
import { signIn, type Session } from './identity.ts';
import { documentsOfLate, type Documents } from './reader.ts';
import { carriedByAll, keepAddresses, paced, protectedFrom, wayTo } from './way.ts';

/** Settings of a run that leaves this process. */
export type Live = Settings & { readonly target: LiveTarget };

/** The way to a live target, with whoever is signed in there: runs of several operations share one. */
export interface Access {
  /** Sends what is given with what every request carries, held to the limits of the run. */
  readonly engine: Engine;
  /** The same for a run about one operation: what the host says of all of them is asked by the first that wants it. */
  readonly engineFor: (contract: Pick<Contract, 'prefix'>) => Engine;
  /** Lets go of what the host said of all of them: it may say something else by now. */
  readonly forget: () => void;
  /** Whoever is signed in by now. */
  readonly session: () => Session;
  /** Signs in anew. */
  readonly renew: () => Promise<Session>;
  /** Of the way there. */
  readonly secrets: readonly string[];
  /** What reports must say of the way, as known by now. */
  readonly notes: () => readonly string[];
  readonly documents: Documents;
  readonly close: () => void;
}

/** The documents in which a host speaks of all its operations; they grow with their number. */
const ofAllOperations = ['metadata', 'metadata/app.json', 'types/metadata.json'];

/**
 * Opens the way to a live target and signs in there.
 *
 * @param suite says where to sign in, and what requests call their sender
 * @throws UsageError when a secret that the settings call for is not there
 */
export async function openAccess(
  suite: Suite,
  settings: Live,
  world: Pick<World, 'env' | 'cwd' | 'now' | 'signal' | 'sleep' | 'elapsed' | 'redactor'>,
): Promise<Access> {
  const { url, auth, tls } = settings.target;
  const way = wayTo(url, tls, settings, world, protectedFrom(settings));
  const limited = paced(way.engine, settings, world);
  const engine = withHeaders(limited, carriedByAll(suite, settings.target, settings));
  const told = heardBefore(engine);
  const enter = async (): Promise<Session> =>
    signIn(await authConfig(auth, world), { contract: suite.contract, base: url, engine, signal: world.signal });
  let session: Session;
  try {
    session = await enter();
  } catch (error) {
    // What is open would keep the process from ending.
    way.engine.close();
    throw error;
  }
  return {
    engine,
    engineFor: ({ prefix }) =>
      told.for(ofAllOperations.map((path) => `${url.pathname.replace(/\/$/, '')}${prefix}/${path}`)),
    forget: told.forget,
    session: () => session,
    renew: async () => {
      const renewed = await enter();
      if (renewed.obstacle === null) session = renewed;
      return renewed;
    },
    secrets: way.secrets,
    notes: () => [...way.notes, ...limited.notes()],
    documents: documentsOfLate(),
    close: () => {
      way.engine.close();
    },
  };
}

/**
 * Sees that nothing is changed at a protected address, whatever name it goes by.
 *
 * @throws UsageError when the target or its source of subjects is at one
 */
export async function keepAway({ changes, target, subjects }: Live): Promise<void> {
  if (changes !== 'allowed') return;
  await keepAddresses(target.url, target);
  if (subjects.kind === 'states') await keepAddresses(subjects.url, target);
}
