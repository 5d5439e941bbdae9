import type { NonEmpty } from '../../model/contract.ts';
import type { Recorded, RecordedResponse, RequestTemplate, TransportFailure } from '../../model/exchange.ts';
import type { Composer } from '../../model/requirement.ts';
import { isGuid } from '../../values/guid.ts';
import { effectOf } from '../open/effect.ts';
import { inOrder, isWanting, obtain } from './obtain.ts';
import { plannedAlone } from '../plan/planned-script.ts';
import type { Run } from '../run.ts';
import { areAlike, challengeOf, formOf, formText, hasErrorCode, isItsMetadata, type Form } from './signs.ts';

/** What was asked of a host to see whether it serves the operation. */
export interface Question {
  readonly about: 'a route' | 'its documentation' | 'a path that cannot exist';
  readonly request: RequestTemplate;
}

/** A question with what came of it. */
export interface Reply extends Question {
  readonly recorded: Recorded;
}

export type Presence =
  /** Its answers are to be judged, whatever they are. */
  | { readonly kind: 'there'; readonly says: string | null }
  /** Something answers, and it is not the operation. */
  | { readonly kind: 'not there'; readonly forms: ReadonlyMap<string, Form>; readonly says: string }
  /** Nothing answers. */
  | { readonly kind: 'unreachable'; readonly failure: TransportFailure }
  /** The fence lets no request to a route pass. */
  | { readonly kind: 'unasked' };

const ONE_SECOND = 1000;
/** Where a connection is not to be had, or not to be used, asking on is only waiting. */
const hopeless: ReadonlySet<TransportFailure['kind']> = new Set(['unreachable', 'tls', 'withheld', 'interrupted']);

/**
 * The questions about routes: each as the run, or as a stranger.
 *
 * @param credentials that they present
 */
export function aboutRoutes({ routes, request }: Composer, credentials: 'valid' | 'none'): readonly Question[] {
  return routes.map((route) => ({ about: 'a route', request: request(route, { credentials }) }));
}

/** The questions beside them: what the host says of itself, and a path that cannot exist, by the verbs that were used. */
function besideRoutes(c: Composer): readonly Question[] {
  const { prefix } = c.contract;
  const get = { verb: 'GET', payload: { in: 'none' }, credentials: 'none' } as const;
  const member = c.contract.subject?.member ?? c.members.find(isGuid)?.name;
  const nowhere = `${prefix}/{{${member ?? ''}}}/undocumented`;
  return [
    { about: 'its documentation', request: c.requestTo(`${prefix}/metadata/app.json`, get) },
    { about: 'its documentation', request: c.requestTo(`${prefix}/metadata`, { ...get, accept: 'text/html' }) },
    ...(member === undefined
      ? []
      : ([
          { about: 'a path that cannot exist', request: c.requestTo(nowhere, get) },
          { about: 'a path that cannot exist', request: c.requestTo(nowhere, { credentials: 'none' }) },
        ] as const)),
  ];
}

/**
 * Asks what the fence lets pass; the rest is not asked. What the run has results of is not asked again.
 *
 * @returns a reply to each question that was asked
 */
export async function ask(questions: readonly Question[], run: Run): Promise<readonly Reply[]> {
  const c = run.composer;
  const asked = questions.flatMap((question) => {
    const script = c.onAbsent(question.request);
    return effectOf(script, c) === 'none' ? [{ question, planned: plannedAlone(script) }] : [];
  });
  const wanting = asked.map(({ planned }) => planned).filter((planned) => isWanting(planned, run));
  const replies = await Promise.all(
    asked.map(async ({ question, planned }): Promise<readonly Reply[]> => {
      const result = await obtain(planned, run);
      return result.kind === 'ran' ? result.exchanges.slice(0, 1).map((recorded) => ({ ...question, recorded })) : [];
    }),
  );
  inOrder(wanting, run);
  return replies.flat();
}

/**
 * Looks whether a host serves the operation at all. It does not where no answer bears a sign of the framework and all are
 * alike in status and form, that of a path which cannot exist among them, twice, a second apart.
 *
 * @param run what it has results of is not asked again at first, and forgotten where that was in vain
 */
export async function presenceOf(run: Run): Promise<Presence> {
  const first = await lookOnce(run);
  if (first.kind !== 'not there') return first;
  await run.world.sleep(ONE_SECOND, run.world.signal);
  // What was answered before a host came back is not its answer.
  run.results.clear();
  return lookOnce(run);
}

/**
 * Asks for the host itself, whatever operation it serves: one request, for its documentation.
 *
 * @returns why a connection is not to be had; null where somebody answers, whatever the answer is
 */
export async function askDocumentation(run: Run): Promise<TransportFailure | null> {
  const [question] = besideRoutes(run.composer);
  const [reply] = question === undefined ? [] : await ask([question], run);
  const failures = reply === undefined ? null : failuresIn([reply]);
  return failures?.find(({ kind }) => hopeless.has(kind)) ?? null;
}

/** The same run without a memory: everything is asked again. */
export function anew(run: Run): Run {
  return { ...run, results: new Map(), ended: [], hung: [] };
}

