import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { expect } from 'chai';
import type { WireRequest } from '../model/exchange.ts';
import * as certificates from './certificates.fixture.ts';
import { createEngine, type Engine, type EngineOptions, type Sent } from './engine.ts';

describe('connections', () => {
  const servers: net.Server[] = [];
  const engines: Engine[] = [];
  afterEach(() => {
    for (const engine of engines.splice(0)) engine.close();
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(server: net.Server): Promise<number> {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as net.AddressInfo).port;
  }
  const secure = (cert: string): Promise<number> =>
    listen(
      https.createServer({ key: certificates.key, cert }, (_, res) => {
        res.end('hello');
      }),
    );

  function send(url: string, options: Partial<EngineOptions> = {}, target = '/'): Promise<Sent> {
    const engine = createEngine({ timeoutMs: 5000, concurrency: 2, ...options });
    engines.push(engine);
    const request: WireRequest = { method: 'GET', url: new URL(url), target, headers: [], body: null };
    return engine.send(request);
  }
  const says = ({ outcome }: Sent): string =>
    outcome.kind === 'failure'
      ? `${outcome.failure.kind}: ${outcome.failure.message}`
      : `${outcome.response.status} ${Buffer.from(outcome.response.body).toString()}`;

  it('open no connection to a refused address, looked up anew each time', async () => {
    let received = 0;
    const port = await listen(
      http.createServer((_, res) => {
        received += 1;
        // The name is looked up again for the next one.
        res.setHeader('Connection', 'close').end('hello');
      }),
    );
    const engine = createEngine({
      timeoutMs: 5000,
      concurrency: 1,
      refuses: (address) => (received > 0 && address === '127.0.0.1' ? `${address} is protected by now` : null),
    });
    engines.push(engine);
    const request = (socket: 'pooled' | 'fresh'): Promise<Sent> =>
      engine.send(
        { method: 'POST', url: new URL(`http://localhost:${port}`), target: '/', headers: [], body: null },
        { socket },
      );
    expect(says(await request('fresh'))).to.equal('200 hello');
    expect(says(await request('fresh'))).to.equal('withheld: 127.0.0.1 is protected by now');
    expect(says(await request('pooled'))).to.equal('withheld: 127.0.0.1 is protected by now');
    expect(received).to.equal(1);
  });

  describe('over TLS', () => {
    it('trust the authority they are given', async () => {
      expect(
        says(
          await send(`https://127.0.0.1:${await secure(certificates.trusted)}`, { tls: { ca: certificates.trusted } }),
        ),
      ).to.equal('200 hello');
    });
    it('refuse a self-signed certificate, in a plain sentence', async () => {
      const url = `https://127.0.0.1:${await secure(certificates.trusted)}`;
      expect(says(await send(url))).to.equal(
        `tls: ${url} is not trusted: its certificate is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT)`,
      );
    });
    it('refuse an expired one', async () => {
      const url = `https://127.0.0.1:${await secure(certificates.expired)}`;
      expect(says(await send(url, { tls: { ca: certificates.expired } }))).to.equal(
        `tls: ${url} is not trusted: its certificate has expired (CERT_HAS_EXPIRED)`,
      );
    });
    it('refuse one for another host', async () => {
      const url = `https://127.0.0.1:${await secure(certificates.elsewhere)}`;
      expect(says(await send(url, { tls: { ca: certificates.elsewhere } }))).to.equal(
        `tls: ${url} is not trusted: its certificate is for another host name (ERR_TLS_CERT_ALTNAME_INVALID)`,
      );
    });
    it('take any certificate when told to', async () => {
      expect(
        says(await send(`https://127.0.0.1:${await secure(certificates.expired)}`, { tls: { insecure: true } })),
      ).to.equal('200 hello');
    });
    it('show a client certificate', async () => {
      const port = await listen(
        https.createServer(
          {
            key: certificates.key,
            cert: certificates.trusted,
            ca: certificates.trusted,
            requestCert: true,
            rejectUnauthorized: true,
          },
          (_, res) => {
            res.end('known');
          },
        ),
      );
      const url = `https://127.0.0.1:${port}`;
      expect(
        says(await send(url, { tls: { ca: certificates.trusted, cert: certificates.trusted, key: certificates.key } })),
      ).to.equal('200 known');
      expect(says(await send(url, { tls: { ca: certificates.trusted } }))).to.match(/^tls: |^reset: /);
    });
    it('resend on a new connection only when not a byte of an answer came', async () => {
      let n = 0;
      const port = await listen(
        https.createServer({ key: certificates.key, cert: certificates.trusted }, (req, res) => {
          n += 1;
          if (n === 2) req.socket.destroy();
          else res.end('hello');
        }),
      );
      const engine = createEngine({ timeoutMs: 5000, concurrency: 2, tls: { insecure: true } });
      engines.push(engine);
      const request: WireRequest = {
        method: 'GET',
        url: new URL(`https://127.0.0.1:${port}`),
        target: '/',
        headers: [],
        body: null,
      };
      await engine.send(request);
      const second = await engine.send(request);
      expect([says(second), second.notes.length, n]).to.deep.equal(['200 hello', 1, 3]);
    });
  });

  describe('through a proxy', () => {
    it('ask for an http target in absolute form, exactly, and present the proxy its own credentials', async () => {
      const seen: unknown[] = [];
      const port = await listen(
        http.createServer((req, res) => {
          seen.push(req.url, req.headers['proxy-authorization'], req.headers.host);
          res.end('via');
        }),
      );
      const proxy = { url: new URL(`http://u:p%40@127.0.0.1:${port}`) };
      expect(says(await send('http://target.invalid:81', { proxy }, '/a/../b?x=%20'))).to.equal('200 via');
      expect(seen).to.deep.equal([
        'http://target.invalid:81/a/../b?x=%20',
        `Basic ${Buffer.from('u:p@').toString('base64')}`,
        'target.invalid:81',
      ]);
    });

    async function tunnel(answer: string): Promise<{ readonly url: URL; readonly asked: string[] }> {
      const asked: string[] = [];
      const server = http.createServer();
      server.on('connect', (req: http.IncomingMessage, client: net.Socket) => {
        asked.push(req.url ?? '');
        if (!answer.includes(' 200 ')) {
          client.end(answer);
          return;
        }
        const upstream = net.connect(Number(req.url?.split(':')[1]), '127.0.0.1', () => {
          client.write(answer);
          upstream.pipe(client);
          client.pipe(upstream);
        });
        upstream.on('error', () => client.destroy());
        client.on('error', () => upstream.destroy());
      });
      return { url: new URL(`http://127.0.0.1:${await listen(server)}`), asked };
    }
    it('reach an https target through a tunnel', async () => {
      const port = await secure(certificates.trusted);
      const proxy = await tunnel('HTTP/1.1 200 Connected\r\n\r\n');
      expect(says(await send(`https://127.0.0.1:${port}`, { proxy, tls: { ca: certificates.trusted } }))).to.equal(
        '200 hello',
      );
      expect(proxy.asked).to.deep.equal([`127.0.0.1:${port}`]);
    });
    it('do not take the refusal of a proxy for an answer of the target', async () => {
      const proxy = await tunnel('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      expect(says(await send('https://target.invalid', { proxy }))).to.equal(
        `unreachable: https://target.invalid cannot be reached through the proxy ${proxy.url.origin}: the proxy answered CONNECT with 407`,
      );
    });
    it('name the proxy when it is down', async () => {
      const proxy = { url: new URL('http://127.0.0.1:9') };
      expect(says(await send('http://target.invalid', { proxy }))).to.equal(
        'unreachable: http://target.invalid cannot be reached through the proxy http://127.0.0.1:9: nothing listens there (ECONNREFUSED)',
      );
    });
  });
});
