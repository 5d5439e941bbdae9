// One list: what each member of a request may be.

import { namesAll, namesField, namesOnly, unlessLookedUpFirst } from '../../src/catalogue/expect/field-names.ts';
import { errorCode } from '../../src/catalogue/expect/response-status.ts';
import { refused } from '../../src/catalogue/expect/status.ts';
import { carried } from '../../src/catalogue/payloads.ts';
import { cross, everyVerb, everyVerbWith, otherVerbsWithBody } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import { payloadIn, type Carrier } from '../../src/catalogue/ways.ts';
import type { FormatName, NonEmpty, Route, Verb } from '../../src/model/contract.ts';
import type { Citation, Composer, Payload, Requirement } from '../../src/model/requirement.ts';
import type { Member } from '../../src/model/schema.ts';
import type { PlainValue } from '../../src/model/value.ts';
import { isGuid, zeroGuid } from '../../src/values/guid.ts';
import { carriesBody } from '../../src/values/http.ts';
import { isRefusedWithout } from '../../src/values/members.ts';
import { badRequest, guid, required } from './cites.ts';

interface MemberPoint {
  readonly route: Route;
  readonly member: Member;
}

interface VerbMemberPoint extends MemberPoint {
  readonly verb: Verb;
}

interface ValuePoint extends MemberPoint {
  readonly variant: string;
  /** Set where it is not what the route is called by. */
  readonly verb?: Verb;
}

/** By a verb, its members in the usual place; or by the first, and they stand elsewhere. */
interface CarriedPoint extends MemberPoint {
  readonly verb?: Verb;
  readonly variant?: string;
  readonly carrier?: Carrier;
}

interface EmptyPoint extends ValuePoint {
  /** Set where it is not a JSON body. */
  readonly carrier?: Carrier;
}

interface ZeroPoint extends ValuePoint {
  readonly carrier: Carrier;
}

/** By the first verb each member on each route; by the others, and in each format of a body, members and routes in turn. */
function everyZero(c: Composer): readonly ZeroPoint[] {
  // Of one that may be null, zero is a value like others.
  const members = neededGuids(c).filter(({ nullable }) => nullable !== true);
  const verbs = [...new Set(c.routes.flatMap((route) => c.verbsOf(route).slice(1)))];
  const ways: readonly Pick<ZeroPoint, 'verb' | 'carrier'>[] = [
    ...verbs.map((verb) => ({ verb, carrier: carriesBody(verb) ? ('json' as const) : ('query' as const) })),
    ...(c.bodyMembers.length === 0 ? [] : c.bodyFormats.slice(1).map(({ name }) => ({ carrier: name }))),
  ];
  return [
    ...cross({ route: c.routes, member: members, carrier: ['json', 'query', 'form'] as const }).map((point) => ({
      ...point,
      variant: point.carrier === 'json' ? 'all-zero' : `all-zero in ${point.carrier}`,
    })),
    ...ways.flatMap(({ verb, carrier }, i): readonly ZeroPoint[] => {
      const routes = c.routes.filter((route) => verb === undefined || c.verbsOf(route).includes(verb));
      const [route, member] = [routes[i % routes.length], members[i % members.length]];
      if (route === undefined || member === undefined) return [];
      return [{ route, member, ...(verb !== undefined && { verb }), carrier, variant: `all-zero in ${carrier}` }];
    }),
  ];
}

const fieldNames: Citation = {
  source: 'servicestack-validation',
  at: 'Register Validators',
  quote: 'the FieldName provide an easy way to handle the validation error at the client side',
};

const everyRequired = (c: Composer): readonly VerbMemberPoint[] => everyVerbWith(c, { member: c.requiredMembers });

const guidsOf = (c: Composer): readonly Member[] => c.bodyMembers.filter(isGuid);

/** Guids that a JSON body cannot do without: of others ServiceStack.Text takes what it cannot read for none (source forms, 6). */
export const neededGuids = (c: Composer): readonly Member[] => c.requiredMembers.filter(isGuid);

/** Whether an empty text is refused as well: a validator may ask for no more than that a value is there. */
const isFilled = ({ validate, net }: Member): boolean =>
  net !== 'Char' && (validate === undefined || validate.some((each) => each.includes('NotEmpty')));

/** Where a malformed value stands, by how a case calls it. */
const places: Readonly<Record<string, Carrier>> = { 'query string': 'query', form: 'form', JSON: 'json' };

const malformedIn = ({ member, variant }: ValuePoint, c: Composer): Payload =>
  payloadIn(places[variant] ?? 'query', c.sample.with(member, 'not-a-guid'));

