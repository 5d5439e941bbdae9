import type { AuthConfig, SignIn } from '../exchange/auth-config.ts';
import { subjectsFile } from '../exchange/subjects-file.ts';
import type { Mutant } from '../provider/mutant.ts';
import type { ProviderOptions, Running } from '../provider/provider.ts';
import { plannedLesserToken, plannedPassword, plannedToken, type StartHost } from '../run/open/open.ts';
import type { EmbeddedTarget } from '../settings/settings.ts';
import { quantity } from '../values/words.ts';

/** How the embedded provider differs from the plain one. */
export type Variation = Pick<ProviderOptions, 'mutate' | 'authentication' | 'loginPage'> & {
  /** How many subjects it has, as a file would; any number where this is not said. */
  readonly subjects?: number;
};

/** How the provider differs that has a fault, or a harmless variation. */
export function variationOf({ mutate, authentication }: Pick<Mutant, 'mutate' | 'authentication'>): Variation {
  return { mutate, ...(authentication && { authentication }) };
}

/** The reference provider as the host of runs that leave this process alone. */
export function embedded({ subjects, ...variation }: Variation = {}): StartHost {
  return async ({ contract, schemas }, { profile, seed, target }, { now }) => {
    // A run against a live target needs none.
    const { createProvider } = await import('../provider/provider.ts');
    const provider = await createProvider({ contract, schemas, profile, seed, now, ...variation }).listen(0);
    return {
      url: new URL(provider.url),
      auth: embeddedAuth(target, provider),
      subjects:
        subjects === undefined
          ? provider.states
          : subjectsFile(
              provider.connections.slice(0, subjects),
              contract.subject?.states.fresh ?? '',
              quantity(subjects, 'subject'),
            ),
      close: provider.close,
    };
  };
}

/** In the place of the embedded provider where nothing is sent: it would make subjects in every state. */
export const planned: StartHost = async (_, { target }) => ({
  url: new URL('http://planned.invalid'),
  auth: embeddedAuth(target, {
    token: plannedToken,
    expiredToken: plannedToken,
    user: 'planned',
    password: plannedPassword,
    lesser: { user: 'lesser', password: plannedPassword, token: plannedLesserToken },
  }),
  subjects: {
    says: 'the embedded provider',
    offers: () => true,
    left: () => 'unlimited',
    setUp: () => Promise.resolve({ kind: 'failed', reason: 'a plan sets nothing up' }),
    tearDown: () => Promise.resolve(),
  },
  close: () => Promise.resolve(),
});

/** How the embedded provider is signed in at. */
function embeddedAuth(
  { auth }: EmbeddedTarget,
  { lesser, expiredToken, ...own }: Pick<Running, 'token' | 'expiredToken' | 'user' | 'password' | 'lesser'>,
): AuthConfig {
  const known = { expiredToken, user: own.user };
  return auth === 'none'
    ? { kind: 'none', ...known }
    : { ...known, lesser: signInBy(auth, lesser), ...signInBy(auth, own) };
}

function signInBy(
  kind: SignIn['kind'],
  { token, user, password }: Pick<Running, 'token' | 'user' | 'password'>,
): SignIn {
  switch (kind) {
    case 'bearer':
      return { kind, token };
    case 'basic':
    case 'session':
      return { kind, user, password };
    case 'header':
      return { kind, name: 'Authorization', value: `Bearer ${token}` };
  }
}
