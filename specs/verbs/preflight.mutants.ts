import type { Header } from '../../src/model/exchange.ts';
import type { Call, Mutate } from '../../src/provider/behaviour.ts';
import { answeredWith, together, isGuarded, promisesVerb } from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const isPreflight = (call: Call): boolean =>
  call.verb === 'OPTIONS' && call.header('access-control-request-method') !== undefined;

/** The host says in app.json that it has CORS set up. */
const declared: Mutate = (b) => ({
  ...b,
  document: (call, page) => {
    const reply = b.document(call, page);
    return reply === null || !/\/metadata\/app(?:\.json)?$/i.test(call.path)
      ? reply
      : { ...reply, body: reply.body.replace(/("loaded"\s*:\s*\[)/i, '$1"cors",') };
  },
});

/** A preflight is answered before anything else is looked at. */
const answering =
  (status: number, ...headers: readonly Header[]): Mutate =>
  (b) => ({ ...b, route: (call) => (isPreflight(call) ? answeredWith(status, headers) : b.route(call)) });

/** How a host with CORS answers a preflight. */
export const preflightMutants: readonly Mutant[] = [
  {
    name: 'verb-preflight-refused',
    says: 'the host has CORS set up, and asks who is calling before it answers a preflight',
    kills: ['VERB-014'],
    appliesTo: (contract) => isGuarded(contract) || !promisesVerb('OPTIONS')(contract),
    areas: ['verbs', 'documentation'],
    mutate: declared,
  },
  {
    name: 'verb-preflight-permits-another-verb',
    says: 'the host has CORS set up, and permits GET alone',
    kills: ['VERB-014'],
    appliesTo: ({ routes }) => routes.some(({ verbs }) => verbs === 'any' || verbs[0] !== 'GET'),
    areas: ['verbs', 'documentation'],
    mutate: together(
      declared,
      answering(200, ['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Methods', 'GET']),
    ),
  },
  {
    name: 'verb-preflight-lists-no-verb',
    says: 'the host has CORS set up, and a preflight is not told which verbs it permits',
    kills: ['VERB-014'],
    appliesTo: ({ routes }) => routes.some(({ verbs }) => verbs === 'any'),
    areas: ['verbs', 'documentation'],
    mutate: together(declared, answering(200, ['Access-Control-Allow-Origin', '*'])),
  },
  {
    name: 'harmless-cors-for-get-and-post',
    says: 'the host has CORS set up, and lists GET and POST alone',
    kills: [],
    areas: [],
    mutate: together(
      declared,
      answering(200, ['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Methods', 'GET, POST, OPTIONS']),
    ),
    // Of an operation that is called by another verb that would be a fault.
    appliesTo: ({ routes }) => routes.every(({ verbs }) => verbs === 'any' || /^(?:GET|POST)$/.test(verbs[0])),
  },
  {
    name: 'harmless-cors',
    says: 'the host has CORS set up, for every origin',
    kills: [],
    areas: [],
    mutate: together(
      declared,
      answering(
        200,
        ['Access-Control-Allow-Origin', '*'],
        ['Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, PATCH, OPTIONS'],
      ),
    ),
  },
  {
    name: 'harmless-cors-for-listed-origins',
    says: 'the host has CORS set up, for origins of a list alone',
    kills: [],
    areas: [],
    mutate: together(declared, answering(204)),
  },
];
