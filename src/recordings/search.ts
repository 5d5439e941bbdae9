// One search: how traffic is recognised, from the request to the subjects that it named.

import { createHash } from 'node:crypto';
import { secretsNamedIn } from '../exchange/named-secrets.ts';
import { REDACTED, secretsPresented, type Redactor } from '../exchange/redact.ts';
import type { Contract, NonEmpty } from '../model/contract.ts';
import type { ExchangeId, Recorded, RequestTemplate, Subject } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Member } from '../model/schema.ts';
import type { Plan } from '../run/plan/plan.ts';
import type { PlannedScript } from '../run/plan/planned-script.ts';
import { pathOf } from '../values/http.ts';
import { pathWith } from '../values/route.ts';
import { groupBy } from '../values/words.ts';
import type { HarEntry } from './har.ts';
import { formsOf, likeness, likenesses, matches, merged, type Bindings, type Forms } from './match.ts';

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
  readonly hosting: Profile['hosting'];
  readonly members: readonly Member[];
  readonly redactor: Redactor;
}

interface Traffic {
  readonly sights: readonly Sight[];
  readonly byLikeness: ReadonlyMap<string, readonly Sight[]>;
  /** Whether a request without credentials can be believed to have had none. */
  readonly believed: boolean;
  readonly forms: Forms;
  readonly terms: Terms;
}

/** A recorded exchange, ready to be judged. */
interface Sight {
  readonly entry: HarEntry;
  /** Its place in the recording. */
  readonly index: number;
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
  const named = new Map(
    sights.flatMap((s) =>
      s.entry.exchange !== null && s.entry.response !== null ? [[s.entry.exchange, s] as const] : [],
    ),
  );
  // Browsers leave credentials out of what they save: where there are none at all, their absence says nothing.
  const believed = sights.some((s) => s.credentials === 'presented');
  const strangers = sights.filter((s) => s.entry.exchange === null && s.entry.response !== null && s.path !== null);
  const forms = formsOf(terms.members, terms.hosting);
  const traffic: Traffic = {
    sights: strangers,
    byLikeness: byLikeness(strangers, terms.contract),
    believed,
    forms,
    terms,
  };
  const found = plan.scripts.flatMap((script) => [...ours(script, named, terms, forms), ...theirs(script, traffic)]);
  const used = new Set(found.flatMap((f) => f.exchanges.map((x) => x.id)));
  return {
    found,
    unknown: sights
      .filter((s) => !used.has(s.recorded.id))
      .map((s) => ({ request: shown(s), reason: whyNot(s, believed) })),
  };
}

function byLikeness(sights: readonly Sight[], contract: Contract): ReadonlyMap<string, readonly Sight[]> {
  const keyed = sights.flatMap((sight) =>
    likenesses(sight.entry.method, sight.path ?? '', contract).map((key) => ({ key, sight })),
  );
  const groups = groupBy(keyed, ({ key }) => key);
  return new Map([...groups].map(([key, its]) => [key, its.map(({ sight }) => sight)] as const));
}

function shown({ recorded, path }: Sight): string {
  return `${recorded.request.method} ${path ?? recorded.request.url}`;
}

function whyNot({ entry, path, credentials }: Sight, believed: boolean): string {
  if (entry.response === null) return 'it has no answer';
  if (path === null) return 'it is not under the path of the contract';
  if (entry.exchange !== null) return 'no requirement judges it';
  if (credentials === 'none' && !believed)
    return 'the recording holds no credentials at all, so whether it was signed in cannot be told, or no requirement asks it like this';
  if (credentials === 'presented' && entry.response.status === 401)
    return 'it was refused, and whether its credentials were valid cannot be told';
  return 'no requirement asks it like this, or the state of its subject cannot be told';
}

