import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect } from 'chai';
import { targets } from '../src/exchange/hostile-targets.fixture.ts';
import { conform } from './console.fixture.ts';

/** A fixed few of those that `npm run test:hostile` goes through, one of each kind that is quick. */
const sample = [
  'line ends in a message',
  'names of secrets in a message',
  'JSON: lists in lists',
  'JSON: names of built-ins',
  'JSON: control characters',
  'JSON: half a surrogate pair',
  'XML: entities in entities',
  'XML: a million open brackets',
  'a status of no digits',
  'two lengths',
  'a redirect to itself',
  'a thousand cookies',
  'two answers at once',
  '429 and to wait for less than no time',
  'a gzip bomb',
  'a reset at once',
];

describe('some hostile targets', function () {
  this.timeout(60_000);

  it('are of the table', () => {
    expect(targets.map(({ what }) => what)).to.include.members(sample);
  });

  for (const { what, answer, codes } of targets.filter((target) => sample.includes(target.what))) {
    it(`${what}: ${codes.join(' or ')}`, async () => {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('data', (chunk) => {
          for (const request of chunk.toString('latin1').split('\r\n\r\n').slice(0, -1)) answer(request, socket);
        });
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      try {
        const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
        const line = ['--target', url, '--only', 'ROUTE-001', '--timeout', '2000', '--patience', '500'];
        const { code, out, err } = await conform(line, { env: { CONFORM_TOKEN: 'a-token-of-the-run' } });
        expect(`${out}${err}`).not.to.match(/failed in itself|Maximum call stack/);
        expect(`${out}${err}`).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f]/);
        expect(codes, err).to.include(code);
      } finally {
        for (const socket of sockets) socket.destroy();
        server.close();
      }
    });
  }
});