/** Texts that no reading can take for a Guid; the last one is far too long. */
const malformed: Readonly<Record<string, string>> = {
  'no Guid': 'not-a-guid',
  'too short': '12345678-1234-1234-1234-12345678901',
  'too long': 'x'.repeat(5000),
};

const wrongTypes: Readonly<Record<string, PlainValue>> = {
  number: 42,
  object: { a: 1 },
  list: ['a'],
  true: true,
};

/** Where else than in a JSON body a value can stand. */
const elsewhere = (c: Composer): NonEmpty<Carrier> => [
  'query',
  'form',
  ...c.bodyFormats.slice(1).map(({ name }): Carrier => name),
];

const oneMember = ({ member }: { readonly member: Member }): readonly Member[] => [member];

const withValue = ({ route, verb, member }: ValuePoint, value: PlainValue, c: Composer) =>
  c.onFresh(
    c.request(route, {
      ...(verb !== undefined && { verb }),
      payload: { in: 'body', as: 'json', members: c.sample.with(member, value) },
    }),
  );

/** By the other verbs that have a body by nature, members and routes in turn. */
function valuesByOtherVerbs(
  members: readonly Member[],
  variants: readonly string[],
  c: Composer,
): readonly ValuePoint[] {
  const verbs = [...new Set(c.routes.flatMap((route) => otherVerbsWithBody(route, c)))];
  return cross({ verb: verbs, variant: variants }).flatMap((point, i) => {
    const route = c.routes[i % c.routes.length] ?? c.routes[0];
    const member = members[i % members.length];
    return member === undefined || !c.verbsOf(route).includes(point.verb) ? [] : [{ ...point, route, member }];
  });
}

