import { sameStatusAs } from '../../src/catalogue/expect/alike.ts';
import { sameErrorAs, sameValueAs } from '../../src/catalogue/expect/same-value.ts';
import {
  carriedInCallback,
  declaredCasing,
  reflectsNothing,
  unlessNamespaceUntold,
  xmlNamespace,
  rootOfSuccess,
  xmlRootIsResponse,
} from '../../src/catalogue/expect/format.ts';
import { answeredNull, success, unvouched } from '../../src/catalogue/expect/response.ts';
import { answered, cross, everyRoute, everyVerb, type VerbPoint } from '../../src/catalogue/points.ts';
import { kindsOf, provoke, serviceErrors, type ErrorKind } from '../../src/catalogue/provoke.ts';
import { byCase, requirement, step } from '../../src/catalogue/requirement.ts';
import type { Format, Route, Verb } from '../../src/model/contract.ts';
import type { RequestTemplate, Script } from '../../src/model/exchange.ts';
import type { Citation, Composer, Requirement } from '../../src/model/requirement.ts';

interface ValuePoint {
  readonly route: Route;
  readonly format: Format;
  readonly variant: ErrorKind;
  /** Set where it is not what the route is called by. */
  readonly verb?: Verb;
}

const foundByTheService = (kind: ErrorKind): boolean => serviceErrors.includes(kind);
const foundInBinding = (kind: ErrorKind): boolean => !foundByTheService(kind);

const errorsIn = (
  c: Composer,
  formats: readonly Format[],
  isOf: (kind: ErrorKind) => boolean = () => true,
): readonly ValuePoint[] =>
  everyRoute(c).flatMap(({ route }) =>
    cross({ route: [route], format: formats, variant: kindsOf(route, c).filter(isOf) }),
  );

/** The same by the other verbs, which every error of the service is asked of anyway. */
const byOtherVerbs = (c: Composer, formats: readonly Format[]): readonly ValuePoint[] =>
  errorsIn(c, formats, foundByTheService).flatMap((point) =>
    c
      .verbsOf(point.route)
      .slice(1)
      .map((verb) => ({ ...point, verb })),
  );

/** One of them, as that point asks for it. */
const provoked = ({ route, format, variant, verb }: ValuePoint, c: Composer): RequestTemplate =>
  provoke(variant, c, route, { accept: format.mediaType, ...(verb !== undefined && { verb }) });

/** System.Text.Json writes JSON alone; what ServiceStack's own serializer writes beside it keeps the names of the DTOs. */
const cased = (c: Composer): readonly Format[] =>
  c.formats.filter((f) => f.name === 'json' || (f.name === 'jsonl' && c.profile.serializer === 'servicestack'));
const inXml = (c: Composer): readonly Format[] => c.formats.filter((f) => f.name === 'xml');
const besidesTheFirst = (c: Composer): readonly Format[] => c.formats.slice(1);

/** A browser loads a script by GET; other clients ask for one by POST. */
const scriptable = (c: Composer): readonly VerbPoint[] =>
  everyVerb(c).filter(({ verb }) => verb === 'GET' || verb === 'POST');

const unsafeCallback = '<script>alert(1)</script>';

const transparent: Citation = {
  source: 'servicestack-error-handling',
  at: 'WebServiceException',
  quote: 'making error handling transparent regardless of your preferred format',
};

/** The same error in the first format, then in another. */
const errorInBoth = (point: ValuePoint, c: Composer): Script =>
  c.onAbsent(provoked({ ...point, format: c.formats[0] }, c), provoked(point, c));

