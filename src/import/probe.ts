// One reader: each setting of a profile, with where a host shows it.

import type { Contract } from '../model/contract.ts';
import type { Profile, Spelling } from '../model/profile.ts';
import { promisedVerbs } from '../values/contract.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import { usualSpelling } from '../values/spelling.ts';
import type { Answer } from './host.ts';

/** The pages that a host shows anonymously of itself. */
export interface Pages {
  readonly app: Answer;
  readonly types: Answer;
  /** The operation's page in XML, which prints the namespace. */
  readonly operation: Answer;
  /** The operation's page in JSON, whose sample shows how Guids are written. */
  readonly sample: Answer;
}

export interface Probed {
  /** What the host says of itself; of what it leaves out, what the documentation implies. */
  readonly profile: Profile;
  /** Whether the host says anything of itself: otherwise the profile is nothing but the documentation's. */
  readonly tells: 'something' | 'nothing';
  readonly learnt: readonly string[];
  readonly notLearnt: readonly string[];
  /** Where the host's own description of the operation differs from the contract. */
  readonly differences: readonly string[];
}

/** The paths of those pages, behind the prefix of the contract. */
export function pagePaths({ operation }: Pick<Contract, 'operation'>): {
  readonly [Name in keyof Pages]: string;
} {
  return {
    app: '/metadata/app.json',
    types: '/types/metadata.json',
    operation: `/xml/metadata?op=${encodeURIComponent(operation)}`,
    sample: `/json/metadata?op=${encodeURIComponent(operation)}`,
  };
}

/**
 * Reads a profile out of a host's own metadata, for a person to commit: it is a proposal, never taken over by a run.
 *
 * @param pages as answered without credentials
 * @param contract of the operation
 */
export function probe(pages: Pages, contract: Contract): Probed {
  const findings = { learnt: [] as string[], notLearnt: [] as string[], differences: [] as string[] };
  const app = objectIn(pages.app);
  const host = app === null ? null : child(app, 'App');
  if (host === null) findings.notLearnt.push(`casing, serializer and hosting: metadata/app.json ${whyNot(pages.app)}`);
  const operation =
    operationIn(objectIn(pages.types), contract.operation) ??
    operationIn(app === null ? null : child(app, 'Api'), contract.operation);
  if (operation === null)
    findings.notLearnt.push(
      `what the host says of ${contract.operation}: types/metadata.json ${pages.types.kind === 'answer' && objectIn(pages.types) !== null ? 'does not list it' : whyNot(pages.types)}`,
    );
  else findings.differences.push(...differences(operation, contract));
  findings.notLearnt.push(
    'debug: no page tells whether the host runs in debug mode; false is assumed, set it to true where stack traces are shown on purpose',
  );
  const found = {
    hosting: hosting(host, findings),
    casing: casing(app, findings),
    serializer: serializer(host, findings),
  };
  const version = host === null ? undefined : member(host, 'ServiceStackVersion');
  const profile: Profile = {
    ...found,
    ...spelling(found.serializer, app, textOf(pages.sample), findings),
    debug: false,
    xmlNamespace: namespace(pages.operation, operation, contract, findings),
    ...(typeof version === 'string' && /^[\w.+-]{1,40}$/.test(version) && { frameworkVersion: version }),
  };
  if (profile.frameworkVersion !== undefined)
    findings.learnt.push(`the host runs ServiceStack ${profile.frameworkVersion}`);
  const ways = app === null ? [] : waysIn(app);
  if (ways.length > 0) findings.learnt.push(`the host signs in by ${ways.join(', ')}`);
  const tells = app !== null || operation !== null || pageIn(pages.operation, contract) !== null;
  return { profile, tells: tells ? 'something' : 'nothing', ...findings };
}

interface Findings {
  readonly learnt: string[];
  readonly notLearnt: string[];
}

function hosting(host: JsonObject | null, { learnt }: Findings): Profile['hosting'] {
  if (host === null) return 'classic';
  const said = member(host, 'EndpointRouting');
  const routing = Array.isArray(said) ? said.map(shown) : [];
  if (routing.length === 0) {
    learnt.push('hosting classic: app.json names no EndpointRouting (a host of before ServiceStack 8.1 never does)');
    return 'classic';
  }
  const found = routing.every((each) => each === 'map') ? 'mapped' : 'endpoints';
  learnt.push(`hosting ${found}: EndpointRouting is ${routing.join(', ')}`);
  return found;
}

