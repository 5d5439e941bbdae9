// Faults that show where a verb, a format and a caller meet: each of them alone is as it should be.

import { gzipSync } from 'node:zlib';
import type { Contract } from '../src/model/contract.ts';
import type { Call, Mutate } from '../src/provider/behaviour.ts';
import {
  bodyCounts,
  bodyText,
  errorToldAs,
  forgiven,
  having,
  inFormat,
  refusedBy,
  typed,
  unreadableWith,
} from '../src/provider/content-faults.ts';
import { refusal } from '../src/provider/errors.ts';
import {
  answeredOtherwise,
  answersSomething,
  both,
  byStranger,
  byVerb,
  bySentVerb,
  carriedOutFirst,
  failing,
  hasOwnRoutes,
  hasRequired,
  hasSubject,
  hasWords,
  isBeside,
  isGuarded,
  judgedAs,
  letIn,
  onAbsent,
  onFresh,
  onLastRoute,
  hasGuidBesidePath,
  promisesVerb,
  wordedRoutes,
  type When,
} from '../src/provider/faults.ts';
import type { Mutant } from '../src/provider/mutant.ts';

const accepting =
  (words: string): When =>
  (call) =>
    (call.header('accept') ?? '').includes(words);
const forPage = inFormat('html');
const isForm = typed('urlencoded');
const wasUpdated: When = (call) => call.subject !== null && !onFresh(call) && !onAbsent(call);
const byPassword: When = (call) => /^basic /i.test(call.header('authorization') ?? '');
const byMadeUpToken: When = (call) => call.header('authorization') === 'Bearer garbage';
const capitals = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;
const capitalsInQuery: When = (call) => call.query.some(([, value]) => capitals.test(value) && /[A-F]/.test(value));
const isKnown = (call: Call, name: string): boolean =>
  /^(?:format|callback|ss-tok)$/i.test(name) || call.members.some((m) => m.name.toLowerCase() === name.toLowerCase());

/** Nothing is looked at but that there is a request. */
const unvalidated =
  (when: When): Mutate =>
  (b) => ({ ...b, validate: (call) => (when(call) ? null : b.validate(call)) });

/** The last member of such a request need not be there. */
const lackingLast =
  (when: When): Mutate =>
  (b) => {
    const lenient = forgiven((call) => call.members.flatMap((m) => (m.required ? [m.name] : [])).slice(-1))(b);
    return { ...b, validate: (call) => (when(call) ? lenient : b).validate(call) };
  };

/** A subject that was updated is as new after such a call. */
const renewedBy =
  (when: When): Mutate =>
  (b) => ({
    ...b,
    execute: (call) => {
      const wasOld = wasUpdated(call);
      const outcome = b.execute(call);
      const fresh = call.contract.subject?.states.fresh;
      if (wasOld && when(call) && fresh !== undefined && call.subject !== null) call.store.change(call.subject, fresh);
      return outcome;
    },
  });

/** What no route serves is taken for what has another path. */
const readAs =
  (change: (call: Call) => string | null): Mutate =>
  (b) => ({
    ...b,
    route: (call) => {
      const found = b.route(call);
      const path = found.kind === 'none' || found.kind === 'page' ? change(call) : null;
      return path === null ? found : b.route({ ...call, path });
    },
  });

const writesCsvByPut = (contract: Contract): boolean =>
  hasOwnRoutes(contract) && hasRequired(contract) && promisesVerb('PUT')(contract);
const isGuardedSubject = (contract: Contract): boolean => isGuarded(contract) && hasSubject(contract);