function sightOf(entry: HarEntry, index: number, { contract, redactor }: Terms): Sight {
  const { url, response } = entry;
  for (const secret of secretsIn(entry)) redactor.learn(secret);
  redactor.learnCookies(response?.headers ?? []);
  const at = url.pathname.indexOf(`${contract.prefix}/`);
  const own = entry.exchange !== null;
  // What a browser saves is decoded: length and coding of what went over the wire would contradict it.
  const headers = own
    ? (response?.headers ?? [])
    : (response?.headers ?? []).filter(
        ([name]) => !/^(content-encoding|content-length|transfer-encoding)$/i.test(name),
      );
  const request = {
    method: entry.method,
    url: url.href,
    headers: entry.headers,
    body: entry.body,
  };
  const id = (entry.exchange ??
    createHash('sha256').update(`recorded ${index}`).digest('hex').slice(0, 12)) as ExchangeId;
  return {
    entry,
    index,
    path: own ? url.pathname + url.search : at === -1 ? null : url.pathname.slice(at) + url.search,
    credentials: presents(entry) ? 'presented' : 'none',
    recorded: {
      id,
      effect: 'none',
      request,
      outcome:
        response === null
          ? { kind: 'failure', failure: { kind: 'interrupted', message: 'the recording has no answer' } }
          : {
              kind: 'response',
              response: {
                httpVersion: '1.1',
                status: response.status,
                reason: response.reason,
                headers,
                body: response.body,
                bytes: response.bytes,
              },
            },
      ms: entry.ms,
      credentials: 'valid',
    },
  };
}

/** How often one and the same request is judged, where traffic repeats it. */
const timesJudged = 10;

const credentialHeaders = /^(authorization|proxy-authorization|cookie|x-api-key|x-ss-id)$/i;

function presents({ headers, url }: HarEntry): boolean {
  return headers.some(([name]) => credentialHeaders.test(name)) || url.searchParams.has('ss-tok');
}

/** What the request presents, and what it and its answer give away by names: a page may repeat it anywhere. */
function secretsIn({ headers, url, body, response }: HarEntry): readonly string[] {
  const told = [url.href, body ?? '', response?.body ?? ''].flatMap(secretsNamedIn);
  return [...secretsPresented(headers), ...told].filter((text) => !text.includes(REDACTED));
}

/** A HAR of ours: the exchanges of a script by their ids, from the first on. */
function ours(script: PlannedScript, named: ReadonlyMap<string, Sight>, terms: Terms, forms: Forms): readonly Found[] {
  const steps: Sight[] = [];
  for (const id of script.exchanges) {
    const sight = named.get(id);
    if (sight === undefined) break;
    steps.push(sight);
  }
  if (steps.length === 0) return [];
  const bindings = steps.map(({ entry, path }, i) => {
    const template = script.script.steps[i];
    return template === undefined ? {} : (matches(template, entry, path ?? '', forms) ?? {});
  });
  return [
    { script, exchanges: steps.map((s) => s.recorded), subjects: subjectsOf(script, merged(bindings) ?? {}, terms) },
  ];
}

/** Traffic of others: the places where the steps of a script stand, one after the other, on the same subjects; as many as are judged. */
function theirs(script: PlannedScript, traffic: Traffic): readonly Found[] {
  const found: Found[] = [];
  for (const first of alike(script.script.steps[0], traffic)) {
    if (found.length === timesJudged) break;
    const run = runFrom(script, first, traffic);
    const steps = run?.steps.slice(0, judgeable(script, first, run.bindings, traffic)) ?? [];
    if (run === null || steps.length === 0) continue;
    found.push({
      script,
      exchanges: steps.map((s) => s.recorded),
      subjects: subjectsOf(script, run.bindings, traffic.terms),
    });
  }
  return found;
}

function alike({ method, path }: RequestTemplate, { byLikeness }: Traffic): readonly Sight[] {
  return byLikeness.get(likeness(method, path)) ?? [];
}

function runFrom(
  script: PlannedScript,
  first: Sight,
  traffic: Traffic,
): { readonly steps: readonly Sight[]; readonly bindings: Bindings } | null {
  const steps: Sight[] = [];
  let bindings: Bindings = {};
  for (const template of script.script.steps) {
    const last = steps.at(-1);
    const candidates = last === undefined ? [first] : alike(template, traffic);
    const next = candidates.find((s) => s.index > (last?.index ?? -1) && fits(template, s, bindings, traffic) !== null);
    const bound = next === undefined ? null : fits(template, next, bindings, traffic);
    if (next === undefined || bound === null) break;
    steps.push(next);
    bindings = bound;
  }
  return steps.length === 0 ? null : { steps, bindings };
}

