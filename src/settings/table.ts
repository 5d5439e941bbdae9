// One table for file, environment, flags and help; it is as long as there are settings.

/** What a setting takes, in any of the places that it may come from. */
export type Takes =
  /** `what` names it in help texts: url, kind, name, … */
  | { readonly kind: 'text' | 'file' | 'list'; readonly what: string }
  | { readonly kind: 'choice'; readonly of: readonly [string, ...string[]] }
  | { readonly kind: 'count'; readonly what: string; readonly least: number; readonly most: number }
  /** In the file an object of texts by name; elsewhere a list of "Name: value". */
  | { readonly kind: 'lines' }
  | { readonly kind: 'switch' };

export interface Setting {
  /**
   * The one name: `failOn` is --fail-on as a flag, CONFORM_FAIL_ON in the environment and failOn in the configuration
   * file, there perhaps under a heading.
   */
  readonly name: string;
  /** Where it stands in the configuration file, with dots between the levels; null where it has no place there. */
  readonly key: string | null;
  /** Where it stood there in an earlier version; read as well. */
  readonly formerly?: string;
  /** The long option without its dashes; null for what may not stand on a command line: a secret. */
  readonly flag: string | null;
  readonly takes: Takes;
  /** In words; null where a setting has none. Lists have none: they are empty. */
  readonly standard: string | null;
  readonly help: string;
  /** Whether a named target may have its own. */
  readonly perTarget: boolean;
}

const most = Number.MAX_SAFE_INTEGER;
const text = (what: string) => ({ kind: 'text', what }) as const;
const file = { kind: 'file', what: 'file' } as const;
const list = (what: string) => ({ kind: 'list', what }) as const;
const choice = <const T extends readonly [string, ...string[]]>(...of: T) => ({ kind: 'choice', of }) as const;
const count = (what: string, least: number, upTo: number) => ({ kind: 'count', what, least, most: upTo }) as const;
const toggle = { kind: 'switch' } as const;

const row = <const S extends Setting>(setting: S): S => setting;

/**
 * Every setting of a run, once: its flag, its environment variable, its key in the configuration file, what it takes,
 * its default and its help. Everything else that speaks of settings is made from this table.
 */
