import { lookup } from 'node:dns/promises';
import { createEngine, type Engine } from '../../exchange/engine.ts';
import { pacedEngine, type PacedEngine } from '../../exchange/paced.ts';
import type { Redactor } from '../../exchange/redact.ts';
import type { Tls } from '../../exchange/sockets.ts';
import type { Header } from '../../model/exchange.ts';
import type { Suite } from '../../model/suite.ts';
import { protectedAddressIn } from '../../settings/hosts.ts';
import { UsageError } from '../../settings/problems.ts';
import { proxyFor, secretsOfProxy } from '../../settings/proxy.ts';
import type { LiveTarget } from '../../settings/live-target.ts';
import type { Settings } from '../../settings/settings.ts';
import type { World } from '../../settings/world.ts';

/** The way to a URL: straight or through the proxy that the environment prescribes. */
export interface Way {
  readonly engine: Engine;
  readonly notes: readonly string[];
  readonly secrets: readonly string[];
}

/**
 * The way to what a run talks to.
 *
 * @param protectedHosts nothing is sent to a name that resolves to one of these addresses, then or by now
 * @throws UsageError when the environment prescribes a proxy that is none
 */
export function wayTo(
  url: URL,
  tls: Tls,
  { timeoutMs, concurrency }: Pick<Settings, 'timeoutMs' | 'concurrency'>,
  { env, elapsed, redactor }: Pick<World, 'env' | 'elapsed' | 'redactor'>,
  protectedHosts: readonly string[] = [],
): Way {
  const proxy = proxyFor(url, env);
  const refuses = (address: string): string | null => {
    const host = protectedAddressIn([address], protectedHosts);
    return host === null ? null : `${url.hostname} resolves to a protected address by now (${host}): nothing was sent`;
  };
  const engine = createEngine({
    timeoutMs,
    concurrency,
    tls,
    refuses,
    now: elapsed,
    ...(proxy !== null && { proxy: { url: proxy.url } }),
  });
  return {
    engine: learningCookies(engine, redactor),
    notes: [
      ...(tls.insecure === true && url.protocol === 'https:'
        ? ["the target's certificate was not verified (--insecure): what answered may not be the target"]
        : []),
      ...(proxy === null ? [] : [`requests went through the proxy ${proxy.url.origin} (${proxy.variable})`]),
    ],
    secrets: proxy === null ? [] : secretsOfProxy(proxy.url),
  };
}

/** Whatever is told of an answer, be it no more than why signing in was refused, none of its cookies is. */
function learningCookies(engine: Engine, redactor: Redactor): Engine {
  return {
    send: async (request, options) => {
      const sent = await engine.send(request, options);
      if (sent.outcome.kind === 'response') redactor.learnCookies(sent.outcome.response.headers);
      return sent;
    },
    close: () => {
      engine.close();
    },
  };
}

/** A host of this process is never asked through a proxy. */
export function wayToHost(
  { timeoutMs, concurrency }: Pick<Settings, 'timeoutMs' | 'concurrency'>,
  { elapsed }: Pick<World, 'elapsed'>,
): Way {
  return { engine: createEngine({ timeoutMs, concurrency, now: elapsed }), notes: [], secrets: [] };
}

/** The engine of a way, held to the limits of the run. */
export function paced(
  engine: Engine,
  { intervalMs, budget, patienceMs }: Pick<Settings, 'intervalMs' | 'budget' | 'patienceMs'>,
  { now, elapsed, sleep }: Pick<World, 'now' | 'elapsed' | 'sleep'>,
): PacedEngine {
  return pacedEngine(engine, {
    intervalMs,
    budget,
    patienceMs,
    now,
    elapsed,
    sleep,
  });
}

/** Headers that every request to a live target carries, except those that it has already. */
export function carriedByAll(
  suite: Suite,
  { headers }: LiveTarget,
  settings: Pick<Settings, 'userAgent'>,
): readonly Header[] {
  return [...headers.map(({ header }) => header), userAgentOf(suite, settings)];
}

/** What the suite calls itself where nothing else is set (RFC 9110 §10.1.5). */
function userAgentOf(
  { name, version }: Pick<Suite, 'name' | 'version'>,
  { userAgent }: Pick<Settings, 'userAgent'>,
): Header {
  return ['User-Agent', userAgent ?? `${name}/${version}`];
}

/** What a run that changes something keeps away from. */
export function protectedFrom({
  changes,
  target,
}: Pick<Settings, 'changes'> & { readonly target: LiveTarget }): readonly string[] {
  return changes === 'allowed' ? target.protectedHosts : [];
}

/**
 * A protected address is protected under every name that it has; through a proxy, the proxy alone knows the addresses.
 *
 * @throws UsageError when the name resolves to one
 */
export async function keepAddresses(
  { hostname }: URL,
  { protectedHosts }: Pick<LiveTarget, 'protectedHosts'>,
): Promise<void> {
  const found = await lookup(hostname.replace(/^\[(.*)\]$/, '$1'), { all: true }).catch(() => []);
  const host = protectedAddressIn(
    found.map(({ address }) => address),
    protectedHosts,
  );
  if (host !== null)
    throw new UsageError(
      `--allow-changes: ${hostname} resolves to a protected address (${host}), nothing is changed there whatever else is set; name another --target`,
    );
}
