import type { Composer } from '../model/requirement.ts';
import { answeredDto, errorOf, listedDto } from '../values/contract.ts';
import { carriesBody } from '../values/http.ts';
import { boundBy, isAt, partsOf } from '../values/route.ts';

/**
 * Writes a client of an operation in TypeScript: a call for each of its routes, typed by the DTOs that `conform import` writes
 * as `dtos.ts`. It needs nothing but `fetch`. What ServiceStack's own client lets pass rejects: an answer that carries an
 * ErrorCode, one that is no JSON where an object is promised, a redirect.
 *
 * @param c the contract, as requests are composed from it
 * @param request the request DTO as `dtos.ts` names it
 */
export function clientText(c: Composer, request: string): string {
  const { contract } = c;
  const answered = answeredDto(contract);
  const item = listedDto(contract);
  const imports = [...new Set([request, answered ?? item].filter((name) => name !== null))].sort();
  const { status } = errorOf(contract);
  const answer = answerOf(contract.response.kind, answered, item);
  const names = new Set<string>();
  const calls = c.routes.map((route) => {
    const [verb] = c.verbsOf(route);
    const bound = boundBy(route.path).map((place) => c.members.find((member) => isAt(place, member))?.name ?? place);
    return `
  /**
   * ${verb} ${comment(route.path)}
   *
   * @throws ServiceError when the answer is no success, or none came
   */
  async ${callName(route.name, names)}(request: ${request}): Promise<${answer.type}> {
    const answer = await this.#call('${verb}', ${JSON.stringify(plainPath(route.path))}, ${JSON.stringify(bound)}, ${String(carriesBody(verb))}, { ...request });
    return ${answer.reads};
  }
`;
  });
  return `/**
 * A client of ${comment(contract.operation)}. Written by \`conform pact\` from the contract; edit neither this nor contract.json.
 */
${imports.length === 0 ? '' : `import type { ${imports.join(', ')} } from './dtos.js';\n`}
/** What a client presents. */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly userName: string; readonly password: string };

export interface ClientOptions {
  readonly credentials: Credentials;
  /** Milliseconds to wait for one answer, its body included; 30 000 when left out. */
  readonly timeoutMs?: number;
}

/** A call that did not succeed, whatever stood in its way. */
export class ServiceError extends Error {
  /** The HTTP status of the answer; null when none came. */
  readonly status: number | null;
  /** What the service says of the error, as it was sent; null when it says nothing readable. */
  readonly responseStatus: Readonly<Record<string, unknown>> | null;

  constructor(message: string, status: number | null, responseStatus: Readonly<Record<string, unknown>> | null) {
    super(message);
    this.name = 'ServiceError';
    this.status = status;
    this.responseStatus = responseStatus;
  }
}

export class ${contract.operation}Client {
  readonly #base: string;
  readonly #options: ClientOptions;

  /** @param baseUrl everything before the path of the API: \`https://host\` or \`https://host/base\` */
  constructor(baseUrl: string, options: ClientOptions) {
    this.#base = baseUrl.replace(/\\/+$/, '');
    this.#options = options;
  }
${calls.join('')}
  async #call(
    verb: string,
    path: string,
    bound: readonly string[],
    inBody: boolean,
    members: Readonly<Record<string, unknown>>,
  ): Promise<Answer> {
    const left = Object.entries(members).filter(([name, value]) => !bound.includes(name) && value !== undefined);
    const query = inBody ? '' : new URLSearchParams(left.map(([name, value]) => [name, inQuery(value)])).toString();
    const url = \`\${this.#base}\${pathOf(path, members)}\${query === '' ? '' : \`?\${query}\`}\`;
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, {
        method: verb,
        headers: {
          Accept: 'application/json',
          ...(inBody ? { 'Content-Type': 'application/json' } : {}),
          ...authorization(this.#options.credentials),
        },
        // A followed redirect turns a POST into a GET of a login page, and that into a success.
        redirect: 'manual',
        signal: AbortSignal.timeout(this.#options.timeoutMs ?? 30_000),
        ...(inBody ? { body: JSON.stringify(Object.fromEntries(left)) } : {}),
      });
      text = await response.text();
    } catch (error) {
      throw new ServiceError(\`\${verb} \${url} was not answered: \${String(error)}\`, null, null);
    }
    const value = parsed(text);
    const status = statusIn(value);
    if (!response.ok || status !== null)
      throw new ServiceError(\`\${verb} \${url} (\${String(response.status)}) failed\`, response.status, status);
    return { call: \`\${verb} \${url}\`, status: response.status, text, value };
  }
}

interface Answer {
  readonly call: string;
  readonly status: number;
  readonly text: string;
  readonly value: unknown;
}
${answer.helper}
function pathOf(path: string, members: Readonly<Record<string, unknown>>): string {
  return path.replace(/\\{(\\w+)(\\*?)\\}/g, (_, name: string, rest: string) => {
    const found = Object.entries(members).find(([member]) => member.toLowerCase() === name.toLowerCase())?.[1];
    const text = found === undefined || found === null ? '' : String(found);
    // An empty segment, \`.\` or \`..\` would name another resource than the one asked for.
    if (/^\\.{0,2}$/.test(text)) throw new TypeError(\`\${name} is part of the path: give it a value that names something\`);
    return rest === '' ? encodeURIComponent(text) : text.split('/').map(encodeURIComponent).join('/');
  });
}

/** Lists are written with commas, objects in braces: ServiceStack's JSV. */
function inQuery(value: unknown): string {
  if (Array.isArray(value)) return value.map(inQuery).join(',');
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  return \`{\${Object.entries(value)
    .map(([name, each]) => \`\${name}:\${inQuery(each)}\`)
    .join(',')}}\`;
}

function authorization(credentials: Credentials): Readonly<Record<string, string>> {
  switch (credentials.kind) {
    case 'none':
      return {};
    case 'bearer':
      return { Authorization: \`Bearer \${credentials.token}\` };
    case 'basic':
      return { Authorization: \`Basic \${btoa(\`\${credentials.userName}:\${credentials.password}\`)}\` };
  }
}

/** A ResponseStatus with an ErrorCode is an error under any HTTP status. */
function statusIn(value: unknown): Readonly<Record<string, unknown>> | null {
  if (!isObject(value)) return null;
  const status = value[${JSON.stringify(status ?? 'ResponseStatus')}] ?? value[${JSON.stringify(lower(status ?? 'ResponseStatus'))}];
  if (!isObject(status)) return null;
  const code = status['ErrorCode'] ?? status['errorCode'];
  return typeof code === 'string' && code !== '' ? status : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
`;
}

