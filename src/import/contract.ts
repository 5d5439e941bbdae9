// One contract, member by member in the order of its file.

import type {
  Contract,
  ContractType,
  DocumentationError,
  DocumentedExchange,
  Format,
  NonEmpty,
  ResponseOf,
  Route,
} from '../model/contract.ts';
import { before } from './cursor.ts';
import { answerOf, readNetType } from './dotnet.ts';
import { nonEmpty, unreadable, type OperationFacts, type RouteFacts, type SampleFacts } from './facts.ts';
import { dataContract, frameworkFormats } from './framework.ts';
import { mergeTypes } from './merge.ts';
import { readingsOf } from './readings.ts';
import { byStrength, Chooser, saidBy, type Said } from './strength.ts';
import { routeNames } from './names.ts';
import { printedRoot } from '../values/xml-root.ts';

/** A name of .NET: letters, digits and underscores, of a nested class behind that of its own. */
const className = /^[\p{L}_][\p{L}\p{N}_]{0,500}(?:\.[\p{L}_][\p{L}\p{N}_]{0,500}){0,20}$/u;

/**
 * The contract of an operation, from what all given documents say of it. The same documents give the same contract.
 *
 * @param given what each document says; at least one
 * @param targets hosts that were asked themselves, which are protected like those that documents name
 * @throws UnreadableSource when nothing in them describes the request
 */
export function contractFrom(given: NonEmpty<OperationFacts>, targets: readonly string[] = []): Contract {
  const all = byStrength(given.flatMap(readingsOf));
  const chooser = new Chooser();
  const unknown: { path: string; why: string }[] = [];
  const { operation } = given[0];
  // Its name becomes that of a folder, too.
  if (!className.test(operation))
    return unreadable(given[0].at, 'names an operation as no class can be named', operation);
  const description = chooser.choose(
    saidBy(all, (f) => f.description),
    'description',
    (text) => text,
  );
  const prefix = prefixOf(all, chooser);
  const told = routesOf(all, prefix, chooser);
  const verbs = chooser.choose(
    saidBy(all, (f) => f.verbs),
    'verbs',
    wordsOf,
  );
  const authentication =
    chooser.choose(
      saidBy(all, (f) => f.authentication),
      'authentication',
      String,
    )?.value ?? 'unknown';
  const challenged = chooser.choose(
    saidBy(all, (f) => f.challenged),
    'challenged',
    String,
  );
  const roles = chooser.choose(
    saidBy(all, (f) => f.roles),
    'roles',
    wordsOf,
  );
  const anyRole = chooser.choose(
    saidBy(all, (f) => f.anyRole),
    'anyRole',
    wordsOf,
  );
  const permissions = chooser.choose(
    saidBy(all, (f) => f.permissions),
    'permissions',
    wordsOf,
  );
  const anyPermission = chooser.choose(
    saidBy(all, (f) => f.anyPermission),
    'anyPermission',
    wordsOf,
  );
  const declared = responseOf(all, chooser);
  const casing =
    chooser.choose(
      saidBy(all, (f) => f.casing),
      'casing',
      String,
    )?.value ?? null;
  const routes = nonEmpty(told ?? []) ?? predefined(operation, prefix, declared);
  const named = withNames(routes);
  const merged = mergeTypes(all, operation, declared, told, casing, chooser);
  const types = nonEmpty(merged.types);
  if (types === null) return unreadable(given[0].source.where, `describes no type of ${operation}`);
  const response = collected(declared, types);
  const samples = samplesOf(all);
  const formats = formatsOf(all, samples);
  const namespace = namespaceOf(all, samples, chooser);
  if (authentication === 'unknown')
    unknown.push({ path: 'authentication', why: whyOpen(all, 'authentication') ?? 'no document states it' });
  if (response.kind === 'unknown' || ('type' in response && response.type === 'unknown'))
    unknown.push({ path: 'response', why: whyOpen(all, 'response') ?? 'no document tells its type' });
  else if (isGuessed(all))
    unknown.push({
      path: 'response',
      why: 'no document declares it: the type that the host guesses stands in its place',
    });
  if (told === null)
    unknown.push({ path: 'routes', why: 'no document tells them; the predefined route stands in their place' });
  if (verbs === undefined)
    unknown.push({ path: 'verbs', why: 'no document tells which verbs the service has, as metadata does' });
  if (!all.some((f) => f.formats !== undefined))
    unknown.push({
      path: 'formats',
      why: 'no document lists those of the host; the formats of the framework stand in their place',
    });
  unknown.push(...namespace.unknown, ...openOf(all), ...merged.unknown);
  return {
    operation,
    description: description?.value ?? '',
    prefix,
    routes: named,
    ...(verbs !== undefined && { verbs: verbs.value }),
    authentication,
    ...(challenged !== undefined && { challenged: challenged.value }),
    ...(roles !== undefined && { roles: roles.value }),
    ...(anyRole !== undefined && { anyRole: anyRole.value }),
    ...(permissions !== undefined && { permissions: permissions.value }),
    ...(anyPermission !== undefined && { anyPermission: anyPermission.value }),
    request: operation,
    response,
    effect: 'changes',
    subject: null,
    types,
    formats,
    xmlNamespace: namespace.value,
    exchanges: samples.flatMap((sample) => exchangeOf(sample, prefix, operation)),
    hosts: [...new Set([...all.flatMap((f) => f.hosts), ...targets])].sort(),
    sources: given.map(({ source }) => source),
    unknown,
    disagreements: chooser.disagreements,
    documentationErrors: samples.flatMap((sample) => errorsOf(sample, formats)),
  };
}

