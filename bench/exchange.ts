import http from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { createEngine } from '../src/exchange/engine.ts';
import { inTurns, post } from './bare.ts';
import { compare } from './measure.ts';

const requests = 300;
const body = '{"ContactId":"de5b919e-90c6-46d2-adf3-b4f307c7d605"}';

const server = http.createServer((request, response) => {
  request.resume().on('end', () => response.setHeader('Content-Type', 'application/json').end('{}'));
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);

const agent = new http.Agent({ keepAlive: true });
const engine = createEngine({ timeoutMs: 10_000, concurrency: 1 });
const client = supertest(base.origin);

await compare(`${requests} small POSTs to a trivial server, one after the other`, 7, [
  { name: 'node:http, kept alive', work: () => inTurns(requests, 1, () => post(new URL('/a', base), agent, {}, body)) },
  {
    name: 'the engine of this suite',
    work: () =>
      inTurns(requests, 1, async () => {
        const { outcome } = await engine.send({
          method: 'POST',
          url: base,
          target: '/a',
          headers: [['Content-Type', 'application/json']],
          body,
        });
        if (outcome.kind === 'failure') throw new Error(outcome.failure.message);
      }),
  },
  {
    name: 'supertest',
    work: () =>
      inTurns(requests, 1, async () => {
        await client.post('/a').set('Content-Type', 'application/json').send(body);
      }),
  },
]);

engine.close();
agent.destroy();
server.close();
