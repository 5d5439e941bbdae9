import { bindText } from '../exchange/bind.ts';
import type { RequestTemplate, Subject } from '../model/exchange.ts';
import type { Composer } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import { dashedGuid } from '../values/guid.ts';
import { headerOf } from '../values/http.ts';
import { literally } from '../values/words.ts';
import { signedIn } from './states.ts';

/** A matcher of Pact, as its files hold it. */
export type Matcher = Readonly<Record<string, unknown>>;
type Rules = Readonly<Record<string, { readonly combine: 'AND'; readonly matchers: readonly Matcher[] }>>;

/** What a consumer asks, and what it relies on of the answer. */
export interface Interaction {
  readonly description: string;
  /** The state of what it works on, where it works on something. */
  readonly on: 'fresh' | 'absent';
  readonly request: RequestTemplate;
  readonly response: Response;
}

/** What a consumer relies on of an answer, by Pact's matchers. */
export interface Response {
  readonly status: number;
  readonly statuses: readonly number[] | 'success';
  readonly json?: { readonly content: unknown; readonly rules: Readonly<Record<string, readonly Matcher[]>> };
}

export const regex = (pattern: string): Matcher => ({ match: 'regex', regex: pattern });

/** Stands for whatever the provider's state gives. */
const token = 'a-token-of-the-provider';

/** An interaction as a pact holds it. What names a subject comes from the state of the provider, where there is one. */
export function written({ description, on, request, response }: Interaction, example: Subject, c: Composer) {
  const { subject } = c.contract;
  const given = subject === null ? (isSigned(request, c) ? signedIn : null) : subject.states[on];
  return {
    description,
    pending: false,
    ...(given !== null && { providerStates: [{ name: given }] }),
    request: requestOf(request, example, subject !== null, c),
    response: responseOf(response),
    type: 'Synchronous/HTTP',
  };
}

function isSigned({ credentials }: RequestTemplate, { contract }: Composer): boolean {
  return credentials === 'valid' && contract.authentication !== 'none';
}

/** A member whose value is open, by its name. */
const open = String.raw`\{\{([^{}.]+)\}\}`;

function requestOf(request: RequestTemplate, example: Subject, provided: boolean, c: Composer): object {
  const { members } = c;
  const bound = (text: string): string => bindText(text, [example]);
  const [path = '', query = ''] = request.path.split('?', 2);
  const pairs = [...new URLSearchParams(query)];
  const kind = headerOf(request.headers, 'content-type');
  const inPath = new RegExp(open).test(path);
  const tokenOf = (value: unknown): string | null =>
    typeof value === 'string' ? (new RegExp(`^${open}$`).exec(value)?.[1] ?? null) : null;
  const ofBody = Object.entries(request.body === null ? {} : (JSON.parse(quoted(request.body)) as object)).flatMap(
    ([, value]) => tokenOf(value) ?? [],
  );
  const ofQuery = pairs.flatMap(([, value]) => tokenOf(value) ?? []);
  const signed = isSigned(request, c);
  const from = (expression: string): object => ({ expression, type: 'ProviderState' });
  const matching = (name: string): { combine: 'AND'; matchers: readonly Matcher[] } => ({
    combine: 'AND',
    matchers: [regex(patternOf(members.find((m) => m.name === name)))],
  });
  const named = (names: readonly string[], at: string, of: (name: string) => object): object =>
    Object.fromEntries(names.map((name) => [`${at}${name}`, of(name)]));
  const generators = {
    ...(provided && ofBody.length > 0 && { body: named(ofBody, '$.', (name) => from(`\${${name}}`)) }),
    ...(signed && { header: { Authorization: from('${Authorization}') } }),
    ...(provided && inPath && { path: from(path.replace(new RegExp(open, 'g'), '${$1}')) }),
    ...(provided && ofQuery.length > 0 && { query: named(ofQuery, '', (name) => from(`\${${name}}`)) }),
  };
  const rules = {
    ...(provided && ofBody.length > 0 && { body: named(ofBody, '$.', matching) }),
    ...(signed && { header: { Authorization: { combine: 'AND', matchers: [regex('Bearer .+')] } } }),
    ...(provided &&
      inPath && {
        path: {
          combine: 'AND',
          matchers: [
            regex(
              path
                .split(new RegExp(open))
                .map((part, i) =>
                  i % 2 === 0
                    ? literally(part).replaceAll('/', String.raw`\/`)
                    : patternOf(members.find((m) => m.name === part)),
                )
                .join(''),
            ),
          ],
        },
      }),
    ...(provided && ofQuery.length > 0 && { query: named(ofQuery, '', matching) }),
  };
  return {
    ...(request.body !== null && {
      body: {
        content: JSON.parse(bound(request.body)) as unknown,
        contentType: kind ?? 'application/json',
        encoded: false,
      },
    }),
    ...(Object.keys(generators).length > 0 && { generators }),
    headers: {
      Accept: ['application/json'],
      ...(signed && { Authorization: [`Bearer ${token}`] }),
      ...(kind !== undefined && { 'Content-Type': [kind] }),
    },
    ...(Object.keys(rules).length > 0 && { matchingRules: rules }),
    method: request.method,
    path: bound(path),
    ...(pairs.length > 0 && { query: Object.fromEntries(pairs.map(([name, value]) => [name, [bound(value)]])) }),
  };
}

/** JSON whose open numbers and booleans stand between quotes, so that it can be read. */
function quoted(body: string): string {
  return body.replace(new RegExp(`(?<!")${open}(?!")`, 'g'), '"$&"');
}

/** What values of a member look like. */
function patternOf(member: Member | undefined): string {
  const format = member?.type.kind === 'string' ? member.type.format : undefined;
  return format === 'uuid' ? dashedGuid : '[^/]+';
}

function responseOf({ status, statuses, json }: Response): object {
  const all = (matchers: readonly Matcher[]): Rules[string] => ({ combine: 'AND', matchers });
  const rules = {
    ...(json !== undefined && {
      body: Object.fromEntries(Object.entries(json.rules).map(([at, matchers]) => [at, all(matchers)])),
      header: { 'Content-Type': all([regex('(?i)application\\/json(\\s*;.*)?')]) },
    }),
    status: { $: all([{ match: 'statusCode', status: statuses }]) },
  };
  return {
    ...(json !== undefined && {
      body: { content: json.content, contentType: 'application/json', encoded: false },
      headers: { 'Content-Type': ['application/json'] },
    }),
    matchingRules: rules,
    status,
  };
}
