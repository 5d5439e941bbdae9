interface Known {
  /** A user known to the target, so that a wrong password can be tried. */
  readonly user?: string;
  /** A token that was valid once. */
  readonly expiredToken?: string;
  /** How somebody signs in who lacks the roles and permissions of the run's own user. */
  readonly lesser?: SignIn;
}

/** A way of signing in, with its secret. */
export type SignIn =
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | { readonly kind: 'session'; readonly user: string; readonly password: string; readonly login?: LoginRequest }
  | { readonly kind: 'header'; readonly name: string; readonly value: string };

export type AuthConfig = ({ readonly kind: 'none' } | SignIn) & Known;

/** How a session is opened, where it is not the framework's own way. */
export interface LoginRequest {
  /** From the root of the target. Default: `{prefix}/auth/credentials`. */
  readonly path?: string;
  /** JSON; `{{user}}` and `{{password}}` are put in. Default: provider, UserName and Password. */
  readonly body?: string;
  /**
   * Where the answer holds what is presented from then on: a member with a bearer token (`data.accessToken`), or one
   * cookie by name. Default: every cookie that it sets.
   */
  readonly opens?:
    { readonly kind: 'token'; readonly member: string } | { readonly kind: 'cookie'; readonly name: string };
}
