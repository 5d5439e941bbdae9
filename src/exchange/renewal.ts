import type { Header, WireRequest } from '../model/exchange.ts';
import { readJwt, type Identity } from './credentials.ts';
import { withheld, type Engine, type Sent } from './engine.ts';

export type Renewed =
  { readonly kind: 'renewed'; readonly identity: Identity } | { readonly kind: 'failed'; readonly reason: string };

export interface RenewalOptions {
  /** What the run begins with. */
  readonly identity: Identity;
  /** Gets new credentials from where the first ones came from. */
  readonly renew: () => Promise<Renewed>;
  /** How: `by the token command`. */
  readonly says: string;
  /** A request that changes nothing, with these credentials: asked only to see whether they are still accepted. Null where nothing may be asked. */
  readonly question: ((valid: readonly Header[]) => WireRequest) | null;
  readonly now: () => Date;
  /** Told every new secret before it is used. */
  readonly learn: (secret: string) => void;
}

export interface Renewing {
  readonly engine: Engine;
  /** Presents whatever is valid now. */
  readonly identity: Identity;
  readonly notes: () => readonly string[];
}

const UNAUTHORIZED = 401;
/** Milliseconds before its expiry at which a token is no longer presented. */
const MARGIN_MS = 5000;

type Fate = { readonly kind: 'alive' | 'renewed' | 'unasked' } | { readonly kind: 'lost'; readonly reason: string };

/**
 * Renews the credentials of a run when they end before it does, and hides nothing of it.
 *
 * A token that says when it expires (RFC 7519 §4.1.4) is renewed before it is presented too late. A 401 to credentials
 * that the target had accepted is looked into: the target is asked once more with the same ones. If it accepts them, the
 * 401 is the target's own and stands. If it refuses them, they are renewed, and the request is sent again with a note;
 * one that changes something is not sent twice, and counts as not answered. What the target never accepted is never
 * renewed.
 *
 * @param engine sends the requests
 * @param options the credentials, and how to renew them
 */
