import type {
  Contract,
  ContractMember,
  ContractSource,
  ContractType,
  DocumentedExchange,
  Route,
} from '../model/contract.ts';
import { camel, canonicalName } from '../values/casing.ts';
import { isObject } from '../values/json.ts';
import { contractFrom } from './contract.ts';
import { keyOf, type OperationFacts } from './facts.ts';
import { acknowledgement } from './framework.ts';
import { jsonBody } from './page-parts.ts';

/** One thing that a document no longer says as a contract does. */
export interface Difference {
  /** The document that says it; several that say the same are told together. */
  readonly document: string;
  /** The place in the contract: `routes /tools`, `types.Tool.Price.type`. */
  readonly place: string;
  readonly promised: string;
  readonly found: string;
  /** Whether a consumer that holds to the contract breaks. */
  readonly breaks: boolean;
}

/** What a kind of document says wherever there is something to say: what it lacks there is not there any more. */
interface Says {
  readonly texts: boolean;
  readonly memberTexts: boolean;
  readonly limits: boolean;
  readonly validators: boolean;
}

/**
 * Compares what documents promise now with a contract: reordering, versions, dates and the spelling of verbs make no
 * difference, and what either leaves unknown makes none.
 *
 * @param contract as it was imported, without what a person has added
 * @param documents what each document says of the operation now
 */
export function differences(contract: Contract, documents: readonly OperationFacts[]): readonly Difference[] {
  const found = documents.flatMap((facts) => differencesIn(contract, facts));
  const told = new Map<string, Difference>();
  for (const each of found) {
    const key = JSON.stringify([each.place, each.promised, each.found]);
    const known = told.get(key);
    told.set(key, known === undefined ? each : { ...known, document: `${known.document}, ${each.document}` });
  }
  return [...told.values()];
}

function differencesIn(contract: Contract, facts: OperationFacts): readonly Difference[] {
  // A sample is compared as a sample, and not by what could be concluded from it.
  const isPage = facts.samples.length > 0;
  const stated: OperationFacts = isPage ? withoutSamples(facts) : facts;
  const now = contractFrom([stated]);
  const comparison = new Comparison(contract, now, facts, contractFrom([facts]));
  return comparison.all();
}

function withoutSamples(facts: OperationFacts): OperationFacts {
  return { ...facts, samples: [], response: { value: { kind: 'unknown' }, at: facts.at } };
}

type Role = 'request' | 'answer' | 'both';

class Comparison {
  readonly #found: Difference[] = [];
  readonly #was: Contract;
  readonly #now: Contract;
  readonly #facts: OperationFacts;
  readonly #sampled: Contract;
  readonly #says: Says;
  readonly #isOpen: (path: string) => boolean;

  constructor(was: Contract, now: Contract, facts: OperationFacts, sampled: Contract) {
    this.#was = was;
    this.#now = now;
    this.#facts = facts;
    this.#sampled = sampled;
    this.#says = saysOf(facts);
    const open = new Set([...now.unknown, ...was.unknown].map(({ path }) => path));
    this.#isOpen = (path) => open.has(path);
  }

  all(): readonly Difference[] {
    const { request } = this.#was;
    if (this.#now.request !== request) this.#add('request', request, this.#now.request, true);
    this.#text('description', this.#was.description, this.#now.description, this.#says.texts);
    this.#routes();
    this.#verbs();
    this.#access();
    this.#response();
    this.#casing();
    this.#types();
    this.#formats();
    this.#namespace();
    this.#samples();
    return this.#found;
  }

  #add(place: string, promised: string, found: string, breaks: boolean): void {
    this.#found.push({ document: this.#facts.source.where, place, promised, found, breaks });
  }

