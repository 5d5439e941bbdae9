// One stub, held to every kind of exchange that was recorded of a real broker.

import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type JsonObject } from '../values/json.ts';
import type { BrokerCredentials } from './hal.ts';

/** One call as the stub received it. */
export interface BrokerCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface BrokerStub {
  readonly url: string;
  readonly calls: readonly BrokerCall[];
  /** Calls that no recorded broker was asked, which the stub cannot know the answer to. */
  readonly unknown: readonly string[];
  /** The results that it was told, in their order. */
  readonly results: readonly Result[];
  readonly deployed: readonly string[];
  readonly publish: (contract: Published) => void;
  readonly close: () => Promise<void>;
}

/** A pact of one version of its consumer. */
export interface Published {
  readonly version: string;
  readonly branch: string;
  readonly pact: JsonObject;
}

export interface Result {
  readonly consumerVersion: string;
  readonly version: string;
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly success: boolean;
  readonly body: JsonObject;
}

/** A status with its JSON; null for an answer without a body, as the broker's own sign-in gives it. */
export type Answer = readonly [status: number, body: JsonObject | null, headers?: Readonly<Record<string, string>>];

export interface BrokerOptions {
  readonly credentials?: BrokerCredentials;
  readonly published?: readonly Published[];
  /** What becomes of a call instead of its usual answer; undefined for that one. */
  readonly trouble?: (call: BrokerCall) => Answer | string | undefined;
  /** Milliseconds before each answer. */
  readonly slow?: number;
  readonly listen?: (listener: (request: IncomingMessage, response: ServerResponse) => void) => Server;
}

interface Contract extends Published {
  readonly consumer: string;
  readonly provider: string;
  readonly sha: string;
}

interface Told {
  readonly sha: string;
  readonly result: Result;
}

interface Version {
  readonly branches: Set<string>;
  readonly tags: Set<string>;
}

/**
 * A stub of a Pact broker with a memory: publishing, choosing, verifying, can-i-deploy and deployments, as far as
 * `broker-recordings.jsonl` has them of a real one. A test holds it to each of those.
 */
export async function startBroker(options: BrokerOptions = {}): Promise<BrokerStub> {
  const calls: BrokerCall[] = [];
  const unknown: string[] = [];
  const scheme = options.listen === undefined ? 'http' : 'https';
  const memory = createMemory();
  for (const contract of options.published ?? []) memory.add(contract);
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void (async () => {
      const text = await bodyOf(request);
      const { method = '', url: path = '' } = request;
      const call: BrokerCall = { method, path, body: text === '' ? null : (JSON.parse(text) as unknown) };
      calls.push(call);
      if (options.slow !== undefined) await new Promise((resolve) => setTimeout(resolve, options.slow));
      const given =
        options.trouble?.(call) ??
        refused(options.credentials ?? { kind: 'none' }, request.headers.authorization) ??
        reply(memory, `${scheme}://${request.headers.host ?? ''}`, call, () => unknown.push(`${method} ${path}`));
      write(response, given);
    })();
  };
  const server = options.listen?.(listener) ?? createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${scheme}://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    calls,
    unknown,
    get results() {
      return memory.told.map(({ result }) => result);
    },
    get deployed() {
      return memory.deployed.map(({ name, version, environment }) => `${name} ${version} in ${environment}`);
    },
    publish: memory.add,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** As the broker's own sign-in does: it takes Basic, and answers anything else without a word. */
function refused(credentials: BrokerCredentials, authorization: string | undefined): Answer | undefined {
  const challenge = { 'WWW-Authenticate': 'Basic realm="Restricted area"', 'Content-Type': 'text/plain' };
  switch (credentials.kind) {
    case 'none':
      return undefined;
    case 'bearer':
      return authorization === `Bearer ${credentials.token}` ? undefined : [401, { error: 'Unauthorized' }];
    case 'basic': {
      if (authorization === undefined) return [401, null, challenge];
      if (!authorization.startsWith('Basic ')) return [400, null, { 'Content-Type': 'text/plain' }];
      const pair = Buffer.from(authorization.slice(6), 'base64').toString('utf8');
      return pair === `${credentials.userName}:${credentials.password}` ? undefined : [401, null, challenge];
    }
  }
}

