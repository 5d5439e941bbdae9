import { createHash } from 'node:crypto';
import type { Contract, NonEmpty } from '../model/contract.ts';
import type { ExchangeId, Header, Recorded, RequestTemplate, Subject } from '../model/exchange.ts';
import type { Member } from '../model/schema.ts';
import type { Plan, PlannedScript } from '../plan/plan.ts';
import { curlOf } from '../exchange/curl.ts';
import type { Redactor } from '../exchange/redact.ts';
import type { HarEntry } from './har.ts';
import { matches, merged, tokenPattern, type Bindings } from './match.ts';

/** A script whose beginning was found in a recording. */
export interface Found {
  readonly script: PlannedScript;
  /** As many as were found, from the first step on. */
  readonly exchanges: readonly Recorded[];
  readonly subjects: NonEmpty<Subject>;
}

export interface Search {
  readonly found: readonly Found[];
  /** Each recorded exchange that no script was found in, with why. */
  readonly unknown: readonly { readonly request: string; readonly reason: string }[];
}

interface Terms {
  readonly contract: Contract;
  readonly members: readonly Member[];
  readonly redactor: Redactor;
}

/** A recorded exchange, ready to be judged. */
interface Sight {
  readonly entry: HarEntry;
  readonly recorded: Recorded;
  /** Path and query below the target's base; null outside of the contract's prefix. */
  readonly path: string | null;
  readonly credentials: 'none' | 'presented';
}

/**
 * Finds the scripts of a plan in recorded traffic. A HAR of ours names its exchanges; in others, requests are recognised
 * by what they ask, their subject's state by what it was answered, and credentials are taken for valid unless refused.
 *
 * @param entries of the recording, in order
 * @param plan all that the catalogue asks for
 * @param terms the contract, and the redactor that keeps secrets of the recording out of reports
 */
export function search(entries: readonly HarEntry[], plan: Plan, terms: Terms): Search {
  const sights = entries.map((entry, i) => sightOf(entry, i, terms));
  const named = new Map(sights.flatMap((s) => (s.entry.exchange !== null && s.entry.response !== null ? [[s.entry.exchange, s] as const] : [])));
  // Browsers leave credentials out of what they save: where there are none at all, their absence says nothing.
  const believed = sights.some((s) => s.credentials === 'presented');
  const strangers = sights.filter((s) => s.entry.exchange === null && s.entry.response !== null && s.path !== null);
  const found = plan.scripts.flatMap((script) => [...ours(script, named, terms), ...theirs(script, strangers, believed, terms)]);
  const used = new Set(found.flatMap((f) => f.exchanges.map((x) => x.id)));
  return { found, unknown: sights.filter((s) => !used.has(s.recorded.id)).map((s) => ({ request: shown(s), reason: whyNot(s, believed) })) };
}

function shown({ recorded, path }: Sight): string {
  return `${recorded.request.method} ${path ?? recorded.request.url}`;
}

function whyNot({ entry, path, credentials }: Sight, believed: boolean): string {
  if (entry.response === null) return 'it has no answer';
  if (path === null) return 'it is not under the path of the contract';
  if (entry.exchange !== null) return 'no requirement judges it';
  if (credentials === 'none' && !believed) return 'the recording holds no credentials at all, so whether it was signed in cannot be told, or no requirement asks it like this';
  if (credentials === 'presented' && entry.response.status === 401) return 'it was refused, and whether its credentials were valid cannot be told';
  return 'no requirement asks it like this, or the state of its subject cannot be told';
}

function sightOf(entry: HarEntry, index: number, { contract, redactor }: Terms): Sight {
  const { url, response } = entry;
  for (const secret of secretsIn(entry)) redactor.learn(secret);
  const at = url.pathname.indexOf(`${contract.prefix}/`);
  const own = entry.exchange !== null;
  // What a browser saves is decoded: length and coding of what went over the wire would contradict it.
  const headers = own ? (response?.headers ?? []) : (response?.headers ?? []).filter(([name]) => !/^(content-encoding|content-length|transfer-encoding)$/i.test(name));
  const request = {
    method: entry.method,
    url: redactor.url(url.href),
    headers: redactor.headers(entry.headers),
    body: entry.body === null ? null : redactor.text(entry.body),
  };
  const id = (entry.exchange ?? createHash('sha256').update(`recorded ${index}`).digest('hex').slice(0, 12)) as ExchangeId;
  return {
    entry,
    path: own ? url.pathname + url.search : at === -1 ? null : url.pathname.slice(at) + url.search,
    credentials: presents(entry) ? 'presented' : 'none',
    recorded: {
      id,
      effect: 'none',
      request,
      outcome: response === null
        ? { kind: 'failure', failure: { kind: 'interrupted', message: 'the recording has no answer' } }
        : { kind: 'response', response: { httpVersion: '1.1', status: response.status, reason: redactor.text(response.reason), headers: redactor.headers(headers), body: redactor.text(response.body), bytes: response.bytes } },
      ms: entry.ms,
      curl: curlOf(request),
    },
  };
}

const credentialHeaders = /^(authorization|proxy-authorization|cookie|x-api-key|x-ss-id)$/i;

