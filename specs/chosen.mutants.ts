// Faults at cells that a seed chose, after it was settled what is asked: three things that a caller chooses meet in each, and all
// else is as it should be. They stand for their kinds; nothing in the catalogue looks for one of these cells.

import type { Contract } from '../src/model/contract.ts';
import type { Call, Mutate } from '../src/provider/behaviour.ts';
import {
  bodyCounts,
  bodyText,
  inFormat,
  successToldAs,
  typed,
  unreadableWith,
} from '../src/provider/content-faults.ts';
import { refusal } from '../src/provider/errors.ts';
import {
  answeredOtherwise,
  both,
  byStranger,
  byVerb,
  failing,
  hasOwnRoutes,
  hasRequired,
  hasSubject,
  isGuarded,
  judgedAs,
  letIn,
  onFresh,
  onLastRoute,
  promisesVerb,
  toldAllIsWell,
  type When,
} from '../src/provider/faults.ts';
import type { Mutant } from '../src/provider/mutant.ts';

const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const inCapitals = (text: string): boolean => /[A-F]/.test(text) && !/[a-f]/.test(text);
const inBothCases = (text: string): boolean => /[A-F]/.test(text) && /[a-f]/.test(text);

const inPath = (call: Call): string => Object.values(call.named)[0] ?? '';
/** What a request says besides its path. */
const said = (call: Call): string => [bodyText(call), ...call.query.map(([, value]) => value)].join(' ');
const idsSaid = (call: Call): readonly string[] => said(call).match(id) ?? [];

const bySuffix: When = (call) => call.by === 'suffix';
const byParameter: When = (call) => call.by === 'query';
const membersInQuery: When = (call) => call.members.some((m) => call.query.some(([name]) => name === m.name));
const unknownInQuery: When = (call) => call.query.some(([name]) => name === 'Foo');
const zeroInPath: When = (call) => inPath(call).startsWith('00000000-');
const malformedInPath: When = (call) => inPath(call) !== '' && !/^[0-9a-f-]{36}$/i.test(inPath(call));
const malformed: When = (call) => said(call).includes('not-a-guid');
const byGarbage: When = (call) => call.header('authorization') === 'Bearer garbage';
const byPassword: When = (call) => /^basic /i.test(call.header('authorization') ?? '');

/** What a call does is done, and it is told that the service broke down. */
const doneAndBroken =
  (when: When): Mutate =>
  (b) => ({
    ...b,
    execute: (call) => {
      const outcome = b.execute(call);
      return outcome.kind === 'success' && when(call) ? refusal('service', 500, 'Fault', 'It does not work.') : outcome;
    },
  });

/** What must be refused is a success, and nothing is done. */
const taken =
  (when: When): Mutate =>
  (b) => ({
    ...b,
    execute: (call) => {
      const outcome = b.execute(call);
      return outcome.kind === 'refusal' && when(call) ? { kind: 'success', value: {} } : outcome;
    },
    validate: (call) => (when(call) ? null : b.validate(call)),
  });

/** What cannot be read is refused, after what it asks for was done to what its path names. */
const doneThoughUnreadable =
  (when: When): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => {
      const bound = b.bind(call, batch);
      if (bound.kind === 'refusal' && when(call)) b.execute({ ...call, subject: inPath(call).toLowerCase() });
      return bound;
    },
    validate: (call) => {
      const refused = b.validate(call);
      if (refused !== null && when(call)) b.execute(call);
      return refused;
    },
  });

