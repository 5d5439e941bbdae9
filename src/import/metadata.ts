import { prefixOf } from './cursor.ts';
import type { ContractSource, FormatName, NonEmpty, ResponseOf } from '../model/contract.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import { demandsOf } from './attributes.ts';
import { answerOf, plainName } from './dotnet.ts';
import {
  nonEmpty,
  spellingsOf,
  unreadable,
  verbsIn,
  versionOf,
  type Fact,
  type OperationFacts,
  type ReadDocument,
  type RouteFacts,
} from './facts.ts';
import { frameworkFormats } from './framework.ts';
import { otherwise } from './readings.ts';
import { urlOf } from '../values/url.ts';
import { fact, get, objectAt, textAt, textsAt, listAt } from './documented-json.ts';
import { reachable, netTypeOf, attributesOf, Namesakes } from './metadata-types.ts';

/** A type as the metadata writes it, with its place. */
export interface Described {
  readonly json: JsonObject;
  readonly at: string;
}

/**
 * Reads `types/metadata.json`, or `metadata/app.json`, which holds the same under `Api` and speaks of the host besides.
 *
 * @param value the parsed document; its members may be in camelCase
 * @param where its file or address
 * @throws UnreadableSource when it is neither
 */
export function readMetadata(value: unknown, where: string): ReadDocument {
  if (!isObject(value)) return unreadable(where, 'is JSON, but no metadata of ServiceStack: it is no object');
  const app = objectAt(value, 'App');
  const api = app === null ? value : (objectAt(value, 'Api') ?? {});
  if (app === null && get(api, 'Operations') === undefined)
    return unreadable(where, 'is JSON, but no metadata of ServiceStack: it lists no Operations');
  const inner = app === null ? where : `${where} Api`;
  const operations = listAt(api, 'Operations', inner);
  const types = listAt(api, 'Types', inner);
  const byName = new Map<string, Namesakes>();
  const add = (json: JsonObject, at: string): void => {
    const name = textAt(json, 'Name');
    if (name === undefined) return;
    const known = byName.get(plainName(name));
    if (known === undefined) byName.set(plainName(name), new Namesakes({ json, at }));
    else known.add({ json, at });
  };
  types.forEach((type, i) => add(type, `${inner} Types[${i}]`));
  const found = new Map<string, { readonly json: JsonObject; readonly at: string }>();
  operations.forEach((json, i) => {
    const at = `${inner} Operations[${i}]`;
    const request = objectAt(json, 'Request') ?? unreadable(at, 'has no Request');
    const name = textAt(request, 'Name') ?? unreadable(`${at}.Request`, 'has no Name');
    if (!found.has(name)) found.set(name, { json, at });
    add(request, `${at}.Request`);
    const response = objectAt(json, 'Response');
    if (response !== null) add(response, `${at}.Response`);
  });
  const source = sourceOf(app, where);
  // Before 5.10 an operation has nothing but its request, its response and its actions, and says nothing of authentication.
  const late = operations.some((each) =>
    ['Routes', 'Method', 'ReturnType', 'RequiresAuth'].some((name) => get(each, name) !== undefined),
  );
  const names = [...found.keys()];
  return {
    source,
    operations: names,
    spelling: spellingsOf(names),
    framework: new Set([...found].flatMap(([name, { json }]) => (isOfFramework(json) ? [name] : []))),
    facts: (name) => {
      const its = found.get(name);
      return its === undefined
        ? unreadable(inner, `lists no operation ${name}`)
        : { ...operationFacts(its, name, byName, late), source, ...hostFacts(value, app, where) };
    },
  };
}

/** Operations of ServiceStack itself, which app.json lists with the service's own. */
function isOfFramework(operation: JsonObject): boolean {
  const namespace = textAt(objectAt(operation, 'Request') ?? {}, 'Namespace') ?? '';
  return namespace === 'ServiceStack' || namespace.startsWith('ServiceStack.');
}

