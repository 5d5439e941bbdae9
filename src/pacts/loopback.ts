import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Header } from '../model/exchange.ts';

/** Servers that only this machine can reach, and what comes in at them. */

/** Lets a server listen at a free port of this machine. */
export async function listenLocally(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** Ends a server, with what is still open at it. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

/** The whole body of a request, as text. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** The headers of a request, in their order and with their names as sent. */
export function headersOf({ rawHeaders }: IncomingMessage): readonly Header[] {
  return rawHeaders.flatMap((name, i): Header[] => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? '']] : []));
}
