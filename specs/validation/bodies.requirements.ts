// One list: how a body is read, whatever stands in it.

import { answeredLike } from '../../src/catalogue/expect/alike.ts';
import { errorCode } from '../../src/catalogue/expect/response-status.ts';
import { success } from '../../src/catalogue/expect/response.ts';
import { refused, status } from '../../src/catalogue/expect/status.ts';
import { cross, otherVerbsWithBody, readingBodies } from '../../src/catalogue/points.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import { payloadIn, type Carrier } from '../../src/catalogue/ways.ts';
import { isPredefined } from '../../src/values/contract.ts';
import type { Route, Verb } from '../../src/model/contract.ts';
import type { Script } from '../../src/model/exchange.ts';
import type { Citation, Composer, MemberValues, Requirement } from '../../src/model/requirement.ts';
import type { PlainValue } from '../../src/model/value.ts';
import { isGuid } from '../../src/values/guid.ts';
import { badRequest, required } from './cites.ts';

interface VariantPoint {
  readonly route: Route;
  readonly variant: string;
  /** Set where it is not what the route is called by. */
  readonly verb?: Verb;
}

const lenient: Citation = {
  source: 'servicestack-json-format',
  at: 'Strict Parsing',
  quote: 'ServiceStack Serializers will try to deserialize as much as possible without error',
};

const casings: Readonly<Record<string, (name: string) => string>> = {
  camel: (name) => name.charAt(0).toLowerCase() + name.slice(1),
  lower: (name) => name.toLowerCase(),
  upper: (name) => name.toUpperCase(),
};

/** Members that the contract does not have; the last one takes a body past the buffers that small ones fit in. */
const strangers: Readonly<Record<string, MemberValues>> = {
  text: { Foo: 'bar' },
  nested: { Foo: { a: [1, 2, { b: null }] }, 'a b': true },
  'text of 2 KB': { Foo: 'x'.repeat(2048) },
};

/** The same, and others that no call needs to succeed with. */
const furtherStrangers: Readonly<Record<string, MemberValues>> = {
  ...strangers,
  'of another script': { Nöte: 'ü€😀' },
  'the name of a type': { __type: 'System.IO.FileInfo' },
  'with escapes': { Foo: 'a "b" \\ c\n\u0001' },
  'lists in lists': { Foo: Array.from({ length: 32 }).reduce<PlainValue>((inner) => [inner], []) },
};

/** JSON that says the same in other words. */
const spellings: Readonly<Record<string, (members: MemberValues) => string>> = {
  'over several lines': (members) => JSON.stringify(members, null, 2),
  'the other way round': (members) => JSON.stringify(Object.fromEntries(Object.entries(members).reverse())),
};

/** Bodies that no serializer can take for the request. */
const unreadable: Readonly<Record<string, string>> = {
  words: 'this is no JSON',
  'a list': '[]',
  'a text': '"x"',
  'a number': '5',
  markup: '<html></html>',
};

/** XML that breaks off, under its own type. */
const brokenXml = 'broken XML';

const mislabels: Readonly<Record<string, string | null>> = {
  'text/plain': 'text/plain',
  'application/octet-stream': 'application/octet-stream',
  'no type': null,
};

const everyVariant =
  (variants: Readonly<Record<string, unknown>>) =>
  (c: Composer): readonly VariantPoint[] =>
    c.bodyMembers.length === 0 ? [] : cross({ route: readingBodies(c), variant: Object.keys(variants) });

/** The sample first, then the same request with other members: the two are to be answered alike. */
const besideTheSample = ({ route, verb }: VariantPoint, members: MemberValues, c: Composer): Script => {
  const by = verb === undefined ? {} : { verb };
  return c.onAbsent(c.request(route, by), c.request(route, { ...by, payload: { in: 'body', as: 'json', members } }));
};

const IN_ADDRESS = 'in the address';

/** Where links are counted and caches passed by, the address has more in it than the operation asks for. */
const addressed = (c: Composer): readonly VariantPoint[] =>
  c.contract.subject === null
    ? []
    : c.routes.flatMap((route) => {
        const [first, ...others] = c.verbsOf(route);
        return [first, ...others.filter((verb) => verb === 'GET')].map((verb) => ({
          route,
          verb,
          variant: IN_ADDRESS,
        }));
      });

