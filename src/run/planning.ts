import type { Console } from '../../bin/console.ts';
import { suite } from '../../bin/suite.ts';
import { createComposer } from '../catalogue/composer.ts';
import type { AuthConfig } from '../exchange/auth-config.ts';
import { createIdentity } from '../exchange/credentials.ts';
import type { Composer } from '../model/requirement.ts';
import type { StateSource } from '../model/states.ts';
import type { AuthSettings, SecretSource } from '../settings/authentication.ts';
import type { Settings } from '../settings/settings.ts';
import { abilityOf, embeddedAuth, isLive } from './open.ts';
import type { Ability } from './plan.ts';
import { openSource } from './sources.ts';

/** What planning a run needs of it. */
export interface Planning {
  readonly composer: Composer;
  readonly ability: Ability;
}

/** In the shape of a JSON Web Token, so that what a run would make of its token is planned as well. */
const token = ['{"alg":"HS256"}', '{"sub":"planned"}', 'signature']
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
    : embeddedAuth(settings.target, { token, expiredToken: token, user: 'planned', password: 'planned' });
  const identity = createIdentity(auth, {
    seed: settings.seed,
    authentication: suite.contract.authentication,
    ...(auth.kind === 'session' && { session: { cookie: 'planned=planned', token, secrets: [] } }),
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
      return { ...auth, token: at(auth.token) };
    case 'basic':
    case 'session':
      return { ...auth, password: 'planned' };
    case 'header':
      return { ...auth, value: at(auth.value) };
  }
}

function at(source: SecretSource): string {
  return source.kind === 'text' ? source.text : token;
}
