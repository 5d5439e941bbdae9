// One comparison, place by place, as a contract is written.

import type { Contract, ContractMember, ContractType, Route } from '../model/contract.ts';
import type { Difference } from '../model/published.ts';
import { camel, canonicalName } from '../values/casing.ts';
import { answeredRoot } from '../values/contract.ts';
import { contractFrom } from './contract.ts';
import { plainName } from './dotnet.ts';
import { isMetadata, type OperationFacts } from './facts.ts';
import { acknowledgement } from './framework.ts';
import {
  type Says,
  saysOf,
  toldBefore,
  plainText,
  verbText,
  losesVerb,
  responseText,
  needed,
  rangeText,
  sameMember,
  enumText,
  reachable,
  messageText,
  firstDifference,
  isOtherShape,
  isWrittenOtherwise,
  asWritten,
  tellsBases,
} from './compare-words.ts';

/**
 * Compares what documents promise now with a contract: reordering, versions, dates and the spelling of verbs make no
 * difference, and what either leaves unknown makes none.
 *
 * @param contract as documents stated it, with the exchanges that they are known to print
 * @param documents what each document says of the operation now
 * @param written a sample as the host may write it: two that are then equal are no difference
 */
export function differences(
  contract: Contract,
  documents: readonly OperationFacts[],
  written: (sample: string) => string = (sample) => sample,
): readonly Difference[] {
  const found = documents.flatMap((facts) => differencesIn(contract, facts, written));
  const told = new Map<string, Difference>();
  for (const each of found) {
    const key = JSON.stringify([each.place, each.promised, each.found]);
    const known = told.get(key);
    told.set(key, known === undefined ? each : { ...known, document: `${known.document}, ${each.document}` });
  }
  return [...told.values()];
}

function differencesIn(
  contract: Contract,
  facts: OperationFacts,
  written: (sample: string) => string,
): readonly Difference[] {
  // A sample is compared as a sample, and not by what could be concluded from it.
  const isPage = facts.samples.length > 0;
  const stated: OperationFacts = isPage ? withoutSamples(facts) : facts;
  const now = contractFrom([stated]);
  const comparison = new Comparison(contract, now, facts, contractFrom([facts]), written);
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
  readonly #written: (sample: string) => string;
  readonly #isOpen: (path: string) => boolean;
  /** The namespaces of the answer; empty where no page prints one. */
  readonly #answers: { readonly was: string; readonly now: string };

  constructor(
    was: Contract,
    now: Contract,
    facts: OperationFacts,
    sampled: Contract,
    written: (sample: string) => string,
  ) {
    this.#written = written;
    this.#was = was;
    this.#now = now;
    this.#facts = facts;
    this.#sampled = sampled;
    this.#says = saysOf(facts);
    const open = new Set([...now.unknown, ...was.unknown].map(({ path }) => path));
    this.#isOpen = (path) => open.has(path);
    this.#answers = {
      was: answeredRoot(was)?.namespace ?? '',
      now: answeredRoot(sampled)?.namespace ?? '',
    };
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
    this.#demands('roles', 'anyRole');
    this.#demands('permissions', 'anyPermission');
  }

  /** All of some, and any of others: one that moves from the one to the other is one difference. */
  #demands(all: 'roles' | 'permissions', any: 'anyRole' | 'anyPermission'): void {
    const changed = ([all, any] as const).flatMap((field) => {
      const [was, now] = [[...(this.#was[field] ?? [])].sort(), [...(this.#now[field] ?? [])].sort()];
      if (was.join() === now.join()) return [];
      const isMore =
        field === any
          ? was.some((name) => !now.includes(name)) || was.length === 0
          : now.some((name) => !was.includes(name));
      return [{ field, was: was.join(', '), now: now.join(', '), isMore }];
    });
    const [one, other] = changed;
    if (one === undefined) return;
    const both = (of: 'was' | 'now'): string =>
      changed
        .filter((each) => each[of] !== '')
        .map((each) => `${each.field === any ? 'any of ' : ''}${each[of]}`)
        .join('; ') || 'none';
    if (other === undefined) this.#add(one.field, one.was || 'none', one.now || 'none', one.isMore);
    else
      this.#add(
        all,
        both('was'),
        both('now'),
        changed.some(({ isMore }) => isMore),
      );
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
    const isTold =
      (was.base !== undefined || this.#was.sources.some(({ kind }) => tellsBases(kind))) &&
      (now.base !== undefined || tellsBases(this.#facts.source.kind)) &&
      !this.#isOpen(`${place}.base`);
    // A page shows whose members there are besides, and not by how many types they are inherited.
    const isFurther = !tellsBases(this.#facts.source.kind) && inherited(was, this.#was).has(now.base ?? '');
    if (isTold && was.base !== now.base && !isFurther)
      this.#add(`${place}.base`, was.base ?? 'none', now.base ?? 'none', was.base !== undefined);
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
    else if (isWrittenOtherwise(was, now)) this.#add(`${place}.type`, asWritten(was), asWritten(now), true);
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
    const { was: before, now: after } = this.#answers;
    // Where it is that of the request, one finding tells both.
    if (before === '' || after === '' || before === after) return;
    if (before !== this.#was.xmlNamespace || now === this.#was.xmlNamespace || now === undefined)
      this.#add('xmlNamespace of the answer', before, after, true);
  }

  #samples(): void {
    // That a namespace is another is told already.
    const renamed = [
      [this.#facts.xmlNamespace?.value ?? '', this.#was.xmlNamespace],
      [this.#answers.now, this.#answers.was],
    ] as const;
    const plain = (text: string): string =>
      renamed
        .reduce((t, [from, to]) => (from === '' || to === '' ? t : t.replaceAll(`"${from}"`, `"${to}"`)), text)
        .replace(/\s+/g, ' ')
        .trim();
    for (const was of this.#was.exchanges) {
      const now = this.#sampled.exchanges.find(({ format }) => format === was.format);
      if (now === undefined) {
        if (this.#facts.samples.some(({ format, response }) => format === was.format && response === null))
          this.#add(`exchanges ${was.format} response`, 'an answer', 'no answer', true);
        continue;
      }
      for (const part of ['request', 'response'] as const) {
        const [before, after] = [messageText(was, part), messageText(now, part)];
        if (this.#written(plain(before)) !== this.#written(plain(after)))
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

/** The types that a type inherits, directly or not. */
function inherited(type: ContractType, { types }: Contract): ReadonlySet<string> {
  const found = new Set<string>();
  for (let base = type.base; base !== undefined && !found.has(base);) {
    found.add(base);
    const name = plainName(base);
    base = types.find((each) => plainName(each.name) === name)?.base;
  }
  return found;
}