/** How the host spells its own answer: a JsTextCase of PascalCase stands in camelCase where System.Text.Json writes. */
function casing(app: JsonObject | null, { learnt, notLearnt }: Findings): Profile['casing'] {
  const names = Object.keys(app ?? {});
  if (names.length === 0) return 'pascal';
  const camel = names.filter((name) => /^[a-z]/.test(name));
  if (camel.length > 0 && camel.length < names.length)
    notLearnt.push('casing: app.json spells its members now one way, now the other; pascal is assumed');
  const found = camel.length === names.length ? 'camel' : 'pascal';
  if (camel.length === 0 || found === 'camel')
    learnt.push(`casing ${found}: app.json spells its own members so, such as ${shown(names[0])}`);
  return found;
}

function serializer(host: JsonObject | null, { learnt, notLearnt }: Findings): Profile['serializer'] {
  if (host === null) return 'servicestack';
  const said = member(host, 'UseSystemJson');
  const known = said === 'Always' ? 'system-text-json' : said === 'Never' || said === undefined ? 'servicestack' : null;
  if (known === null)
    notLearnt.push(
      `serializer: app.json has UseSystemJson ${shown(said)}, neither Always nor Never; servicestack is assumed`,
    );
  else learnt.push(`serializer ${known}: UseSystemJson is ${said === undefined ? 'not named' : shown(said)}`);
  return known ?? 'servicestack';
}