function wordsOf(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : [...value].sort().join(', ');
}

function whyOpen(all: readonly OperationFacts[], path: string): string | undefined {
  return all.flatMap(({ open }) => open).find((each) => each.path === path)?.why;
}

/** What documents leave open and no other tells. */
function openOf(all: readonly OperationFacts[]): Contract['unknown'] {
  const isCertain = all.some((f) => f.prefix !== undefined && f.source.kind !== 'text');
  const named = all.some((f) => !f.open.some(({ path }) => path === 'types'));
  return all
    .flatMap(({ open }) => open)
    .filter(({ path, why }, i, every) => {
      // A document that is read twice leaves open twice.
      if (every.findIndex((each) => each.path === path && each.why === why) !== i) return false;
      if (path === 'prefix') return !isCertain;
      if (path === 'types') return !named;
      return path !== 'authentication' && path !== 'response';
    });
}

function prefixOf(all: readonly OperationFacts[], chooser: Chooser): string {
  const said = saidBy(all, (f) => f.prefix);
  // A text has none to show: what it says is only assumed from its routes.
  const certain = said.filter(({ kind }) => kind !== 'text');
  return chooser.choose(certain.length > 0 ? certain : said, 'prefix', String)?.value ?? '';
}

/** Whole paths; null where no document tells routes. The strongest tells which there are, others what is said of each. */
function routesOf(all: readonly OperationFacts[], prefix: string, chooser: Chooser): readonly RouteFacts[] | null {
  const told = all.flatMap((f) =>
    f.routes === undefined
      ? []
      : [
          {
            kind: f.source.kind,
            at: f.routes.at,
            routes: f.routes.value.map((route) => ({
              ...route,
              path: f.routes?.whole === true ? route.path : `${prefix}${route.path}`,
            })),
          },
        ],
  );
  const [first, ...others] = told;
  if (first === undefined) return null;
  chooser.choose(
    [first, ...others].map(({ routes, kind, at }) => ({ value: routes, kind, at })),
    'routes',
    routesText,
  );
  return first.routes.map((route) => {
    const same = others.flatMap(({ routes }) =>
      routes.filter(({ path }) => path.toLowerCase() === route.path.toLowerCase()),
    );
    const summary = route.summary ?? same.find((each) => each.summary !== undefined)?.summary;
    const notes = route.notes ?? same.find((each) => each.notes !== undefined)?.notes;
    return {
      path: route.path,
      verbs: route.verbs,
      ...(summary !== undefined && { summary }),
      ...(notes !== undefined && { notes }),
    };
  });
}