interface Memory {
  readonly contracts: Contract[];
  readonly told: Told[];
  readonly environments: string[];
  readonly deployed: { readonly name: string; readonly version: string; readonly environment: string }[];
  readonly versions: Map<string, Version>;
  readonly version: (name: string, version: string) => Version;
  readonly add: (contract: Published) => Contract;
}

function createMemory(): Memory {
  const versions = new Map<string, Version>();
  const contracts: Contract[] = [];
  const version = (name: string, number: string): Version => {
    const found = versions.get(`${name} ${number}`) ?? { branches: new Set(), tags: new Set() };
    versions.set(`${name} ${number}`, found);
    return found;
  };
  return {
    contracts,
    told: [],
    environments: [],
    deployed: [],
    versions,
    version,
    add: (published) => {
      const interactions = list(published.pact['interactions']).map((each) => ({ _id: shaOf(each), ...each }));
      const contract: Contract = {
        ...published,
        pact: { ...published.pact, interactions },
        consumer: nameIn(published.pact['consumer']),
        provider: nameIn(published.pact['provider']),
        sha: shaOf([published.pact['consumer'], published.pact['interactions']]),
      };
      contracts.push(contract);
      version(contract.consumer, published.version).branches.add(published.branch);
      return contract;
    },
  };
}

type Link = Readonly<Record<string, string | boolean>>;
const title = (href: string, named: string): Link => ({ href, title: named });
const name = (href: string, named: string): Link => ({ href, name: named });

/** Addresses with the parts that stand in them, by the method they are called with. */
const routes: readonly (readonly [method: string, path: RegExp, answer: Route])[] = [
  ['GET', /^\/$/, index],
  ['POST', /^\/contracts\/publish$/, publishContracts],
  ['GET', /^\/pacts\/provider\/([^/]+)\/for-verification$/, forVerification],
  ['POST', /^\/pacts\/provider\/([^/]+)\/for-verification$/, forVerification],
  [
    'GET',
    /^\/pacts\/provider\/([^/]+)\/consumer\/([^/]+)\/(?:pact-version|version)\/([^/]+)(?:\/metadata\/[^/]+)?$/,
    pactOf,
  ],
  [
    'POST',
    /^\/pacts\/provider\/([^/]+)\/consumer\/([^/]+)\/pact-version\/([^/]+)(?:\/metadata\/[^/]+)?\/verification-results$/,
    takeResult,
  ],
  ['GET', /^\/pacticipants\/([^/]+)$/, pacticipant],
  ['PUT', /^\/pacticipants\/([^/]+)\/branches\/([^/]+)\/versions\/([^/]+)$/, putBranch],
  ['PUT', /^\/pacticipants\/([^/]+)\/versions\/([^/]+)\/tags\/([^/]+)$/, putTag],
  ['GET', /^\/pacticipants\/([^/]+)\/versions\/([^/]+)$/, versionOf],
  ['GET', /^\/environments$/, environmentsOf],
  ['POST', /^\/environments$/, createEnvironment],
  ['POST', /^\/pacticipants\/([^/]+)\/versions\/([^/]+)\/deployed-versions\/environment\/([^/]+)$/, recordDeployment],
  ['GET', /^\/matrix$/, matrix],
  ['POST', /^\/webhooks$/, webhook],
];

type Route = (memory: Memory, asked: Asked) => Answer;
interface Asked {
  readonly url: string;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly method: string;
  readonly body: JsonObject;
}

const notFound: Answer = [
  404,
  { error: 'The requested document was not found on this server.' },
  { 'Content-Type': 'application/json;charset=utf-8' },
];

function reply(memory: Memory, url: string, call: BrokerCall, complain: () => void): Answer {
  const { pathname, searchParams } = new URL(call.path, url);
  for (const [method, path, answer] of routes) {
    const [found, ...parts] = path.exec(pathname) ?? [];
    if (found === undefined || method !== call.method) continue;
    const body = isObject(call.body) ? call.body : {};
    return answer(memory, { url, parts: parts.map(decodeURIComponent), query: searchParams, method, body });
  }
  complain();
  return notFound;
}

