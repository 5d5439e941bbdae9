import { HTTPResponseStatusClass, MatchersV3, type PactV4 } from '@pact-foundation/pact';
import { expect } from 'chai';
import type { ResponseStatus } from './connection-status-update/dtos.ts';
import { schemas } from '../schemas/index.ts';
import type { Route, StateName } from '../src/model/contract.ts';
import type { Member } from '../src/model/schema.ts';
import { membersOf } from '../src/schema/members.ts';
import { dashedGuid, zeroGuid } from '../src/values/guid.ts';
import {
  ConnectionsClient,
  ServiceError,
  type ClientCredentials,
  type ClientVerb,
  type UpdateRequest,
} from './client.ts';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import { states } from './states.ts';

/** One need of the consumer: what it sends, in which state of the provider, and what it relies on. */
export interface Interaction {
  readonly given: StateName;
  readonly description: string;
  readonly verb: ClientVerb;
  readonly credentials: ClientCredentials;
  /** What is made of the connection's id in the path; left out, it stands there as the state provides it. */
  readonly path?: 'made malformed' | 'zeros';
  readonly without?: Member;
  readonly answer: Answer;
  /** What the consumer makes of the answer. */
  readonly relies: (outcome: Outcome) => void;
}

interface Answer {
  readonly status: number | ReturnType<typeof MatchersV3.matchStatus>;
  readonly headers?: Readonly<Record<string, MatchersV3.Matcher<string>>>;
  readonly body?: unknown;
  readonly rules?: Parameters<ResponseBuilder['matchingRules']>[0];
}

type WithRequest = ReturnType<ReturnType<PactV4['addInteraction']>['withRequest']>;
type WithResponse = ReturnType<WithRequest['willRespondWith']>;
type ResponseBuilder = Parameters<NonNullable<Parameters<WithRequest['willRespondWith']>[1]>>[0];

export type Outcome =
  | { readonly kind: 'success'; readonly responseStatus: ResponseStatus | null }
  | { readonly kind: 'error'; readonly error: ServiceError };

const members = membersOf(contract, schemas);
const token: ClientCredentials = { kind: 'bearer', token: 'a-token-of-the-provider' };
const refusedToken: ClientCredentials = { kind: 'bearer', token: 'a-token-that-nobody-issued' };
const json = { 'Content-Type': MatchersV3.regex('application\\/json(\\s*;.*)?', 'application/json') };
const fresh = states.active;
const { absent } = states;

/** Everything the consumer of a route relies on. */
export function interactionsOf(route: Route): readonly Interaction[] {
  const a = `a ${route.name}`;
  const valid = { verb: 'POST', credentials: token } as const;
  const left = contract.routes.flatMap(({ leaves }) => leaves ?? []);
  return [
    ...(['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const).map((verb): Interaction => ({
      ...valid,
      verb,
      given: fresh,
      description: `${a} by ${verb}`,
      answer: success,
      relies: isSuccess,
    })),
    {
      ...valid,
      credentials: { kind: 'none' },
      given: absent,
      description: `${a} without credentials`,
      answer: challenge,
      relies: isRefused(401),
    },
    {
      ...valid,
      credentials: refusedToken,
      given: absent,
      description: `${a} with a token that is refused`,
      answer: noSuccess,
      relies: isNoSuccess,
    },
    ...members
      .filter(({ required, in: place }) => required && place === 'body')
      .map((member): Interaction => ({
        ...valid,
        given: fresh,
        description: `${a} without ${member.name}`,
        without: member,
        answer: fieldError(member),
        relies: namesField(member),
      })),
    {
      ...valid,
      given: absent,
      description: `${a} of a malformed id`,
      path: 'made malformed',
      answer: clientError(400),
      relies: isExplained,
    },
    {
      ...valid,
      given: absent,
      description: `${a} of the zero id`,
      path: 'zeros',
      answer: clientError(400),
      relies: isExplained,
    },
    {
      ...valid,
      given: absent,
      description: `${a} of an unknown connection`,
      answer: clientError(404),
      relies: isExplained,
    },
    ...left.map((given): Interaction => ({
      ...valid,
      given,
      description: `${a} of ${given}`,
      answer: eitherWay,
      relies: isSettled,
    })),
  ];
}

