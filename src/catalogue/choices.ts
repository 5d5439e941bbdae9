import type { Format, Route, Verb } from '../model/contract.ts';
import type { CredentialKind, RequestTemplate } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Composer, MemberValues, RequestOptions } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import { isGuid } from '../values/guid.ts';
import { carriesBody } from '../values/http.ts';
import { binds } from '../values/route.ts';
import { coveringArray } from './covering-array.ts';
import { overridingBy } from './payloads.ts';
import { takesSuffix, tokensOf } from './points.ts';
import { payloadIn, type Carrier } from './ways.ts';
import { onceFor } from '../values/once.ts';

/** What a call asks to be answered in: a format, a page for people, whatever comes, or a script that hands it to a callback. */
export type Answer = Format | 'a page' | 'nothing' | 'a callback';

/** How an id is written: as it was given, in capitals, or in both. */
type Spelling = 'lower' | 'upper' | 'mixed';

/** All that a caller chooses; each is as it should be, and goes with any of the others. */
export interface Choice {
  readonly route: Route;
  /** The verb that counts. */
  readonly verb: Verb;
  /** By itself, or by the route's first one with a header that names it. */
  readonly sent: 'itself' | 'overriding';
  readonly carrier: Carrier;
  readonly answer: Answer;
  /** By what a format is selected. */
  readonly selection: 'Accept' | 'suffix' | 'query';
  /** How the id in the path is written. */
  readonly id: Spelling;
  /** How the ids among the other members are. */
  readonly ids: Spelling;
  /** What stands among the members that does not count: one that the contract does not have, or the id of another subject. */
  readonly besides: 'nothing' | 'an unknown member' | 'another id';
  /** How members are named. */
  readonly names: 'as documented' | 'in camelCase';
}

/** Formats whose bodies are bound before the path: there the path overrides what they say. */
const boundFirst: ReadonlySet<Carrier> = new Set(['json', 'xml']);
/** Where members are known to be read in any casing. */
const readInAnyCasing: ReadonlySet<Carrier> = new Set(['json', 'form']);

/**
 * Calls that succeed, so that every three things that a caller may choose stand together in some call, as far as documents or
 * a recorded host show that they go together. None for an operation that works on nothing: nobody could tell what
 * was done. Arranging them takes long, and a plan asks for cases more than once.
 */
export const everyThree = onceFor((c: Composer): readonly Choice[] => {
  // What a path does not name has to be said otherwise, and not everything that carries members is known to say it.
  const routes = c.routes.filter(({ path }) => c.pathMembers.every((member) => binds(path, member)));
  const isAsked = c.contract.subject !== null && c.pathMembers.length > 0;
  return isAsked ? arrayOf(routes, c) : [];
});

function arrayOf(routes: readonly Route[], c: Composer): readonly Choice[] {
  const { selection, sent } = axesUnder(c.profile);
  const withBody = c.bodyMembers.length > 0;
  const spelled: readonly Spelling[] = ['lower', 'upper', 'mixed'];
  const callsBack = c.profile.hosting !== 'endpoints' && ['dto', 'list'].includes(c.contract.response.kind);
  return coveringArray(
    3,
    {
      carrier: [
        'query',
        ...(withBody ? [...c.bodyFormats.map(({ name }): Carrier => name), 'form' as const] : []),
        ...(withBody && isOfTexts(c) ? (['parts'] as const) : []),
      ] satisfies readonly Carrier[],
      answer: [
        ...c.formats,
        'a page',
        'nothing',
        ...(callsBack ? (['a callback'] as const) : []),
      ] satisfies readonly Answer[],
      verb: verbsOfAll(routes, c),
      route: routes,
      selection,
      id: c.pathMembers.some(isGuid) ? spelled : (['lower'] as const),
      ids: withBody && c.sampleMembers.some(isGuid) ? spelled : (['lower'] as const),
      besides: ['nothing', 'an unknown member', 'another id'] as const,
      sent,
      names: ['as documented', 'in camelCase'] as const,
    },
    (row) => goesTogether(row, c),
  );
}

/** The verbs of routes whose answers have a body, and that nobody else answers for the operation. */
export function verbsOfAll(routes: readonly Route[], c: Composer): readonly Verb[] {
  const all = new Set(routes.flatMap((route) => c.verbsOf(route)));
  return [...all].filter((verb) => verb !== 'HEAD' && verb !== 'OPTIONS');
}

