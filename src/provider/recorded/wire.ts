import { connect } from 'node:net';
import type { Header } from '../../model/exchange.ts';

/** What came back over a socket. */
export interface Heard {
  readonly status: number | null;
  readonly headers: readonly Header[];
  readonly body: string;
}

/**
 * Sends bytes as they are, on a connection of their own, and reads one response; for requests that no client would send.
 *
 * @param hasBody false for the answer to HEAD
 */
export function exchange(port: number, bytes: Buffer, hasBody: boolean): Promise<Heard> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let heard: Buffer = Buffer.alloc(0);
    const settle = (end: boolean): void => {
      const response = parse(heard, hasBody, end);
      if (response === null) return;
      socket.destroy();
      resolve(response);
    };
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      settle(false);
    });
    socket.on('end', () => {
      settle(true);
      resolve({ status: null, headers: [], body: '' });
    });
    socket.on('error', reject);
  });
}

function parse(heard: Buffer, hasBody: boolean, ended: boolean): Heard | null {
  const end = heard.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const lines = heard.toString('latin1', 0, end).split('\r\n');
  const status = Number(lines[0]?.split(' ')[1]);
  const rest = heard.subarray(end + 4);
  if (status === 100) return parse(rest, hasBody, ended);
  const headers = lines.slice(1).map((line): Header => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const value = (name: string): string | undefined => headers.find(([n]) => n.toLowerCase() === name)?.[1];
  if (!hasBody) return { status, headers, body: '' };
  if (value('transfer-encoding') === 'chunked') {
    const body = unchunk(rest);
    return body === null ? null : { status, headers, body };
  }
  const length = value('content-length');
  if (length === undefined) return ended ? { status, headers, body: rest.toString('utf8') } : null;
  if (rest.length < Number(length)) return null;
  return { status, headers, body: rest.toString('utf8', 0, Number(length)) };
}

function unchunk(bytes: Buffer): string | null {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = bytes.indexOf('\r\n', at);
    if (line === -1) return null;
    const size = parseInt(bytes.toString('latin1', at, line), 16);
    if (size === 0) return bytes.indexOf('\r\n\r\n', line - 1) === -1 ? null : Buffer.concat(parts).toString('utf8');
    if (bytes.length < line + 2 + size + 2) return null;
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
}
