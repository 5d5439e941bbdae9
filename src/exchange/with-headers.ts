import type { Header, WireRequest } from '../model/exchange.ts';
import type { Engine } from './engine.ts';

/** A request with further headers, except those that it has already. */
export function requestWith(request: WireRequest, headers: readonly Header[]): WireRequest {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  return { ...request, headers: [...request.headers, ...headers.filter(([name]) => !names.has(name.toLowerCase()))] };
}

/** An engine that adds headers to every request, except those that a request has already; they are recorded with it. */
export function withHeaders(engine: Engine, headers: readonly Header[]): Engine {
  if (headers.length === 0) return engine;
  return {
    send: async (given, options) => {
      const request = requestWith(given, headers);
      const sent = await engine.send(request, options);
      return { ...sent, request: sent.request ?? request };
    },
    close: () => {
      engine.close();
    },
  };
}
