import type { Socket } from 'node:net';
import type { Header } from '../model/exchange.ts';
import type { Answer } from './behaviour.ts';
import type { Received } from './call.ts';

/**
 * Serves a request whose verb node's parser does not know: the recorded host takes any. The whole request must have come
 * in one packet; the connection is closed afterwards.
 *
 * @param packet the bytes that the parser gave up on
 * @returns whether there was a request in them
 */
export function serveOddVerb(socket: Socket, packet: Buffer, answer: (received: Received) => Answer): boolean {
  const received = parse(packet);
  if (received === null || received.verb === 'HTTP/1.1') return false;
  const { reply } = answer(received);
  const body = reply.bytes ?? Buffer.from(reply.body);
  const headers = [...reply.headers, ['Content-Length', `${body.length}`], ['Connection', 'close']];
  const head = `HTTP/1.1 ${reply.status} ${reply.reason}\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`;
  socket.end(Buffer.concat([Buffer.from(head), body]));
  return true;
}

/** Reads a request as RFC 9112 §3 has it, with any token for a verb; null when it is none. */
function parse(packet: Buffer): Received | null {
  const end = packet.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const [requestLine = '', ...lines] = packet.toString('latin1', 0, end).split('\r\n');
  const parts = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/1\.[01]$/.exec(requestLine);
  if (parts === null) return null;
  const headers = lines.map((line): Header => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
  const body = packet.subarray(end + 4, end + 4 + length);
  if (!headers.some(([name]) => name.toLowerCase() === 'host') || body.length < length) return null;
  return { verb: parts[1] ?? '', target: parts[2] ?? '', headers, body };
}