async function lookOnce(run: Run): Promise<Presence> {
  const c = run.composer;
  const credentials = run.identity.resolve('valid').kind === 'headers' ? 'valid' : 'none';
  const asRun = await ask(aboutRoutes(c, credentials), run);
  const [one, ...others] = asRun;
  if (one === undefined) return { kind: 'unasked' };
  if (asRun.some((reply) => bearsErrorCode(reply, c))) return { kind: 'there', says: null };
  const unanswered = failuresIn([one, ...others]);
  if (unanswered?.every(({ kind }) => hopeless.has(kind)) === true)
    return { kind: 'unreachable', failure: unanswered[0] };
  const beside = await ask([...aboutRoutes(c, 'none'), ...besideRoutes(c)], run);
  return presenceIn([one, ...others, ...beside], c, run.target);
}

/** Draws the conclusion from all replies. */
function presenceIn(replies: NonEmpty<Reply>, c: Composer, target: URL): Presence {
  const failures = failuresIn(replies);
  if (failures !== null)
    return failures.every(({ kind }) => kind === 'truncated')
      ? { kind: 'there', says: null }
      : { kind: 'unreachable', failure: failures[0] };
  const sign = replies.find((reply) => bearsSign(reply, replies, c));
  if (sign !== undefined) return { kind: 'there', says: areLost(replies) ? lost(c, target) : null };
  const forms = formsIn(replies);
  return forms === null
    ? { kind: 'there', says: null }
    : { kind: 'not there', forms, says: absence(forms, c.contract.operation, target) };
}

function failuresIn(replies: NonEmpty<Reply>): NonEmpty<TransportFailure> | null {
  const failures = replies.flatMap(({ recorded: { outcome } }) =>
    outcome.kind === 'failure' ? [outcome.failure] : [],
  );
  const [first, ...rest] = failures;
  return first === undefined || failures.length < replies.length ? null : [first, ...rest];
}

function responseOf({ recorded: { outcome } }: Reply): RecordedResponse | null {
  return outcome.kind === 'response' ? outcome.response : null;
}

function bearsErrorCode(reply: Reply, { contract }: Composer): boolean {
  const response = responseOf(reply);
  return response !== null && hasErrorCode(response, contract);
}

function bearsSign(reply: Reply, replies: readonly Reply[], c: Composer): boolean {
  const response = responseOf(reply);
  if (response === null) return false;
  switch (reply.about) {
    case 'its documentation':
      return isItsMetadata(response, c.contract);
    case 'a path that cannot exist':
      return bearsErrorCode(reply, c);
    case 'a route': {
      const challenge = challengeOf(response);
      const elsewhere = replies.flatMap((each) =>
        each.about === 'a path that cannot exist' ? [responseOf(each)] : [],
      );
      return (
        bearsErrorCode(reply, c) ||
        (challenge !== null && elsewhere.every((each) => each === null || challengeOf(each) !== challenge))
      );
    }
  }
}

/** The documentation is there, and each route is answered like a path that cannot exist. */
function areLost(replies: readonly Reply[]): boolean {
  const routes = replies.filter(({ about }) => about === 'a route').map(responseOf);
  return routes.every((response) => response?.status === 404);
}

function lost({ contract }: Composer, target: URL): string {
  return `the routes are lost: ${target.origin} serves its documentation, and answers 404 to each route of ${contract.operation}`;
}

/**
 * The form that all answers to one verb share, by verb: a file server refuses every POST and finds nothing by GET.
 *
 * @returns null where they are not alike, or where no path that cannot exist was asked by the same verb
 */
function formsIn(replies: readonly Reply[]): ReadonlyMap<string, Form> | null {
  const forms = new Map<string, Form>();
  const compared = new Set<string>();
  for (const reply of replies) {
    const response = responseOf(reply);
    if (response === null) return null;
    const { method } = reply.request;
    const form = formOf(response, reply.recorded.request.url);
    const known = forms.get(method);
    if (known !== undefined && !areAlike(known, form)) return null;
    forms.set(method, form);
    if (reply.about === 'a path that cannot exist') compared.add(method);
  }
  return [...forms.keys()].every((method) => compared.has(method)) ? forms : null;
}

function absence(forms: ReadonlyMap<string, Form>, operation: string, target: URL): string {
  const texts = [...forms].map(([method, form]) => [method, formText(form)] as const);
  const alike = new Set(texts.map(([, text]) => text));
  const answered =
    alike.size === 1
      ? `every answer was ${[...alike].join('')}`
      : texts.map(([method, text]) => `every ${method} was answered ${text}`).join(', ');
  const [form] = forms.values();
  return [
    `${target.href} does not serve ${operation}: ${answered}, whether a route of the operation was asked, with credentials or without, its documentation, or a path that cannot exist, twice.`,
    form === undefined ? '' : whatToCheck(form, target),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function whatToCheck({ status, location }: Form, target: URL): string {
  if (location !== '')
    return `Something in front of the service sends everybody to ${location}: name the host behind it with --target, or pass it with --add-header.`;
  if (status === 502 || status === 503 || status === 504)
    return `A gateway answers there and the service behind it does not: check that it is deployed and running, then run this again.`;
  if (status === 404)
    return `Check that --target holds everything before the documented paths, a base path included (here ${target.pathname}), and that the service is deployed there.`;
  if (status === 401 || status === 403)
    return `Nobody passes: check --auth and its secrets; where something in front of the service asks for more, give it that with --add-header, or name the host behind it with --target.`;
  if (status >= 200 && status < 300)
    return `Something else answers in its place, a portal or another web server: check the host and the port in --target, and the proxy on the way.`;
  return `Check the host, the port and the base path in --target, and that the service is deployed there.`;
}
