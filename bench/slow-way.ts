import net from 'node:net';
import type { AddressInfo } from 'node:net';

/** A way to a server on this machine on which whatever is sent takes so long to arrive. */
export interface SlowWay {
  readonly url: string;
  readonly close: () => void;
}

/**
 * Opens a way to a port of this machine.
 *
 * @param port that everything is passed on to
 * @param ms that each request takes to get there; answers come back at once
 */
export async function slowWayTo(port: number, ms: number): Promise<SlowWay> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ noDelay: true }, (client) => {
    const there = net.connect({ port, host: '127.0.0.1', noDelay: true });
    for (const socket of [client, there]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    }
    client.on('data', (chunk) => setTimeout(() => there.write(chunk), ms));
    client.on('end', () => setTimeout(() => there.end(), ms));
    there.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