function besideItsOwn({ route, verb }: VariantPoint, c: Composer): Script {
  const by = verb === undefined ? {} : { verb };
  const query = [
    ['_', '1764272400000'],
    ['utm_source', 'mail'],
  ] as const;
  return c.onAbsent(c.request(route, by), c.request(route, { ...by, query }));
}

/** Where members stand that are not in a JSON body; part of a variant. */
const places: Readonly<Record<string, Carrier>> = { ' in query': 'query', ' in form': 'form' };

const placeIn = (variant: string): string => Object.keys(places).find((place) => variant.endsWith(place)) ?? '';

const onFresh = ({ route, variant }: VariantPoint, members: MemberValues, c: Composer): Script =>
  c.onFresh(c.request(route, { payload: payloadIn(places[placeIn(variant)] ?? 'json', members) }));

const recased = ({ variant }: VariantPoint, c: Composer): MemberValues =>
  c.sample.renamed(casings[nameOf(variant)] ?? ((name) => name));

const extended = ({ variant }: VariantPoint, c: Composer): MemberValues => ({
  ...c.sample.all,
  ...furtherStrangers[nameOf(variant)],
});

const nameOf = (variant: string): string => variant.slice(0, variant.length - placeIn(variant).length);

/** The same by one of the other verbs that have a body by nature, in turn. */
const byOtherVerbs = (points: readonly VariantPoint[], c: Composer): readonly VariantPoint[] => [
  ...points,
  ...points.flatMap((point, i) => {
    const verbs = otherVerbsWithBody(point.route, c);
    const verb = verbs[i % verbs.length];
    return verb === undefined ? [] : [{ ...point, verb }];
  }),
];

const raw = ({ route, verb }: VariantPoint, contentType: string | null, text: string, c: Composer) =>
  c.request(route, { ...(verb !== undefined && { verb }), payload: { in: 'raw', contentType, text } });

const json = (c: Composer): string => c.format('json').mediaType;

const casing = {
  basis: 'framework',
  why: 'A client in a language that writes names otherwise is told that its members are missing.',
  cites: [lenient],
  // Where a call that succeeds says nothing, nothing can be said in another casing.
  each: (c: Composer) => (Object.keys(c.sample.all).length === 0 ? [] : everyVariant(casings)(c)),
} as const;

const unknown = {
  basis: 'framework',
  why: 'A client that is newer than the service cannot use it any more.',
  cites: [lenient],
  each: everyVariant(strangers),
} as const;

const isOf =
  (variant: string) =>
  (point: VariantPoint): boolean =>
    point.variant === variant;
const elsewhere = ({ route, variant }: VariantPoint): readonly VariantPoint[] =>
  Object.keys(places).map((place) => ({ route, variant: `${variant}${place}` }));
/** On one route: what reads a request does not know where it was sent to. */
const once = (points: readonly VariantPoint[], place: Carrier): readonly VariantPoint[] =>
  points
    .flatMap(elsewhere)
    .filter(({ variant }) => places[placeIn(variant)] === place)
    .slice(-1);

