import type { Whose } from './points.ts';
import { writeBody } from '../formats/body.ts';
import { writeForm } from '../formats/form.ts';
import type { Contract, Format, FormatName, NonEmpty, Route, StateName, Verb } from '../model/contract.ts';
import type { Header, RequestTemplate, Script } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Composer, Composition, MemberValues, Payload, RequestOptions, Sample } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import {
  isPredefined,
  isVouched,
  isWrittenInPart,
  promisedVerbs,
  verbsOf as verbsPromised,
} from '../values/contract.ts';
import { asJson, isRefusedWithout, isSent, kindIn, plainNumerals, withNumerals } from '../values/members.ts';
import { composedOf, composedText } from '../values/composed.ts';
import { binds, isAt, pathWith } from '../values/route.ts';
import { onceFor } from '../values/once.ts';
import { bodyFormatsOf } from './body-formats.ts';
import { carried } from './payloads.ts';
import { routesUnder } from './served-routes.ts';

/** What "All Verbs" amounts to, in the order of the page's own examples; HEAD and OPTIONS are habits that a service may configure away. */
const allVerbs: NonEmpty<Verb> = ['POST', 'GET', 'PUT', 'DELETE', 'PATCH'];
const habitualVerbs: readonly Verb[] = ['HEAD', 'OPTIONS'];
/** The state of a subject whose members are drawn, where the contract has no name for it. */
const drawn: StateName = 'drawn values';
const formMediaType = 'application/x-www-form-urlencoded';

/**
 * Makes the composer through which requirements see a contract.
 *
 * @param contract the documented operation
 * @param members the members of its request DTO
 * @param profile what the target declares of itself
 */
export function createComposer(contract: Contract, members: readonly Member[], profile: Profile): Composer {
  const bodyMembers = members.filter((m) => m.in === 'body');
  const sampleMembers = bodyMembers.filter(isSent);
  const sample = createSample(sampleMembers);
  const otherSample = createSample(sampleMembers, 'other.');
  const compositions = new WeakMap<RequestTemplate, Composition>();
  const routes = routesUnder(contract, profile);
  const verbsOf = onceFor((route: Route): NonEmpty<Verb> => verbsUnder(contract, route, profile));
  const besidePath = onceFor((route: Route) => unbound(route, members));
  const otherBesidePath = onceFor((route: Route) => unbound(route, members, 'other.'));
  const withBareTokens = baring(members);
  const format = (name: FormatName): Format => find(contract.formats, name, 'format');
  const requestTo = (path: string, options: RequestOptions = {}): RequestTemplate =>
    withBareTokens(
      compose(
        contract,
        profile,
        format,
        options.about === undefined ? sample : otherSample,
        { ...options, verb: options.verb ?? verbsOf(routes[0])[0] },
        path,
      ),
    );
  const on = (subjects: NonEmpty<StateName>, ...steps: NonEmpty<RequestTemplate>): Script => ({ subjects, steps });
  const formats = formatsOn(routes, contract, format);
  const absent = contract.subject?.states.absent ?? drawn;
  const fresh = contract.subject?.states.fresh ?? absent;
  return {
    contract,
    profile,
    routes,
    verbsOf,
    lesserVerbs: lesserUnder(contract, profile),
    formats,
    bodyFormats: bodyFormatsOf(contract, formats, sampleMembers, profile),
    members,
    bodyMembers,
    sampleMembers,
    pathMembers: members.filter((m) => m.in === 'path'),
    requiredMembers: bodyMembers.filter(isRefusedWithout),
    vouched: isVouched(contract, members),
    format,
    route: (name) => find(routes, name, 'route'),
    sample,
    bound: valuesOf(boundMembers(routes[0], members)),
    request: (route, options = {}) => {
      const { verb = verbsOf(route)[0], about } = options;
      const whose = about === undefined ? '' : 'other.';
      const payload =
        options.payload ??
        carried(
          verb,
          about === undefined
            ? { ...besidePath(route), ...sample.all }
            : { ...otherBesidePath(route), ...otherSample.all },
        );
      const path = options.path ?? pathOf(route, members, options.pathMembers, whose);
      const request = requestTo(path, { ...options, verb, payload });
      if (options.path === undefined) compositions.set(request, { route, options });
      return request;
    },
    compositionOf: (request) => compositions.get(request) ?? null,
    requestTo,
    onAbsent: (...steps) => on([absent], ...steps),
    onFresh: (...steps) => on([fresh], ...steps),
    fresh,
    absent,
    on,
  };
}

