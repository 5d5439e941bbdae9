// One reader: each setting of a profile, with where a host shows it.

import type { Contract } from '../model/contract.ts';
import type { Profile, Spelling } from '../model/profile.ts';
import { promisedVerbs } from '../values/contract.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import { usualSpelling } from '../values/spelling.ts';
import { dataContract } from './framework.ts';
import { objectIn, textIn, type Answer } from './host.ts';
import { shortened } from '../values/words.ts';

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

/** What holds of every operation of a host: the XML namespace is that of one, and its contract says it. */
export type HostProfile = Omit<Profile, 'xmlNamespace'>;

/**
 * Reads a profile out of a host's own metadata, for a person to commit: it is a proposal, never taken over by a run.
 *
 * @param pages as answered without credentials
 * @param contract of the operation
 */
export function probe(pages: Pages, contract: Contract): Probed {
  const seen = seenIn(pages, contract);
  const findings: Findings = { learnt: [], notLearnt: [] };
  const writing = writingOf(pages, seen, contract, findings);
  const profile: Profile = {
    ...writing,
    xmlNamespace: namespace(pages.operation, seen.operation, contract, findings),
    ...versionOf(seen, findings),
  };
  const isToldOf = seen.app !== null || seen.operation !== null || pageIn(pages.operation, contract) !== null;
  return {
    profile,
    tells: isToldOf ? 'something' : 'nothing',
    ...findings,
    differences: seen.operation === null ? [] : differences(seen.operation, contract),
  };
}

/**
 * The same of what holds of every operation of the host.
 *
 * @param contract of any of them
 */
export function probeHost(
  pages: Omit<Pages, 'operation'>,
  contract: Contract,
): Pick<Probed, 'learnt' | 'notLearnt'> & { readonly profile: HostProfile } {
  const seen = seenIn(pages, contract);
  const findings: Findings = { learnt: [], notLearnt: [] };
  const writing = writingOf(pages, seen, contract, findings);
  return { profile: { ...writing, ...versionOf(seen, findings) }, ...findings };
}

interface Findings {
  readonly learnt: string[];
  readonly notLearnt: string[];
}

/** What the metadata of a host holds; null for what it does not. */
interface Seen {
  readonly app: JsonObject | null;
  readonly host: JsonObject | null;
  readonly operation: JsonObject | null;
}

function seenIn({ app: page, types }: Pick<Pages, 'app' | 'types'>, { operation }: Contract): Seen {
  const app = objectIn(page);
  return {
    app,
    host: app === null ? null : child(app, 'App'),
    operation:
      operationIn(objectIn(types), operation) ?? operationIn(app === null ? null : child(app, 'Api'), operation),
  };
}

/** How a host routes and writes. */
function writingOf(
  pages: Omit<Pages, 'operation'>,
  { app, host, operation }: Seen,
  contract: Contract,
  findings: Findings,
): Omit<HostProfile, 'frameworkVersion'> {
  const { notLearnt } = findings;
  if (host === null) notLearnt.push(`casing, serializer and hosting: metadata/app.json ${whyNot(pages.app)}`);
  if (operation === null)
    notLearnt.push(
      `what the host says of ${contract.operation}: types/metadata.json ${pages.types.kind === 'answer' && objectIn(pages.types) !== null ? 'does not list it' : whyNot(pages.types)}`,
    );
  notLearnt.push(
    'debug: no page tells whether the host runs in debug mode; false is assumed, set it to true where stack traces are shown on purpose',
  );
  const found = {
    hosting: hosting(host, findings),
    casing: casing(app, findings),
    serializer: serializer(host, findings),
  };
  return { ...found, ...spelling(found.serializer, app, textIn(pages.sample) ?? '', findings), debug: false };
}

/** What a host runs, and how it signs in. */
function versionOf({ app, host }: Seen, { learnt }: Findings): Pick<HostProfile, 'frameworkVersion'> {
  const said = host === null ? undefined : member(host, 'ServiceStackVersion');
  const version = typeof said === 'string' && /^[\w.+-]{1,40}$/.test(said) ? said : undefined;
  if (version !== undefined) learnt.push(`the host runs ServiceStack ${version}`);
  const ways = app === null ? [] : waysIn(app);
  if (ways.length > 0) learnt.push(`the host signs in by ${ways.join(', ')}`);
  return version === undefined ? {} : { frameworkVersion: version };
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
    return `${dataContract}${code}`;
  }
  notLearnt.push(
    `xmlNamespace: the operation's XML page ${page.kind === 'answer' && page.status === 200 ? 'prints none' : whyNot(page)}; the documented one is assumed`,
  );
  return contract.xmlNamespace;
}

/** The namespace that the operation's page prints; null where it prints none, or is none. */
function pageIn(page: Answer, { request }: Contract): string | null {
  return namespaceIn(textIn(page) ?? '', request);
}

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
  return shortened(text, 200);
}