/** How bodies are read. */
export const bodiesRead: readonly Requirement[] = [
  requirement('validation', {
    ...casing,
    id: 'VALID-016',
    level: 'MUST',
    breaks: 'refused',
    title: 'members are read in any casing: the request is answered like the sample',
    when: { serializer: 'servicestack' },
    send: (p, c) => besideTheSample(p, recased(p, c), c),
    expect: [answeredLike(0)],
  }),
  requirement('validation', {
    ...casing,
    id: 'VALID-017',
    level: 'MUST',
    breaks: 'lost',
    title: 'a valid request with its members in any casing succeeds',
    when: { serializer: 'servicestack' },
    each: (c) => [...casing.each(c), ...once(casing.each(c).filter(isOf('camel')), 'form')],
    send: (p, c) => onFresh(p, recased(p, c), c),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('validation', {
    ...casing,
    id: 'VALID-018',
    level: 'SHOULD',
    breaks: 'refused',
    title: 'with System.Text.Json too, members are read in any casing: the request is answered like the sample',
    when: { serializer: 'system-text-json' },
    send: (p, c) => besideTheSample(p, recased(p, c), c),
    expect: [answeredLike(0)],
  }),
  requirement('validation', {
    ...casing,
    id: 'VALID-019',
    level: 'SHOULD',
    breaks: 'lost',
    title: 'with System.Text.Json too, a valid request with its members in any casing succeeds',
    when: { serializer: 'system-text-json' },
    each: (c) => [...casing.each(c), ...once(casing.each(c).filter(isOf('camel')), 'form')],
    send: (p, c) => onFresh(p, recased(p, c), c),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('validation', {
    ...unknown,
    id: 'VALID-020',
    level: 'MUST',
    breaks: 'refused',
    title: 'unknown members are ignored: the request is answered like the sample',
    when: { serializer: 'servicestack' },
    each: (c) => [...everyVariant(furtherStrangers)(c), ...addressed(c)],
    send: (p, c) => (p.variant === IN_ADDRESS ? besideItsOwn(p, c) : besideTheSample(p, extended(p, c), c)),
    expect: [answeredLike(0)],
  }),
  requirement('validation', {
    ...unknown,
    id: 'VALID-021',
    level: 'MUST',
    breaks: 'lost',
    title: 'a valid request with unknown members succeeds',
    when: { serializer: 'servicestack' },
    each: (c) => [...unknown.each(c), ...once(unknown.each(c).filter(isOf('text')), 'query')],
    send: (p, c) => onFresh(p, extended(p, c), c),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('validation', {
    ...unknown,
    id: 'VALID-022',
    level: 'SHOULD',
    breaks: 'refused',
    title: 'with System.Text.Json too, unknown members are ignored: the request is answered like the sample',
    when: { serializer: 'system-text-json' },
    each: (c) => [...everyVariant(furtherStrangers)(c), ...addressed(c)],
    send: (p, c) => (p.variant === IN_ADDRESS ? besideItsOwn(p, c) : besideTheSample(p, extended(p, c), c)),
    expect: [answeredLike(0)],
  }),
  requirement('validation', {
    ...unknown,
    id: 'VALID-023',
    level: 'SHOULD',
    breaks: 'lost',
    title: 'with System.Text.Json too, a valid request with unknown members succeeds',
    when: { serializer: 'system-text-json' },
    each: (c) => [...unknown.each(c), ...once(unknown.each(c).filter(isOf('text')), 'query')],
    send: (p, c) => onFresh(p, extended(p, c), c),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('validation', {
    id: 'VALID-024',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'a body that cannot be read is refused with 400 and an ErrorCode',
    why: 'A client with a fault of its own is told that the service has one.',
    cites: [badRequest],
    each: (c) =>
      byOtherVerbs(
        everyVariant(c.formats.some((f) => f.name === 'xml') ? { ...unreadable, [brokenXml]: 0 } : unreadable)(c),
        c,
      ),
    send: (p, c) =>
      c.onAbsent(
        p.variant === brokenXml
          ? raw(p, c.format('xml').mediaType, `<${c.contract.request}><`, c)
          : raw(p, json(c), unreadable[p.variant] ?? '', c),
      ),
    expect: [status(400), errorCode],
  }),
  requirement('validation', {
    id: 'VALID-025',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'an empty body, an empty object and a truncated body are refused in the 4xx class',
    why: 'A request that broke off on its way is carried out.',
    cites: [required, badRequest],
    each: (c) =>
      c.requiredMembers.length === 0 ? [] : byOtherVerbs(everyVariant({ empty: 0, object: 0, truncated: 0 })(c), c),
    send: (p, c) => c.onFresh(raw(p, json(c), incomplete(p.variant, c), c)),
    refuses: 'every request',
    expect: [refused, errorCode],
  }),
  requirement('validation', {
    id: 'VALID-026',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'a body whose type is not one that the service reads is refused in the 4xx class',
    why: 'What a body says is taken for JSON, though its sender called it something else.',
    cites: [required],
    // A predefined route says itself what a body is.
    each: (c) =>
      c.requiredMembers.length === 0
        ? []
        : byOtherVerbs(everyVariant(mislabels)(c), c).filter(({ route }) => !isPredefined(route)),
    send: (p, c) => c.onFresh(raw(p, mislabels[p.variant] ?? null, JSON.stringify(c.sample.all), c)),
    refuses: 'every request',
    expect: [refused],
  }),
  requirement('validation', {
    id: 'VALID-027',
    level: 'SHOULD',
    breaks: 'refused',
    basis: 'framework',
    title: 'a body of half a megabyte is answered like the sample',
    why: 'A client with much to say finds the service closed, without a reason.',
    cites: [lenient],
    each: (c) => {
      const points = everyVariant({ 'half a megabyte': 0 })(c);
      // By the other verbs on one route: what reads a request does not know where it was sent to.
      const others = points
        .slice(0, 1)
        .flatMap((point) => otherVerbsWithBody(point.route, c).map((verb) => ({ ...point, verb })));
      return [...points, ...others];
    },
    send: (p, c) => besideTheSample(p, { ...c.sample.all, Foo: 'x'.repeat(512 * 1024) }, c),
    expect: [answeredLike(0)],
  }),
  requirement('validation', {
    id: 'VALID-028',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'Guids in upper case in a body or in the query are answered like those in lower case',
    why: 'Something that exists is not found, because a client writes its id in capitals.',
    cites: [{ source: 'rfc9562', at: '4', quote: 'may be all uppercase, all lowercase, or mixed case' }],
    each: (c) =>
      c.sampleMembers.some(isGuid) ? everyVariant({ upper: 0, 'upper in query': 0, 'upper in form': 0 })(c) : [],
    send: (p, c) => {
      const members = { ...c.sample.all, ...inCapitals(c) };
      if (p.variant === 'upper') return besideTheSample(p, members, c);
      const payload = payloadIn(p.variant.endsWith('form') ? 'form' : 'query', members);
      return c.onAbsent(c.request(p.route), c.request(p.route, { payload }));
    },
    expect: [answeredLike(0)],
  }),
  requirement('validation', {
    id: 'VALID-033',
    level: 'MUST',
    breaks: 'refused',
    basis: 'framework',
    title: 'JSON counts whatever the order of its members and its line breaks: it is answered like the sample',
    why: 'A client whose library writes JSON in another way cannot use the operation.',
    cites: [
      { source: 'rfc8259', at: '1', quote: 'An object is an unordered collection of zero or more name/value pairs' },
      {
        source: 'rfc8259',
        at: '2',
        quote: 'Insignificant whitespace is allowed before or after any of the six structural characters.',
      },
    ],
    each: everySpelling,
    send: (p, c) => c.onAbsent(c.request(p.route), raw(p, json(c), spellings[p.variant]?.(c.sample.all) ?? '', c)),
    expect: [answeredLike(0)],
  }),
];

/** Routes and spellings; what has but one member cannot be turned round. */
function everySpelling(c: Composer): readonly VariantPoint[] {
  return everyVariant(spellings)(c).filter(
    ({ variant }) => spellings[variant]?.(c.sample.all) !== JSON.stringify(c.sample.all),
  );
}

function inCapitals({ sampleMembers }: Composer): MemberValues {
  return Object.fromEntries(sampleMembers.filter(isGuid).map(({ name }) => [name, `{{upper.${name}}}`]));
}

function incomplete(variant: string, c: Composer): string {
  // The last member is one that the service cannot do without.
  const last = c.requiredMembers.at(-1);
  const sample = JSON.stringify(
    last === undefined ? c.sample.all : { ...c.sample.without(last), [last.name]: c.sample.all[last.name] ?? '' },
  );
  switch (variant) {
    case 'empty':
      return '';
    case 'object':
      return '{}';
    default:
      // Cut within the name of the last member, so that its value is certainly lost.
      return sample.slice(0, sample.lastIndexOf(':') - 2);
  }
}
