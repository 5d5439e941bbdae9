import type { Header, WireRequest, WireResponse } from '../model/exchange.ts';
import type { Engine, SendOptions } from './engine.ts';

/** An engine without a network: answers as told, and keeps what it was given. */
export function scripted(
  answer: (request: WireRequest, index: number) => number | Partial<WireResponse>,
): Engine & { readonly requests: WireRequest[]; readonly options: SendOptions[] } {
  const requests: WireRequest[] = [];
  const options: SendOptions[] = [];
  return {
    requests,
    options,
    send: (request, how = {}) => {
      options.push(how);
      const given = answer(request, requests.push(request) - 1);
      const response = {
        httpVersion: '1.1',
        status: 200,
        reason: '',
        headers: [],
        body: new Uint8Array(),
        ...(typeof given === 'number' ? { status: given } : given),
      };
      return Promise.resolve({ outcome: { kind: 'response', response }, ms: 1, notes: [] });
    },
    close: () => undefined,
  };
}

export function request(...headers: readonly Header[]): WireRequest {
  return { method: 'POST', url: new URL('https://target.test'), target: '/x', headers, body: null };
}