function index(_: Memory, { url }: Asked): Answer {
  const templated = (path: string, titled: string): Link => ({ href: url + path, title: titled, templated: true });
  return [
    200,
    {
      _links: {
        self: { href: url, title: 'Index', templated: false },
        'pb:publish-contracts': { href: `${url}/contracts/publish`, title: 'Publish contracts', templated: false },
        'pb:pacticipant': templated('/pacticipants/{pacticipant}', 'Fetch pacticipant by name'),
        'pb:pacticipant-version': templated(
          '/pacticipants/{pacticipant}/versions/{version}',
          'Get, create or delete a pacticipant version',
        ),
        'pb:pacticipant-branch-version': templated(
          '/pacticipants/{pacticipant}/branches/{branch}/versions/{version}',
          'Get or add/create a pacticipant version for a branch',
        ),
        'pb:provider-pacts-for-verification': templated(
          '/pacts/provider/{provider}/for-verification',
          'Pact versions to be verified for the specified provider',
        ),
        'pb:environments': { title: 'Environments', href: `${url}/environments`, templated: false },
        'pb:environment': { title: 'Environment', href: `${url}/environments/{uuid}`, templated: true },
        'pb:webhooks': { href: `${url}/webhooks`, title: 'Webhooks', templated: false },
      },
    },
  ];
}

function publishContracts(memory: Memory, { url, body }: Asked): Answer {
  const version = String(body['pacticipantVersionNumber']);
  const consumer = String(body['pacticipantName']);
  const branch = typeof body['branch'] === 'string' ? body['branch'] : '';
  const pacts = list(body['contracts']).map(
    ({ content }) => JSON.parse(Buffer.from(String(content), 'base64').toString('utf8')) as JsonObject,
  );
  for (const pact of pacts) {
    const before = memory.contracts.find((c) => c.consumer === consumer && c.version === version);
    if (before === undefined || before.sha === shaOf([pact['consumer'], pact['interactions']])) continue;
    const says = `Cannot change the content of the pact for ${consumer} version ${version} and provider ${before.provider}, as race conditions will cause unreliable results for can-i-deploy.`;
    return [
      409,
      { notices: [{ type: 'error', text: says }], errors: { contracts: [says] } },
      { 'Content-Type': 'application/json;charset=utf-8' },
    ];
  }
  for (const pact of pacts) memory.add({ version, branch, pact });
  const says = `Created ${consumer} version ${version} with branch ${branch}`;
  return [
    200,
    {
      logs: [{ level: 'debug', message: says, deprecationWarning: 'Replaced by notices' }],
      notices: [{ type: 'debug', text: says }],
      _embedded: { pacticipant: { name: consumer, _links: { self: { href: `${url}/pacticipants/${consumer}` } } } },
      _links: {
        'pb:pacticipant-version-tags': [],
        'pb:contracts': pacts.map(() => ({ title: 'Pact', name: 'Pact', href: `${url}/pacts` })),
      },
    },
  ];
}

function forVerification(memory: Memory, { url, parts: [provider = ''], method, body }: Asked): Answer {
  const contracts = memory.contracts.filter((c) => c.provider === provider);
  if (contracts.length === 0) return [404, { error: `No provider with name '${provider}' found` }];
  const branch = body['providerVersionBranch'];
  const tags = body['providerVersionTags'];
  const asksPending = method === 'GET' || body['includePendingStatus'] === true;
  if (method === 'POST' && asksPending && branch === '' && tags === undefined) {
    return [
      400,
      {
        errors: {
          providerVersionBranch: [
            'when pending or WIP pacts are enabled and there are no tags provided, the provider version branch must not be an empty string, as it is used in the calculations for WIP/pending. A value must be provided (recommended), or it must not be set at all.',
          ],
        },
      },
    ];
  }
  const selectors = method === 'GET' ? [{ mainBranch: true }] : list(body['consumerVersionSelectors']);
  const strange = selectors.flatMap(({ environment }) =>
    typeof environment === 'string' && !memory.environments.includes(environment) ? [environment] : [],
  );
  if (strange.length > 0)
    return [
      400,
      {
        errors: {
          consumerVersionSelectors: [`environment with name '${String(strange[0])}' does not exist at index 0`],
        },
      },
    ];
  const chosen = contracts.filter((c) => isNewest(contracts, c) && selectors.some((s) => isChosen(memory, c, s)));
  const wip =
    typeof body['includeWipPactsSince'] === 'string'
      ? contracts.filter((c) => !chosen.includes(c) && c.branch !== 'main' && isPending(memory, c, branch))
      : [];
  const pacts = [...chosen, ...wip].map((c): JsonObject => {
    const pending = asksPending ? { pending: isPending(memory, c, branch) } : {};
    const as = [
      ...(memory.deployed.some((d) => d.version === c.version && d.name === c.consumer)
        ? ['deployed to production']
        : []),
      `latest from ${c.branch === 'main' ? 'main branch' : `branch '${c.branch}'`}`,
    ];
    return {
      shortDescription: as.join(', '),
      verificationProperties: {
        ...pending,
        ...(wip.includes(c) && { wip: true }),
        notices: noticesOf(c, url, pending.pending === true),
      },
      _links: { self: name(`${contractUrl(url, c)}/metadata/cyU1QiU1RA`, linkNameOf(c)) },
    };
  });
  return [
    200,
    {
      _embedded: { pacts },
      _links: { self: title(`${url}/pacts/provider/${provider}/for-verification`, 'Pacts to be verified') },
    },
  ];
}