/** Routes with their verbs, as a disagreement about them shows them. */
export function routesText(routes: readonly Pick<RouteFacts, 'path' | 'verbs'>[]): string {
  return routes
    .map(({ path, verbs }) => `${verbs === 'any' ? 'any' : [...verbs].sort().join(' ')} ${path}`)
    .sort()
    .join(', ');
}

/** An operation without routes is called by its name. */
function predefined(operation: string, prefix: string, response: ResponseOf): NonEmpty<RouteFacts> {
  return [{ path: `${prefix}/json/${response.kind === 'none' ? 'oneway' : 'reply'}/${operation}`, verbs: 'any' }];
}

function withNames([first, ...others]: NonEmpty<RouteFacts>): NonEmpty<Route> {
  const [name = '', ...names] = routeNames([first, ...others]);
  return [{ name, ...first }, ...others.map((route, i) => ({ name: names[i] ?? '', ...route }))];
}

/** What a document says of an answer that it would declare, and does not. */
export const undeclared = 'none declared';

/** Whether what is answered is known only from a host that declares nothing of it. */
function isGuessed(all: readonly OperationFacts[]): boolean {
  const telling = all.filter(({ response }) => response !== undefined && response.value.kind !== 'unknown');
  return telling.length > 0 && telling.every(({ declaresNoAnswer }) => declaresNoAnswer === true);
}

function responseOf(all: readonly OperationFacts[], chooser: Chooser): ResponseOf {
  const said = saidBy(all, (f) => f.response).filter(({ value }) => value.kind !== 'unknown');
  const vague = (value: ResponseOf): boolean => 'type' in value && value.type === 'unknown';
  const exact = said.filter(({ value }) => !vague(value) && (value.kind !== 'raw' || value.type !== undefined));
  const silent = all.flatMap((f): readonly Said<ResponseOf | null>[] =>
    f.declaresNoAnswer === true && (f.response?.value.kind ?? 'unknown') === 'unknown'
      ? [{ value: null, kind: f.source.kind, at: f.at }]
      : [],
  );
  const chosen = exact[0];
  chooser.choose<ResponseOf | null>([...exact, ...silent], 'response', (value) =>
    value === null ? undeclared : 'type' in value ? `${value.kind} ${value.type ?? ''}` : value.kind,
  );
  return chosen?.value ?? said[0]?.value ?? { kind: 'unknown' };
}

/** A DTO that is a collection, as `class Parts : List<Part>`, is answered as what it inherits; an enum is one value. */
function collected(response: ResponseOf, types: readonly ContractType[]): ResponseOf {
  const its = response.kind === 'dto' ? types.find(({ name }) => name === response.type) : undefined;
  if (response.kind === 'dto' && its?.enum !== undefined) return { kind: 'scalar', type: response.type };
  const base = its?.base;
  if (base === undefined || types.some(({ name }) => before(name, '<') === before(base, '<'))) return response;
  const answer = answerOf(readNetType(base, 'response'));
  return answer.kind === 'list' || answer.kind === 'scalar' ? answer : response;
}

/** The sample of each format, in the order of the formats. */
function samplesOf(all: readonly OperationFacts[]): readonly SampleFacts[] {
  const found = all.flatMap(({ samples }) => samples);
  return frameworkFormats.flatMap(({ name }) => found.find(({ format }) => format === name) ?? []);
}