function presents({ headers, url }: HarEntry): boolean {
  return headers.some(([name]) => credentialHeaders.test(name)) || url.searchParams.has('ss-tok');
}

function secretsIn({ headers }: HarEntry): readonly string[] {
  const secret = ([name, value]: Header): readonly string[] =>
    /^(proxy-)?authorization$/i.test(name) ? [value.replace(/^\S+\s+/, '')] : /^x-api-key$/i.test(name) ? [value] : [];
  return headers.flatMap(secret).filter((text) => text !== '[redacted]');
}

/** A HAR of ours: the exchanges of a script by their ids, from the first on. */
function ours(script: PlannedScript, named: ReadonlyMap<string, Sight>, terms: Terms): readonly Found[] {
  const steps: Sight[] = [];
  for (const id of script.exchanges) {
    const sight = named.get(id);
    if (sight === undefined) break;
    steps.push(sight);
  }
  if (steps.length === 0) return [];
  const pattern = tokenPattern(terms.members);
  const bindings = steps.map(({ entry, path }, i) => {
    const template = script.script.steps[i];
    return template === undefined ? {} : (matches(template, entry, path ?? '', pattern) ?? {});
  });
  return [{ script, exchanges: steps.map((s) => s.recorded), subjects: subjectsOf(script, merged(bindings) ?? {}, terms) }];
}

/** Traffic of others: every place where all steps of a script stand, one after the other, on the same subjects. */
function theirs(script: PlannedScript, sights: readonly Sight[], believed: boolean, terms: Terms): readonly Found[] {
  return sights.flatMap((first, at) => {
    const run = runFrom(script, sights, at, believed, terms);
    return run === null || !startsAs(script, first, sights.slice(0, at), run.bindings, terms)
      ? []
      : [{ script, exchanges: run.steps.map((s) => s.recorded), subjects: subjectsOf(script, run.bindings, terms) }];
  });
}

function runFrom(script: PlannedScript, sights: readonly Sight[], at: number, believed: boolean, terms: Terms): { readonly steps: readonly Sight[]; readonly bindings: Bindings } | null {
  const pattern = tokenPattern(terms.members);
  const steps: Sight[] = [];
  let bindings: Bindings = {};
  let next = at;
  for (const template of script.script.steps) {
    const index = sights.findIndex((s, i) => i >= next && (steps.length > 0 || i === at) && fits(template, s, bindings, believed, pattern) !== null);
    const sight = sights[index];
    const bound = sight === undefined ? null : fits(template, sight, bindings, believed, pattern);
    if (sight === undefined || bound === null) break;
    steps.push(sight);
    bindings = bound;
    next = index + 1;
  }
  return steps.length === 0 ? null : { steps, bindings };
}

function fits(template: RequestTemplate, sight: Sight, so: Bindings, believed: boolean, pattern: (name: string) => string): Bindings | null {
  const { credentials, entry, path } = sight;
  if (template.credentials === 'none' ? credentials !== 'none' || !believed : template.credentials !== 'valid') return null;
  // What was let in had valid credentials; what was refused may have had bad ones.
  if (template.credentials === 'valid' && ((credentials === 'none' && believed) || entry.response?.status === 401)) return null;
  return merged([so, path === null ? null : matches(template, entry, path, pattern)]);
}

/**
 * Whether the state of the subject is the one that the script begins in. Of a request that is not in order it does not
 * matter; of one in order, the first answer tells: success, and it was fresh; 404, and there is none; else it is unknown.
 */
function startsAs({ script }: PlannedScript, first: Sight, before: readonly Sight[], bindings: Bindings, { contract, members }: Terms): boolean {
  const [template] = script.steps;
  const { absent, fresh } = contract.states;
  if (!isInOrder(template, contract, members)) return script.subjects.every((state) => state === absent);
  const status = first.entry.response?.status ?? 0;
  const ids = Object.values(bindings);
  const touched = before.some(({ entry }) => ids.some((id) => entry.url.href.toLowerCase().includes(id)));
  if (status >= 200 && status < 300) return script.subjects[0] === (fresh ?? absent) && !touched;
  return status === 404 && script.subjects[0] === absent;
}

function isInOrder({ path, body, credentials }: RequestTemplate, { routes }: Contract, members: readonly Member[]): boolean {
  const bare = path.replace(/\?.*$/s, '').toLowerCase();
  const routed = routes.some((r) => bare.startsWith(r.path.replace(/\{(\w+)\}/g, '{{$1}}').toLowerCase()));
  const names = (m: Member): boolean => new RegExp(`\\{\\{(?:upper\\.|compact\\.)?${m.name}\\}\\}`).test(`${path} ${body ?? ''}`);
  return credentials === 'valid' && routed && members.filter((m) => m.required || m.in === 'path').every(names);
}

function subjectsOf({ script }: PlannedScript, bindings: Bindings, { members }: Terms): NonEmpty<Subject> {
  const subject = (prefix: string): Subject => Object.fromEntries(members.flatMap(({ name }) => (bindings[`${prefix}${name}`] === undefined ? [] : [[name, bindings[`${prefix}${name}`] ?? '']])));
  const [, ...others] = script.subjects;
  return [subject(''), ...others.map(() => subject('other.'))];
}