function sourceOf(app: JsonObject | null, where: string): ContractSource {
  const version = app === null ? undefined : textAt(app, 'ServiceStackVersion');
  return {
    kind: app === null ? 'metadata' : 'app',
    where,
    ...(version !== undefined && { version: versionOf(version) }),
  };
}

function hostFacts(
  value: JsonObject,
  app: JsonObject | null,
  where: string,
): Pick<OperationFacts, 'casing' | 'formats' | 'hosts' | 'prefix'> {
  const config = objectAt(value, 'Config');
  const base =
    (app === null ? undefined : textAt(app, 'BaseUrl')) ?? (config === null ? undefined : textAt(config, 'BaseUrl'));
  const place = `${where} ${app === null ? 'Config' : 'App'}.BaseUrl`;
  const url = base === undefined ? null : urlOf(base);
  const written = app === null ? undefined : textAt(app, 'JsTextCase');
  const casing = written === 'CamelCase' ? 'camel' : written === 'PascalCase' ? 'pascal' : null;
  const listed = objectAt(value, 'ContentTypeFormats');
  const formats = listed === null ? [] : formatsIn(listed);
  return {
    ...(url !== null && { prefix: { value: prefixOf(url), at: place } }),
    ...(casing !== null && { casing: { value: casing, at: `${where} App.JsTextCase` } as const }),
    ...(formats.length > 0 && { formats: { value: formats, at: `${where} ContentTypeFormats` } }),
    hosts: url === null || isLocal(url.hostname) ? [] : [url.hostname],
  };
}

function formatsIn(listed: JsonObject): readonly { readonly name: FormatName; readonly mediaType: string }[] {
  const said = new Map(Object.entries(listed).map(([name, type]) => [name.toLowerCase(), type]));
  return frameworkFormats.flatMap(({ name }) => {
    const mediaType = said.get(name);
    return typeof mediaType === 'string' ? [{ name, mediaType }] : [];
  });
}

/** A name that only means the machine itself is nobody's production. */
export function isLocal(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\]|0\.0\.0\.0)$/i.test(host);
}

function operationFacts(
  { json, at }: Described,
  operation: string,
  byName: ReadonlyMap<string, Namesakes>,
  late: boolean,
): Omit<OperationFacts, 'source' | 'hosts'> {
  const request = objectAt(json, 'Request') ?? {};
  const inRequest = late ? json : request;
  const from = `${at}${late ? '' : '.Request'}`;
  const routes = listAt(inRequest, 'Routes', from).map((route, i) => routeOf(route, `${from}.Routes[${i}]`));
  const actions = textsAt(json, 'Actions');
  const response = responseOf(json, request, at);
  const types = reachable([{ json: request, at: `${at}.Request` }, ...responseTypes(json, at)], response.value, byName);
  const attributes = attributesOf(request);
  const demands = demandsOf(attributes);
  const names = (name: string): NonEmpty<string> | null => nonEmpty(textsAt(json, name));
  const roles = names('RequiredRoles') ?? demands.roles;
  const anyRole = names('RequiresAnyRole') ?? demands.anyRole;
  const permissions = names('RequiredPermissions') ?? demands.permissions;
  const anyPermission = names('RequiresAnyPermission') ?? demands.anyPermission;
  const demanded =
    get(json, 'RequiresAuth') === true ||
    get(json, 'RequiresApiKey') === true ||
    demands.authentication === 'required' ||
    [roles, anyRole, permissions, anyPermission].some((each) => each !== undefined);
  const description = textAt(request, 'Description');
  const isGuarded = ['RequiresAuth', 'RequiresApiKey'].some((name) => get(json, name) === true);
  const beside = otherwise({
    ...(late &&
      demanded &&
      !isGuarded && { authentication: fact('none' as const, `${at}, which has no RequiresAuth`) }),
  });
  const namespace = textAt(request, 'Namespace');
  const contract = objectAt(request, 'DataContract');
  const xmlNamespace = contract === null ? undefined : textAt(contract, 'Namespace');
  return {
    at,
    operation,
    complete: true,
    ...(description !== undefined && { description: fact(description, `${at}.Request.Description`) }),
    routes: { value: routes, at: `${from}.Routes`, whole: false },
    ...(actions.length > 0 && { verbs: fact(verbsIn(actions.join(','), `${at}.Actions`), `${at}.Actions`) }),
    ...(demanded
      ? { authentication: fact('required' as const, `${at}.RequiresAuth`) }
      : late && { authentication: fact('none' as const, `${at}, which has no RequiresAuth`) }),
    // A validator refuses with a body, [Authenticate] with a challenge.
    ...(get(json, 'RequiresAuth') === true && {
      challenged: fact(demands.authentication !== 'required', `${at}.Request.Attributes`),
    }),
    ...(roles !== undefined && { roles: fact(roles, `${at}.RequiredRoles`) }),
    ...(anyRole !== undefined && { anyRole: fact(anyRole, `${at}.RequiresAnyRole`) }),
    ...(permissions !== undefined && { permissions: fact(permissions, `${at}.RequiredPermissions`) }),
    ...(anyPermission !== undefined && { anyPermission: fact(anyPermission, `${at}.RequiresAnyPermission`) }),
    response,
    ...(!isDeclared(response) && { declaresNoAnswer: true as const }),
    ...beside,
    types,
    ...(xmlNamespace !== undefined &&
      xmlNamespace !== '' && { xmlNamespace: fact(xmlNamespace, `${at}.Request.DataContract`) }),
    ...(namespace !== undefined && { codeNamespace: fact(namespace, `${at}.Request.Namespace`) }),
    samples: [],
    open: late ? [] : [{ path: 'authentication', why: 'metadata of before ServiceStack 5.10 does not state it' }],
  };
}