/** What the formats say, and how they write it. */
export const valuesOfFormats: readonly Requirement[] = [
  requirement('formats', {
    id: 'FORMAT-013',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'an error has the same status in every format',
    why: 'A client that changes its format would take one failure for another, or for none.',
    cites: [transparent],
    each: (c) => errorsIn(c, besidesTheFirst(c)),
    send: errorInBoth,
    expect: [sameStatusAs(0)],
  }),
  requirement('formats', {
    id: 'FORMAT-014',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'a success says the same in every format',
    why: 'Whether a client learns that the call was carried out depends on its format.',
    cites: [
      {
        source: 'operation-page',
        at: 'ConnectionStatusUpdateResponse',
        quote: 'response_status: Optional[ResponseStatus] = None',
      },
    ],
    each: (c) => (c.contract.subject === null ? [] : cross({ route: c.routes, format: besidesTheFirst(c) })),
    send: ({ route, format }, c) => {
      const { fresh } = c;
      return c.on(
        [fresh, fresh],
        c.request(route, { accept: c.formats[0].mediaType }),
        c.request(route, { accept: format.mediaType, about: 'other' }),
      );
    },
    succeeds: 'every request',
    given: [step(0, success)],
    expect: [sameValueAs(0)],
  }),
  requirement('formats', {
    id: 'FORMAT-015',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'the members of a validation or service error are written in the declared casing',
    why: 'A client that matches names exactly finds no ErrorCode, and takes the failure for a success.',
    cites: [
      {
        source: 'servicestack-json-format',
        at: 'object type',
        quote: 'Only public properties on reference types are serialized with the C# Property Name used',
      },
    ],
    each: (c) => [...errorsIn(c, cased(c), foundByTheService), ...byOtherVerbs(c, cased(c))],
    send: (point, c) => c.onAbsent(provoked(point, c)),
    expect: [declaredCasing],
  }),
  requirement('formats', {
    id: 'FORMAT-016',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'the members of a binding error are written in the declared casing',
    why: 'A client that matches names exactly finds no ErrorCode, and takes the failure for a success.',
    cites: [
      {
        source: 'servicestack-json-format',
        at: 'object type',
        quote: 'Only public properties on reference types are serialized with the C# Property Name used',
      },
    ],
    when: { serializer: 'servicestack' },
    each: (c) => errorsIn(c, cased(c), foundInBinding),
    send: (point, c) => c.onAbsent(provoked(point, c)),
    expect: [declaredCasing],
  }),
  requirement('formats', {
    id: 'FORMAT-017',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'the root element of a validation or service error is that of the response DTO',
    why: 'A client that reads XML by contract meets a document that it does not know.',
    cites: [
      {
        source: 'servicestack-error-handling',
        at: 'Error Response Types',
        quote: "The {RequestDto}Response is returned, regardless of the service method's response type",
      },
    ],
    each: (c) => [...errorsIn(c, inXml(c), foundByTheService), ...byOtherVerbs(c, inXml(c))],
    send: (point, c) => c.onAbsent(provoked(point, c)),
    expect: [xmlRootIsResponse],
  }),
  requirement('formats', {
    id: 'FORMAT-018',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'the root element of an answer in XML is in the declared namespace',
    why: 'A data-contract client refuses elements of another namespace, or reads them as absent.',
    cites: [{ source: 'xml-page', at: 'HTTP + XML, response', quote: '<ConnectionStatusUpdateResponse xmlns:i=' }],
    each: (c) => [...errorsIn(c, inXml(c)), ...byOtherVerbs(c, inXml(c))],
    send: (point, c) => c.onAbsent(provoked(point, c)),
    unless: unlessNamespaceUntold,
    expect: [xmlNamespace],
  }),
  requirement('formats', {
    id: 'FORMAT-030',
    level: 'MUST',
    breaks: 'shape',
    basis: 'framework',
    title: 'an error to a second call is written in the declared casing, and in XML in the declared namespace',
    why: 'A client that repeats a call, for it got no answer to the first, cannot read what it is told.',
    cites: [
      {
        source: 'servicestack-json-format',
        at: 'object type',
        quote: 'Only public properties on reference types are serialized with the C# Property Name used',
      },
    ],
    each: (c) => (c.contract.subject === null ? [] : cross({ route: c.routes, format: [...cased(c), ...inXml(c)] })),
    send: ({ route, format }, c) =>
      c.onFresh(c.request(route, { accept: format.mediaType }), c.request(route, { accept: format.mediaType })),
    unless: (x, evidence) =>
      x.status < 400
        ? 'the second call is no error'
        : evidence.point.format.name === 'xml'
          ? unlessNamespaceUntold(x, evidence)
          : null,
    succeeds: 'the first',
    given: [step(0, success)],
    expect: [
      byCase('its members are in the declared casing, or its root in the declared namespace', ({ point }) =>
        point.format?.name === 'xml' ? xmlNamespace : declaredCasing,
      ),
    ],
  }),
  requirement('formats', {
    id: 'FORMAT-019',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'the root element of a success in XML is that of the response DTO, in the declared namespace',
    why: 'A data-contract client cannot read the answer, and does not know whether the call was carried out.',
    cites: [{ source: 'xml-page', at: 'HTTP + XML, response', quote: '<ConnectionStatusUpdateResponse xmlns:i=' }],
    lacks: 'a success is no DTO and no list of one, so that nothing tells how its root is called',
    each: (c) => (rootOfSuccess(c.contract) === null ? [] : answered(cross({ route: c.routes, format: inXml(c) }), c)),
    send: ({ route, format }, c) => c.onFresh(c.request(route, { accept: format.mediaType })),
    succeeds: 'every request',
    expect: [xmlRootIsResponse, xmlNamespace],
  }),
  requirement('formats', {
    id: 'FORMAT-020',
    level: 'MUST',
    breaks: 'shape',
    basis: 'documented',
    title: 'a callback parameter brings the answer as a script that calls it',
    why: 'A page that loads the call as a script never learns how it ended.',
    cites: [{ source: 'json-page', at: 'below the DTOs', quote: 'append ?callback=myCallback' }],
    when: { hosting: ['classic', 'mapped'] },
    // What is answered raw, or not at all, is no value that a script could be handed.
    each: (c) => (['dto', 'list'].includes(c.contract.response.kind) ? scriptable(c) : []),
    send: ({ route, verb }, c) => c.onFresh(c.request(route, { verb, query: [['callback', 'cb']] })),
    unless: (x, evidence) => unvouched(x, evidence) ?? answeredNull(x),
    succeeds: 'every request',
    expect: [carriedInCallback('cb')],
  }),
  requirement('formats', {
    id: 'FORMAT-021',
    level: 'MUST',
    breaks: 'leaked',
    basis: 'framework',
    title: 'a callback that is no identifier is not reflected',
    why: 'An attacker could make a link to the service that runs a script in its name.',
    cites: [{ source: 'json-page', at: 'below the DTOs', quote: 'append ?callback=myCallback' }],
    lacks: 'a success has no body',
    each: (c) => answered(scriptable(c), c),
    send: ({ route, verb }, c) => c.onAbsent(c.request(route, { verb, query: [['callback', unsafeCallback]] })),
    expect: [reflectsNothing(unsafeCallback)],
  }),
  requirement('formats', {
    id: 'FORMAT-025',
    level: 'SHOULD',
    breaks: 'shape',
    basis: 'framework',
    title: 'an error has the same ErrorCode and names the same members in every format',
    why: 'A client that changes its format gets another reason for the same failure, or none.',
    cites: [transparent],
    each: (c) => errorsIn(c, besidesTheFirst(c)),
    send: errorInBoth,
    expect: [sameErrorAs(0)],
  }),
];
