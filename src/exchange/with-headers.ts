import type { Header } from '../model/exchange.ts';
import type { Engine } from './engine.ts';

/** An engine that adds headers to every request, except those that a request has already; they are recorded with it. */
export function withHeaders(engine: Engine, headers: readonly Header[]): Engine {
  if (headers.length === 0) return engine;
  return {
    send: async (given, options) => {
      const names = new Set(given.headers.map(([name]) => name.toLowerCase()));
      const request = {
        ...given,
        headers: [...given.headers, ...headers.filter(([name]) => !names.has(name.toLowerCase()))],
      };
      const sent = await engine.send(request, options);
      return { ...sent, request: sent.request ?? request };
    },
    close: () => {
      engine.close();
    },
  };
}
