import type { Call } from '../../src/provider/behaviour.ts';
import { bodyText, typed } from '../../src/provider/content-faults.ts';
import { refusal } from '../../src/provider/errors.ts';
import { answeredWith, both, failing, onAbsent, hasOwnRoutes } from '../../src/provider/faults.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

/** What the page prints for some format that the framework does not know. */
const isPrinted = (call: Call, part: 'suffix' | 'query' | 'mediaType', text: string | undefined): boolean =>
  text !== undefined && call.contract.formats.some((f) => f.printed[part] === text && f[part] !== text);

/** Faults that meet whoever follows what the page prints in error. */
export const documentationMutants: readonly Mutant[] = [
  {
    name: 'doc-printed-suffix-breaks',
    says: 'the suffix that the page prints in error breaks the service',
    kills: ['DOC-001'],
    areas: ['documentation'],
    mutate: (b) => ({
      ...b,
      route: (call) => (isPrinted(call, 'suffix', /\.(\w+)$/.exec(call.path)?.[1]) ? answeredWith(500) : b.route(call)),
    }),
  },
  {
    name: 'doc-printed-query-breaks',
    says: 'the format parameter that the page prints in error breaks the service',
    kills: ['DOC-002'],
    areas: ['documentation'],
    mutate: failing(500, (call) => isPrinted(call, 'query', call.query.find(([name]) => name === 'format')?.[1])),
  },
  {
    name: 'doc-printed-type-breaks',
    says: 'the media type that the page prints in error breaks the service',
    kills: ['DOC-003'],
    areas: ['documentation'],
    mutate: failing(500, (call) => isPrinted(call, 'mediaType', call.header('accept'))),
  },
  {
    name: 'doc-printed-body-breaks',
    says: 'JSON by the name of csv, as the page prints it, breaks the service',
    kills: ['DOC-004'],
    areas: ['documentation'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        typed('csv')(call) && bodyText(call).startsWith('{')
          ? refusal('binding', 500, 'IndexOutOfRange', 'No columns.')
          : b.bind(call, batch),
    }),
  },
  {
    name: 'doc-answer-in-csv-breaks',
    says: 'an answer in csv, which the page prints as JSON, breaks the service where the subject is unknown',
    kills: ['DOC-005', 'ROUTE-005', 'VERB-017'],
    appliesTo: hasOwnRoutes,
    areas: ['documentation', 'formats', 'routes', 'lifecycle', 'verbs'],
    mutate: failing(
      500,
      both(onAbsent, (call) => call.format === 'csv' && call.by === 'accept'),
    ),
  },
];
