import { drawSubject } from '../exchange/bind.ts';
import type { Route } from '../model/contract.ts';
import type { Composer, MemberValues, RequestOptions } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import { camel } from '../values/casing.ts';
import { errorOf } from '../values/contract.ts';
import { carriesBody } from '../values/http.ts';
import { kindIn } from '../values/members.ts';
import { binds } from '../values/route.ts';
import { regex, written, type Interaction, type Matcher, type Response } from './interaction.ts';

/** The two sides of a pact, as a broker knows them. */
export interface Sides {
  readonly consumer: string;
  readonly provider: string;
}

/** A pact that follows from a contract, with what it cannot say and why. */
export interface Generated {
  /** JSON, with a line break at its end; the same contract and seed give the same bytes. */
  readonly text: string;
  readonly descriptions: readonly string[];
  readonly left: readonly string[];
}

const REFUSED = [401, 403] as const;
const INVALID = [400, 422] as const;
const NOT_THERE = [400, 404, 410, 422] as const;

/**
 * Writes what a consumer of an operation relies on, as a pact (version 4 of its specification): a call that succeeds, one that is
 * refused, and one whose member is wrong. What nobody answers for is left out, and told.
 *
 * @param c the contract, as requests are composed from it
 * @param seed draws the values that nobody gave
 */
export function generatePact(c: Composer, sides: Sides, seed: number): Generated {
  const [route] = c.routes;
  const made = [success(route, c), refusal(route, c), fieldError(route, c)];
  const interactions = made.flatMap((each) => (typeof each === 'string' ? [] : [each]));
  const subject = drawSubject(seed, 'pact', c.members);
  const pact = {
    consumer: { name: sides.consumer },
    interactions: interactions
      .map((each) => written(each, subject, c))
      .sort((a, b) => (a.description < b.description ? -1 : 1)),
    metadata: { pactSpecification: { version: '4.0' } },
    provider: { name: sides.provider },
  };
  return {
    text: `${JSON.stringify(pact, null, 2)}\n`,
    descriptions: interactions.map(({ description }) => description),
    left: made.filter((each) => typeof each === 'string'),
  };
}

function nameOf({ contract }: Composer): string {
  return `a ${contract.operation}`;
}

function success(route: Route, c: Composer): Interaction | string {
  if (!c.vouched)
    return 'no success: said.json does not say with which values a call succeeds; give values or a subject there';
  const request = c.request(route);
  return { description: `${nameOf(c)} by ${request.method}`, on: 'fresh', request, response: succeeded(c) };
}

/** An object answers with any members, and no ErrorCode among them; of another answer its status is all that is common to hosts. */
function succeeded({ contract: { response } }: Composer): Response {
  switch (response.kind) {
    case 'dto':
      return {
        status: 200,
        statuses: 'success',
        json: { content: { ResponseStatus: null }, rules: { $: [anyMembers, eachValue(noError)] } },
      };
    case 'none':
      return { status: 204, statuses: 'success' };
    case 'list':
    case 'scalar':
    case 'raw':
    case 'unknown':
      return { status: 200, statuses: 'success' };
  }
}

function refusal(route: Route, c: Composer): Interaction | string {
  const { authentication, subject } = c.contract;
  if (authentication === 'required')
    return {
      description: `${nameOf(c)} without credentials`,
      on: 'fresh',
      request: c.request(route, { credentials: 'none' }),
      response: { status: 401, statuses: REFUSED },
    };
  if (typeof subject?.states.absent === 'string')
    return {
      description: `${nameOf(c)} of what does not exist`,
      on: 'absent',
      request: c.request(route),
      response: explained(404, NOT_THERE, null, c),
    };
  return 'no refusal: it needs no credentials, and the contract does not say what it is refused for';
}

function fieldError(route: Route, c: Composer): Interaction | string {
  const [required] = c.requiredMembers;
  if (required !== undefined)
    return {
      description: `${nameOf(c)} without ${required.name}`,
      on: 'fresh',
      request: c.request(route, withMembers(route, c.sample.without(required), c)),
      response: explained(400, INVALID, required, c),
    };
  const wrong = malformedIn(route, c);
  if (wrong === null)
    return 'no field error: no member is enforced, and none in path or query has a type whose values can be wrong';
  const { member, text, options } = wrong;
  return {
    description: `${nameOf(c)} whose ${member.name} is ${text}`,
    on: 'fresh',
    request: c.request(route, options),
    response: explained(400, INVALID, member, c),
  };
}

function withMembers(route: Route, members: MemberValues, c: Composer): RequestOptions {
  const [verb] = c.verbsOf(route);
  return { payload: carriesBody(verb) ? { in: 'body', as: 'json', members } : { in: 'query', members } };
}

interface Wrong {
  readonly member: Member;
  readonly text: string;
  readonly options: RequestOptions;
}

/** In a path and in a query, what is no value of a type is refused by every host; in JSON not by each. */
function malformedIn(route: Route, c: Composer): Wrong | null {
  const [verb] = c.verbsOf(route);
  for (const member of c.members) {
    const [text] = Object.values(kindIn(member)?.malformed ?? {});
    if (text === undefined) continue;
    if (binds(route.path, member)) return { member, text, options: { pathMembers: { [member.name]: text } } };
    if (!carriesBody(verb))
      return { member, text, options: { payload: { in: 'query', members: c.sample.with(member, text) } } };
  }
  return null;
}

/** An error that says what is wrong, in either casing: the example has both, neither need be there, the one that is there is compared in full. */
function explained(
  status: number,
  statuses: readonly number[],
  field: Member | null,
  { contract }: Composer,
): Response {
  const { status: member } = errorOf(contract);
  if (member === null) return { status, statuses };
  const said = { ErrorCode: 'Refused', Message: 'Why it was refused.' };
  const whole = field === null ? said : { ...said, Errors: [{ ...said, FieldName: field.name }] };
  const rulesAt = (at: string, spelled: (name: string) => string): Readonly<Record<string, readonly Matcher[]>> => ({
    [at]: [type],
    [`${at}.${spelled('ErrorCode')}`]: [regex('.+')],
    [`${at}.${spelled('Message')}`]: [type],
    ...(field !== null && {
      [`${at}.${spelled('Errors')}`]: [{ ...type, min: 1 }],
      [`${at}.${spelled('Errors')}[*].${spelled('ErrorCode')}`]: [regex('.+')],
      [`${at}.${spelled('Errors')}[*].${spelled('Message')}`]: [type],
      [`${at}.${spelled('Errors')}[*].${spelled('FieldName')}`]: [regex(`(?i)${field.name}`)],
    }),
  });
  return {
    status,
    statuses,
    json: {
      content: { [member]: whole, [camel(member)]: inCamelCase(whole) },
      rules: {
        $: [anyMembers, { match: 'notEmpty' }],
        ...rulesAt(`$.${member}`, (name) => name),
        ...rulesAt(`$.${camel(member)}`, camel),
      },
    },
  };
}

const type: Matcher = { match: 'type' };
/** Members in any number and of any name, whether the example has them or not. */
const anyMembers: Matcher = { match: 'eachKey', rules: [regex('.*')], value: '{}' };
const eachValue = (pattern: string): Matcher => ({ match: 'eachValue', rules: [regex(pattern)], value: '{}' });
/** Not an object with an ErrorCode of its own that says something. */
const noError = '(?!\\{(?:[^{}]|\\{[^{}]*\\})*?"[Ee]rrorCode":(?!null|"")).*';

function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camel(name), inCamelCase(inner)]));
}
