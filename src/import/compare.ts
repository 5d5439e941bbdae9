// One comparison, place by place, as a contract is written.

import type { Contract, ContractMember, Route } from '../model/contract.ts';
import type { Difference } from '../model/published.ts';
import { camel } from '../values/casing.ts';
import { answeredRoot, isPredefined } from '../values/contract.ts';
import { compareTypes } from './compare-types.ts';
import { contractFrom, routesText, undeclared } from './contract.ts';
import { isCode, isMetadata, isOfOneForm, type OperationFacts } from './facts.ts';
import { acknowledgement } from './framework.ts';
import { readingsOf } from './readings.ts';
import {
  accessText,
  firstDifference,
  isOtherShape,
  losesVerb,
  messageText,
  plainText,
  responseText,
  saysOf,
  toldBefore,
  verbText,
  type Says,
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
  const [stated, ...others] = readingsOf(isPage ? withoutSamples(facts) : facts);
  const now = contractFrom([stated]);
  const [read] = isPage ? readingsOf(facts) : [stated];
  const first = new Comparison(contract, now, read, isPage ? contractFrom([read]) : now, written).all();
  const told = new Set(first.map(({ place }) => thingAt(place)));
  // Where a document contradicts itself, either of what it says may be what has changed.
  const further = others.flatMap((other) => {
    const its = contractFrom([other]);
    return new Comparison(contract, its, other, its, written).all().filter(({ place }) => !told.has(thingAt(place)));
  });
  return [...first, ...further];
}

/** The thing that a place is of, whatever of it is told: a member, or who may call. */
function thingAt(place: string): string {
  if (/^(?:authentication|challenged|(?:any)?(?:roles?|permissions?))$/i.test(place)) return 'authentication';
  return /^types\.[^.]+\.[^.]+/.exec(place)?.[0] ?? place;
}