function fits(
  template: RequestTemplate,
  sight: Sight,
  so: Bindings,
  { believed, forms, terms: { contract } }: Traffic,
): Bindings | null {
  const { credentials, entry, path } = sight;
  // Whom an anonymous operation is asked by makes no difference.
  const isOpen = contract.authentication === 'none' && template.credentials === 'valid';
  if (isOpen && entry.response?.status !== 401)
    return merged([so, path === null ? null : matches(template, entry, path, forms)]);
  if (template.credentials === 'none' ? credentials !== 'none' || !believed : template.credentials !== 'valid')
    return null;
  // What was let in had valid credentials; what was refused may have had bad ones.
  if (template.credentials === 'valid' && ((credentials === 'none' && believed) || entry.response?.status === 401))
    return null;
  return merged([so, path === null ? null : matches(template, entry, path, forms)]);
}

/**
 * How many steps of a script can be judged, by what is known of the state that the subject was in. To requests that are
 * not in order it does not matter; of one in order the first answer tells: success, and it was fresh; 404, and there is none.
 */
function judgeable(
  { script }: PlannedScript,
  first: Sight,
  bindings: Bindings,
  { sights, terms: { contract, members } }: Traffic,
): number {
  const inOrder = script.steps.findIndex((step) => isInOrder(step, contract, members));
  if (inOrder !== 0) return inOrder === -1 ? script.steps.length : inOrder;
  const status = first.entry.response?.status ?? 0;
  const ids = Object.values(bindings);
  const touched = sights.some(
    ({ entry, index }) => index < first.index && ids.some((id) => entry.url.href.toLowerCase().includes(id)),
  );
  // A 404 may speak of something else, such as an unknown API key; what a call has succeeded on is there.
  const { subject } = contract;
  const id = subject === null ? undefined : bindings[subject.member];
  const exists = sights.some(
    ({ entry, path }) =>
      id !== undefined && isSuccess(entry.response?.status ?? 0) && (path ?? '').toLowerCase().includes(id),
  );
  const [state] = script.subjects;
  const isAsPlanned = isSuccess(status)
    ? (subject === null || state === subject.states.fresh) && (!touched || contract.effect === 'reads')
    : status === 404 && !exists && subject !== null && state === subject.states.absent;
  return isAsPlanned ? toldOfOthers(script, contract) : 0;
}

/** Up to the first step that works on another subject whose state the recording cannot tell. */
function toldOfOthers({ steps, subjects: [, other] }: PlannedScript['script'], { subject }: Contract): number {
  if (other === undefined || other === subject?.states.fresh || other === subject?.states.absent) return steps.length;
  const untold = steps.findIndex(({ path, body }) => `${path} ${body ?? ''}`.includes('{{other.'));
  return untold === -1 ? steps.length : untold;
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function isInOrder(
  { path, body, credentials }: RequestTemplate,
  { routes, prefix, operation }: Contract,
  members: readonly Member[],
): boolean {
  const bare = pathOf(path)
    .replace(/\{\{\w+\./g, '{{')
    .toLowerCase();
  const routed = routes.some((r) => bare.startsWith(pathWith(r.path, (name) => `{{${name}}}`).toLowerCase()));
  // A predefined route leads to the operation as well.
  const predefined = bare.startsWith(`${prefix}/`.toLowerCase()) && bare.endsWith(`/${operation}`.toLowerCase());
  const names = (m: Member): boolean => new RegExp(`\\{\\{(?:\\w+\\.)?${m.name}\\}\\}`).test(`${path} ${body ?? ''}`);
  return (
    credentials === 'valid' &&
    (routed || predefined) &&
    members.filter((m) => m.required || m.in === 'path').every(names)
  );
}

function subjectsOf({ script }: PlannedScript, bindings: Bindings, { members }: Terms): NonEmpty<Subject> {
  const subject = (prefix: string): Subject =>
    Object.fromEntries(
      members.flatMap(({ name }) =>
        bindings[`${prefix}${name}`] === undefined ? [] : [[name, bindings[`${prefix}${name}`] ?? '']],
      ),
    );
  const [, ...others] = script.subjects;
  return [subject(''), ...others.map(() => subject('other.'))];
}
