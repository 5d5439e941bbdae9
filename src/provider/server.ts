import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Header } from '../model/exchange.ts';
import type { Answer, Delivery, Reply } from './behaviour.ts';
import type { Received } from './call.ts';
import { serveOddVerb } from './odd-verbs.ts';

/** The largest request body that is read, in bytes; a longer one is answered without being read. */
const largest = 30_000_000;

/** A node:http server around one function. */
export function serverFor(answer: (received: Received) => Answer): Server {
  const handle = (req: IncomingMessage, res: ServerResponse): void => {
    const announced = Number(req.headers['content-length'] ?? 0);
    const respond = (body: Uint8Array): void => {
      deliver(
        req,
        res,
        answer({ verb: req.method ?? 'GET', target: req.url ?? '/', headers: headersOf(req.rawHeaders), body }),
      );
    };
    // A body without Content-Length is ignored, as on the recorded host.
    if (announced === 0 || announced > largest) {
      if (announced > largest) res.setHeader('Connection', 'close');
      else req.resume();
      respond(new Uint8Array());
      return;
    }
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const [first] = chunks;
      respond(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks));
    });
  };
  const server = createServer({ keepAliveTimeout: 60_000, maxHeaderSize: 65_536, noDelay: true }, handle);
  server.on('checkExpectation', handle);
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket) => {
    const { code, rawPacket } = error;
    if (code === 'HPE_INVALID_METHOD' && rawPacket !== undefined && serveOddVerb(socket, rawPacket, answer)) return;
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  return server;
}

function headersOf(raw: readonly string[]): readonly Header[] {
  const headers: Header[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return headers;
}

function deliver(req: IncomingMessage, res: ServerResponse, { reply, delivery }: Answer): void {
  const send = (): void => {
    const { socket } = req;
    if (delivery.reset) socket.resetAndDestroy();
    else if (delivery.raw !== null) socket.end(delivery.raw);
    else write(req, res, reply, delivery);
  };
  if (delivery.delayMs === 0) send();
  else setTimeout(send, delivery.delayMs).unref();
}

function write(req: IncomingMessage, res: ServerResponse, reply: Reply, delivery: Delivery): void {
  const body = reply.bytes ?? Buffer.from(reply.body);
  const headers: string[] = [];
  for (const [name, value] of reply.headers) headers.push(name, value);
  if (delivery.framing === 'length' || body.length === 0)
    headers.push('Content-Length', `${body.length + delivery.lengthError}`);
  if (res.hasHeader('Connection')) headers.push('Connection', 'close');
  res.strictContentLength = false;
  res.writeHead(reply.status, reply.reason, headers);
  if (delivery.cutAfter === null) {
    // A client that was promised more than there is would wait: the connection ends, as it does when a host breaks down.
    res.end(body, () => {
      if (delivery.lengthError > 0) req.socket.end();
    });
    return;
  }
  res.write(body.subarray(0, delivery.cutAfter), () => req.socket.destroy());
}

/**
 * Begins to listen on the loopback address.
 *
 * @param port 0 for any free one
 * @returns the port
 * @throws Error when the port is taken
 */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Ends a server and every connection to it. */
export function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
