import type { ExchangeId } from '../model/exchange.ts';
import type { Cause, ReportedCase, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { CaseKey, Harm, Level } from '../model/requirement.ts';
import type { Finding } from '../model/verdict.ts';
import { dashedGuid } from '../values/guid.ts';
import { headerOf } from '../values/http.ts';
import { answeredWith } from '../values/verdicts.ts';

/** The worst first. */
const HARMS: readonly Harm[] = ['executed', 'changed', 'lost', 'leaked', 'refused', 'shape', 'wording'];

/** What exchanges that fail alike may have in common. */
const DIMENSIONS = ['route', 'verb', 'format'] as const;
type Dimension = (typeof DIMENSIONS)[number];

/** A case that failed, looked at from the first of its exchanges that a finding speaks of. */
interface Failure {
  readonly requirement: ReportedRequirement;
  readonly reported: ReportedCase;
  /** The exchanges of the case up to that one, and it. */
  readonly before: readonly ReportedExchange[];
  readonly exchange: ReportedExchange | undefined;
  readonly finding: Finding;
  /** Whether the answer as a whole is wrong, or a part of it. */
  readonly about: 'answer' | 'part';
  /** That part by its name alone: two requirements may name the way to it differently. */
  readonly part: string;
  /** How many names lead to it; negative where it is missing because nothing of the body could be read. */
  readonly depth: number;
  readonly answer: Answer;
  readonly names: Readonly<Record<Dimension, ReadonlySet<string>>>;
  readonly harm: Harm;
  /** Whether the requirement is there to find that harm. */
  readonly direct: boolean;
  /** A simpler failure is seen again in it, so it shows nothing of its own. */
  readonly echoes: boolean;
}

/** What answers of one kind have in common, whatever their format. */
interface Answer {
  readonly status: string;
  readonly code: string;
  /** It has no body that a code could be read in. */
  readonly mute: boolean;
}

/** Failures that have one cause. */
interface Group {
  /** Of the requirement that says it; the first says it best. */
  readonly own: readonly [Failure, ...Failure[]];
  /** All of them. */
  readonly members: readonly Failure[];
}

/**
 * Groups what failed by cause: exchanges that fail alike, under the requirement that says most directly what is wrong.
 *
 * A requirement says it the more directly, the worse the harm is that its failure shows, the more it is there to find that
 * harm, and the less had to be sent before. A failure that repeats a simpler one, as that of a second call where every call
 * fails, comes last.
 *
 * @param requirements judged
 * @param exchanges those that the judged cases name
 * @param failOn the lowest level whose failures count; causes that count stand before the others
 */
export function causesOf(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly ReportedExchange[],
  failOn: Level,
): readonly Cause[] {
  const byId = new Map(exchanges.map((x) => [x.id, x]));
  const failures = withoutEchoes(
    requirements.flatMap((r) => r.cases.filter((c) => c.verdict === 'fail').flatMap((c) => failureIn(r, c, byId))),
    new Set(requirements.filter(isSteady)),
  );
  const groups = grouped(failures, ranking(requirements, failures));
  const counts = ({ members }: Group): boolean =>
    failOn === 'SHOULD' || members.some((f) => f.requirement.level === 'MUST');
  const ordered = [...groups.filter(counts), ...groups.filter((g) => !counts(g))];
  const owners = ownersOf(ordered);
  return ordered.map((group) => causeOf(group, owners.get(group) ?? []));
}

function grouped(failures: readonly Failure[], order: Order): readonly Group[] {
  const groups: Group[] = [];
  let left: readonly Failure[] = failures.toSorted(order);
  for (let [head] = left; head !== undefined; [head] = left) {
    const { id } = head.requirement;
    const own: Group['own'] = [head, ...left.filter((f) => f !== head && f.requirement.id === id)];
    const explained = explainedBy(own);
    const members = left.filter((f) => f.requirement.id === id || (!standsAlone(f) && explained(f)));
    groups.push({ own, members });
    const taken = new Set(members);
    left = left.filter((f) => !taken.has(f));
  }
  return groups;
}

/** That somebody was served who may not ask is never told beside something else. */
function standsAlone({ harm, direct }: Failure): boolean {
  return harm === 'executed' && direct;
}

/** Whether a failure has the cause of those that one requirement has. */
function explainedBy(own: Group['own']): (failure: Failure) => boolean {
  const [head] = own;
  const limits = limitsOf(own);
  const failed = new Set(own.flatMap((f) => f.exchange?.id ?? []));
  const served = new Set(own.flatMap((f) => f.before.map(presented)).filter((kind) => kind !== 'valid'));
  const alikeIn = (f: Failure): boolean => isWithin(f, limits) && own.some((o) => alike(o.answer, f.answer));
  return (f) => {
    if (head.about === 'part') return f.about === 'part' && own.some((o) => o.part === f.part) && isWithin(f, limits);
    // Whoever was served without the right to ask was let in by other requests as well, whatever they were answered.
    if (standsAlone(head) && f.about === 'answer' && f.exchange !== undefined && served.has(presented(f.exchange)))
      return true;
    // A comparison fails with either of its answers.
    if (f.before.some(({ id }) => failed.has(id))) return true;
    // That a subject was changed looks alike whoever changed it.
    return !standsAlone(head) && alikeIn(f);
  };
}

const presented = ({ presents = 'valid' }: ReportedExchange): string => presents;

type Limits = Readonly<Partial<Record<Dimension, ReadonlySet<string>>>>;

/** Where else a requirement passes tells what its failures have in common. */
function limitsOf(own: Group['own']): Limits {
  const [{ requirement }] = own;
  const passed = requirement.cases.filter((c) => c.verdict === 'pass');
  const limits: Partial<Record<Dimension, ReadonlySet<string>>> = {};
  for (const d of DIMENSIONS) {
    const failing = new Set(own.map((f) => f.reported.key[d]));
    const elsewhere = passed.some(({ key }) => key[d] !== undefined && !failing.has(key[d]));
    if (elsewhere) limits[d] = new Set(own.flatMap((f) => [...f.names[d]]));
  }
  return limits;
}

function isWithin({ names }: Failure, limits: Limits): boolean {
  return DIMENSIONS.every((d) => {
    const limit = limits[d];
    return limit === undefined || names[d].size === 0 || meet(names[d], limit);
  });
}

function alike(a: Answer, b: Answer): boolean {
  return a.status === b.status && (a.code === b.code || a.mute || b.mute);
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return [...a].some((name) => b.has(name));
}

type Order = (a: Failure, b: Failure) => number;

/** Who speaks first of what is wrong. */
function ranking(requirements: readonly ReportedRequirement[], failures: readonly Failure[]): Order {
  const place = new Map(requirements.map((r, i) => [r.id, i]));
  const number = new Map<string, number>();
  for (const { requirement: r } of failures) number.set(r.id, (number.get(r.id) ?? 0) + 1);
  const steady = new Set(requirements.filter(isSteady).map((r) => r.id));
  const keys = (f: Failure): readonly number[] => {
    const { requirement: r, reported } = f;
    return [
      Number(f.echoes),
      HARMS.indexOf(f.harm),
      Number(!f.direct),
      Number(r.level !== 'MUST'),
      f.before.length,
      reported.exchanges.length,
      -f.depth,
      Number(!steady.has(r.id)),
      Object.keys(reported.key).length,
      -(number.get(r.id) ?? 0),
      Object.keys(reported.key).filter((name) => name !== 'variant').length,
      place.get(r.id) ?? 0,
    ];
  };
  const known = new Map(failures.map((f) => [f, keys(f)]));
  return (a, b) => {
    const [left, right] = [known.get(a) ?? [], known.get(b) ?? []];
    const at = left.findIndex((key, i) => key !== right[i]);
    return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
  };
}

/** A requirement that fails wherever it is asked by the routes, verbs and formats that it fails with. */
function isSteady({ cases }: ReportedRequirement): boolean {
  const failed = cases.filter((c) => c.verdict === 'fail');
  return !cases.some(
    ({ verdict, key }) =>
      verdict === 'pass' && DIMENSIONS.every((d) => key[d] === undefined || failed.some((c) => c.key[d] === key[d])),
  );
}

/** A second call that fails where every call fails says nothing of what the first one did. */
function withoutEchoes(failures: readonly Failure[], steady: ReadonlySet<ReportedRequirement>): readonly Failure[] {
  const simple = failures.filter((f) => steady.has(f.requirement));
  // That something was done unasked is believed only where nothing else explains the answer afterwards; of other failures,
  // only what fails at once is seen again in what sends more.
  const mayEcho = (f: Failure, s: Failure): boolean =>
    s.before.length === 1 || f.harm === 'executed' || f.harm === 'changed';
  return failures.map((f) =>
    simple.some((s) => mayEcho(f, s) && repeated(s, f)) ? { ...f, ...generally(f.about), echoes: true } : f,
  );
}

/** Whether one failure is seen again in another, which sends more before it. */
function repeated(simple: Failure, other: Failure): boolean {
  const shorter =
    simple.before.length < other.before.length ||
    (simple.before.length === other.before.length &&
      simple.reported.exchanges.length < other.reported.exchanges.length);
  return (
    shorter &&
    simple.requirement.id !== other.requirement.id &&
    simple.about === other.about &&
    alike(simple.answer, other.answer) &&
    meet(simple.names.route, other.names.route) &&
    meet(simple.names.verb, other.names.verb)
  );
}

function failureIn(
  requirement: ReportedRequirement,
  reported: ReportedCase,
  exchanges: ReadonlyMap<ExchangeId, ReportedExchange>,
): readonly Failure[] {
  const last = reported.exchanges.length - 1;
  const placed = reported.findings
    .filter((f) => f.class === 'service')
    .map((finding) => {
      const [, answer, where = finding.where] = /^answer (\d+): (.*)$/s.exec(finding.where) ?? [];
      return { finding, where, at: answer === undefined ? last : Math.min(Number(answer) - 1, last) };
    });
  const [first] = placed.toSorted((a, b) => a.at - b.at);
  if (first === undefined) return [];
  const { finding, where, at } = first;
  const before = reported.exchanges.slice(0, at + 1).flatMap((id) => exchanges.get(id) ?? []);
  const exchange = before.at(-1);
  const whole =
    placed.some((p) => p.at === at && isOfTheAnswer(p.where, p.finding)) || (isBare(exchange) && /^body/.test(where));
  const about = whole ? 'answer' : 'part';
  const answer = answerOf(exchange);
  const unread = /^(not readable|of another kind)/.test(exchange?.observed?.['body'] ?? '');
  const shown = { before, at, last, where, about, status: answer.status } as const;
  return [
    {
      requirement,
      reported,
      before,
      exchange,
      finding,
      about,
      part: unread
        ? (exchange?.observed?.['body'] ?? '')
        : (where
            .replace(/\[\d+\]/g, '')
            .split(/[ .]/)
            .at(-1) ?? ''),
      depth: about === 'answer' ? 0 : (unread && /^body [A-Z]/.test(where) ? -1 : 1) * where.split(/[ .]/).length,
      answer,
      names: namesOf(reported.key, exchange),
      ...harmIn(requirement.breaks, shown),
      echoes: false,
    },
  ];
}

function isOfTheAnswer(where: string, { actual }: Finding): boolean {
  return /^(status|transport|answers?)\b/.test(where) || /^\d{3} with /.test(actual);
}

/** An error of which nothing can be wrong but that it is none of the operation's: it has no body. */
function isBare(x: ReportedExchange | undefined): boolean {
  if (x === undefined || x.response === null) return false;
  return x.response.bytes === 0 && x.response.status >= 400 && x.request.method !== 'HEAD';
}

/** What any failure shows at least. */
function generally(about: Failure['about']): Pick<Failure, 'harm' | 'direct'> {
  return { harm: about === 'answer' ? 'refused' : 'shape', direct: false };
}

/** What a failure shows: a requirement can fail before it comes to what it is there to find. */
function harmIn(
  breaks: Harm | undefined,
  {
    at,
    last,
    where,
    about,
    status,
  }: {
    readonly at: number;
    readonly last: number;
    readonly where: string;
    readonly about: Failure['about'];
    readonly status: string;
  },
): Pick<Failure, 'harm' | 'direct'> {
  const other = generally(about);
  switch (breaks) {
    case undefined:
      return other;
    case 'executed':
    case 'changed':
      // What was done shows in what is sent afterwards.
      if (at === 0 || at < last) return other;
      return { harm: breaks, direct: breaks === 'changed' || about === 'answer' || where.includes('ErrorCode') };
    case 'lost':
      return about === 'part' || status === '401' || status === '403' ? other : { harm: breaks, direct: true };
    case 'refused':
      return about === 'part' ? other : { harm: breaks, direct: true };
    case 'leaked':
      return { harm: breaks, direct: true };
    case 'shape':
    case 'wording':
      return about === 'answer' ? other : { harm: breaks, direct: true };
  }
}

function answerOf(x: ReportedExchange | undefined): Answer {
  if (x === undefined || x.response === null) return { status: x?.failure?.kind ?? 'none', code: '', mute: false };
  const { observed } = x;
  return {
    status: String(x.response.status),
    code: (observed?.['codes'] ?? '').split(',')[0] ?? '',
    mute: x.request.method === 'HEAD' || observed?.['body'] === 'of another kind',
  };
}

/** A route by its name and by its path, a verb as it is meant and as it is sent. */
function namesOf(key: CaseKey, x: ReportedExchange | undefined): Failure['names'] {
  const some = (...names: readonly (string | undefined)[]): ReadonlySet<string> =>
    new Set(names.flatMap((name) => (name === undefined || name === '' ? [] : [name])));
  return {
    route: some(key.route, x && pathOf(x.request.url)),
    verb: some(key.verb, x?.request.method),
    format: some(key.format ?? (x && formatAsked(x))),
  };
}

const ids = new RegExp(dashedGuid, 'g');

/** The path with ids left out, and without the suffix that selects a format. */
function pathOf(url: string): string {
  const [path = ''] = url.replace(/^[a-z]+:\/\/[^/]*/i, '').split(/[?#]/, 1);
  return path
    .replace(ids, '<id>')
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase();
}

function formatAsked({ request }: ReportedExchange): string | undefined {
  return /\/(?:x-)?([a-z]+)/i.exec(headerOf(request.headers, 'Accept') ?? '')?.[1];
}

/**
 * An exchange stands under one cause alone: that which has fewest, so that a cause in a corner is not lost to one that is
 * everywhere. None is left without one, as far as there are enough.
 */
function ownersOf(groups: readonly Group[]): ReadonlyMap<Group, readonly ExchangeId[]> {
  const wanted = new Map(groups.map((g) => [g, [...new Set(g.members.flatMap((f) => f.exchange?.id ?? []))]] as const));
  const fewestFirst = groups.toSorted((a, b) => (wanted.get(a)?.length ?? 0) - (wanted.get(b)?.length ?? 0));
  const owner = new Map<ExchangeId, Group>();
  for (const g of fewestFirst) for (const id of wanted.get(g) ?? []) if (!owner.has(id)) owner.set(id, g);
  const owned = (g: Group): readonly ExchangeId[] => (wanted.get(g) ?? []).filter((id) => owner.get(id) === g);
  for (const g of groups) {
    if (owned(g).length > 0) continue;
    const spare = (wanted.get(g) ?? []).find((id) => {
      const other = owner.get(id);
      return other !== undefined && owned(other).length > 1;
    });
    if (spare !== undefined) owner.set(spare, g);
  }
  return new Map(groups.map((g) => [g, owned(g)]));
}

function causeOf(group: Group, exchanges: readonly ExchangeId[]): Cause {
  const [head] = group.own;
  const { where, expected, actual } = head.finding;
  const also = group.members.map((f) => f.requirement.id).filter((id) => id !== head.requirement.id);
  return {
    requirement: head.requirement.id,
    says: `${where}: expected ${expected}, actual ${answeredWith(actual, head.exchange)}`,
    where: placeOf(group),
    exchanges,
    also: [...new Set(also)].sort(),
  };
}

/** Where the cause shows: `remove, by every verb, in every format, without credentials`. */
function placeOf({ own, members }: Group): string {
  const limits = limitsOf(own);
  const named = (d: Dimension, of: readonly Failure[]): readonly string[] => [
    ...new Set(of.flatMap((f) => f.reported.key[d] ?? [])),
  ];
  const told = (d: Dimension, before: string): readonly string[] => {
    const limited = limits[d] !== undefined;
    const names = named(d, limited ? own : members);
    if (names.length === 0) return [];
    if (limited || names.length === 1) return [`${before}${names.join(', ')}`];
    return [`${before}every ${d}`];
  };
  const kinds = [...new Set(members.flatMap((f) => (f.exchange === undefined ? [] : presented(f.exchange))))];
  const [kind] = kinds;
  const credentials =
    kinds.length !== 1 || kind === undefined || kind === 'valid'
      ? []
      : [kind === 'none' ? 'without credentials' : `with ${kind.replaceAll('-', ' ')}`];
  const parts = [...told('route', ''), ...told('verb', 'by '), ...told('format', 'in '), ...credentials];
  return parts.length === 0 ? 'everywhere it was asked' : parts.join(', ');
}