/**
 * A ResponseStatus that is no error, as JSON text: its members in any number, an ErrorCode only when it says nothing.
 * Pact compares a scalar with a regex by the JSON text of what came, so this is how one body may be `{}`,
 * `{"ResponseStatus":null}` or an object without an ErrorCode, and none that carries an error.
 */
const noError = (() => {
  const text = '(null|"([^"\\\\]|\\\\.)*")';
  const member = `("ErrorCode":(null|"")|"(Message|StackTrace)":${text}|"Errors":(null|\\[\\])|"Meta":(null|\\{[^{}]*\\}))`;
  return `null|\\{(${member}(,${member})*)?\\}`;
})();

const regexRule = (regex: string) => ({ 'pact:matcher:type': 'regex', regex });
const onlyResponseStatus = {
  'pact:matcher:type': 'eachKey',
  rules: [{ match: 'regex', regex: '[Rr]esponseStatus' }],
  value: '{}',
};

function responseStatus(regex: string): Pick<Answer, 'body' | 'rules'> {
  return {
    body: { ResponseStatus: null },
    rules: {
      body: [
        { path: '$', rules: [onlyResponseStatus] },
        { path: '$.*', rules: [regexRule(regex)] },
      ],
    },
  };
}

const success: Answer = { status: 200, headers: json, ...responseStatus(noError) };

/**
 * What is cancelled or removed already may be refused or confirmed: the consumer needs to be told one of them, in the
 * documented shape, and never with a failure of the server. A pact fixes no pair of status and body, and the consumer
 * needs none: to the client an ErrorCode is an error under any status.
 */
const eitherWay: Answer = {
  status: MatchersV3.matchStatus(200, [200, 400, 404, 409, 410, 412, 422, 423]),
  headers: json,
  ...responseStatus(`${noError}|\\{.*"ErrorCode":"[^"]+".*\\}`),
};

const challenge: Answer = {
  status: 401,
  headers: { 'WWW-Authenticate': MatchersV3.regex('\\S.*', 'Bearer realm="platform"') },
};
const noSuccess: Answer = { status: MatchersV3.matchStatus(401, HTTPResponseStatusClass.Error) };

const explained = { ErrorCode: MatchersV3.regex('.+', 'Refused'), Message: MatchersV3.string('why it was refused') };

function clientError(example: number): Answer {
  const status = MatchersV3.matchStatus(example, HTTPResponseStatusClass.ClientError);
  return { status, headers: json, body: { ResponseStatus: explained } };
}

function fieldError({ name }: Member): Answer {
  const Errors = MatchersV3.arrayContaining({ ...explained, FieldName: name });
  return { ...clientError(400), body: { ResponseStatus: { ...explained, Errors } } };
}

function isSuccess(outcome: Outcome): void {
  expect(outcome.kind).to.equal('success');
}

function isNoSuccess(outcome: Outcome): void {
  expect(outcome.kind).to.equal('error');
}

const isRefused =
  (status: number) =>
  (outcome: Outcome): void => {
    expect(outcome).to.have.nested.property('error.status', status);
  };

function isExplained(outcome: Outcome): void {
  expect(outcome).to.have.nested.property('error.responseStatus.ErrorCode').that.matches(/./);
  expect(outcome).to.have.nested.property('error.responseStatus.Message').that.is.a('string');
}

const namesField =
  ({ name }: Member) =>
  (outcome: Outcome): void => {
    isExplained(outcome);
    const fields =
      outcome.kind === 'error' ? outcome.error.responseStatus?.Errors?.map(({ FieldName }) => FieldName) : [];
    expect(fields).to.include(name);
  };

function isSettled(outcome: Outcome): void {
  if (outcome.kind === 'error') isExplained(outcome);
}

/**
 * Adds an interaction to a pact.
 *
 * @param pact made for this interaction alone: a builder that throws leaves a half-made one behind
 */
