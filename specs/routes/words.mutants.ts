import type { Call, Mutate, Reply } from '../../src/provider/behaviour.ts';
import {
  hasSubject,
  both,
  byVerb,
  hasWords,
  isBeside,
  onFresh,
  pretending,
  together,
  wordedRoutes,
  type When,
} from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import type { PlainObject, PlainValue } from '../../src/model/value.ts';

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).toLowerCase();

/** A call whose last word is none of the documented ones is routed as if it were that of the first route that has one, or of the last. */
const takenFor =
  (index: 0 | -1, when: (word: string, call: Call) => boolean): Mutate =>
  (b) => ({
    ...b,
    route: (call) => {
      const found = b.route(call);
      const route = wordedRoutes(call.contract).at(index);
      return route !== undefined && found.kind === 'page' && isBeside(call.path, route) && when(lastOf(call.path), call)
        ? b.route({ ...call, path: call.path.replace(/[^/]+$/, lastOf(route.path)) })
        : found;
    },
  });

const word =
  (...words: readonly string[]) =>
  (text: string): boolean =>
    words.includes(text);

/** Whether a call ends in a word of no documented route, however that is spelt. */
const isUndocumented: When = ({ contract, path }) => {
  const text = lastOf(path.replace(/(?:\.\w+|\/)$/, ''));
  return contract.routes.every((r) => lastOf(r.path) !== text);
};

const documents = /(?:types\/metadata(?:\.json)?|metadata\/app(?:\.json)?)$/i;

/** The metadata of the host lists another operation, with these words in the place of the first route's last. */
const listing =
  (...words: readonly string[]): Mutate =>
  (b) => ({
    ...b,
    document: (call, page) => {
      const reply = b.document(call, page);
      const path = wordedRoutes(call.contract)[0]?.path ?? '';
      const routes = words.map((each) => path.replace(/(?<=\/)\{\w+\}/g, '{Id}').replace(/[^/]+$/, each));
      return reply === null || !documents.test(call.path) ? reply : listed(reply, routes);
    },
  });

function listed(reply: Reply, routes: readonly string[]): Reply {
  const within = (value: PlainValue): PlainValue => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]): [string, PlainValue] => {
        if (name.toLowerCase() === 'api') return [name, within(each)];
        if (name.toLowerCase() !== 'operations' || !Array.isArray(each)) return [name, each];
        return [name, [...(each as readonly PlainValue[]), sibling(routes, name === 'Operations')]];
      }),
    );
  };
  return { ...reply, body: JSON.stringify(within(JSON.parse(reply.body) as PlainValue)) };
}

function sibling(paths: readonly string[], isPascal: boolean): PlainObject {
  return isPascal
    ? { Request: { Name: 'Sibling' }, Routes: paths.map((Path) => ({ Path })) }
    : { request: { name: 'Sibling' }, routes: paths.map((path) => ({ path })) };
}

/** The metadata of the host is closed. */
const closed: Mutate = (b) => ({
  ...b,
  document: (call, page) => (documents.test(call.path) ? null : b.document(call, page)),
});

/** Words that no page documents, and that are served all the same; and siblings of the operation, which may be. */
export const wordMutants: readonly Mutant[] = [
  {
    name: 'route-word-archive',
    says: 'archive is carried out as if it were the first route',
    kills: ['ROUTE-006', 'ROUTE-008'],
    appliesTo: hasWords,
    areas: ['routes'],
    mutate: takenFor(0, word('archive')),
  },
  {
    name: 'route-word-decline-by-delete',
    says: 'decline, by DELETE alone, is carried out as if it were the last route',
    kills: ['ROUTE-006', 'ROUTE-008'],
    appliesTo: hasWords,
    areas: ['routes'],
    mutate: takenFor(-1, (text, call) => text === 'decline' && byVerb('DELETE')(call)),
  },
  {
    name: 'route-word-one-letter-more',
    says: 'a word with a letter too many is carried out as if it were right',
    kills: ['ROUTE-006', 'ROUTE-008'],
    appliesTo: hasWords,
    areas: ['routes', 'documentation'],
    mutate: (b) => ({
      ...b,
      route: (call) => {
        const found = b.route(call);
        const isNear = wordedRoutes(call.contract).some((r) => lastOf(call.path).startsWith(lastOf(r.path)));
        return found.kind === 'page' && isNear ? b.route({ ...call, path: call.path.slice(0, -1) }) : found;
      },
    }),
  },
  {
    name: 'route-word-update-pretended',
    says: 'update is answered with success where the subject exists, and nothing is done',
    kills: ['ROUTE-006'],
    appliesTo: hasWords,
    areas: ['routes'],
    mutate: (b) => pretending(both(isUndocumented, onFresh))(takenFor(0, word('update'))(b)),
  },
  {
    name: 'route-word-suspend-by-put',
    says: 'suspend, by PUT alone, is carried out as if it were the first route',
    kills: ['ROUTE-006', 'ROUTE-008'],
    appliesTo: hasWords,
    areas: ['routes'],
    mutate: takenFor(0, (text, call) => text === 'suspend' && byVerb('PUT')(call)),
  },
  {
    name: 'route-word-in-the-past',
    says: 'the word of a route in its past is carried out as if it were right',
    kills: ['ROUTE-006', 'ROUTE-008'],
    appliesTo: hasWords,
    areas: ['routes'],
    mutate: takenFor(0, (text) => /(?:ll|[^l])ed$/.test(text)),
  },
  {
    name: 'route-no-word-by-delete',
    says: 'a DELETE of the subject itself, without any word, is carried out as if it were the last route',
    kills: ['ROUTE-006', 'ROUTE-008'],
    appliesTo: (contract) => hasWords(contract) && hasSubject(contract),
    areas: ['routes'],
    mutate: (b) => ({
      ...b,
      route: (call) => {
        const found = b.route(call);
        const { path } = call.contract.routes.at(-1) ?? call.contract.routes[0];
        const isBare = call.path.split('/').length === path.split('/').length - 1;
        return found.kind === 'page' && isBare && call.verb === 'DELETE'
          ? b.route({ ...call, path: `${call.path}/${lastOf(path)}` })
          : found;
      },
    }),
  },
  {
    name: 'harmless-sibling-archives',
    says: 'another operation, which metadata lists, serves archive, and all words of restore',
    kills: [],
    areas: [],
    mutate: together(takenFor(0, word('archive', 'restore')), listing('archive', 'RESTORE')),
  },
  {
    name: 'harmless-sibling-of-any-word',
    says: 'another operation, which metadata lists, takes any word',
    kills: [],
    areas: [],
    mutate: together(
      takenFor(0, () => true),
      listing('{Action}', '{Action}/{Rest*}'),
    ),
  },
  {
    name: 'harmless-sibling-unlisted',
    says: 'other operations, of which closed metadata says nothing, serve approve and status',
    kills: [],
    areas: [],
    // A contract that was read from metadata is told that they are closed now.
    appliesTo: ({ sources }) => sources.every(({ kind }) => kind !== 'metadata' && kind !== 'app'),
    mutate: together(takenFor(0, word('approve', 'status')), closed),
  },
];
