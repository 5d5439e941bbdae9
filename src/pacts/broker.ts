import { InconclusiveError, UsageError } from '../settings/problems.ts';
import { isObject, type JsonObject } from '../values/json.ts';
import type { FromBroker, Notice } from './brought.ts';
import { linkIn, linkName, nameOf, type Hal } from './hal.ts';
import { readPact, type Pact } from './pact.ts';

/** Which pacts a broker is asked for. */
export interface Choice {
  readonly provider: string;
  readonly selectors: readonly object[];
  readonly branch: string | null;
  readonly tags: readonly string[];
  /** Pacts of branches that are worked on, begun since this day, as pending ones; null for none. */
  readonly wipSince: string | null;
}

/** A pact as a broker gives it. */
export interface PactOfBroker {
  readonly pact: Pact;
  /** JSON, as the verifier reads it. */
  readonly text: string;
  readonly from: FromBroker;
}

/**
 * The pacts that a broker has for a provider. The index is asked for first, so that an address that is no broker's is
 * known as one.
 *
 * @throws UsageError when there is no broker, or it refuses the selectors
 * @throws InconclusiveError when it cannot be asked, or gives a pact that cannot be read
 */
export async function pactsFor(hal: Hal, choice: Choice): Promise<readonly PactOfBroker[]> {
  const index = await hal.ask({ method: 'GET', href: `${nameOf(hal.base)}/`, what: 'its index' });
  const href = linkIn(index, 'pb:provider-pacts-for-verification', { provider: choice.provider });
  if (href === null)
    throw new UsageError(
      `${nameOf(hal.base)} answers JSON, but is no Pact broker: its index has no pb:provider-pacts-for-verification`,
    );
  const chosen = await hal.ask({
    method: 'POST',
    href,
    body: questionOf(choice),
    what: `the pacts for ${choice.provider}`,
  });
  const pacts: PactOfBroker[] = [];
  for (const entry of entriesIn(chosen)) pacts.push(await fetchPact(hal, entry));
  return pacts;
}

/** One pact by its address, as a broker's webhook names it; it counts, pending or not. */
export async function pactAt(hal: Hal): Promise<PactOfBroker> {
  return fetchPact(hal, {
    href: hal.base.href,
    name: `the pact ${nameOf(hal.base)}`,
    chosenAs: null,
    pending: false,
    notices: [],
  });
}

/** An empty branch would be refused where pending pacts are asked for, and they depend on a branch or on tags. */
function questionOf({ selectors, branch, tags, wipSince }: Choice): object {
  return {
    consumerVersionSelectors: selectors,
    includePendingStatus: branch !== null || tags.length > 0,
    ...(branch !== null && { providerVersionBranch: branch }),
    ...(tags.length > 0 && { providerVersionTags: tags }),
    ...(wipSince !== null && { includeWipPactsSince: wipSince }),
  };
}

interface Entry extends Pick<FromBroker, 'chosenAs' | 'pending' | 'notices'> {
  readonly href: string;
  readonly name: string;
}

function entriesIn(answer: JsonObject): readonly Entry[] {
  const embedded = answer['_embedded'];
  const pacts = isObject(embedded) && Array.isArray(embedded['pacts']) ? embedded['pacts'].filter(isObject) : [];
  return pacts.map((entry): Entry => {
    const properties = isObject(entry['verificationProperties']) ? entry['verificationProperties'] : {};
    const href = linkIn(entry, 'self');
    if (href === null) throw new InconclusiveError('the broker names a pact without its address');
    return {
      href,
      name: named(linkName(entry, 'self') ?? href),
      chosenAs: typeof entry['shortDescription'] === 'string' ? entry['shortDescription'] : null,
      pending: properties['pending'] === true,
      notices: noticesIn(properties['notices']),
    };
  });
}

function noticesIn(value: unknown): readonly Notice[] {
  return (Array.isArray(value) ? value : []).flatMap((notice: unknown) =>
    isObject(notice) && typeof notice['text'] === 'string'
      ? [{ when: String(notice['when']), text: notice['text'] }]
      : [],
  );
}

/** What cannot be had is no fault of the command line: the broker itself has named it. */
async function fetchPact(hal: Hal, { href, name, ...chosen }: Entry): Promise<PactOfBroker> {
  let resource: JsonObject;
  try {
    resource = await hal.ask({ method: 'GET', href, what: name });
  } catch (error) {
    if (error instanceof UsageError && chosen.chosenAs !== null) throw new InconclusiveError(error.message);
    throw error;
  }
  const text = JSON.stringify(resource);
  const read = readPact(text, name);
  if (!read.ok) throw new InconclusiveError(read.problem);
  const version = linkName(resource, 'pb:consumer-version') ?? versionIn(name);
  return { pact: read.pact, text, from: { kind: 'broker', resource, version, ...chosen } };
}

function named(link: string): string {
  return link.replace(/^Pact between/, 'the pact between');
}

/** From the name of its link: `Pact between web (1.2.3) and platform-api`. */
function versionIn(name: string): string | null {
  return /\(([^()]+)\) and /.exec(name)?.[1] ?? null;
}
