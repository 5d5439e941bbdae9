// One list: what may be wrong with how members of a request are looked at, each with what finds it.

import type { Contract, ContractMember } from '../../src/model/contract.ts';
import type { Call, Mutate } from '../../src/provider/behaviour.ts';
import {
  errorToldAs,
  everyItem,
  forgiven,
  refusedBy,
  saying,
  statusToldAs,
  typed,
} from '../../src/provider/content-faults.ts';
import { refusal } from '../../src/provider/errors.ts';
import {
  byVerb,
  canBeFound,
  failing,
  hasGuidInPath,
  hasRequired,
  hasSubject,
  promisesVerb,
} from '../../src/provider/faults.ts';
import { zeroGuid } from '../../src/provider/guid.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

/** The names of the required members, as they stand in the schema. */
const required = (call: Call): readonly string[] => call.members.filter((m) => m.required).map((m) => m.name);
const last = (call: Call): readonly string[] => required(call).slice(-1);
const first = (call: Call): readonly string[] =>
  required(call)
    .filter((name) => !(name in call.named))
    .slice(0, 1);
const none: readonly string[] = [];

const requiredIn = ({ request, types }: Contract): readonly ContractMember[] =>
  types.find(({ name }) => name === request)?.members.filter((member) => member.required === 'enforced') ?? [];
const requiresSeveral = (contract: Contract): boolean =>
  requiredIn(contract).filter(({ in: place }) => place !== 'path').length > 1;
const requiresGuid = (contract: Contract): boolean => requiredIn(contract).some(({ type }) => type === 'Guid');

const isGuid = (text: string): boolean => /^[0-9a-f-]{36}$/i.test(text);

/** Whatever is wrong in the members that a JSON body says so of breaks the service. */
const breakingOn =
  (is: (value: unknown) => boolean): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) =>
      saying(call, is).length > 0
        ? refusal('service', 500, 'InvalidCastException', 'It does not fit.')
        : b.bind(call, batch),
  });

/** The pairs of the query or of a form that are no Guids. */
const hasMalformedPair = (call: Call): boolean =>
  call.query.some(([name, value]) => call.members.some((m) => m.name === name) && !isGuid(value));

/** What a malformed Guid in the query is answered with. */
const malformedQuery =
  (change: (b: ReturnType<Mutate>['bind']) => ReturnType<Mutate>['bind']): Mutate =>
  (b) => ({
    ...b,
    bind: (call, batch) => (hasMalformedPair(call) ? change(b.bind)(call, batch) : b.bind(call, batch)),
  });

/** Members that are missing. */
const missing: readonly Mutant[] = [
  {
    name: 'valid-last-member-optional',
    says: 'the last member need not be there, nor hold anything',
    kills: ['VALID-001', 'VALID-005', 'VALID-006', 'VALID-007', 'VALID-008', 'VALID-009', 'LIFE-003'],
    appliesTo: hasRequired,
    areas: ['validation', 'lifecycle'],
    mutate: forgiven(last),
  },
  {
    name: 'valid-last-member-optional-by-put',
    says: 'the last member need not be there by PUT',
    kills: ['VALID-001', 'LIFE-003'],
    appliesTo: hasRequired,
    areas: ['validation', 'lifecycle'],
    mutate: forgiven((call) => (byVerb('PUT')(call) ? last(call) : none)),
  },
  {
    name: 'valid-optional-in-form',
    says: 'the last member need not be there in a form',
    kills: ['VALID-009'],
    areas: ['validation'],
    mutate: forgiven((call) => (typed('form')(call) ? last(call) : none)),
  },
  {
    name: 'valid-refusal-as-200',
    says: 'an incomplete request is answered with 200 and an ErrorCode',
    kills: [
      'VALID-001',
      'VALID-005',
      'VALID-008',
      'VALID-009',
      'VALID-013',
      'VALID-025',
      'LIFE-003',
      'LIFE-008',
      'EXAMPLE-002',
      'VALID-026',
    ],
    areas: ['validation', 'lifecycle', 'examples'],
    mutate: statusToldAs(200, refusedBy('validation')),
  },
];