/** What hosting decides of a call: by what it can select a format, and whether it can name another verb in a header. */
export function axesUnder({ hosting }: Profile): {
  readonly selection: readonly Choice['selection'][];
  readonly sent: readonly Choice['sent'][];
} {
  return hosting === 'endpoints'
    ? { selection: ['Accept', 'query'], sent: ['itself'] }
    : { selection: ['Accept', 'suffix', 'query'], sent: ['itself', 'overriding'] };
}

/** Whether every value of a call is a text, as those of a form in parts are. */
export function isOfTexts({ sample }: Composer): boolean {
  return Object.values(sample.all).every((value) => typeof value === 'string');
}

/** Whether there is such a call, as far as it is chosen, whatever it may come to. */
export function isACall(
  { route, verb, sent, answer, selection }: Partial<Pick<Choice, 'route' | 'verb' | 'sent' | 'answer' | 'selection'>>,
  c: Composer,
): boolean {
  const verbs = c.verbsOf(route ?? c.routes[0]);
  if (route !== undefined && verb !== undefined && !verbs.includes(verb)) return false;
  if (sent === 'overriding' && verb === verbs[0]) return false;
  if (typeof answer === 'string' && selection !== undefined && selection !== 'Accept') return false;
  if (selection === 'suffix' && route !== undefined && !takesSuffix(route)) return false;
  // A script element knows no other verb; a script could ask by one, and nobody promises that.
  return answer !== 'a callback' || verb === undefined || verb === 'GET' || verb === 'POST';
}

/** Whether a call has a body by nature, as far as it is chosen. */
export function hasBody({ route, verb, sent }: Partial<Pick<Choice, 'route' | 'verb' | 'sent'>>, c: Composer): boolean {
  if (verb === undefined || sent === undefined) return true;
  return carriesBody(sent === 'itself' ? verb : c.verbsOf(route ?? c.routes[0])[0]);
}

function goesTogether(row: Partial<Choice>, c: Composer): boolean {
  const { route, verb, sent, carrier, besides, names } = row;
  if (!isACall(row, c)) return false;
  if (carrier !== undefined) {
    if (besides === 'another id' && !boundFirst.has(carrier)) return false;
    // A column that no member has, and XML in another casing, is what no document speaks of.
    if (besides === 'an unknown member' && carrier === 'csv') return false;
    if (names === 'in camelCase' && !readInAnyCasing.has(carrier)) return false;
    // Forms are documented by the first verb; what is bound by its type is by any that has a body (ground truth, verb/*).
    const isForm = carrier === 'form' || carrier === 'parts';
    const [first] = c.verbsOf(route ?? c.routes[0]);
    if (isForm && ((verb !== undefined && verb !== first) || sent === 'overriding')) return false;
    if (carrier !== 'query' && !hasBody(row, c)) return false;
  }
  return names !== 'in camelCase' || c.profile.serializer === 'servicestack';
}

/**
 * The call that somebody makes who chooses so.
 *
 * @param members what it carries, in the place of the sample
 */
export function callOf(
  choice: Choice,
  c: Composer,
  members: MemberValues = c.sample.all,
  options: Pick<RequestOptions, 'pathMembers' | 'path'> & { readonly credentials?: CredentialKind } = {},
): RequestTemplate {
  const { route, verb, sent, carrier, id } = choice;
  return c.request(route, {
    ...options,
    verb: sent === 'itself' ? verb : c.verbsOf(route)[0],
    payload: payloadIn(carrier, membersOf(choice, members, c)),
    ...asking(choice, c),
    ...(sent === 'overriding' && { headers: [overridingBy(verb)] }),
    ...(id !== 'lower' && { pathMembers: spelt(c.pathMembers, id) }),
  });
}

function membersOf({ ids, besides, names }: Choice, members: MemberValues, c: Composer): MemberValues {
  const its =
    ids === 'lower'
      ? {}
      : spelt(
          c.sampleMembers.filter(({ name }) => isOwn(members[name], name)),
          ids,
        );
  const all: MemberValues = {
    ...(besides === 'another id' && tokensOf(c.pathMembers, 'other.')),
    ...members,
    ...its,
    ...(besides === 'an unknown member' && { Foo: 'bar' }),
  };
  return names === 'as documented'
    ? all
    : Object.fromEntries(Object.entries(all).map(([name, value]) => [camel(name), value]));
}