function noticesOf(c: Contract, url: string, pending: boolean): readonly JsonObject[] {
  return [
    {
      when: 'before_verification',
      text: `The pact at ${contractUrl(url, c)} is being verified because the pact content belongs to the consumer version matching the following criterion:\n    * latest version from the main branch '${c.branch}' (${c.version})`,
    },
    ...(pending
      ? [
          { when: 'after_verification:success_true_published_true', text: 'This pact is no longer in pending state.' },
          { when: 'after_verification:success_false_published_false', text: 'This pact is still in pending state.' },
        ]
      : []),
  ];
}

function isNewest(contracts: readonly Contract[], contract: Contract): boolean {
  const line = contracts.filter((c) => c.consumer === contract.consumer && c.branch === contract.branch);
  return line.at(-1) === contract;
}

function isChosen({ deployed }: Memory, c: Contract, selector: JsonObject): boolean {
  if (selector['consumer'] !== undefined && selector['consumer'] !== c.consumer) return false;
  if (selector['mainBranch'] === true) return c.branch === 'main';
  if (typeof selector['branch'] === 'string') return c.branch === selector['branch'];
  if (selector['latest'] === true) return true;
  return deployed.some((d) => d.name === c.consumer && d.version === c.version);
}

function isPending({ told }: Memory, { sha }: Contract, branch: unknown): boolean {
  return !told.some(
    (t) => t.sha === sha && t.result.success && (typeof branch !== 'string' || t.result.branches.includes(branch)),
  );
}

function pactOf({ contracts }: Memory, { url, parts: [provider, consumer, at] }: Asked): Answer {
  const found = contracts.findLast(
    (c) => c.provider === provider && c.consumer === consumer && (c.sha === at || c.version === at),
  );
  if (found === undefined) return notFound;
  const version = name(`${url}/pacticipants/${found.consumer}/versions/${found.version}`, found.version);
  return [
    200,
    {
      ...found.pact,
      createdAt: '2026-11-26T12:49:01+00:00',
      _links: {
        self: {
          title: 'Pact',
          name: linkNameOf(found),
          href: `${url}/pacts/provider/${found.provider}/consumer/${found.consumer}/version/${found.version}`,
        },
        'pb:consumer': name(`${url}/pacticipants/${found.consumer}`, found.consumer),
        'pb:consumer-version': version,
        'pb:provider': name(`${url}/pacticipants/${found.provider}`, found.provider),
        'pb:publish-verification-results': title(
          `${contractUrl(url, found)}/metadata/cyU1QiU1RA/verification-results`,
          'Publish verification results',
        ),
      },
    },
  ];
}