/** What each member may be. */
export const membersValidated: readonly Requirement[] = [
  requirement('validation', {
    id: 'VALID-001',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a request without a required member is refused in the 4xx class, with an ErrorCode',
    why: 'An incomplete request is carried out, and what was left out is guessed.',
    cites: [required],
    each: everyRequired,
    send: ({ route, verb, member }, c) =>
      c.onFresh(c.request(route, { verb, payload: carried(verb, c.sample.without(member)) })),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-002',
    level: 'MUST',
    breaks: 'wording',
    basis: 'framework',
    title: 'when a required member is missing, Errors names it or is empty',
    why: 'A form shows the error at no field, or at the wrong one.',
    cites: [fieldNames],
    each: (c): readonly CarriedPoint[] => [
      ...everyRequired(c),
      ...cross({ member: c.requiredMembers, carrier: elsewhere(c) }).map(({ member, carrier }, i) => ({
        route: c.routes[i % c.routes.length] ?? c.routes[0],
        member,
        variant: carrier,
        carrier,
      })),
    ],
    send: ({ route, verb, member, carrier }, c) => {
      const members = c.sample.without(member);
      return verb === undefined
        ? c.onAbsent(c.request(route), c.request(route, { payload: payloadIn(carrier ?? 'query', members) }))
        : c.onAbsent(c.request(route, { verb }), c.request(route, { verb, payload: carried(verb, members) }));
    },
    expect: [unlessLookedUpFirst(namesField(oneMember))],
  }),
  requirement('validation', {
    id: 'VALID-003',
    level: 'MUST',
    breaks: 'wording',
    basis: 'framework',
    title: 'when one required member is missing, Errors names no other',
    why: 'A person is sent to correct a field that is in order.',
    cites: [fieldNames],
    // Nobody answers for values that were drawn: a rule that no document tells may refuse one of them as well.
    each: (c) => (c.vouched ? cross({ route: c.routes, member: c.requiredMembers }) : []),
    send: ({ route, member }, c) =>
      c.onFresh(c.request(route, { payload: { in: 'body', as: 'json', members: c.sample.without(member) } })),
    refuses: 'every request',
    expect: [namesOnly(oneMember)],
  }),
  requirement('validation', {
    id: 'VALID-004',
    level: 'SHOULD',
    breaks: 'wording',
    basis: 'framework',
    title: 'when several required members are missing, Errors names them all',
    why: 'A person corrects one field after the other, a failed call for each.',
    cites: [
      {
        source: 'servicestack-validation',
        at: 'Validation Feature',
        quote: 'to be able to return multiple validation errors',
      },
    ],
    each: (c) => (c.requiredMembers.length < 2 ? [] : everyVerb(c)),
    send: ({ route, verb }, c) =>
      c.onAbsent(
        c.request(route, { verb }),
        c.request(route, { verb, payload: carriesBody(verb) ? carried(verb, {}) : { in: 'none' } }),
      ),
    expect: [
      unlessLookedUpFirst(namesAll((_, { members }) => members.filter((m) => isRefusedWithout(m) && m.in === 'body'))),
    ],
  }),
  requirement('validation', {
    id: 'VALID-005',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a request whose required member is null or empty is refused in the 4xx class',
    why: 'A form that was sent half empty is carried out.',
    cites: [required],
    each: (c) => [
      ...[
        ...cross({ route: c.routes, member: c.requiredMembers, variant: ['null', 'empty'] }),
        ...valuesByOtherVerbs(c.requiredMembers, ['null', 'empty'], c),
      ].filter(({ member, variant }) => variant === 'null' || isFilled(member)),
      // Routes in turn: what reads a value does not know where it was sent to. Of other types nothing may be a value.
      ...cross({ member: c.requiredMembers.filter(isFilled).filter(isGuid), carrier: elsewhere(c) }).map(
        ({ member, carrier }, i): EmptyPoint => ({
          route: c.routes[i % c.routes.length] ?? c.routes[0],
          member,
          variant: `empty in ${carrier}`,
          carrier,
        }),
      ),
    ],
    send: (p: EmptyPoint, c) =>
      p.carrier === undefined
        ? withValue(p, p.variant === 'null' ? null : '', c)
        : c.onFresh(c.request(p.route, { payload: payloadIn(p.carrier, c.sample.with(p.member, '')) })),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-006',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a member that is a malformed Guid, or far too long, is refused in the 4xx class',
    why: 'A mistyped id is taken for another, or brings the service down.',
    cites: [guid, badRequest],
    each: (c) => cross({ route: c.routes, member: neededGuids(c), variant: Object.keys(malformed) }),
    send: (p, c) => withValue(p, malformed[p.variant] ?? '', c),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-007',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a member of the wrong JSON type is refused in the 4xx class',
    why: 'A client with a fault of its own is told that the service has one, or that all is well.',
    cites: [guid, badRequest],
    each: (c): readonly ValuePoint[] => [
      ...cross({ route: c.routes, member: neededGuids(c), variant: Object.keys(wrongTypes) }),
      ...valuesByOtherVerbs(neededGuids(c), Object.keys(wrongTypes), c),
    ],
    send: (p, c) => withValue(p, wrongTypes[p.variant] ?? null, c),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-008',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'framework',
    title: 'a member that is the all-zero Guid is refused in the 4xx class',
    why: 'An id that was never set is carried out as if it were one.',
    cites: [required, guid],
    each: everyZero,
    send: ({ route, member, verb, carrier }, c) =>
      c.onFresh(
        c.request(route, {
          ...(verb !== undefined && { verb }),
          payload: payloadIn(carrier, c.sample.with(member, zeroGuid)),
        }),
      ),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-009',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a request without a required member is refused in every format of its body',
    why: 'Whether an incomplete request is carried out depends on the format that it is written in.',
    cites: [required],
    each: (c) =>
      cross({
        route: c.routes,
        member: c.requiredMembers,
        variant: [...c.bodyFormats.slice(1).map((f): FormatName | 'form' => f.name), 'form' as const],
      }),
    send: ({ route, member, variant }, c) =>
      c.onFresh(c.request(route, { payload: { in: 'body', as: variant, members: c.sample.without(member) } })),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-010',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a malformed Guid in the query string or in a form is refused in the 4xx class',
    why: 'A mistyped id in a link is taken for another.',
    cites: [guid, badRequest],
    each: (c) => cross({ route: c.routes, member: guidsOf(c), variant: ['query string', 'form'] }),
    send: (p, c) => c.onFresh(c.request(p.route, { payload: malformedIn(p, c) })),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-011',
    level: 'MUST',
    breaks: 'wording',
    basis: 'framework',
    title: 'for a malformed Guid in the query string or in a form, Errors names its member or is empty',
    why: 'A person is sent to correct a field that is in order.',
    cites: [fieldNames],
    each: (c) => cross({ route: c.routes, member: guidsOf(c), variant: ['query string', 'form'] }),
    send: (p, c) => c.onAbsent(c.request(p.route), c.request(p.route, { payload: malformedIn(p, c) })),
    expect: [unlessLookedUpFirst(namesField(oneMember))],
  }),
  requirement('validation', {
    id: 'VALID-029',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a malformed Guid is refused in the 4xx class, also where the subject does not exist',
    why: 'A mistyped id brings the service down, and a run that may change nothing would not see it.',
    cites: [guid, badRequest],
    each: (c) =>
      cross({ route: c.routes, member: guidsOf(c), variant: ['query string', 'form', 'JSON'] }).filter(
        ({ member, variant }) => variant !== 'JSON' || neededGuids(c).includes(member),
      ),
    send: (p, c) => c.onAbsent(c.request(p.route), c.request(p.route, { payload: malformedIn(p, c) })),
    expect: [refused],
  }),
];
