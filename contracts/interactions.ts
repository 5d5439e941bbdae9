import { MatchersV3, type PactV4 } from '@pact-foundation/pact';
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
import {
  eitherWay,
  explained,
  invalid,
  notThere,
  refused,
  settled,
  success,
  type Answer,
  type WithRequest,
} from './expected.ts';
import { states } from './states.ts';

/** One need of the consumer: what it sends, in which state of the provider, and what it relies on. */
export interface Interaction {
  readonly given: StateName;
  readonly description: string;
  readonly verb: ClientVerb;
  readonly credentials: ClientCredentials;
  /** A member of the body that is sent as the Guid that names nothing. */
  readonly empty?: string;
  readonly answer: Answer;
  /** What the consumer makes of the answer. */
  readonly relies: (outcome: Outcome) => void;
}

export type Outcome =
  | { readonly kind: 'success'; readonly responseStatus: ResponseStatus | null }
  | { readonly kind: 'error'; readonly error: ServiceError };

const members = membersOf(contract, schemas);
const token: ClientCredentials = { kind: 'bearer', token: 'a-token-of-the-provider' };
const refusedToken: ClientCredentials = { kind: 'bearer', token: 'a-token-that-nobody-issued' };
/** Everything the consumer of a route relies on. What `remove` shares with `cancel` is said of `cancel` alone. */
export function interactionsOf({ name }: Route): readonly Interaction[] {
  switch (name) {
    case 'cancel':
      return [
        ...successes('a cancel', ['POST', 'DELETE']),
        {
          ...ofAbsent,
          given: states.active,
          credentials: { kind: 'none' },
          description: 'a cancel without credentials',
          answer: refused,
          relies: hasStatus(401, 403),
        },
        {
          ...ofAbsent,
          given: states.active,
          credentials: refusedToken,
          description: 'a cancel with a token that is refused',
          answer: refused,
          relies: hasStatus(401, 403),
        },
        {
          ...ofAbsent,
          description: 'a cancel of an unknown connection',
          answer: explained(404, notThere, {}),
          relies: isExplained(notThere),
        },
        {
          ...ofAbsent,
          given: states.active,
          description: 'a cancel with an empty ContactId',
          empty: 'ContactId',
          answer: explained(400, invalid, { field: 'ContactId' }),
          relies: namesField('ContactId'),
        },
        again('a cancel of a cancelled connection, confirmed or refused', states.cancelled),
      ];
    case 'remove':
      return [
        ...successes('a remove', ['POST']),
        again('a remove of a removed connection, confirmed or refused', states.removed),
      ];
    default:
      throw new Error(`nobody has said what the consumer relies on of the route '${name}'`);
  }
}

const ofAbsent = { verb: 'POST', credentials: token, given: states.absent } as const;

function successes(call: string, verbs: readonly ClientVerb[]): readonly Interaction[] {
  return verbs.map((verb) => ({
    ...ofAbsent,
    verb,
    given: states.active,
    description: `${call} by ${verb}`,
    answer: success,
    relies: isSuccess,
  }));
}

/** A consumer that got no answer calls again: it needs an end, one way or the other, and no failure of the server. */
function again(description: string, given: StateName): Interaction {
  return { ...ofAbsent, given, description, answer: eitherWay, relies: hasStatus(...settled) };
}

function isSuccess(outcome: Outcome): void {
  expect(outcome.kind).to.equal('success');
}

const hasStatus =
  (...statuses: readonly number[]) =>
  (outcome: Outcome): void => {
    expect(statuses).to.include(outcome.kind === 'success' ? 200 : outcome.error.status);
  };

const isExplained =
  (statuses: readonly number[]) =>
  (outcome: Outcome): void => {
    expect(outcome).to.have.nested.property('error.status').that.is.oneOf(statuses);
    expect(outcome).to.have.nested.property('error.responseStatus.ErrorCode').that.matches(/./);
    expect(outcome).to.have.nested.property('error.responseStatus.Message').that.is.a('string');
  };

const namesField =
  (field: string) =>
  (outcome: Outcome): void => {
    isExplained(invalid)(outcome);
    const fields =
      outcome.kind === 'error' ? outcome.error.responseStatus?.Errors?.map(({ FieldName }) => FieldName) : [];
    expect(fields).to.include(field);
  };

/**
 * Adds an interaction to a pact.
 *
 * @param pact made for this interaction alone: a builder that throws leaves a half-made one behind
 */
export function describeTo(
  pact: PactV4,
  route: Route,
  interaction: Interaction,
): ReturnType<WithRequest['willRespondWith']> {
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
function sampleRequest(interaction: Interaction): UpdateRequest {
  const sample = members.map((member) => [member.name, exampleOf(member, interaction)] as const);
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

function membersIn(interaction: Interaction): Record<string, MatchersV3.Matcher<string> | string> {
  return Object.fromEntries(members.map((member) => [member.name, valueOf(member, interaction)]));
}

function pathOf(route: Route, interaction: Interaction): MatchersV3.Matcher<string> | string {
  const withPlaces = (fill: (member: Member) => string): string =>
    route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      members
        .filter((member) => member.name === name)
        .map(fill)
        .join(''),
    );
  return provided(
    withPlaces(({ name }) => `\${${name}}`),
    withPlaces(() => dashedGuid).replaceAll('/', '\\/'),
    withPlaces((member) => exampleOf(member, interaction)),
  );
}

function valueOf(member: Member, interaction: Interaction): MatchersV3.Matcher<string> | string {
  const example = exampleOf(member, interaction);
  return example === zeroGuid ? zeroGuid : provided(`\${${member.name}}`, dashedGuid, example);
}

/** A Guid of its own for each member, the same in every run. */
function exampleOf(member: Member, { empty }: Interaction): string {
  if (member.name === empty) return zeroGuid;
  return `a1b2c3d4-0000-4000-8000-${String(members.indexOf(member) + 1).padStart(12, '0')}`;
}