export const groups = [
  {
    name: 'Target',
    settings: [
      row({
        name: 'contract',
        key: 'contract',
        flag: 'contract',
        takes: text('file|name'),
        standard: null,
        perTarget: true,
        help: 'the operation: a contract.json or its folder, as conform import writes it; default: the one that this package ships',
      }),
      row({
        name: 'contracts',
        key: 'contracts',
        flag: 'contracts',
        takes: text('dir'),
        standard: null,
        perTarget: true,
        help: 'all operations of a host, in the place of --contract: a folder with one folder for each, as conform import --all writes it',
      }),
      row({
        name: 'config',
        key: null,
        flag: 'config',
        takes: file,
        standard: null,
        perTarget: false,
        help: 'the configuration file; default: conform.config.json, where there is one',
      }),
      row({
        name: 'target',
        key: 'target',
        flag: 'target',
        takes: text('url|name'),
        standard: 'embedded',
        perTarget: false,
        help: 'everything before the documented paths, or the name of a target in the configuration; default: the embedded reference provider',
      }),
    ],
  },
  {
    name: 'Profile',
    settings: [
      row({
        name: 'profile',
        key: 'profile',
        flag: 'profile',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'a JSON file with the declared profile, such as conform probe prints',
      }),
      row({
        name: 'hosting',
        key: 'profile.hosting',
        flag: 'hosting',
        takes: choice('classic', 'mapped', 'endpoints'),
        standard: 'classic',
        perTarget: true,
        help: 'who routes: ServiceStack, ServiceStack with endpoints mapped beside it, ASP.NET Core',
      }),
      row({
        name: 'casing',
        key: 'profile.casing',
        flag: 'casing',
        takes: choice('pascal', 'camel'),
        standard: 'pascal',
        perTarget: true,
        help: 'how it spells member names',
      }),
      row({
        name: 'serializer',
        key: 'profile.serializer',
        flag: 'serializer',
        takes: choice('servicestack', 'system-text-json'),
        standard: 'servicestack',
        perTarget: true,
        help: 'what writes its JSON',
      }),
      row({
        name: 'guids',
        key: 'profile.guids',
        flag: 'guids',
        takes: choice('dashed', 'compact'),
        standard: 'dashed',
        perTarget: true,
        help: 'how ServiceStack.Text writes Guids: in form D, or without dashes',
      }),
      row({
        name: 'dates',
        key: 'profile.dates',
        flag: 'dates',
        takes: choice('iso', 'ms'),
        standard: 'iso',
        perTarget: true,
        help: 'how ServiceStack.Text writes dates in JSON: in ISO 8601, or as /Date(ms)/',
      }),
      row({
        name: 'debug',
        key: 'profile.debug',
        flag: 'debug',
        takes: toggle,
        standard: 'false',
        perTarget: true,
        help: 'the target runs in debug mode and may show stack traces',
      }),
      row({
        name: 'xmlNamespace',
        key: 'profile.xmlNamespace',
        flag: 'xml-namespace',
        takes: text('uri'),
        standard: null,
        perTarget: true,
        help: "the data contract's XML namespace; default: the documented one",
      }),
      row({
        name: 'frameworkVersion',
        key: 'profile.frameworkVersion',
        flag: 'framework-version',
        takes: text('version'),
        standard: null,
        perTarget: true,
        help: 'of ServiceStack, for the readers of reports; nothing depends on it',
      }),
    ],
  },
  {
    name: 'Authentication',
    settings: [
      row({
        name: 'auth',
        key: 'authentication.auth',
        formerly: 'authentication.kind',
        flag: 'auth',
        takes: choice('none', 'bearer', 'basic', 'session', 'header'),
        standard: null,
        perTarget: true,
        help: 'how to sign in; default: what the secrets at hand are for. Secrets: CONFORM_TOKEN, CONFORM_PASSWORD, CONFORM_HEADER ("Name: value"), CONFORM_EXPIRED_TOKEN, CONFORM_LESSER_TOKEN, CONFORM_LESSER_PASSWORD, or the files and the command below',
      }),
      row({
        name: 'user',
        key: 'authentication.user',
        flag: 'user',
        takes: text('name'),
        standard: null,
        perTarget: true,
        help: 'for Basic, for a session, and to try a wrong password',
      }),
      row({
        name: 'tokenFile',
        key: 'authentication.tokenFile',
        flag: 'token-file',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'holds the token; read again when it expires',
      }),
      row({
        name: 'tokenCommand',
        key: 'authentication.tokenCommand',
        flag: 'token-command',
        takes: text('command'),
        standard: null,
        perTarget: true,
        help: 'a shell command that prints the token; run again when it expires',
      }),
      row({
        name: 'passwordFile',
        key: 'authentication.passwordFile',
        flag: 'password-file',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'holds the password',
      }),
      row({
        name: 'authHeader',
        key: 'authentication.authHeader',
        formerly: 'authentication.header',
        flag: 'auth-header',
        takes: text('name'),
        standard: null,
        perTarget: true,
        help: 'for --auth header: the header that carries the token',
      }),
      row({
        name: 'lesserTokenFile',
        key: 'authentication.lesserTokenFile',
        flag: 'lesser-token-file',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'holds the token of a user who lacks the roles and permissions that operations ask for; sent as the token is',
      }),
      row({
        name: 'lesserUser',
        key: 'authentication.lesserUser',
        flag: 'lesser-user',
        takes: text('name'),
        standard: null,
        perTarget: true,
        help: 'such a user, who signs in with a password: for a session where --auth is session, else by Basic',
      }),
      row({
        name: 'lesserPasswordFile',
        key: 'authentication.lesserPasswordFile',
        flag: 'lesser-password-file',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'holds the password of that user',
      }),
      row({
        name: 'loginPath',
        key: 'authentication.loginPath',
        formerly: 'authentication.login.path',
        flag: 'login-path',
        takes: text('path'),
        standard: null,
        perTarget: true,
        help: "for a session: where to sign in, from the target's root; default: the framework's own",
      }),
      row({
        name: 'loginBody',
        key: 'authentication.loginBody',
        formerly: 'authentication.login.body',
        flag: 'login-body',
        takes: text('json'),
        standard: null,
        perTarget: true,
        help: 'for a session: the JSON sent, with {{user}} and {{password}} in it',
      }),
      row({
        name: 'loginToken',
        key: 'authentication.loginToken',
        formerly: 'authentication.login.token',
        flag: 'login-token',
        takes: text('member'),
        standard: null,
        perTarget: true,
        help: 'for a session: the member of the answer that holds a bearer token, such as data.accessToken',
      }),
      row({
        name: 'loginCookie',
        key: 'authentication.loginCookie',
        formerly: 'authentication.login.cookie',
        flag: 'login-cookie',
        takes: text('name'),
        standard: null,
        perTarget: true,
        help: 'for a session: the cookie that opens it; default: every cookie that is set',
      }),
      row({
        name: 'token',
        key: null,
        flag: null,
        takes: text('token'),
        standard: null,
        perTarget: false,
        help: 'the bearer token',
      }),
      row({
        name: 'password',
        key: null,
        flag: null,
        takes: text('password'),
        standard: null,
        perTarget: false,
        help: 'the password',
      }),
      row({
        name: 'header',
        key: null,
        flag: null,
        takes: text('Name: value'),
        standard: null,
        perTarget: false,
        help: 'the header that signs in',
      }),
      row({
        name: 'expiredToken',
        key: null,
        flag: null,
        takes: text('token'),
        standard: null,
        perTarget: false,
        help: 'a token that was valid once',
      }),
      row({
        name: 'lesserToken',
        key: null,
        flag: null,
        takes: text('token'),
        standard: null,
        perTarget: false,
        help: 'the token of a user who lacks the roles and permissions that operations ask for',
      }),
      row({
        name: 'lesserPassword',
        key: null,
        flag: null,
        takes: text('password'),
        standard: null,
        perTarget: false,
        help: 'the password of such a user',
      }),
    ],
  },
  {
    name: 'Changes',
    settings: [
      row({
        name: 'connections',
        key: 'connections',
        flag: 'connections',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'a JSON list of subjects to spend, each used once; those spent are kept in FILE.spent; with --contracts, an object of such lists by operation',
      }),
      row({
        name: 'states',
        key: 'states',
        flag: 'states',
        takes: text('url'),
        standard: null,
        perTarget: true,
        help: 'a state-change endpoint that makes subjects',
      }),
      row({
        name: 'subjectsCommand',
        key: 'subjectsCommand',
        flag: 'subjects-command',
        takes: text('command'),
        standard: null,
        perTarget: true,
        help: 'a shell command that prints one fresh subject as JSON each time it is run',
      }),
      row({
        name: 'allowChanges',
        key: null,
        flag: 'allow-changes',
        takes: toggle,
        standard: 'false',
        perTarget: false,
        help: 'send requests that change those subjects',
      }),
      row({
        name: 'protectedHost',
        key: 'protectedHost',
        formerly: 'protectedHosts',
        flag: 'protected-host',
        takes: list('host'),
        standard: null,
        perTarget: false,
        help: 'a host, with all under it, that nothing may change; added to the documented production host; repeatable',
      }),
    ],
  },
  {
    name: 'Connection',
    settings: [
      row({
        name: 'addHeader',
        key: 'addHeader',
        formerly: 'headers',
        flag: 'add-header',
        takes: { kind: 'lines' },
        standard: null,
        perTarget: true,
        help: '"Name: value", sent with every request; ${NAME} is read from the environment; repeatable',
      }),
      row({
        name: 'userAgent',
        key: 'userAgent',
        flag: 'user-agent',
        takes: text('text'),
        standard: null,
        perTarget: true,
        help: "what requests call their sender; default: the suite's name and version",
      }),
      row({
        name: 'ca',
        key: 'tls.ca',
        flag: 'ca',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'PEM certificates to trust besides the usual ones',
      }),
      row({
        name: 'cert',
        key: 'tls.cert',
        flag: 'cert',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'the PEM client certificate',
      }),
      row({
        name: 'key',
        key: 'tls.key',
        flag: 'key',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'its PEM key',
      }),
      row({
        name: 'insecure',
        key: 'tls.insecure',
        flag: 'insecure',
        takes: toggle,
        standard: 'false',
        perTarget: true,
        help: "do not verify the target's certificate; every report says so",
      }),
    ],
  },
  {
    name: 'Limits',
    settings: [
      row({
        name: 'concurrency',
        key: 'limits.concurrency',
        flag: 'concurrency',
        takes: count('n', 1, 256),
        standard: '8',
        perTarget: true,
        help: 'requests under way at once',
      }),
      row({
        name: 'timeout',
        key: 'limits.timeout',
        flag: 'timeout',
        takes: count('ms', 1, 600_000),
        standard: '10000',
        perTarget: true,
        help: 'milliseconds for one exchange',
      }),
      row({
        name: 'maxDuration',
        key: 'limits.maxDuration',
        flag: 'max-duration',
        takes: text('time'),
        standard: null,
        perTarget: true,
        help: 'how long the run may take, such as 90s or 10m; what is left then is not sent',
      }),
      row({
        name: 'rate',
        key: 'limits.rate',
        flag: 'rate',
        takes: text('n/s'),
        standard: null,
        perTarget: true,
        help: 'requests sent in a second at most, such as 5/s; also n/m',
      }),
      row({
        name: 'budget',
        key: 'limits.budget',
        flag: 'budget',
        takes: count('n', 1, most),
        standard: null,
        perTarget: true,
        help: 'exchanges at most; what is left out is not exercised',
      }),
      row({
        name: 'patience',
        key: 'limits.patience',
        flag: 'patience',
        takes: count('ms', 0, 3_600_000),
        standard: '60000',
        perTarget: true,
        help: 'milliseconds to wait in all where the target answers 429, or 502 or 503 with Retry-After',
      }),
    ],
  },
  {
    name: 'Run',
    settings: [
      row({
        name: 'only',
        key: 'only',
        flag: 'only',
        takes: list('name'),
        standard: null,
        perTarget: false,
        help: 'areas, requirement ids, or patterns of either such as VALID-0*, in any case, with commas between; of one operation, Operation:VALID-0*; repeatable',
      }),
      row({
        name: 'values',
        key: 'values',
        flag: 'values',
        takes: { kind: 'lines' },
        standard: null,
        perTarget: true,
        help: '"Member: value" that a call succeeds with, before what said.json has; "Operation.Member: value" of one operation; ${NAME} is read from the environment, ${file:NAME} from a file, and neither is shown; repeatable',
      }),
      row({
        name: 'shard',
        key: null,
        flag: 'shard',
        takes: text('i/n'),
        standard: null,
        perTarget: false,
        help: 'with --contracts: the i-th of n parts of the operations alone, such as 2/5; conform merge puts the reports together',
      }),
      row({
        name: 'seed',
        key: 'seed',
        flag: 'seed',
        takes: count('n', 0, most),
        standard: '1',
        perTarget: false,
        help: 'draws ids; the same seed repeats a run',
      }),
      row({
        name: 'repeat',
        key: 'repeat',
        flag: 'repeat',
        takes: count('n', 1, 100),
        standard: '1',
        perTarget: true,
        help: 'times that everything is sent; the worst counts, and an answer that is not always the same is a finding',
      }),
    ],
  },
  {
    name: 'Outcome',
    settings: [
      row({
        name: 'failOn',
        key: 'failOn',
        flag: 'fail-on',
        takes: choice('must', 'should'),
        standard: 'must',
        perTarget: false,
        help: 'the lowest level whose failures fail the run',
      }),
      row({
        name: 'complete',
        key: 'complete',
        flag: 'complete',
        takes: toggle,
        standard: 'false',
        perTarget: true,
        help: 'a MUST that was not exercised fails the run; what the profile or the contract switches off does not',
      }),
      row({
        name: 'waivers',
        key: 'waivers',
        flag: 'waivers',
        takes: file,
        standard: null,
        perTarget: true,
        help: 'known failures, as conform waive writes them; default: conform.waivers.json, where there is one',
      }),
      row({
        name: 'report',
        key: 'report',
        formerly: 'reports',
        flag: 'report',
        takes: list('kind'),
        standard: null,
        perTarget: false,
        help: 'besides the one on the terminal: json=FILE, junit=FILE, html=FILE, har=FILE, ledger=FILE, github; repeatable; the file - is standard output',
      }),
      row({
        name: 'quiet',
        key: 'quiet',
        flag: 'quiet',
        takes: toggle,
        standard: 'false',
        perTarget: false,
        help: 'no report on the terminal',
      }),
      row({
        name: 'verbose',
        key: 'verbose',
        flag: 'verbose',
        takes: toggle,
        standard: 'false',
        perTarget: false,
        help: 'everything on the terminal: each requirement that did not pass, each error of the page',
      }),
    ],
  },
] as const;

