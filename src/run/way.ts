import { setTimeout } from 'node:timers/promises';
import type { Console } from '../../bin/console.ts';
import { createEngine, type Engine } from '../exchange/engine.ts';
import { pacedEngine, type PacedEngine } from '../exchange/paced.ts';
import type { Tls } from '../exchange/sockets.ts';
import { asUsage } from '../settings/effective.ts';
import { proxyFor } from '../settings/proxy.ts';
import type { Settings } from '../settings/settings.ts';

/** The way to a URL: straight or through the proxy that the environment prescribes. */
export interface Way {
  readonly engine: Engine;
  readonly notes: readonly string[];
  readonly secrets: readonly string[];
}

/** @throws UsageError when the environment prescribes a proxy that is none */
export function wayTo(
  url: URL,
  tls: Tls,
  { timeoutMs, concurrency }: Pick<Settings, 'timeoutMs' | 'concurrency'>,
  { env }: Pick<Console, 'env'>,
): Way {
  const proxy = asUsage(() => proxyFor(url, env));
  return {
    engine: createEngine({ timeoutMs, concurrency, tls, ...(proxy !== null && { proxy: { url: proxy.url } }) }),
    notes: [
      ...(tls.insecure === true && url.protocol === 'https:'
        ? ["the target's certificate was not verified (--insecure): whoever answered may not be the target"]
        : []),
      ...(proxy === null ? [] : [`requests went through the proxy ${proxy.url.origin} (${proxy.variable})`]),
    ],
    secrets: proxy === null ? [] : [decodeURIComponent(proxy.url.password)].filter((secret) => secret !== ''),
  };
}

/** The embedded provider is never asked through a proxy. */
export function wayToEmbedded({ timeoutMs, concurrency }: Pick<Settings, 'timeoutMs' | 'concurrency'>): Way {
  return { engine: createEngine({ timeoutMs, concurrency }), notes: [], secrets: [] };
}

/** The engine of a way, held to the limits of the run. */
export function paced(
  engine: Engine,
  { intervalMs, budget, patienceMs }: Pick<Settings, 'intervalMs' | 'budget' | 'patienceMs'>,
  { now }: Pick<Console, 'now'>,
): PacedEngine {
  return pacedEngine(engine, {
    intervalMs,
    budget,
    patienceMs,
    now,
    elapsed: () => performance.now(),
    // An aborted wait ends at once; the request behind it then fails as interrupted.
    sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  });
}