interface AnswerText {
  readonly type: string;
  /** The expression that makes it of \`answer\`. */
  readonly reads: string;
  readonly helper: string;
}

function answerOf(kind: Composer['contract']['response']['kind'], dto: string | null, item: string | null): AnswerText {
  switch (kind) {
    case 'dto':
      return {
        type: dto ?? 'unknown',
        reads: `objectIn(answer) as ${dto ?? 'unknown'}`,
        helper: `
function objectIn({ call, status, value }: Answer): unknown {
  if (!isObject(value)) throw new ServiceError(\`\${call} answered without a JSON object\`, status, null);
  return value;
}
`,
      };
    case 'list':
      return {
        type: `readonly ${item ?? 'unknown'}[]`,
        reads: `listIn(answer) as readonly ${item ?? 'unknown'}[]`,
        helper: `
function listIn({ call, status, value }: Answer): readonly unknown[] {
  if (!Array.isArray(value)) throw new ServiceError(\`\${call} answered without a JSON list\`, status, null);
  return value;
}
`,
      };
    case 'none':
      return { type: 'void', reads: 'void answer', helper: '' };
    case 'scalar':
    case 'unknown':
      return { type: 'unknown', reads: 'answer.value', helper: '' };
    case 'raw':
      return { type: 'string', reads: 'answer.text', helper: '' };
  }
}

/** A path whose places say their member alone: `{Id:int}` is `{Id}`. */
function plainPath(path: string): string {
  return partsOf(path)
    .map((part) => (part.kind === 'text' ? part.text : `{${part.name}${part.rest ? '*' : ''}}`))
    .join('');
}

/** A name that a class takes for a method, unlike those before it. */
function callName(route: string, taken: Set<string>): string {
  const name = route.replace(/[^\w$]+(\w?)/g, (_, next: string) => next.toUpperCase()).replace(/^\d/, 'by$&') || 'call';
  let free = name === 'constructor' ? 'call' : lower(name);
  for (let n = 2; taken.has(free); n += 1) free = `${lower(name)}${n}`;
  taken.add(free);
  return free;
}

function lower(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function comment(text: string): string {
  return text.replaceAll('*/', '*\\/').replace(/\s+/g, ' ');
}