function takeResult(memory: Memory, { url, parts: [provider = '', consumer = '', sha = ''], body }: Asked): Answer {
  const found = memory.contracts.findLast((c) => c.sha === sha);
  if (found === undefined) return notFound;
  if (typeof body['success'] !== 'boolean') return [400, { errors: { success: ["can't be blank"] } }];
  const version = String(body['providerApplicationVersion']);
  const { branches, tags } = memory.version(provider, version);
  const { success } = body;
  memory.told.push({
    sha,
    result: { consumerVersion: found.version, version, branches: [...branches], tags: [...tags], success, body },
  });
  return [
    201,
    {
      providerName: provider,
      providerApplicationVersion: version,
      success,
      verificationDate: '2026-11-26T12:49:03+00:00',
      testResults: body['testResults'] ?? [],
      _links: {
        self: {
          title: 'Verification result',
          name: `Verification result of ${consumer}`,
          href: `${contractUrl(url, found)}/verification-results/101`,
        },
      },
    },
  ];
}

function pacticipant(_: Memory, { url, parts: [named = ''] }: Asked): Answer {
  const self = `${url}/pacticipants/${named}`;
  const templated = (path: string, titled: string): Link => ({ title: titled, href: self + path, templated: true });
  return [
    200,
    {
      name: named,
      displayName: named,
      createdAt: '2026-11-26T12:49:01+00:00',
      _embedded: { labels: [] },
      _links: {
        self: { href: self },
        'pb:version': templated('/versions/{version}', 'Get, create or delete a pacticipant version'),
        'pb:version-tag': templated('/versions/{version}/tags/{tag}', 'Get, create or delete a tag for a version'),
        'pb:branch-version': templated(
          '/branches/{branch}/versions/{version}',
          'Get or add/create a version for a branch',
        ),
      },
    },
  ];
}

function putBranch(memory: Memory, { url, parts: [named = '', branch = '', version = ''] }: Asked): Answer {
  const known = memory.versions.get(`${named} ${version}`)?.branches.has(branch) === true;
  memory.version(named, version).branches.add(branch);
  const self = `${url}/pacticipants/${named}`;
  return [
    known ? 200 : 201,
    {
      createdAt: '2026-11-26T12:49:03+00:00',
      _links: {
        self: title(`${self}/branches/${branch}/versions/${version}`, 'Branch version'),
        'pb:branch': { title: 'Branch', name: branch, href: `${self}/branches/${branch}` },
        'pb:version': { title: 'Version', name: version, href: `${self}/versions/${version}` },
      },
    },
  ];
}

function putTag(memory: Memory, { url, parts: [named = '', version = '', tag = ''] }: Asked): Answer {
  memory.version(named, version).tags.add(tag);
  return [
    201,
    {
      createdAt: '2026-11-26T12:49:03+00:00',
      _links: { self: { href: `${url}/pacticipants/${named}/versions/${version}/tags/${tag}` } },
    },
  ];
}

function versionOf(memory: Memory, { url, parts: [named = '', version = ''] }: Asked): Answer {
  if (!memory.versions.has(`${named} ${version}`)) return notFound;
  const self = `${url}/pacticipants/${named}/versions/${version}`;
  return [
    200,
    {
      number: version,
      createdAt: '2026-11-26T12:49:03+00:00',
      _embedded: { branchVersions: [], tags: [] },
      _links: {
        self: { title: 'Version', name: version, href: self },
        'pb:pacticipant': { title: 'Pacticipant', name: named, href: `${url}/pacticipants/${named}` },
        'pb:record-deployment': memory.environments.map((each) => ({
          title: `Record deployment to ${each}`,
          name: each,
          href: `${self}/deployed-versions/environment/${uuidOf(each)}`,
        })),
      },
    },
  ];
}

function environmentOf(url: string, named: string): JsonObject {
  return {
    uuid: uuidOf(named),
    name: named,
    displayName: named,
    production: true,
    createdAt: '2026-11-26T12:49:51+00:00',
    _links: { self: { title: 'Environment', name: named, href: `${url}/environments/${uuidOf(named)}` } },
  };
}

function environmentsOf({ environments }: Memory, { url }: Asked): Answer {
  return [
    200,
    {
      _embedded: { environments: environments.map((each) => environmentOf(url, each)) },
      _links: { self: title(`${url}/environments`, 'Environments') },
    },
  ];
}

function createEnvironment({ environments }: Memory, { url, body }: Asked): Answer {
  const named = String(body['name']);
  environments.push(named);
  return [201, environmentOf(url, named)];
}