/**
 * Under endpoint routing the page's "All Verbs" is not kept: only POST is served (rulings, All Verbs); and neither HEAD nor
 * OPTIONS is beside other verbs, whatever a route says (recorded). Elsewhere HEAD is the last, for its answers have no body.
 */
function verbsUnder(contract: Contract, route: Route, { hosting }: Profile): NonEmpty<Verb> {
  const promised = verbsPromised(contract, route);
  if (promised === 'any') return hosting === 'endpoints' ? ['POST'] : allVerbs;
  const [first, ...others] = [
    ...promised.filter((verb) => !habitualVerbs.includes(verb)),
    ...(hosting === 'endpoints' ? [] : promised.filter((verb) => verb === 'HEAD')),
  ];
  return first === undefined ? promised : [first, ...others];
}

/** HEAD and OPTIONS where all verbs are promised; OPTIONS where a route names it, for whoever looks after CORS may answer it. */
function lesserUnder(contract: Contract, { hosting }: Profile): readonly Verb[] {
  if (hosting === 'endpoints') return [];
  const promised = promisedVerbs(contract);
  return promised === 'any' ? habitualVerbs : promised.filter((verb) => verb === 'OPTIONS');
}

/**
 * The formats that a call of the routes can ask for: a predefined one is of one format, whatever else is asked for; and of what
 * csv and jsonl write in part nobody has recorded an error, so that they are not asked for it.
 */
function formatsOn(
  routes: readonly Route[],
  contract: Contract,
  format: (name: FormatName) => Format,
): NonEmpty<Format> {
  if (routes.every((route) => isPredefined(route))) return [format('json')];
  const [first, ...others] = contract.formats.filter(
    ({ name }) => (name !== 'csv' && name !== 'jsonl') || !isWrittenInPart(contract),
  );
  return first === undefined ? contract.formats : [first, ...others];
}

/** The path of a route: a value that is given, a person's example, or the token of the member, in its places. */
function pathOf(
  route: Route,
  members: readonly Member[],
  values: Readonly<Record<string, string>> = {},
  whose: Whose = '',
): string {
  return pathWith(route.path, (place) => {
    const member = members.find((each) => isAt(place, each));
    const name = member?.name ?? place;
    const { example } = member ?? {};
    if (values[name] !== undefined) return values[name];
    if (example !== undefined) return example.split('/').map(encodeURIComponent).join('/');
    // A subject has no values of what is composed of others.
    return member !== undefined && kindIn(member) === null
      ? encodeURIComponent(composedText(member))
      : `{{${whose}${name}}}`;
  });
}

function boundMembers({ path }: Route, members: readonly Member[]): readonly Member[] {
  return members.filter((member) => binds(path, member));
}

/** Members that other routes bind by their path, and that a call of this one has to carry otherwise. */
function unbound({ path }: Route, members: readonly Member[], whose: Whose = ''): MemberValues {
  return valuesOf(
    members.filter((m) => m.in === 'path' && (m.required || m.enforced === true) && !binds(path, m)),
    whose,
  );
}

