import { MatchersV3, type PactV4 } from '@pact-foundation/pact';
import { isObject } from '../src/values/json.ts';

/** What the consumer expects of an answer, with the rules by which Pact compares it. */
export interface Answer {
  readonly status: number | ReturnType<typeof MatchersV3.matchStatus>;
  readonly headers?: Readonly<Record<string, MatchersV3.Matcher<string>>>;
  readonly body?: object;
  readonly rules?: Parameters<ResponseBuilder['matchingRules']>[0];
}

/** Pact's builder of what comes after a request. */
export type WithRequest = ReturnType<ReturnType<PactV4['addInteraction']>['withRequest']>;
type ResponseBuilder = Parameters<NonNullable<Parameters<WithRequest['willRespondWith']>[1]>>[0];

const json = { 'Content-Type': MatchersV3.regex('(?i)application\\/json(\\s*;.*)?', 'application/json') };

type Rule = Readonly<Record<string, unknown>> & { readonly 'pact:matcher:type': string };
const regex = (pattern: string): Rule => ({ 'pact:matcher:type': 'regex', regex: pattern });

/** Members in any number and of any name, whether the example has them or not. */
const anyMembers: Rule = { 'pact:matcher:type': 'eachKey', rules: [{ match: 'regex', regex: '.*' }], value: '{}' };

/** The values of all of them, compared by their JSON text, since the example has a scalar there. */
const eachValue = (pattern: string): Rule => ({
  'pact:matcher:type': 'eachValue',
  rules: [{ match: 'regex', regex: pattern }],
  value: '{}',
});

/** Not an object with an ErrorCode of its own that says something: that is an error under any status to the client. */
const noError = '(?!\\{(?:[^{}]|\\{[^{}]*\\})*?"[Ee]rrorCode":(?!null|"")).*';

const orNothing = { ResponseStatus: null };

/** A call that did what it was to do. */
export const success: Answer = {
  status: 200,
  headers: json,
  body: orNothing,
  rules: { body: [{ path: '$', rules: [anyMembers, eachValue(noError)] }] },
};

/** Statuses of a refusal of what does not exist, or is not valid, and of any end of a call that was made before. */
export const notThere = [400, 404, 410, 422];
export const invalid = [400, 422];
export const settled = [200, 400, 404, 409, 410, 412, 422, 423];

/** A pact fixes no pair of status and body, and the client needs none: an ErrorCode is an error under any status. */
export const eitherWay: Answer = {
  status: MatchersV3.matchStatus(200, settled),
  headers: json,
  body: orNothing,
  rules: { body: [{ path: '$', rules: [anyMembers, eachValue('.*')] }] },
};

/** Nobody was let in. */
export const refused: Answer = { status: MatchersV3.matchStatus(401, [401, 403]) };

/**
 * An error that says what is wrong, in either casing: the example has both, neither need be there, and the one that is
 * there is compared in full.
 */
export function explained(example: number, allowed: number[], { field }: { readonly field?: string }): Answer {
  const inner = { ErrorCode: 'Refused', Message: 'Why it was refused.' };
  const status = field === undefined ? inner : { ...inner, Errors: [{ ...inner, FieldName: field }] };
  const rulesOf = (at: string, [errorCode, message, errors, fieldName]: readonly [string, string, string, string]) => [
    { path: at, rules: [{ 'pact:matcher:type': 'type' }] },
    { path: `${at}.${errorCode}`, rules: [regex('.+')] },
    { path: `${at}.${message}`, rules: [{ 'pact:matcher:type': 'type' }] },
    ...(field === undefined
      ? []
      : [
          { path: `${at}.${errors}`, rules: [{ 'pact:matcher:type': 'type', min: 1 }] },
          { path: `${at}.${errors}[*].${errorCode}`, rules: [regex('.+')] },
          { path: `${at}.${errors}[*].${message}`, rules: [{ 'pact:matcher:type': 'type' }] },
          { path: `${at}.${errors}[*].${fieldName}`, rules: [regex('(?i)' + field)] },
        ]),
  ];
  return {
    status: MatchersV3.matchStatus(example, allowed),
    headers: json,
    body: { ResponseStatus: status, responseStatus: inCamelCase(status) },
    rules: {
      body: [
        { path: '$', rules: [anyMembers, { 'pact:matcher:type': 'notEmpty' }] },
        ...rulesOf('$.ResponseStatus', ['ErrorCode', 'Message', 'Errors', 'FieldName']),
        ...rulesOf('$.responseStatus', ['errorCode', 'message', 'errors', 'fieldName']),
      ],
    },
  };
}

function inCamelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inCamelCase);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.charAt(0).toLowerCase() + name.slice(1), inCamelCase(inner)]),
  );
}
