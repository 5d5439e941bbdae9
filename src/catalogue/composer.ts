import { writeBody } from '../formats/body.ts';
import { writeForm } from '../formats/form.ts';
import type { Contract, Format, FormatName, NonEmpty, Route, StateName, Verb } from '../model/contract.ts';
import type { Header, RequestTemplate, Script } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Composer, MemberValues, Payload, RequestOptions, Sample } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import { carriesBody } from '../values/http.ts';
import { promisedVerbs, verbsOf as verbsPromised } from '../values/contract.ts';
import { kindOf } from '../values/kinds.ts';

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
  const sample = createSample(bodyMembers.filter(({ type }) => kindOf(type) !== null));
  const verbsOf = (route: Route): NonEmpty<Verb> => verbsUnder(contract, route, profile);
  const format = (name: FormatName): Format => find(contract.formats, name, 'format');
  const requestTo = (path: string, options: RequestOptions = {}): RequestTemplate =>
    withBareTokens(
      compose(
        contract,
        profile,
        format,
        sample,
        { ...options, verb: options.verb ?? verbsOf(contract.routes[0])[0] },
        path,
      ),
      members,
    );
  const on = (subjects: NonEmpty<StateName>, ...steps: NonEmpty<RequestTemplate>): Script => ({ subjects, steps });
  const absent = contract.subject?.states.absent ?? drawn;
  const fresh = contract.subject?.states.fresh ?? absent;
  return {
    contract,
    profile,
    routes: contract.routes,
    verbsOf,
    lesserVerbs: promisedVerbs(contract) === 'any' && profile.hosting !== 'endpoints' ? habitualVerbs : [],
    formats: contract.formats,
    members,
    bodyMembers,
    pathMembers: members.filter((m) => m.in === 'path'),
    requiredMembers: bodyMembers.filter((m) => m.required),
    format,
    route: (name) => find(contract.routes, name, 'route'),
    sample,
    request: (route, options = {}) =>
      requestTo(options.path ?? pathOf(route, options.pathMembers ?? {}), {
        ...options,
        verb: options.verb ?? verbsOf(route)[0],
      }),
    requestTo,
    onAbsent: (...steps) => on([absent], ...steps),
    onFresh: (...steps) => on([fresh], ...steps),
    fresh,
    absent,
    on,
  };
}

/** Under endpoint routing the page's "All Verbs" is not kept: only POST is served (rulings, All Verbs). */
function verbsUnder(contract: Contract, route: Route, profile: Profile): NonEmpty<Verb> {
  const promised = verbsPromised(contract, route);
  if (promised !== 'any') return promised;
  return profile.hosting === 'endpoints' ? ['POST'] : allVerbs;
}

function pathOf(route: Route, values: Readonly<Record<string, string>>): string {
  return route.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `{{${name}}}`);
}

function compose(
  contract: Contract,
  profile: Profile,
  format: (name: FormatName) => Format,
  sample: Sample,
  options: RequestOptions & { readonly verb: string },
  path: string,
): RequestTemplate {
  const { verb, payload = defaultPayload(verb, sample) } = options;
  const accept = options.accept === undefined ? format('json').mediaType : options.accept;
  const query = [
    ...(payload.in === 'query' ? [writeForm(payload.members)] : []),
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
function withBareTokens(request: RequestTemplate, members: readonly Member[]): RequestTemplate {
  const bare = members.filter(({ type }) => kindOf(type)?.inJson === 'bare').map(({ name }) => name);
  const isJson = request.headers.some(([name, value]) => name === 'Content-Type' && /json/i.test(value));
  if (bare.length === 0 || !isJson || request.body === null) return request;
  return {
    ...request,
    body: request.body.replace(new RegExp(`"(\\{\\{(?:other\\.)?(?:${bare.join('|')})\\}\\})"`, 'g'), '$1'),
  };
}

function defaultPayload(verb: string, sample: Sample): Payload {
  return carriesBody(verb) ? { in: 'body', as: 'json', members: sample.all } : { in: 'query', members: sample.all };
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
      return payload.as === 'form'
        ? { type: formMediaType, body: writeForm(payload.members) }
        : {
            type: format(payload.as).mediaType,
            body: writeBody(payload.as, contract.request, payload.members, profile.xmlNamespace),
          };
  }
}

function createSample(members: readonly Member[]): Sample {
  const all: MemberValues = Object.fromEntries(members.map((m) => [m.name, `{{${m.name}}}`]));
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