export function describeTo(pact: PactV4, route: Route, interaction: Interaction): WithResponse {
  const { answer, credentials, verb } = interaction;
  const request = pact
    .addInteraction()
    .given(interaction.given)
    .uponReceiving(interaction.description)
    .withRequest(verb, pathOf(route, interaction), (builder) => {
      builder.headers({ Accept: 'application/json', ...authorization(credentials) });
      if (verb === 'GET' || verb === 'DELETE') builder.query(membersIn(interaction));
      else builder.jsonBody(membersIn(interaction));
    });
  return request.willRespondWith(answer.status, (builder) => {
    if (answer.headers !== undefined) builder.headers(answer.headers);
    if (answer.body !== undefined) builder.jsonBody(answer.body);
    if (answer.rules !== undefined) builder.matchingRules(answer.rules);
  });
}

/** The request that the client is asked to send for an interaction. */
function sampleRequest({ path, without }: Interaction): UpdateRequest {
  const sample = members
    .filter((member) => member !== without)
    .map((member) => [member.name, exampleOf(member, path)] as const);
  return Object.fromEntries(sample) as UpdateRequest;
}

/** Makes the call through the client and says how it ended. */
export async function callOn(url: string, { name }: Route, interaction: Interaction): Promise<Outcome> {
  const client = new ConnectionsClient(url, { credentials: interaction.credentials });
  const calls = new Map([
    ['cancel', client.cancel.bind(client)],
    ['remove', client.remove.bind(client)],
  ]);
  const call = calls.get(name);
  if (call === undefined) throw new Error(`the client has no call for the route '${name}'`);
  try {
    const { ResponseStatus: status = null } = await call(sampleRequest(interaction), interaction.verb);
    return { kind: 'success', responseStatus: status };
  } catch (error) {
    if (error instanceof ServiceError) return { kind: 'error', error };
    throw error;
  }
}

/** A text that the consumer sends in any form that fits, and that the state of the provider puts its own value into. */
function provided(expression: string, regex: string, example: string): MatchersV3.Matcher<string> {
  return {
    ...MatchersV3.fromProviderState(expression, example),
    'pact:matcher:type': 'regex',
    regex,
  } as MatchersV3.Matcher<string>;
}

function authorization(credentials: ClientCredentials): Readonly<Record<string, MatchersV3.Matcher<string> | string>> {
  if (credentials.kind !== 'bearer') return {};
  const value = `Bearer ${credentials.token}`;
  return { Authorization: credentials === token ? provided('${Authorization}', 'Bearer .+', value) : value };
}

function membersIn({ path, without }: Interaction): Record<string, MatchersV3.Matcher<string> | string> {
  const sent = members.filter((member) => member !== without);
  return Object.fromEntries(sent.map((member) => [member.name, valueOf(member, path)]));
}

function pathOf(route: Route, { path }: Interaction): MatchersV3.Matcher<string> | string {
  const withPlaces = (fill: (member: Member) => string): string =>
    route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      members
        .filter((member) => member.name === name)
        .map(fill)
        .join(''),
    );
  const example = withPlaces((member) => exampleOf(member, path));
  if (path === 'zeros') return example;
  const made = madeOf(path);
  return provided(
    withPlaces(({ name }) => `${made}\${${name}}`),
    withPlaces(() => made + dashedGuid).replaceAll('/', '\\/'),
    example,
  );
}

function valueOf(member: Member, path: Interaction['path']): MatchersV3.Matcher<string> | string {
  const example = exampleOf(member, path);
  if (example === zeroGuid) return zeroGuid;
  const made = member.in === 'path' ? madeOf(path) : '';
  return provided(`${made}\${${member.name}}`, made + dashedGuid, example);
}

/** What stands before an id: behind this, it is a text that is no Guid and names nothing that exists. */
function madeOf(path: Interaction['path']): string {
  return path === 'made malformed' ? 'not-' : '';
}

/** A Guid of its own for each member, the same in every run. */
function exampleOf(member: Member, path: Interaction['path']): string {
  const id = `a1b2c3d4-0000-4000-8000-${String(members.indexOf(member) + 1).padStart(12, '0')}`;
  if (member.in !== 'path') return id;
  return path === 'zeros' ? zeroGuid : madeOf(path) + id;
}