/** How ServiceStack.Text is told to write: dates as app.json has its own, Guids as a sample shows one. */
function spelling(
  serializer: Profile['serializer'],
  app: JsonObject | null,
  sample: string,
  { learnt, notLearnt }: Findings,
): Spelling {
  if (serializer === 'system-text-json') return usualSpelling;
  const said = app === null ? undefined : member(app, 'Date');
  const date = typeof said === 'string' ? said : sample;
  const dates = /^\/Date\(|["']\\?\/Date\(/.test(date)
    ? 'ms'
    : /^\d{4}-\d\d-\d\dT|["']0001-01-01T/.test(date)
      ? 'iso'
      : null;
  const guids = /\b0{32}\b/.test(sample) ? 'compact' : /\b0{8}(?:-0{4}){3}-0{12}\b/.test(sample) ? 'dashed' : null;
  if (dates === null) notLearnt.push('dates: neither app.json nor a sample shows one; iso is assumed');
  else
    learnt.push(
      `dates ${dates}: ${typeof said === 'string' ? 'app.json writes its own Date so' : 'a sample shows one'}`,
    );
  if (guids !== null) {
    learnt.push(`guids ${guids}: a sample shows one`);
    return { guids, dates: dates ?? usualSpelling.dates };
  }
  // The framework as it is writes both in the old way, and a host that is told otherwise usually is told of both.
  const assumed = dates === 'ms' ? 'compact' : 'dashed';
  notLearnt.push(
    `guids: no sample shows one; ${assumed} is assumed${dates === 'ms' ? ', as goes with dates as /Date(ms)/' : ''}`,
  );
  return { guids: assumed, dates: dates ?? usualSpelling.dates };
}

function textOf(page: Answer): string {
  return page.kind === 'answer' && page.status === 200 ? page.text : '';
}

/** The page prints a sample with the namespace in force; the types only know that of the code. */
function namespace(
  page: Answer,
  operation: JsonObject | null,
  contract: Contract,
  { learnt, notLearnt }: Findings,
): string {
  const printed = pageIn(page, contract);
  if (printed !== null) {
    learnt.push(`xmlNamespace: printed on the operation's XML page`);
    return printed;
  }
  const code = operation === null ? undefined : member(child(operation, 'Request') ?? {}, 'Namespace');
  if (typeof code === 'string' && /^[\w.]+$/.test(code)) {
    notLearnt.push(
      `xmlNamespace: the operation's XML page ${page.kind === 'answer' && page.status === 200 ? 'prints none' : whyNot(page)}; the data contract's usual one for ${code} is assumed`,
    );
    return `${DATA_CONTRACT}${code}`;
  }
  notLearnt.push(
    `xmlNamespace: the operation's XML page ${page.kind === 'answer' && page.status === 200 ? 'prints none' : whyNot(page)}; the documented one is assumed`,
  );
  return contract.xmlNamespace;
}

/** The namespace that the operation's page prints; null where it prints none, or is none. */
function pageIn(page: Answer, { request }: Contract): string | null {
  return page.kind === 'answer' && page.status === 200 ? namespaceIn(page.text, request) : null;
}

/** Where .NET puts a data contract of which nobody says otherwise. */
const DATA_CONTRACT = 'http://schemas.datacontract.org/2004/07/';

function namespaceIn(page: string, root: string): string | null {
  const text = page.replace(
    /&(lt|gt|quot|#34|#39|amp);/g,
    (_, name: string) => ({ lt: '<', gt: '>', quot: '"', '#34': '"', '#39': "'", amp: '&' })[name] ?? '',
  );
  const at = text.search(new RegExp(`<${root}[\\s>]`));
  if (at === -1) return null;
  const tag = text.slice(at, at + 1000).split('>')[0] ?? '';
  const [, uri] = /\sxmlns=["']([!-~]{1,500}?)["']/.exec(tag) ?? [];
  return uri ?? null;
}

function differences(operation: JsonObject, contract: Contract): readonly string[] {
  const request = child(operation, 'Request') ?? {};
  const stripped = (path: string): string =>
    path.startsWith(contract.prefix) ? path.slice(contract.prefix.length) : path;
  const documented = contract.routes.map(({ path }) => stripped(path));
  const served = listOf(member(operation, 'Routes')).map((route) => stripped(shown(member(route, 'Path'))));
  const missing = documented.filter((path) => !served.some((each) => each.toLowerCase() === path.toLowerCase()));
  const auth = member(operation, 'RequiresAuth') === true;
  const verbs = member(operation, 'Actions');
  const any = Array.isArray(verbs) && verbs.includes('ANY');
  return [
    ...missing.map((path) => `the host does not list the documented route ${path}`),
    ...(auth === (contract.authentication === 'required')
      ? []
      : [
          `authentication is ${contract.authentication} by the documentation, and ${auth ? 'required' : 'not required'} by the host`,
        ]),
    ...(promisedVerbs(contract) === 'any' && Array.isArray(verbs) && !any
      ? [`the documentation says All Verbs, the host ${verbs.map(shown).join(', ')}`]
      : []),
    ...(member(request, 'Name') === contract.request
      ? []
      : [`the request is ${contract.request} by the documentation, and ${shown(member(request, 'Name'))} by the host`]),
    ...newlyRequired(request, contract),
  ];
}

/** A client that follows the documentation would leave such a member out. */
function newlyRequired(request: JsonObject, { types, request: name }: Contract): readonly string[] {
  const known = types.find((type) => type.name === name)?.members ?? [];
  const required = new Set(
    known
      .filter((each) => each.required === 'enforced' || each.required === 'documented')
      .map((each) => each.name.toLowerCase()),
  );
  return listOf(member(request, 'Properties'))
    .filter((property) => member(property, 'IsRequired') === true)
    .map((property) => shown(member(property, 'Name')))
    .filter((each) => !required.has(each.toLowerCase()))
    .map((each) => `the host requires the member ${each}, and the documentation does not`);
}

function waysIn(app: JsonObject): readonly string[] {
  const auth = child(child(app, 'Plugins') ?? {}, 'Auth');
  return auth === null ? [] : listOf(member(auth, 'AuthProviders')).map((provider) => shown(member(provider, 'Name')));
}

function operationIn(metadata: JsonObject | null, name: string): JsonObject | null {
  if (metadata === null) return null;
  return (
    listOf(member(metadata, 'Operations')).find((each) => {
      const said = member(child(each, 'Request') ?? {}, 'Name');
      return typeof said === 'string' && said.toLowerCase() === name.toLowerCase();
    }) ?? null
  );
}

function whyNot(page: Answer): string {
  if (page.kind === 'none') return `could not be had (${page.reason})`;
  if (page.status !== 200) return `answered ${page.status}`;
  return 'is not what a host of this kind answers';
}

function objectIn(page: Answer): JsonObject | null {
  if (page.kind === 'none' || page.status !== 200) return null;
  try {
    const value: unknown = JSON.parse(page.text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Names in any casing: a camelCase host writes its metadata so, too. */
function member(object: JsonObject, name: string): unknown {
  return Object.entries(object).find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
}

function child(object: JsonObject, name: string): JsonObject | null {
  const value = member(object, name);
  return isObject(value) ? value : null;
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : [];
}

/** Text of the host as it may be said: short, and a word. What is composed may be deeper than a stack, so it is named. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'an object';
  const text = typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