/** Of what such a cell is made: five verbs, five formats, members that a request must have, and something that it works on. */
const hasCells = (contract: Contract): boolean =>
  hasSubject(contract) &&
  hasOwnRoutes(contract) &&
  hasRequired(contract) &&
  isGuarded(contract) &&
  contract.routes.length > 1 &&
  (['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const).every((verb) => promisesVerb(verb)(contract));

const success = { appliesTo: hasCells, areas: ['formats'] } as const;
const validated = { appliesTo: hasCells, areas: ['validation'] } as const;
const guarded = { appliesTo: hasCells, areas: ['authentication'] } as const;

/** Faults at cells that a seed chose. */
export const chosenMutants: readonly Mutant[] = [
  {
    ...success,
    name: 'chosen-jsv-by-patch-by-parameter',
    says: 'a PATCH of jsv is refused where the format parameter selects the answer',
    kills: ['FORMAT-027'],
    mutate: failing(400, both(onFresh, byVerb('PATCH'), typed('jsv'), byParameter)),
  },
  {
    ...success,
    name: 'chosen-delete-json-by-suffix',
    says: 'a DELETE is refused where the suffix for JSON selects the answer',
    kills: ['FORMAT-027'],
    mutate: failing(400, both(onFresh, byVerb('DELETE'), inFormat('json'), bySuffix)),
  },
  {
    ...success,
    name: 'chosen-both-cases-by-get-in-json',
    says: 'ids in capitals and small letters are refused by GET, where JSON is asked for',
    kills: ['FORMAT-027'],
    mutate: failing(
      400,
      both(onFresh, byVerb('GET'), inFormat('json'), (call) => idsSaid(call).some(inBothCases)),
    ),
  },
  {
    ...success,
    name: 'chosen-trace-in-header',
    says: 'a header has a stack trace in it where csv is sent and the format parameter asks for JSON',
    kills: ['WIRE-007'],
    areas: ['authentication', 'transport'],
    mutate: answeredOtherwise(both(typed('csv'), inFormat('json'), byParameter), (reply) => ({
      ...reply,
      headers: [...reply.headers, ['X-Debug', 'at Platform.ConnectionService.Any(Request dto) in Service.cs:line 42']],
    })),
  },
  {
    ...guarded,
    name: 'chosen-garbage-by-get-on-last',
    says: 'a made-up token is taken for a good one by GET on the last route',
    kills: ['AUTH-033', 'AUTH-052'],
    mutate: letIn(both(byGarbage, byVerb('GET'), onLastRoute)),
  },
  {
    ...validated,
    name: 'chosen-zero-path-with-json',
    says: 'the all-zero id in the path is a success where JSON is sent and asked for',
    kills: ['VALID-013', 'LIFE-008'],
    // What the page prints has the all-zero id in its path, and errors are brought about by it.
    areas: ['validation', 'examples', 'formats', 'response-status', 'lifecycle'],
    mutate: taken(both(zeroInPath, typed('application/json'), inFormat('json'))),
  },
  {
    ...validated,
    name: 'chosen-malformed-path-in-xml',
    says: 'a malformed id in the path breaks the service where a client accepts xml',
    kills: ['VALID-012'],
    areas: ['validation', 'formats'],
    mutate: unreadableWith(
      500,
      both(malformedInPath, inFormat('xml'), (call) => call.by === 'accept'),
    ),
  },
  {
    ...guarded,
    name: 'chosen-wrong-password-told-in-jsv',
    says: 'a wrong password is told that all is well where the format parameter asks for jsv',
    kills: ['AUTH-022', 'AUTH-052'],
    mutate: toldAllIsWell(both(byPassword, inFormat('jsv'), byParameter)),
  },
  {
    ...validated,
    name: 'chosen-malformed-done-by-get',
    says: 'by GET on the first route, what has a malformed id in it is done, and then refused',
    kills: ['VALID-031', 'LIFE-003'],
    areas: ['validation', 'lifecycle'],
    mutate: doneThoughUnreadable(both(malformed, byVerb('GET'), (call) => !onLastRoute(call))),
  },
  {
    ...success,
    name: 'chosen-unknown-in-query-in-csv',
    says: 'an unknown member in the query breaks the service where csv is asked for, after the work is done',
    kills: ['FORMAT-027'],
    mutate: doneAndBroken(both(membersInQuery, unknownInQuery, inFormat('csv'))),
  },
  {
    ...success,
    name: 'chosen-body-counts-by-suffix-in-capitals',
    says: 'the id in the body counts where a suffix selects the answer and other ids are in capitals',
    kills: ['FORMAT-027'],
    mutate: bodyCounts(both(bySuffix, (call) => idsSaid(call).some(inCapitals))),
  },
  {
    ...success,
    name: 'chosen-body-counts-in-both-cases',
    says: 'the id in a JSON body counts where that in the path is in capitals and small letters',
    kills: ['FORMAT-027'],
    mutate: bodyCounts(both(typed('application/json'), (call) => inBothCases(inPath(call)))),
  },
  {
    ...validated,
    name: 'chosen-zero-path-by-patch-in-jsonl',
    says: 'the all-zero id in the path is a success by PATCH, where jsonl is asked for',
    kills: ['VALID-013'],
    mutate: taken(both(zeroInPath, byVerb('PATCH'), inFormat('jsonl'))),
  },
  {
    ...guarded,
    name: 'chosen-wrong-password-breaks-by-patch',
    says: 'a wrong password breaks the service by PATCH, where jsv is asked for',
    kills: ['AUTH-022'],
    mutate: judgedAs(both(byPassword, byVerb('PATCH'), inFormat('jsv')), () =>
      refusal('service', 500, 'Fault', 'It does not work.'),
    ),
  },
  {
    ...guarded,
    name: 'chosen-stranger-breaks-by-patch',
    says: 'a stranger who sends JSON by PATCH breaks the service where a suffix selects the answer',
    kills: ['AUTH-050'],
    mutate: judgedAs(both(byStranger, byVerb('PATCH'), typed('application/json'), bySuffix), () =>
      refusal('service', 500, 'Fault', 'It does not work.'),
    ),
  },
  {
    ...success,
    name: 'chosen-error-in-success-by-put',
    says: 'a PUT of xml is answered with a success that has an ErrorCode in it, where jsonl is asked for',
    kills: ['FORMAT-027', 'WIRE-020'],
    areas: ['formats', 'transport'],
    mutate: successToldAs(
      { ResponseStatus: { ErrorCode: 'Fault', Message: 'It does not work.' } },
      both(byVerb('PUT'), typed('xml'), inFormat('jsonl')),
    ),
  },
  {
    name: 'harmless-addresses-in-headers',
    says: 'headers hold addresses, keys and directions that look like paths of a server, and sentences with "at" in them',
    kills: [],
    areas: [],
    mutate: answeredOtherwise(
      () => true,
      (reply) => ({
        ...reply,
        headers: [
          ...reply.headers,
          ['X-Original-Path', '/app/v2/things'],
          ['X-Forwarded-Prefix', '/srv/platform/v2'],
          ['Link', '</home/docs/index.html>; rel="help", <https://cdn.example/app/main.js:2>; rel="preload"'],
          ['Content-Security-Policy', "default-src 'self'; report-uri /var/reports/csp"],
          ['X-Cache', 'HIT at edge-7 (fra), stored at 12:01:30'],
          ['Server-Timing', 'app;dur=4.2;desc="at most 5 (usual)"'],
          ['Surrogate-Key', '/build/7 /app/things'],
        ],
      }),
    ),
  },
];