function compose(
  contract: Contract,
  profile: Profile,
  format: (name: FormatName) => Format,
  sample: Sample,
  options: RequestOptions & { readonly verb: string },
  path: string,
): RequestTemplate {
  const { verb, payload = carried(verb, sample.all) } = options;
  const accept = options.accept === undefined ? format('json').mediaType : options.accept;
  const query = [
    ...(payload.in === 'query' ? [writeForm(asTexts(payload.members))] : []),
    ...(options.query ?? []).map(([name, value]) => writeForm({ [name]: value })),
  ].filter((part) => part !== '');
  const suffix = options.suffix === undefined ? '' : `.${options.suffix}`;
  const content = contentOf(payload, contract, profile, format);
  const headers: Header[] = [
    ...(accept === null ? [] : [['Accept', accept] as const]),
    ...(content.type === null ? [] : [['Content-Type', content.type] as const]),
    ...(options.headers ?? []),
  ];
  return {
    method: verb,
    path: path + suffix + (query.length === 0 ? '' : `?${query.join('&')}`),
    headers,
    body: content.body,
    credentials: options.credentials ?? 'valid',
  };
}

/** Tokens of numbers and booleans stand in JSON as their values will: without quotes. */
function baring(members: readonly Member[]): (request: RequestTemplate) => RequestTemplate {
  const bare = members.filter((member) => kindIn(member)?.inJson === 'bare').map(({ name }) => name);
  if (bare.length === 0) return (request) => request;
  const quoted = new RegExp(`"(\\{\\{(?:other\\.)?(?:${bare.join('|')})\\}\\})"`, 'g');
  return (request) => {
    const isJson = request.headers.some(([name, value]) => name === 'Content-Type' && /json/i.test(value));
    return isJson && request.body !== null ? { ...request, body: request.body.replace(quoted, '$1') } : request;
  };
}

function contentOf(
  payload: Payload,
  contract: Contract,
  profile: Profile,
  format: (name: FormatName) => Format,
): { readonly type: string | null; readonly body: string | null } {
  switch (payload.in) {
    case 'none':
    case 'query':
      return { type: null, body: null };
    case 'raw':
      return { type: payload.contentType, body: payload.text };
    case 'body':
      if (payload.as === 'form') return { type: formMediaType, body: writeForm(asTexts(payload.members)) };
      return { type: format(payload.as).mediaType, body: bodyIn(payload.as, payload.members, contract, profile) };
  }
}

function bodyIn(format: FormatName, members: MemberValues, { request }: Contract, profile: Profile): string {
  return format === 'json' || format === 'jsonl'
    ? withNumerals(writeBody(format, request, members, profile.xmlNamespace))
    : writeBody(format, request, asTexts(members), profile.xmlNamespace);
}

function asTexts(members: MemberValues): MemberValues {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, plainNumerals(value)]));
}

/** What stands for the members of a subject: a person's example, the token of one that is drawn, else a value of its type. */
function valuesOf(members: readonly Member[], whose: Whose = ''): MemberValues {
  return Object.fromEntries(members.map((member) => [member.name, valueOf(member, whose)]));
}

function valueOf(member: Member, whose: Whose): MemberValues[string] {
  if (member.example !== undefined) return asJson(member, member.example);
  return kindIn(member) === null ? composedOf(member) : `{{${whose}${member.name}}}`;
}

function createSample(members: readonly Member[], whose: Whose = ''): Sample {
  const all = valuesOf(members, whose);
  return {
    all,
    without: (...absent) =>
      Object.fromEntries(Object.entries(all).filter(([name]) => !absent.some((m) => m.name === name))),
    with: (member, value) => ({ ...all, [member.name]: value }),
    renamed: (rename) => Object.fromEntries(Object.entries(all).map(([name, value]) => [rename(name), value])),
  };
}

function find<T extends { readonly name: string }>(all: readonly T[], name: string, what: string): T {
  const found = all.find((each) => each.name === name);
  if (found === undefined) {
    throw new Error(`the contract has no ${what} named '${name}'; it has ${all.map((each) => each.name).join(', ')}`);
  }
  return found;
}
