import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createRedactor } from '../../exchange/redact.ts';
import { wayTo } from './way.ts';

describe('the way to a target', () => {
  it('hides the cookies of whatever it brings, before anything of it is told', async () => {
    const host = createServer((_, response) =>
      response.writeHead(400, { 'Set-Cookie': ['sid=lettersonly; Path=/', 'a=b'] }).end(),
    );
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${String((host.address() as AddressInfo).port)}`);
    const redactor = createRedactor();
    const { engine } = wayTo(url, {}, { timeoutMs: 5000, concurrency: 1 }, { env: {}, elapsed: () => 0, redactor });
    try {
      await engine.send({ method: 'GET', url, target: '/', headers: [], body: null });
      expect(redactor.text('signing in was refused with 400 lettersonly, b')).to.equal(
        'signing in was refused with 400 [redacted], b',
      );
    } finally {
      engine.close();
      host.close();
    }
  });
});