const requests: readonly Mutant[] = [
  {
    name: 'together-lacking-by-put-in-csv',
    says: 'a PUT in csv need not have the last member',
    // What csv says that is no Guid is read as nothing.
    kills: ['VALID-030', 'VALID-031'],
    appliesTo: writesCsvByPut,
    areas: ['validation'],
    mutate: lackingLast(both(bySentVerb('PUT'), typed('csv'))),
  },
  {
    name: 'together-lacking-for-page',
    says: 'what somebody sends who asks for a page need not have the last member',
    kills: ['VALID-030', 'VALID-031'],
    appliesTo: hasRequired,
    areas: ['validation'],
    // What csv says that is no Guid is read as nothing, and is asked for by another requirement.
    mutate: lackingLast(both(forPage, (call) => !typed('csv')(call))),
  },
  {
    name: 'together-malformed-breaks-in-parts',
    says: 'a malformed Guid in a form in parts breaks the service',
    kills: ['VALID-031', 'VALID-032', 'VALID-012'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: unreadableWith(500, typed('multipart')),
  },
  {
    name: 'together-malformed-breaks-for-page',
    says: 'a malformed Guid of somebody who asks for a page breaks the service',
    kills: ['VALID-031', 'VALID-032', 'VALID-012'],
    appliesTo: hasGuidBesidePath,
    areas: ['validation'],
    mutate: unreadableWith(500, forPage),
  },
  {
    name: 'together-empty-in-form-accepted',
    says: 'an empty value in a form is taken for one',
    kills: ['VALID-005'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: unvalidated((call) => isForm(call) && /=(?:&|$)/.test(bodyText(call))),
  },
  {
    name: 'together-zero-in-query-accepted',
    says: 'an all-zero id in the query is taken for one',
    kills: ['VALID-008'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: unvalidated((call) => call.query.some(([, value]) => value.startsWith('00000000-'))),
  },
  {
    name: 'together-plain-text-by-put',
    says: 'a PUT of type text/plain is read as JSON',
    kills: ['VALID-026'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        b.bind(
          bySentVerb('PUT')(call) && typed('text/plain')(call)
            ? {
                ...call,
                header: (name) => (name.toLowerCase() === 'content-type' ? 'application/json' : call.header(name)),
              }
            : call,
          batch,
        ),
    }),
  },
  {
    name: 'together-empty-body-by-patch',
    says: 'an empty body is taken for a complete one by PATCH',
    kills: ['VALID-025'],
    appliesTo: hasSubject,
    areas: ['validation', 'formats', 'response-status'],
    mutate: unvalidated((call) => bySentVerb('PATCH')(call) && call.body.length === 0 && call.query.length === 0),
  },
  {
    name: 'together-capitals-in-query-break',
    says: 'a valid request breaks the service whose ids stand in the query, in capitals',
    kills: ['VALID-015'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: failing(500, both(onFresh, capitalsInQuery)),
  },
  {
    name: 'together-capitals-in-query-refused',
    says: 'ids in capitals are refused in the query',
    kills: ['VALID-015', 'VALID-028'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        capitalsInQuery(call) ? refusal('binding', 400, 'Capitals', 'Write it small.') : b.bind(call, batch),
    }),
  },
  {
    name: 'together-unknown-in-query-breaks',
    says: 'a valid request with an unknown member in its query breaks the service',
    kills: ['VALID-021'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: failing(
      500,
      both(onFresh, (call) => call.query.some(([name]) => !isKnown(call, name))),
    ),
  },
  {
    name: 'together-casing-in-form-breaks',
    says: 'a valid form with members in another casing breaks the service',
    kills: ['VALID-017'],
    appliesTo: hasSubject,
    areas: ['validation'],
    mutate: failing(
      500,
      both(onFresh, isForm, (call) => /(?:^|&)[a-z]/.test(bodyText(call))),
    ),
  },
  {
    name: 'together-field-wrong-in-form',
    says: 'what is wrong with a form is laid at the door of the member in the path',
    kills: ['VALID-002'],
    appliesTo: (contract) => hasSubject(contract) && hasRequired(contract),
    areas: ['validation'],
    mutate: errorToldAs(
      (error, call) => ({
        ...error,
        Errors: [{ ErrorCode: 'NotEmpty', FieldName: Object.keys(call.named)[0] ?? '', Message: 'It is empty.' }],
      }),
      (call, refused) => refusedBy('validation')(call, refused) && isForm(call),
    ),
  },
];

const callers: readonly Mutant[] = [
  {
    name: 'together-stranger-put-in-xml',
    says: 'a stranger is let in by PUT where xml is asked for',
    kills: ['AUTH-050', 'AUTH-032'],
    appliesTo: (contract) => isGuarded(contract) && promisesVerb('PUT')(contract) && hasOwnRoutes(contract),
    areas: ['authentication'],
    mutate: letIn(both(byStranger, byVerb('PUT'), accepting('xml'))),
  },
  {
    name: 'together-stranger-delete-for-page',
    says: 'a DELETE of a stranger who asks for a page is carried out, and then redirected',
    kills: ['AUTH-032'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: carriedOutFirst(both(byStranger, byVerb('DELETE'), forPage)),
  },
  {
    name: 'together-known-told-in-csv',
    says: 'to a stranger who asks for csv, a subject that exists is answered with 403',
    kills: ['AUTH-031'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: judgedAs(
      (call) => byStranger(call) && accepting('csv')(call) && call.subject !== null && !onAbsent(call),
      (refused) => ({ ...refused, status: 403 }),
    ),
  },
  {
    name: 'together-updated-told',
    says: 'a stranger is told that a subject was updated before',
    kills: ['AUTH-051'],
    appliesTo: isGuardedSubject,
    areas: ['authentication', 'lifecycle'],
    mutate: judgedAs(both(byStranger, wasUpdated), () => refusal('service', 409, 'Conflict', 'It was done before.')),
  },
  {
    name: 'together-wrong-password-by-delete',
    says: 'any password is right by DELETE',
    kills: ['AUTH-033', 'AUTH-036'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: letIn(both(byPassword, byVerb('DELETE'))),
  },
  {
    name: 'together-made-up-token-by-put',
    says: 'a PUT with a made-up token is carried out, and then refused',
    kills: ['AUTH-033'],
    appliesTo: isGuardedSubject,
    areas: ['authentication'],
    mutate: carriedOutFirst(both(byMadeUpToken, byVerb('PUT'))),
  },
];

const answers: readonly Mutant[] = [
  {
    name: 'together-unknown-put-in-jsv-breaks',
    says: 'a PUT on an unknown subject breaks the service where jsv is asked for',
    kills: ['VERB-017'],
    appliesTo: hasOwnRoutes,
    areas: ['verbs', 'formats', 'transport', 'examples', 'validation', 'response-status', 'lifecycle', 'types'],
    mutate: failing(500, both(onAbsent, byVerb('PUT'), inFormat('jsv'))),
  },
  {
    name: 'together-page-by-get-breaks',
    says: 'a person at a browser that follows a link breaks the service where the call would succeed',
    kills: ['FORMAT-027'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: failing(500, both(onFresh, byVerb('GET'), forPage)),
  },
  {
    name: 'together-charset-breaks',
    says: 'a valid request breaks the service whose Content-Type has a charset',
    kills: ['FORMAT-027'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: failing(500, both(onFresh, typed('charset'))),
  },
  {
    name: 'together-gzip-that-is-none',
    says: 'what a client is told that takes gzip is called so, and is none',
    kills: ['FORMAT-029', 'WIRE-009'],
    appliesTo: (contract) => hasSubject(contract) || answersSomething(contract),
    areas: ['formats', 'transport'],
    mutate: answeredOtherwise(
      (call) => (call.header('accept-encoding') ?? '').includes('gzip'),
      (reply) => having('Content-Encoding', 'gzip', reply),
    ),
  },
  {
    name: 'together-conflict-in-camel-in-jsonl',
    says: 'the members of an error to a second call are in camelCase in jsonl, where PascalCase is declared',
    kills: ['FORMAT-030'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: answeredOtherwise(
      (call, reply) => reply.status === 409 && call.format === 'jsonl',
      (reply) => ({ ...reply, body: reply.body.replace('"ErrorCode"', '"errorCode"') }),
    ),
  },
  {
    name: 'together-latin1-by-delete',
    says: 'csv is called ISO-8859-1 by DELETE',
    kills: ['FORMAT-011'],
    appliesTo: hasSubject,
    areas: ['formats'],
    mutate: answeredOtherwise(both(inFormat('csv'), byVerb('DELETE')), (reply, call) =>
      having('Content-Type', `${call.mediaType}; charset=iso-8859-1`, reply),
    ),
  },
  {
    name: 'harmless-gzip-where-asked-for',
    says: 'every answer is compressed for a client that takes gzip',
    kills: [],
    areas: [],
    mutate: answeredOtherwise(
      (call, reply) => (call.header('accept-encoding') ?? '').includes('gzip') && reply.body !== '',
      (reply) => ({ ...having('Content-Encoding', 'gzip', reply), bytes: gzipSync(reply.bytes ?? reply.body) }),
    ),
  },
];

const subjects: readonly Mutant[] = [
  {
    name: 'together-unknown-delete-updates-newest',
    says: 'a DELETE of an unknown subject updates another one, and is refused',
    kills: ['LIFE-012'],
    appliesTo: hasSubject,
    areas: ['lifecycle'],
    mutate: (b) => ({
      ...b,
      execute: (call) => {
        const newest = call.store.ids().at(-1);
        if (byVerb('DELETE')(call) && onAbsent(call) && newest !== undefined) b.execute({ ...call, subject: newest });
        return b.execute(call);
      },
    }),
  },
  {
    name: 'together-second-delete-breaks',
    says: 'a DELETE of a subject that was updated before breaks the service',
    kills: ['LIFE-013'],
    appliesTo: hasSubject,
    areas: ['lifecycle'],
    mutate: failing(500, both(wasUpdated, byVerb('DELETE'))),
  },
  {
    name: 'together-lost-by-suffix',
    says: 'a subject that was updated is as new once it was asked for with a suffix',
    kills: ['LIFE-013'],
    appliesTo: hasSubject,
    areas: ['lifecycle'],
    mutate: renewedBy((call) => call.suffix !== null),
  },
  {
    name: 'together-prefix-dropped-by-get',
    says: 'by GET, the routes are served without their prefix, too',
    kills: ['ROUTE-010'],
    appliesTo: (contract) => hasSubject(contract) && contract.prefix !== '',
    areas: ['routes'],
    mutate: readAs((call) =>
      byVerb('GET')(call) && !call.path.startsWith(call.contract.prefix) ? `${call.contract.prefix}${call.path}` : null,
    ),
  },
  {
    name: 'together-word-block-in-xml',
    says: 'block is carried out as if it were the first route, where xml is asked for',
    kills: ['ROUTE-006', 'ROUTE-008'],
    // Asked by one verb, a word is asked for in one format alone.
    appliesTo: (contract) => hasWords(contract) && hasSubject(contract),
    areas: ['routes'],
    mutate: readAs((call) => {
      const [route] = wordedRoutes(call.contract);
      return route !== undefined && isBeside(call.path, route) && call.path.endsWith('/block') && accepting('xml')(call)
        ? call.path.replace(/[^/]+$/, route.path.slice(route.path.lastIndexOf('/') + 1))
        : null;
    }),
  },
  {
    name: 'together-body-id-wins-by-put',
    says: 'by PUT, the id in the body counts',
    kills: ['ROUTE-012'],
    appliesTo: hasSubject,
    areas: ['routes'],
    mutate: bodyCounts(bySentVerb('PUT')),
  },
  {
    name: 'together-last-does-as-first-by-callback',
    says: 'where a script asks, the last route leaves its subject as the first route does',
    kills: ['ROUTE-015'],
    appliesTo: hasSubject,
    areas: ['routes'],
    mutate: (b) => ({
      ...b,
      execute: (call) =>
        b.execute(onLastRoute(call) && call.callback !== null ? { ...call, route: call.contract.routes[0] } : call),
    }),
  },
];

/** Faults of what meets. */
export const combinationMutants: readonly Mutant[] = [...requests, ...callers, ...answers, ...subjects];