function recordDeployment(memory: Memory, { url, parts: [named = '', version = '', uuid = ''] }: Asked): Answer {
  const environment = memory.environments.find((each) => uuidOf(each) === uuid);
  if (environment === undefined) return notFound;
  memory.deployed.push({ name: named, version, environment });
  return [
    201,
    {
      uuid,
      currentlyDeployed: true,
      createdAt: '2026-11-26T12:49:56+00:00',
      _links: { self: { href: `${url}/deployed-versions/1` } },
    },
  ];
}

function matrix(memory: Memory, { query }: Asked): Answer {
  const environment = query.get('environment');
  if (environment !== null && !memory.environments.includes(environment))
    return [400, { errors: [`Environment with name '${environment}' does not exist`] }];
  const [named, version] = [query.get('q[][pacticipant]') ?? '', query.get('q[][version]') ?? ''];
  const there = memory.deployed.filter((d) => d.environment === environment && d.name !== named);
  const needed = memory.contracts.filter(
    (c) =>
      (c.provider === named && there.some((d) => d.name === c.consumer && d.version === c.version)) ||
      (c.consumer === named && c.version === version),
  );
  const [deployable, reason] = verdictOf(memory, needed, named, version, there);
  const unknown = needed.length > 0 && deployable !== true ? 1 : 0;
  return [
    200,
    {
      summary: { deployable, reason, success: deployable === true ? needed.length : 0, failed: 0, unknown },
      notices: [{ type: deployable === true ? 'success' : 'error', text: reason }],
      matrix: [],
    },
  ];
}

function verdictOf(
  memory: Memory,
  needed: readonly Contract[],
  named: string,
  version: string,
  there: Memory['deployed'],
): readonly [boolean | null, string] {
  if (needed.length === 0) return [true, 'There are no missing dependencies'];
  const providers = (c: Contract): readonly string[] =>
    c.provider === named ? [version] : there.filter((d) => d.name === c.provider).map((d) => d.version);
  const results = needed.map(
    (c) => memory.told.findLast((t) => t.sha === c.sha && providers(c).includes(t.result.version))?.result.success,
  );
  if (results.every((r) => r === true)) return [true, 'All required verification results are published and successful'];
  if (results.includes(false)) return [false, `The verification of a pact of ${named} has failed`];
  if (needed.some((c) => c.consumer === named))
    return [
      null,
      `There is no verified pact between version ${version} of ${named} and a version of ${needed[0]?.provider ?? ''} currently in production (no version is currently recorded as deployed/released in this environment)`,
    ];
  return [false, `No pacts or verifications have been published for version ${version} of ${named}`];
}

function webhook(_: Memory, { url, body }: Asked): Answer {
  const self = `${url}/webhooks/51bJiMCCx6MULuClrKA1VQ`;
  const { description = '', events = [] } = body;
  const asked = isObject(body['request']) ? body['request'] : {};
  const { headers, ...request } = asked;
  const lower = Object.entries(isObject(headers) ? headers : {}).map(([header, value]) => [
    header.toLowerCase(),
    value,
  ]);
  return [
    201,
    {
      uuid: '51bJiMCCx6MULuClrKA1VQ',
      description,
      enabled: true,
      request: { ...request, headers: Object.fromEntries(lower) as JsonObject },
      events,
      createdAt: '2026-11-26T13:15:50+00:00',
      _links: { self: { href: self } },
    },
  ];
}

function contractUrl(url: string, { provider, consumer, sha }: Contract): string {
  return `${url}/pacts/provider/${provider}/consumer/${consumer}/pact-version/${sha}`;
}

function linkNameOf({ consumer, version, provider }: Contract): string {
  return `Pact between ${consumer} (${version}) and ${provider}`;
}

function shaOf(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('hex');
}

function uuidOf(named: string): string {
  const hex = shaOf(named);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function nameIn(value: unknown): string {
  return isObject(value) ? String(value['name']) : '';
}

function list(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function write(response: ServerResponse, given: Answer | string): void {
  if (typeof given === 'string') {
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(given);
    return;
  }
  const [status, body, headers = {}] = given;
  response.writeHead(status, { 'Content-Type': 'application/hal+json;charset=utf-8', ...headers });
  response.end(body === null ? '' : JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