/** Settings that belong together: a heading of help texts, and what commands name when they say which options they take. */
export type GroupName = (typeof groups)[number]['name'];

type Row = (typeof groups)[number]['settings'][number];

/** All settings, in the order of the groups. */
export const settings: readonly Row[] = groups.flatMap((group): readonly Row[] => group.settings);

export type SettingName = Row['name'];

/** The names of all of them. */
export const settingNames: ReadonlySet<SettingName> = new Set(settings.map(({ name }) => name));

type Given<S extends Row> = S['takes']['kind'] extends 'switch'
  ? boolean
  : S['takes']['kind'] extends 'list' | 'lines'
    ? readonly string[]
    : string;

/** What a setting holds, before it is read any further. */
export type Value = string | boolean | readonly string[];

/** Settings by name, each as text, switch or list. */
export type Values = { readonly [S in Row as S['name']]?: Given<S> };

/** The environment variable of a setting: CONFORM_ALLOW_CHANGES for `allowChanges`. */
export function variableOf(name: string): string {
  return `CONFORM_${name.replace(/[A-Z]/g, (capital) => `_${capital}`).toUpperCase()}`;
}

/** Whether what a setting holds may not be shown: it has no flag because it is a secret. */
export function isSecret({ flag }: Setting): boolean {
  return flag === null;
}

/** How the option is written in help texts: `--rate <n/s>`; null for a secret. */
export function optionOf({ flag, takes }: Setting): string | null {
  if (flag === null) return null;
  switch (takes.kind) {
    case 'switch':
      return `--${flag}`;
    case 'choice':
      return `--${flag} <kind>`;
    case 'lines':
      return `--${flag} <line>`;
    case 'text':
    case 'file':
    case 'list':
    case 'count':
      return `--${flag} <${takes.what}>`;
  }
}