export function renewing(engine: Engine, options: RenewalOptions): Renewing {
  const generations: Identity[] = [options.identity];
  const accepted = new Set<number>();
  const overdue = new Set<number>();
  let renewals = 0;
  let lost: string | null = null;
  let underWay: Promise<Fate> | null = null;

  const last = (): number => generations.length - 1;
  const identity = (): Identity => generations[last()] ?? options.identity;
  const headersOf = (generation: number): readonly Header[] => validOf(generations[generation] ?? options.identity);
  const generationOf = (request: WireRequest): number =>
    generations.findLastIndex((_, generation) => presents(request, headersOf(generation)));

  const renew = async (): Promise<Fate> => {
    const before = JSON.stringify(headersOf(last()));
    const renewed = await options.renew();
    if (renewed.kind === 'failed') return { kind: 'lost', reason: renewed.reason };
    for (const secret of renewed.identity.secrets) options.learn(secret);
    if (JSON.stringify(validOf(renewed.identity)) === before)
      return { kind: 'lost', reason: `${options.says} the same ones came again` };
    generations.push(renewed.identity);
    renewals += 1;
    return { kind: 'renewed' };
  };

  const examine = async (generation: number): Promise<Fate> => {
    if (options.question === null) return { kind: 'unasked' };
    const { outcome } = await engine.send(options.question(headersOf(generation)));
    if (outcome.kind === 'failure' || outcome.response.status !== UNAUTHORIZED) return { kind: 'alive' };
    return renew();
  };

  /** However many requests meet the same end, it is looked into once. */
  const once = async (generation: number, how: () => Promise<Fate>): Promise<Fate> => {
    if (underWay !== null) await underWay;
    if (generation < last()) return { kind: 'renewed' };
    underWay = how();
    try {
      return await underWay;
    } finally {
      underWay = null;
    }
  };

  const renewIfExpired = async (): Promise<void> => {
    const generation = last();
    const expires = expiryOf(headersOf(generation));
    if (expires === null || options.now().getTime() < expires - MARGIN_MS || overdue.has(generation)) return;
    const fate = await once(generation, renew);
    // It may be accepted for all that, and nothing is gained by asking for another one each time.
    if (fate.kind === 'lost') overdue.add(generation);
    else if (expired(headersOf(last()), options.now())) overdue.add(last());
  };

  return {
    engine: {
      send: async (given, how = {}): Promise<Sent> => {
        if (generationOf(given) === -1) return engine.send(given, how);
        if (lost !== null) return withheld(lost, []);
        await renewIfExpired();
        const generation = last();
        const request = exchanged(given, headersOf(generationOf(given)), headersOf(generation));
        const sent = await engine.send(request, how);
        if (sent.outcome.kind === 'failure') return { ...sent, request: sent.request ?? request };
        if (sent.outcome.response.status !== UNAUTHORIZED) {
          accepted.add(generation);
          return { ...sent, request: sent.request ?? request };
        }
        if (!accepted.has(generation)) return { ...sent, request: sent.request ?? request };
        const fate = await once(generation, () => examine(generation));
        switch (fate.kind) {
          case 'alive':
            return {
              ...sent,
              request: sent.request ?? request,
              notes: [...sent.notes, 'asked with the same credentials right after this 401, the target accepted them'],
            };
          case 'unasked':
            return {
              ...sent,
              request: sent.request ?? request,
              notes: [
                ...sent.notes,
                'no request that changes nothing could ask whether the credentials still hold, so this 401 stands',
              ],
            };
          case 'lost':
            lost = `the target no longer accepts the credentials of this run, and they could not be renewed: ${fate.reason}`;
            return withheld(lost, sent.notes);
          case 'renewed': {
            if (how.socket === 'fresh' || how.socket === 'kept') {
              return withheld(
                'the credentials of the run ended with this request (401); it may change something, so it was not sent again with new ones',
                sent.notes,
              );
            }
            const renewed = exchanged(given, headersOf(generationOf(given)), headersOf(last()));
            const again = await engine.send(renewed, how);
            return {
              ...again,
              request: again.request ?? renewed,
              notes: [
                ...sent.notes,
                `answered 401 at first: the target no longer accepted the credentials of the run; they were renewed ${options.says}, and it was sent again`,
                ...again.notes,
              ],
            };
          }
        }
      },
      close: () => {
        engine.close();
      },
    },
    identity: {
      says: options.identity.says,
      resolve: (kind) => identity().resolve(kind),
      get secrets() {
        return generations.flatMap((each) => each.secrets);
      },
      secretHeaders: options.identity.secretHeaders,
      madeUp: options.identity.madeUp,
    },
    notes: () => [
      ...(renewals === 0
        ? []
        : [
            `the credentials ended during the run and were renewed ${renewals === 1 ? 'once' : `${renewals} times`}, ${options.says}`,
          ]),
      ...(lost === null ? [] : [lost]),
    ],
  };
}

function validOf(identity: Identity): readonly Header[] {
  const valid = identity.resolve('valid');
  return valid.kind === 'headers' ? valid.headers : [];
}

function presents(request: WireRequest, valid: readonly Header[]): boolean {
  return valid.length > 0 && valid.every((header) => request.headers.some((each) => same(each, header)));
}

function exchanged(request: WireRequest, old: readonly Header[], now: readonly Header[]): WireRequest {
  return {
    ...request,
    headers: [...now, ...request.headers.filter((each) => !old.some((header) => same(each, header)))],
  };
}

function same([name, value]: Header, [otherName, otherValue]: Header): boolean {
  return name === otherName && value === otherValue;
}

/** When the token in these headers expires, in milliseconds since 1970; null when it does not say. */
export function expiryOf(headers: readonly Header[]): number | null {
  for (const [, value] of headers) {
    // A scheme and a token, a token alone, or cookies with one among them.
    for (const word of value.split(/[\s;,="]/)) {
      const expires = word.includes('.') ? readJwt(word)?.payload['exp'] : undefined;
      if (typeof expires === 'number') return expires * 1000;
    }
  }
  return null;
}

function expired(headers: readonly Header[], now: Date): boolean {
  const expires = expiryOf(headers);
  return expires !== null && now.getTime() >= expires - MARGIN_MS;
}