function routeOf(route: JsonObject, at: string): RouteFacts {
  const path = textAt(route, 'Path') ?? unreadable(at, 'has no Path');
  if (!path.startsWith('/')) return unreadable(`${at}.Path`, 'does not begin with a slash', path);
  const summary = textAt(route, 'Summary');
  const notes = textAt(route, 'Notes');
  return {
    path,
    verbs: verbsIn(textAt(route, 'Verbs') ?? '', `${at}.Verbs`),
    ...(summary !== undefined && summary !== '' && { summary }),
    ...(notes !== undefined && notes !== '' && { notes }),
  };
}

/** What a success answers: the marker of the request is to be trusted, the Response beside it is a guess of the framework's. */
function responseOf(json: JsonObject, request: JsonObject, at: string): Fact<ResponseOf> {
  if (get(json, 'ReturnsVoid') === true || get(request, 'ReturnVoidMarker') === true)
    return fact({ kind: 'none' }, `${at}.ReturnsVoid`);
  const marked = objectAt(json, 'ReturnType');
  if (marked !== null) return fact(answerOf(netTypeOf(marked, `${at}.ReturnType`)), `${at}.ReturnType`);
  const marker = get(request, 'ReturnMarkerTypeName') ?? get(request, 'ReturnMarkerTypeNames');
  if (isObject(marker))
    return fact(
      answerOf(netTypeOf(marker, `${at}.Request.ReturnMarkerTypeName`)),
      `${at}.Request.ReturnMarkerTypeName`,
    );
  const response = objectAt(json, 'Response');
  return response === null
    ? fact({ kind: 'unknown' }, `${at}, which has neither ReturnType nor Response`)
    : fact(answerOf(netTypeOf(response, `${at}.Response`)), `${at}.Response`);
}

/** Whether the request says what it is answered with: `IReturn<Tool>`, `IReturnVoid`. */
function isDeclared({ at }: Fact<ResponseOf>): boolean {
  return /\.(?:ReturnsVoid|ReturnType|ReturnMarkerTypeName)$/.test(at);
}

function responseTypes(json: JsonObject, at: string): readonly Described[] {
  const response = objectAt(json, 'Response');
  return response === null ? [] : [{ json: response, at: `${at}.Response` }];
}