function formatsOf(all: readonly OperationFacts[], samples: readonly SampleFacts[]): NonEmpty<Format> {
  const listed = all.find((f) => f.formats !== undefined)?.formats?.value;
  const own = frameworkFormats.flatMap((format): readonly Format[] => {
    const its = listed?.find(({ name }) => name === format.name);
    if (listed !== undefined && its === undefined) return [];
    const sample = samples.find((each) => each.format === format.name);
    const printed =
      sample === undefined
        ? format.printed
        : {
            mediaType: sample.request.headers['Accept'] ?? format.printed.mediaType,
            suffix: sample.printed ?? format.printed.suffix,
            query: sample.printed ?? format.printed.query,
          };
    return [{ ...format, mediaType: its?.mediaType ?? format.mediaType, printed }];
  });
  const [json] = frameworkFormats;
  return nonEmpty(own) ?? (json === undefined ? unreadable('formats', 'there are none') : [json]);
}

function namespaceOf(
  all: readonly OperationFacts[],
  samples: readonly SampleFacts[],
  chooser: Chooser,
): { readonly value: string; readonly unknown: Contract['unknown'] } {
  const printed = chooser.choose(
    saidBy(all, (f) => f.xmlNamespace),
    'xmlNamespace',
    String,
  )?.value;
  if (printed !== undefined) return { value: printed, unknown: [] };
  const code = saidBy(all, (f) => f.codeNamespace)[0]?.value;
  if (code === undefined) {
    const xml = samples.find(({ format }) => format === 'xml');
    const value = printedRoot(xml?.response?.body ?? '')?.namespace ?? '';
    const why =
      value === ''
        ? 'only the XML page prints it'
        : 'the XML page prints no request; the namespace of the answer stands in its place';
    return { value, unknown: [{ path: 'xmlNamespace', why }] };
  }
  return {
    value: `${dataContract}${code}`,
    unknown: [
      { path: 'xmlNamespace', why: `only the XML page prints it; the usual one of ${code} stands in its place` },
    ],
  };
}

function exchangeOf(
  { format, request, response }: SampleFacts,
  prefix: string,
  operation: string,
): readonly DocumentedExchange[] {
  if (response === null) return [];
  return [{ format, page: `${prefix}/${format}/metadata?op=${operation}`, request, response }];
}

/** Where a page contradicts the framework: known errors, which are never held against the service. */
function errorsOf(sample: SampleFacts, formats: readonly Format[]): readonly DocumentationError[] {
  const { format, printed } = sample;
  const known = formats.find(({ name }) => name === format);
  if (known === undefined) return [];
  const type = known.printed.mediaType;
  const isJson = (body: string): boolean => /^\s*[[{]/.test(body);
  const body = (part: 'request' | 'response', text: string): readonly DocumentationError[] =>
    format === 'csv' && isJson(text)
      ? [{ id: 'printed-body', format, part, says: `the page prints a JSON ${part} body under ${type}` }]
      : [];
  return [
    ...(printed === null || printed === known.suffix
      ? []
      : [
          {
            id: 'printed-suffix',
            format,
            part: 'selection',
            says: `the page prints the suffix .${printed} and ?format=${printed}; the framework knows ${known.suffix}`,
          } as const,
        ]),
    ...body('request', sample.request.body),
    ...(sample.response === null ? [] : body('response', sample.response.body)),
    ...(type === known.mediaType
      ? []
      : [
          {
            id: 'printed-media-type',
            format,
            part: 'selection',
            says: `the page prints ${type}, which is answered with HTML; the framework knows ${known.mediaType}`,
          } as const,
        ]),
    ...(format === 'jsv' &&
    /^\{\s*\}$/.test(sample.request.body) &&
    sample.request.headers['Content-Type'] !== undefined
      ? [
          {
            id: 'printed-body',
            format,
            part: 'request',
            says: 'the page prints an empty request: zero Guids are left out of the sample, though they are required',
          } as const,
        ]
      : []),
  ];
}