function withoutSamples(facts: OperationFacts): OperationFacts {
  return { ...facts, samples: [], response: { value: { kind: 'unknown' }, at: facts.at } };
}

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
    this.#says = saysOf(facts, was);
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
    this.#text('description', this.#was.description, this.#now.description, this.#says.description);
    this.#routes();
    this.#verbs();
    this.#access();
    this.#response();
    this.#casing();
    compareTypes({
      was: this.#was,
      now: this.#now,
      facts: this.#facts,
      says: this.#says,
      isOpen: this.#isOpen,
      isOfFormBefore: this.#isOfFormBefore(),
      isTold: (begin) => this.#found.some(({ place }) => place.startsWith(begin)),
      add: (...found) => {
        this.#add(...found);
      },
      text: (...found) => {
        this.#text(...found);
      },
    });
    this.#formats();
    this.#namespace();
    this.#samples();
    return this.#found;
  }

  #add(place: string, promised: string, found: string, breaks: boolean): void {
    if (!this.#isKnown(place, found))
      this.#found.push({ document: this.#facts.source.where, place, promised, found, breaks });
  }

  /** Whether documents of this form said so when the contract was read, and others disagreed. */
  #isKnown(place: string, found: string): boolean {
    const { kind } = this.#facts.source;
    return this.#was.disagreements.some(
      ({ path, values }) =>
        path === place &&
        values.some(
          ({ value, source }) =>
            isOfOneForm(source, kind) &&
            (disagreeing(value) === disagreeing(found) || (value === 'a member' && found !== 'no such member')),
        ),
    );
  }

  /** A text that explains; a document that says nothing of it says nothing against it, unless it is one that would. */
  #text(place: string, was: string | undefined, now: string | undefined, says: boolean): void {
    const [a, b] = [was, now].map((text = '') => (isOwn(text) ? '' : plainText(text)));
    if (a === undefined || b === undefined || a === b) return;
    if ((b === '' && !says) || (a === '' && !toldBefore(this.#was))) return;
    this.#add(place, a === '' ? 'no text' : a, b === '' ? 'no text' : b, false);
  }

  #routes(): void {
    if (this.#facts.routes === undefined || this.#isOpen('routes')) return;
    const hasPrefix = this.#facts.prefix !== undefined && this.#facts.source.kind !== 'text' && !this.#isOpen('prefix');
    if (hasPrefix && this.#was.prefix !== this.#now.prefix)
      this.#add('prefix', this.#was.prefix || 'none', this.#now.prefix || 'none', true);
    const cut = ({ prefix }: Contract, { path }: Route): string =>
      (hasPrefix || prefix === this.#was.prefix) && path.startsWith(prefix) ? path.slice(prefix.length) : path;
    const own = this.#was.routes.filter((route) => !isPredefined(route));
    if (this.#facts.routes.value.length === 0) {
      const promised = own.map(({ verbs, path }) => `${verbText(verbs)} ${path}`).join(', ');
      if (own.length > 0) this.#add('routes', promised, 'no route of its own', true);
      return;
    }
    // A first route of its own takes the predefined one away from nobody.
    const was = own.map((route) => ({ route, path: cut(this.#was, route) }));
    // Without a prefix of its own, a source says paths behind that of the contract.
    const now = this.#now.routes.map((route) => ({ route, path: cut(this.#now, route) }));
    const said = this.#now.routes.map(({ verbs, path }) => ({
      verbs,
      path: hasPrefix ? path : `${this.#was.prefix}${path}`,
    }));
    const isKnown = this.#isKnown('routes', routesText(said));
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
      else this.#route(each.route, its.route, isKnown);
    }
    if (isKnown) return;
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

  #route(was: Route, now: Route, isKnown: boolean): void {
    const place = `routes ${was.path}`;
    if (!isKnown && verbText(was.verbs) !== verbText(now.verbs))
      this.#add(`${place} verbs`, verbText(was.verbs), verbText(now.verbs), losesVerb(was.verbs, now.verbs));
    this.#text(`${place} summary`, was.summary, now.summary, this.#says.texts);
    this.#text(`${place} notes`, was.notes, now.notes, this.#says.texts);
  }

  #verbs(): void {
    const [was, now] = [this.#was.verbs, this.#now.verbs];
    if (was === undefined) return;
    if (now === undefined) {
      if (isMetadata(this.#facts.source.kind) && this.#isOfFormBefore())
        this.#add('verbs', verbText(was), 'none', true);
    } else if (verbText(was) !== verbText(now)) this.#add('verbs', verbText(was), verbText(now), losesVerb(was, now));
  }

  #wasOpen(place: string): boolean {
    return this.#was.unknown.some(({ path }) => path === place);
  }

  /** Whether the contract was read from a document of the same form. */
  #isOfFormBefore(): boolean {
    return this.#was.sources.some(({ kind }) => isOfOneForm(kind, this.#facts.source.kind));
  }

  #access(): void {
    const [was, now] = [this.#was.authentication, this.#now.authentication];
    if (was !== 'unknown' && now !== 'unknown' && was !== now) {
      this.#add('authentication', accessText(this.#was), accessText(this.#now), now === 'required');
      return;
    }
    const [before, after] = [this.#was.challenged, this.#now.challenged];
    if (before !== undefined && after !== undefined && before !== after)
      this.#add('challenged', String(before), String(after), before);
    if (was === 'required' && now === 'unknown' && this.#isOfFormBefore() && this.#isDemandedByCode())
      this.#add('authentication', accessText(this.#was), 'demanded by no validator', false);
    const isNew = this.#was.sources.every(({ kind }) => isCode(kind)) && !isCode(this.#facts.source.kind);
    if (this.#facts.authentication === undefined || was === 'unknown' || isNew) return;
    this.#demands('roles', 'anyRole');
    this.#demands('permissions', 'anyPermission');
  }

  /** Code shows who may call as far as a validator demands it: [Authenticate] and [RequiredRole] it never shows. */
  #isDemandedByCode(): boolean {
    const { sources, challenged } = this.#was;
    return isCode(this.#facts.source.kind) && (challenged === false || sources.every(({ kind }) => isCode(kind)));
  }

  /** All of some, and any of others: one that moves from the one to the other is one difference. */
  #demands(all: 'roles' | 'permissions', any: 'anyRole' | 'anyPermission'): void {
    const isSilent = isCode(this.#facts.source.kind) && !this.#was.sources.every(({ kind }) => isCode(kind));
    const changed = ([all, any] as const).flatMap((field) => {
      const [was, now] = [[...(this.#was[field] ?? [])].sort(), [...(this.#now[field] ?? [])].sort()];
      if (was.join() === now.join() || (now.length === 0 && isSilent)) return [];
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
    const [a, b] = [responseText(was), responseText(now)];
    if (was.kind === 'unknown' || now.kind === 'unknown') {
      if (a === b || !this.#isOfFormBefore()) return;
      if (was.kind === 'unknown') this.#add('response', undeclared, b, false);
      else if (this.#facts.declaresNoAnswer === true) this.#add('response', a, undeclared, true);
      return;
    }
    if (a === b && this.#facts.declaresNoAnswer === true && this.#isOfFormBefore() && !this.#wasOpen('response'))
      this.#add('response', a, undeclared, true);
    const isVague = [was, now].some(
      (each) => (each.kind === 'raw' && each.type === undefined) || ('type' in each && each.type === 'unknown'),
    );
    // Bytes are bytes, whatever the code reads them from.
    const isOfBytes = [was, now].every((each) => each.kind === 'raw' && each.type !== 'String');
    if (a !== b && !isOfBytes && !(isVague && was.kind === now.kind)) this.#add('response', a, b, true);
  }

  /** The spelling of all members at once; a member that has an alias is spelt so in every casing. */
  #casing(): void {
    const now = this.#facts.casing?.value;
    const members = allMembers(this.#was).filter(({ property }) => camel(property) !== property);
    const isAll = (written: (property: string) => string): boolean =>
      members.every(({ name, property }) => name === written(property) || ![property, camel(property)].includes(name));
    const was = members.length === 0 ? null : isAll(camel) ? 'camel' : isAll((property) => property) ? 'pascal' : null;
    const stays = new Set(allMembers(this.#now).map(({ name, property }) => `${property} ${name}`));
    if (members.every(({ name, property }) => stays.has(`${property} ${name}`))) return;
    if (now !== undefined && was !== null && now !== was) this.#add('casing', was, now, true);
  }

  #formats(): void {
    if (this.#facts.formats !== undefined && !this.#wasOpen('formats')) {
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
      const was = this.#was.formats.find(({ name }) => name === format)?.printed.suffix;
      if (was === undefined || was === printed) continue;
      if (printed !== null) this.#add(`formats ${format} suffix`, was, printed, true);
      else if (this.#facts.source.kind === 'page' && this.#isOfFormBefore())
        this.#add(`formats ${format} suffix`, was, 'not printed', false);
    }
  }

  #namespace(): void {
    const now = this.#facts.xmlNamespace?.value;
    if (
      now !== undefined &&
      this.#was.xmlNamespace !== '' &&
      !this.#wasOpen('xmlNamespace') &&
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
        // No reader of HTML keeps the character that a Char is by default.
        .replaceAll('\u0000', '')
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

/** What a comparison finds, in the words of a disagreement. */
function disagreeing(text: string): string {
  return text
    .replace(/ = -?\d+| \([^()]*\)/g, '')
    .replace(/^(?:enforced|documented)$/, 'yes')
    .replace(/^all verbs$/, 'any')
    .replace(/^(?:none|no text)$/, '')
    .replace(/[\s,]+/g, ' ')
    .trim();
}

/** Whether words are the suite's own, which no document says. */
function isOwn(text: string): boolean {
  return text === acknowledgement.type || text === acknowledgement.member;
}

function allMembers({ types }: Contract): readonly ContractMember[] {
  return types.flatMap((type) => type.members);
}