/** What is said of members at fault. */
const told: readonly Mutant[] = [
  {
    name: 'valid-first-member-always-named',
    says: 'whichever member is missing, the first one is named',
    kills: ['VALID-002', 'VALID-003', 'VALID-004'],
    appliesTo: requiresSeveral,
    areas: ['validation'],
    mutate: errorToldAs(
      everyItem((item, call) => ({ ...item, FieldName: first(call)[0] ?? null })),
      refusedBy('validation'),
    ),
  },
  {
    name: 'valid-no-member-named',
    says: 'Errors has an item for each member, and names none',
    kills: ['VALID-002', 'VALID-004'],
    areas: ['validation'],
    mutate: errorToldAs(
      everyItem((item) => ({ ...item, FieldName: null })),
      refusedBy('validation'),
    ),
  },
  {
    name: 'valid-all-members-named',
    says: 'whichever member is missing, all are named',
    kills: ['VALID-003'],
    areas: ['validation'],
    mutate: errorToldAs(
      (error, call) => ({
        ...error,
        Errors: (required(call).length > 1 ? required(call) : call.members.map(({ name }) => name)).map(
          (FieldName) => ({ ErrorCode: 'NotEmpty', FieldName, Message: 'Is it there?' }),
        ),
      }),
      refusedBy('validation'),
    ),
  },
  {
    name: 'valid-first-fault-only',
    says: 'the first member at fault is named, and no other',
    kills: ['VALID-004'],
    areas: ['validation'],
    mutate: errorToldAs(
      (error) => ({ ...error, Errors: Array.isArray(error['Errors']) ? error['Errors'].slice(0, 1) : [] }),
      refusedBy('validation'),
    ),
  },
  {
    name: 'valid-query-member-misnamed',
    says: 'a malformed id in the query is laid at the door of the member in the path',
    kills: ['VALID-011'],
    areas: ['validation'],
    mutate: errorToldAs(
      everyItem((item, call) => ({ ...item, FieldName: Object.keys(call.named)[0] ?? null })),
      refusedBy('binding'),
    ),
  },
];

/** Members that hold something else than they should. */
const wrong: readonly Mutant[] = [
  {
    name: 'valid-null-accepted',
    says: 'a member that is null is taken for one that is there',
    kills: ['VALID-005'],
    areas: ['validation'],
    mutate: forgiven((call) => saying(call, (value) => value === null)),
  },
  {
    name: 'valid-null-accepted-by-put',
    says: 'by PUT, a member that is null is taken for one that is there',
    kills: ['VALID-005'],
    appliesTo: (contract) => promisesVerb('PUT')(contract) && hasRequired(contract),
    areas: ['validation'],
    mutate: forgiven((call) => (call.sentVerb === 'PUT' ? saying(call, (value) => value === null) : [])),
  },
  {
    name: 'valid-malformed-accepted',
    says: 'a text that is no Guid is taken for one',
    kills: ['VALID-006', 'LIFE-003'],
    appliesTo: requiresGuid,
    areas: ['validation', 'lifecycle'],
    mutate: forgiven((call) => saying(call, (value) => typeof value === 'string' && value !== '' && !isGuid(value))),
  },
  {
    name: 'valid-object-breaks',
    says: 'an object in place of a Guid breaks the service',
    kills: ['VALID-007'],
    areas: ['validation'],
    mutate: breakingOn((value) => typeof value === 'object' && value !== null),
  },
  {
    name: 'valid-zero-accepted',
    says: 'the all-zero Guid is taken for any other',
    kills: ['VALID-008'],
    areas: ['validation', 'examples'],
    mutate: forgiven((call) => saying(call, (value) => value === zeroGuid)),
  },
  {
    name: 'valid-malformed-query-accepted',
    says: 'a malformed id in the query is taken for one',
    kills: ['VALID-010'],
    areas: ['validation', 'lifecycle'],
    mutate: malformedQuery(
      (bind) => (call, batch) =>
        bind(
          {
            ...call,
            query: call.query.map(
              ([name, value]) => [name, isGuid(value) ? value : '5b3f3a52-6a0e-4f0e-9d0e-6b7f1f0c2d11'] as const,
            ),
          },
          batch,
        ),
    ),
  },
];