  /** A text that explains; a document that says nothing of it says nothing against it, unless it is one that would. */
  #text(place: string, was: string | undefined, now: string | undefined, says: boolean): void {
    const [a, b] = [plainText(was ?? ''), plainText(now ?? '')];
    // These words are the suite's own, which no document says.
    const isOwn = a === acknowledgement.type || a === acknowledgement.member;
    if (a === b || (b === '' && (isOwn || !says)) || (a === '' && !toldBefore(this.#was))) return;
    this.#add(place, a === '' ? 'no text' : a, b === '' ? 'no text' : b, false);
  }

  #routes(): void {
    if (this.#facts.routes === undefined || this.#isOpen('routes')) return;
    const hasPrefix = this.#facts.prefix !== undefined && this.#facts.source.kind !== 'text' && !this.#isOpen('prefix');
    if (hasPrefix && this.#was.prefix !== this.#now.prefix)
      this.#add('prefix', this.#was.prefix || 'none', this.#now.prefix || 'none', true);
    const cut = ({ prefix }: Contract, { path }: Route): string =>
      (hasPrefix || prefix === this.#was.prefix) && path.startsWith(prefix) ? path.slice(prefix.length) : path;
    const was = this.#was.routes.map((route) => ({ route, path: cut(this.#was, route) }));
    // Without a prefix of its own, a source says paths behind that of the contract.
    const now = this.#now.routes.map((route) => ({ route, path: cut(this.#now, route) }));
    const left = [...now];
    const gone: typeof was = [];
    for (const each of was) {
      const same = left.findIndex(
        ({ path, route }) =>
          path.toLowerCase() === each.path.toLowerCase() && verbText(route.verbs) === verbText(each.route.verbs),
      );
      const at = same === -1 ? left.findIndex(({ path }) => path.toLowerCase() === each.path.toLowerCase()) : same;
      const [its] = at === -1 ? [] : left.splice(at, 1);
      if (its === undefined) gone.push(each);
      else this.#route(each.route, its.route);
    }
    gone.forEach(({ route }) => {
      const by = left.shift();
      this.#add(
        `routes ${route.path}`,
        `${verbText(route.verbs)} ${route.path}`,
        by === undefined ? 'no such route' : `${verbText(by.route.verbs)} ${by.route.path}`,
        true,
      );
    });
    for (const { route } of left)
      this.#add(`routes ${route.path}`, 'no such route', `${verbText(route.verbs)} ${route.path}`, false);
  }

  #route(was: Route, now: Route): void {
    const place = `routes ${was.path}`;
    if (verbText(was.verbs) !== verbText(now.verbs))
      this.#add(`${place} verbs`, verbText(was.verbs), verbText(now.verbs), losesVerb(was.verbs, now.verbs));
    this.#text(`${place} summary`, was.summary, now.summary, this.#says.texts);
    this.#text(`${place} notes`, was.notes, now.notes, this.#says.texts);
  }

  #verbs(): void {
    const [was, now] = [this.#was.verbs, this.#now.verbs];
    if (was === undefined || now === undefined || verbText(was) === verbText(now)) return;
    this.#add('verbs', verbText(was), verbText(now), losesVerb(was, now));
  }

  #access(): void {
    const [was, now] = [this.#was.authentication, this.#now.authentication];
    if (was !== 'unknown' && now !== 'unknown' && was !== now)
      this.#add('authentication', was, now, now === 'required');
    if (this.#facts.authentication === undefined) return;
    for (const field of ['roles', 'anyRole', 'permissions', 'anyPermission'] as const) {
      const [a, b] = [[...(this.#was[field] ?? [])].sort(), [...(this.#now[field] ?? [])].sort()];
      if (a.join() === b.join()) continue;
      const isMore = field.startsWith('any')
        ? a.some((name) => !b.includes(name)) || a.length === 0
        : b.some((name) => !a.includes(name));
      this.#add(field, a.join(', ') || 'none', b.join(', ') || 'none', isMore);
    }
  }

  #response(): void {
    const [was, now] = [this.#was.response, this.#now.response];
    if (was.kind === 'unknown' || now.kind === 'unknown') return;
    const [a, b] = [responseText(was), responseText(now)];
    const isVague = [was, now].some(
      (each) => (each.kind === 'raw' && each.type === undefined) || ('type' in each && each.type === 'unknown'),
    );
    if (a !== b && !(isVague && was.kind === now.kind)) this.#add('response', a, b, true);
  }

  /** The spelling of all members at once. */
  #casing(): void {
    const now = this.#facts.casing?.value;
    const members = this.#was.types
      .flatMap((type) => type.members)
      .filter(({ property }) => camel(property) !== property);
    const was = members.some(({ name, property }) => name === camel(property))
      ? 'camel'
      : members.some(({ name, property }) => name === property)
        ? 'pascal'
        : null;
    if (now !== undefined && was !== null && now !== was) this.#add('casing', was, now, true);
  }

  #types(): void {
    const answered = reachable(this.#was, 'type' in this.#was.response ? this.#was.response.type : undefined);
    const asked = reachable(this.#was, this.#was.request);
    for (const type of this.#was.types) {
      const its = this.#now.types.find(({ name }) => name === type.name);
      if (its === undefined) continue;
      const role: Role = answered.has(type.name) ? (asked.has(type.name) ? 'both' : 'answer') : 'request';
      this.#type(type, its, role);
    }
  }

  #type(was: ContractType, now: ContractType, role: Role): void {
    const place = `types.${was.name}`;
    this.#text(
      `${place}.description`,
      was.name === this.#was.request ? '' : was.description,
      was.name === this.#was.request ? '' : now.description,
      isMetadata(this.#facts.source.kind),
    );
    if (was.base !== undefined && now.base !== undefined && was.base !== now.base)
      this.#add(`${place}.base`, was.base, now.base, true);
    if (was.enum !== undefined && now.enum !== undefined) {
      this.#enum(place, was.enum, now.enum, role);
      return;
    }
    const left = [...now.members];
    const gone: ContractMember[] = [];
    for (const member of was.members) {
      const at = left.findIndex((each) => sameMember(each, member));
      const [its] = at === -1 ? [] : left.splice(at, 1);
      if (its === undefined) gone.push(member);
      else this.#member(`${place}.${member.property}`, member, its, role);
    }
    for (const member of gone) {
      const by = left.shift();
      this.#add(
        `${place}.${member.property}`,
        `${member.name}: ${member.type}`,
        by === undefined ? 'no such member' : `${by.name}: ${by.type}`,
        true,
      );
    }
    for (const member of left) {
      const isNeeded = member.required === 'enforced' || member.required === 'documented';
      this.#add(
        `${place}.${member.property}`,
        'no such member',
        `${member.name}: ${member.type}${isNeeded ? ', required' : ''}`,
        isNeeded && role !== 'answer',
      );
    }
  }

  #enum(
    place: string,
    was: NonNullable<ContractType['enum']>,
    now: NonNullable<ContractType['enum']>,
    role: Role,
  ): void {
    const [a, b] = [enumText(was, now), enumText(now, was)];
    if ([...a].sort().join() === [...b].sort().join()) {
      if ((was.flags ?? false) !== (now.flags ?? false) && !this.#isOpen(`${place}.enum.flags`))
        this.#add(
          `${place}.enum`,
          was.flags === true ? 'flags' : 'no flags',
          now.flags === true ? 'flags' : 'no flags',
          true,
        );
      return;
    }
    this.#add(`${place}.enum`, a.join(', '), b.join(', '), a.some((each) => !b.includes(each)) || role !== 'request');
  }

  #member(place: string, was: ContractMember, now: ContractMember, role: Role): void {
    if (canonicalName(was) !== canonicalName(now) && now.name !== was.name && isMetadata(this.#facts.source.kind))
      this.#add(`${place}.name`, was.name, now.name, true);
    if (was.type !== 'unknown' && now.type !== 'unknown' && was.type !== now.type)
      this.#add(`${place}.type`, was.type, now.type, true);
    else if (
      was.nullable !== 'unknown' &&
      now.nullable !== 'unknown' &&
      was.nullable !== now.nullable &&
      needed(was) === needed(now)
    )
      this.#add(`${place}.nullable`, String(was.nullable), String(now.nullable), true);
    if (was.required !== 'unknown' && now.required !== 'unknown' && needed(was) !== needed(now)) {
      const breaks = role === 'both' || (needed(now) ? role === 'request' : role === 'answer');
      this.#add(`${place}.required`, was.required, now.required, breaks);
    }
    const isPlaced =
      was.in !== 'unknown' &&
      now.in !== 'unknown' &&
      this.#facts.routes !== undefined &&
      !this.#found.some((each) => each.place.startsWith('routes ') || each.place === 'prefix');
    const isOfRequest = place.startsWith(`types.${this.#was.request}.`);
    if (isPlaced && isOfRequest && was.in !== now.in) this.#add(`${place}.in`, was.in, now.in, true);
    this.#text(`${place}.description`, was.description, now.description, this.#says.memberTexts);
    const list = (field: string, a: string, b: string, says: boolean): void => {
      if (a !== b && (b !== '' || says) && (a !== '' || toldBefore(this.#was)))
        this.#add(`${place}.${field}`, a || 'none', b || 'none', true);
    };
    list('allowed', (was.allowed ?? []).join(', '), (now.allowed ?? []).join(', '), this.#says.limits);
    list('range', rangeText(was), rangeText(now), this.#says.limits);
    list('validate', (was.validate ?? []).join(', '), (now.validate ?? []).join(', '), this.#says.validators);
  }

  #formats(): void {
    if (this.#facts.formats !== undefined && !this.#was.unknown.some(({ path }) => path === 'formats')) {
      for (const format of this.#was.formats) {
        const its = this.#now.formats.find(({ name }) => name === format.name);
        if (its === undefined) this.#add(`formats ${format.name}`, format.mediaType, 'no such format', true);
        else if (its.mediaType !== format.mediaType)
          this.#add(`formats ${format.name}`, format.mediaType, its.mediaType, true);
      }
      for (const format of this.#now.formats)
        if (!this.#was.formats.some(({ name }) => name === format.name))
          this.#add(`formats ${format.name}`, 'no such format', format.mediaType, false);
    }
    for (const { format, printed } of this.#facts.samples) {
      const its = this.#was.formats.find(({ name }) => name === format);
      if (its !== undefined && its.printed.suffix !== printed)
        this.#add(`formats ${format} suffix`, its.printed.suffix, printed, true);
    }
  }

  #namespace(): void {
    const now = this.#facts.xmlNamespace?.value;
    if (
      now !== undefined &&
      this.#was.xmlNamespace !== '' &&
      !this.#was.unknown.some(({ path }) => path === 'xmlNamespace') &&
      now !== this.#was.xmlNamespace
    )
      this.#add('xmlNamespace', this.#was.xmlNamespace, now, true);
  }

  #samples(): void {
    const [a, b] = [this.#was.xmlNamespace, this.#facts.xmlNamespace?.value];
    const plain = (text: string): string =>
      (b === undefined || a === b ? text : text.replaceAll(`"${b}"`, `"${a}"`)).replace(/\s+/g, ' ').trim();
    for (const was of this.#was.exchanges) {
      const now = this.#sampled.exchanges.find(({ format }) => format === was.format);
      if (now === undefined) {
        if (this.#facts.samples.some(({ format, response }) => format === was.format && response === null))
          this.#add(`exchanges ${was.format} response`, 'an answer', 'no answer', true);
        continue;
      }
      for (const part of ['request', 'response'] as const) {
        const [before, after] = [messageText(was, part), messageText(now, part)];
        if (plain(before) !== plain(after))
          this.#add(
            `exchanges ${was.format} ${part}`,
            firstDifference(plain(before), plain(after)),
            firstDifference(plain(after), plain(before)),
            isOtherShape(was, now, part),
          );
      }
    }
  }
}

function saysOf({ source, types }: OperationFacts): Says {
  const isTable =
    source.kind === 'page' && types.every(({ members }) => members.every((m) => m.validate === undefined));
  const isCode = ['csharp', 'typescript', 'python'].includes(source.kind);
  return {
    texts: isMetadata(source.kind) || source.kind === 'page',
    memberTexts: isMetadata(source.kind) || isTable || isCode,
    limits: isMetadata(source.kind) || isTable,
    validators: isMetadata(source.kind) || isCode,
  };
}

function isMetadata(kind: ContractSource['kind']): boolean {
  return kind === 'metadata' || kind === 'app';
}

/** Whether a contract was read from documents that say all there is to say, so that what it lacks was not there. */
function toldBefore({ sources }: Contract): boolean {
  return sources.some(({ kind }) => isMetadata(kind) || kind === 'page');
}

function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function verbText(verbs: 'any' | readonly string[]): string {
  return verbs === 'any' ? 'all verbs' : [...verbs].sort().join(' ');
}

function losesVerb(was: 'any' | readonly string[], now: 'any' | readonly string[]): boolean {
  if (now === 'any') return false;
  return was === 'any' || was.some((verb) => !now.includes(verb));
}

function responseText(response: Contract['response']): string {
  return 'type' in response ? `${response.kind} ${response.type ?? ''}`.trim() : response.kind;
}

function needed({ required }: ContractMember): boolean {
  return required === 'enforced' || required === 'documented';
}

function rangeText({ range }: ContractMember): string {
  return range === undefined ? '' : `${range.least} to ${range.greatest}`;
}

function sameMember(a: ContractMember, b: ContractMember): boolean {
  return keyOf(a.property) === keyOf(b.property) || a.name === b.name;
}

/** Names with their values; a wire name only where both tell it. */
function enumText(its: NonNullable<ContractType['enum']>, other: NonNullable<ContractType['enum']>): readonly string[] {
  const tells = (of: NonNullable<ContractType['enum']>): boolean => of.names.some(({ wire }) => wire !== undefined);
  const withWires = tells(its) && tells(other);
  return its.names.map(({ name, value, wire }, i) => {
    const number = value ?? i;
    const tellsValues =
      its.names.some((each) => each.value !== undefined) || other.names.some((each) => each.value !== undefined);
    return `${name}${tellsValues ? ` = ${number}` : ''}${withWires && wire !== undefined ? ` (${wire})` : ''}`;
  });
}

function reachable(contract: Contract, from: string | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting: string[] = [...((from ?? '').match(/\w+/g) ?? [])];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const type = contract.types.find((each) => each.name.split('<', 1)[0] === name);
    if (type === undefined || found.has(type.name)) continue;
    found.add(type.name);
    waiting.push(...[type.base ?? '', ...type.members.map((m) => m.type)].flatMap((text) => text.match(/\w+/g) ?? []));
  }
  return found;
}

function messageText({ request, response }: DocumentedExchange, part: 'request' | 'response'): string {
  const headers = Object.entries(part === 'request' ? request.headers : response.headers).sort(([a], [b]) =>
    a.localeCompare(b),
  );
  const first = part === 'request' ? `${request.method} ${request.path}` : String(response.status);
  return [
    first,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    part === 'request' ? request.body : response.body,
  ].join('\n');
}

/** What stands around the first place where two texts differ. */
function firstDifference(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text.charAt(at) === other.charAt(at)) at += 1;
  const from = Math.max(0, at - 20);
  return `${from > 0 ? '…' : ''}${text.slice(from, at + 40)}${at + 40 < text.length ? '…' : ''}` || 'nothing';
}

/** Whether a sample differs by more than its values: another line, another header, other members. */
function isOtherShape(was: DocumentedExchange, now: DocumentedExchange, part: 'request' | 'response'): boolean {
  const head = (exchange: DocumentedExchange): string =>
    messageText(
      { ...exchange, request: { ...exchange.request, body: '' }, response: { ...exchange.response, body: '' } },
      part,
    );
  if (head(was) !== head(now)) return true;
  return shapeText(jsonBody(was[part].body)) !== shapeText(jsonBody(now[part].body));
}

function shapeText(value: unknown, depth = 0): string {
  if (depth > 60) return '…';
  if (Array.isArray(value)) return `[${shapeText(value[0], depth + 1)}]`;
  if (isObject(value))
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}:${shapeText(inner, depth + 1)}`)
      .sort()
      .join()}}`;
  return typeof value;
}