/** Whether a value is the member's own, and not one that is to be refused. */
const isOwn = (value: unknown, name: string): boolean => value === `{{${name}}}`;

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Tokens of the Guids among members, so written. */
function spelt(members: readonly Member[], as: Exclude<Spelling, 'lower'>): Readonly<Record<string, string>> {
  return Object.fromEntries(members.filter(isGuid).map(({ name }) => [name, `{{${as}.${name}}}`]));
}

function asking({ answer, selection }: Choice, c: Composer): Pick<RequestOptions, 'accept' | 'suffix' | 'query'> {
  switch (answer) {
    case 'a page':
      return { accept: 'text/html' };
    case 'nothing':
      return { accept: null };
    case 'a callback':
      return { query: [['callback', 'answer']] };
    default: {
      if (selection === 'Accept') return { accept: answer.mediaType };
      const accept = (c.formats.find(({ name }) => name !== answer.name) ?? answer).mediaType;
      return selection === 'suffix' ? { accept, suffix: answer.suffix } : { accept, query: [['format', answer.query]] };
    }
  }
}

/** What is chosen, in a few words. */
export function inWordsOf({ verb, sent, carrier, answer, selection, id, ids, besides, names }: Choice): string {
  const selected = selection === 'suffix' ? ' by a suffix' : selection === 'query' ? ' by the format parameter' : '';
  return [
    `${verb}${sent === 'overriding' ? ' by override' : ''}`,
    carrier === 'query'
      ? 'members in the query'
      : carrier === 'form' || carrier === 'parts'
        ? `a form${carrier === 'parts' ? ' in parts' : ''}`
        : `a body in ${carrier}`,
    typeof answer === 'string'
      ? answer === 'nothing'
        ? 'without Accept'
        : `answered by ${answer}`
      : `answered in ${answer.name}${selected}`,
    ...(id === 'lower' ? [] : [`its id in ${id === 'upper' ? 'capitals' : 'both cases'}`]),
    ...(ids === 'lower' ? [] : [`other ids in ${ids === 'upper' ? 'capitals' : 'both cases'}`]),
    ...(besides === 'nothing' ? [] : [`${besides} in it`]),
    ...(names === 'as documented' ? [] : ['names in camelCase']),
  ].join(', ');
}

/** What two choices have in common of what is not the plain one. */
function inCommon(a: Choice, b: Choice): number {
  const same: readonly boolean[] = [
    a.verb === b.verb,
    a.carrier === b.carrier,
    a.answer === b.answer,
    a.selection === b.selection && a.selection !== 'Accept',
    a.id === b.id && a.id !== 'lower',
    a.ids === b.ids && a.ids !== 'lower',
    a.besides === b.besides && a.besides !== 'nothing',
    a.sent === b.sent && a.sent !== 'itself',
    a.names === b.names && a.names !== 'as documented',
  ];
  return same.filter(Boolean).length;
}

/**
 * Two and two of one route, with as little in common as can be: where something goes wrong with one of them, the other shows
 * how it should have been. One that is left over goes with the first.
 */
export function inTwos(choices: readonly Choice[]): readonly (readonly [Choice, Choice])[] {
  const left = [...choices];
  const twos: (readonly [Choice, Choice])[] = [];
  for (let one = left.shift(); one !== undefined; one = left.shift()) {
    const its = one;
    const [other] = left
      .filter(({ route }) => route === its.route)
      .map((each) => ({ each, common: inCommon(its, each) }))
      .sort((a, b) => a.common - b.common);
    if (other !== undefined) left.splice(left.indexOf(other.each), 1);
    const first = choices.find((each) => each.route === its.route) ?? its;
    twos.push([its, other?.each ?? first]);
  }
  return twos;
}

/** A request about the second subject of its script where it was about the first, and the other way round. */
export function exchanged(request: RequestTemplate): RequestTemplate {
  const swap = (text: string): string =>
    text.replace(/\{\{(other\.)?([^{}]*)\}\}/g, (_, other: string | undefined, rest: string) =>
      other === undefined ? `{{other.${rest}}}` : `{{${rest}}}`,
    );
  return {
    ...request,
    path: swap(request.path),
    body: request.body === null ? null : swap(request.body),
    headers: request.headers.map(([name, value]) => [name, swap(value)]),
  };
}