/** What shows where nothing can be changed. */
const onNothing: readonly Mutant[] = [
  {
    name: 'valid-malformed-breaks-on-unknown',
    says: 'a malformed id in the query of a call on an unknown subject breaks the service',
    kills: ['VALID-029', 'VALID-032'],
    areas: ['validation'],
    mutate: malformedQuery((bind) => (call, batch) => {
      const isKnown = Object.values(call.named).some((id) => call.store.find(id.toLowerCase()) !== undefined);
      return isKnown ? bind(call, batch) : refusal('service', 500, 'FormatException', 'It does not fit.');
    }),
  },
];

/** What may be wrong with the id in the path. */
const inPath: readonly Mutant[] = [
  {
    name: 'valid-malformed-path-breaks',
    says: 'a malformed id in the path breaks the service',
    kills: ['VALID-012', 'EXAMPLE-003'],
    areas: ['validation', 'examples', 'lifecycle'],
    mutate: statusToldAs(
      500,
      (call, refused) => refused.by === 'binding' && Object.values(call.named).some((id) => !isGuid(id)),
    ),
  },
  {
    name: 'valid-long-path-breaks',
    says: 'a very long id in the path breaks the service',
    kills: ['VALID-012'],
    areas: ['validation'],
    mutate: statusToldAs(
      500,
      (call, refused) => refused.by === 'binding' && Object.values(call.named).some((id) => id.length > 100),
    ),
  },
  {
    name: 'valid-zero-path-accepted',
    says: 'the all-zero id in the path is taken for one that was updated',
    kills: ['VALID-013', 'LIFE-008'],
    appliesTo: (contract) => hasGuidInPath(contract) && hasSubject(contract),
    areas: ['validation', 'response-status', 'lifecycle'],
    mutate: forgiven((call) => Object.keys(call.named).filter((name) => call.named[name] === zeroGuid)),
  },
  {
    name: 'valid-upper-path-refused',
    says: 'an id in capitals is refused in the path',
    kills: ['VALID-014', 'VALID-015'],
    appliesTo: hasGuidInPath,
    areas: ['validation'],
    mutate: (b) => ({
      ...b,
      bind: (call, batch) =>
        Object.values(call.named).some((id) => isGuid(id) && id !== id.toLowerCase())
          ? refusal('binding', 400, 'FormatException', 'No Guid.')
          : b.bind(call, batch),
    }),
  },
  {
    name: 'valid-upper-path-not-found',
    says: 'an id in capitals in the path is that of no subject',
    kills: ['VALID-015'],
    appliesTo: (contract) => hasGuidInPath(contract) && canBeFound(contract),
    areas: ['validation'],
    mutate: failing(404, (call) => Object.values(call.named).some((id) => id !== id.toLowerCase())),
  },
  {
    name: 'valid-upper-path-breaks',
    says: 'an id in capitals in the path breaks the service down',
    kills: ['VALID-015'],
    appliesTo: hasGuidInPath,
    areas: ['validation', 'lifecycle'],
    mutate: failing(500, (call) => Object.values(call.named).some((id) => isGuid(id) && id !== id.toLowerCase())),
  },
];

/** Faults in how members are taken. */
export const memberMutants: readonly Mutant[] = [...missing, ...told, ...wrong, ...onNothing, ...inPath];
