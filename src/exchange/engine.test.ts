// One engine on real sockets: each way in which an answer comes, or does not.

import { once } from 'node:events';
import net from 'node:net';
import { expect } from 'chai';
import nock from 'nock';
import type { Header, WireRequest } from '../model/exchange.ts';
import { createEngine, resent, type Engine, type EngineOptions, type Sent } from './engine.ts';

// nock stands between every socket of the process from its import on; only one test wants it there.
nock.restore();

type Serve = (socket: net.Socket, requests: () => string) => void;

describe('the engine', () => {
  const servers: net.Server[] = [];
  const sockets = new Set<net.Socket>();
  const engines: Engine[] = [];

  afterEach(() => {
    for (const engine of engines.splice(0)) engine.close();
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  /** A server that answers each complete head with `answer`; `requests()` is all that came on this connection. */
  async function serve(connected: Serve): Promise<URL> {
    const server = net.createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString('utf8');
      });
      connected(socket, () => text);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new URL(`http://127.0.0.1:${(server.address() as net.AddressInfo).port}`);
  }

  const answering = (bytes: string | Buffer, then: (socket: net.Socket) => void = () => undefined): Promise<URL> =>
    serve((socket) =>
      socket.on('data', () => {
        socket.write(bytes, () => {
          then(socket);
        });
      }),
    );

  function engine(options: Partial<EngineOptions> = {}): Engine {
    const made = createEngine({ timeoutMs: 5000, concurrency: 4, ...options });
    engines.push(made);
    return made;
  }

  const get = (url: URL, more: Partial<WireRequest> = {}): WireRequest => ({
    method: 'GET',
    url,
    target: '/',
    headers: [],
    body: null,
    ...more,
  });

  const failureOf = (sent: Sent): string =>
    sent.outcome.kind === 'failure' ? sent.outcome.failure.kind : `status ${sent.outcome.response.status}`;
  const messageOf = (sent: Sent): string => (sent.outcome.kind === 'failure' ? sent.outcome.failure.message : '');
  const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

  describe('puts on the wire', () => {
    async function sentBytes(request: Partial<WireRequest>): Promise<string> {
      let text = '';
      const url = await serve((socket, all) =>
        socket.on('data', () => {
          text = all();
          socket.write(OK);
        }),
      );
      await engine().send(get(url, request));
      return text.replace(/^Host: .*$/m, 'Host: HERE');
    }

    it('nothing but Host when nothing is given', async () => {
      expect(await sentBytes({})).to.equal('GET / HTTP/1.1\r\nHost: HERE\r\n\r\n');
    });
    it('the request target without normalising it', async () => {
      expect(await sentBytes({ target: '/a/../b//c/%7e;x?q=%20[1]|\'"' })).to.match(
        /^GET \/a\/\.\.\/b\/\/c\/%7e;x\?q=%20\[1\]\|'" HTTP\/1\.1\r\n/,
      );
    });
    it('headers in their order and casing, a name twice as two lines', async () => {
      const headers: Header[] = [
        ['x-B', '1'],
        ['ACCEPT', 'a/b'],
        ['ACCEPT', 'c/d'],
        ['x-a', ''],
      ];
      expect(await sentBytes({ headers })).to.equal(
        'GET / HTTP/1.1\r\nHost: HERE\r\nx-B: 1\r\nACCEPT: a/b\r\nACCEPT: c/d\r\nx-a: \r\n\r\n',
      );
    });
    it('the body as UTF-8 with the length of its bytes, with GET and invented verbs too', async () => {
      for (const method of ['GET', 'DELETE', 'POST', 'BREW']) {
        expect(await sentBytes({ method, body: '{"é":"✓"}' })).to.equal(
          `${method} / HTTP/1.1\r\nHost: HERE\r\nContent-Length: 12\r\n\r\n{"é":"✓"}`,
        );
      }
    });
    it('a length of zero for a POST without a body', async () => {
      expect(await sentBytes({ method: 'POST' })).to.equal(
        'POST / HTTP/1.1\r\nHost: HERE\r\nContent-Length: 0\r\n\r\n',
      );
    });
    it('a Host, Connection or Content-Length that is given, instead of its own', async () => {
      expect(
        await sentBytes({
          method: 'POST',
          body: 'ab',
          headers: [
            ['Connection', 'close'],
            ['Content-Length', '2'],
            ['Host', 'other'],
          ],
        }),
      ).to.equal('POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: 2\r\nHost: HERE\r\n\r\nab');
    });
    it('nothing at all for a header that HTTP cannot carry: the call rejects', async () => {
      const url = await answering(OK);
      let thrown: unknown;
      await engine()
        .send(get(url, { headers: [['X', 'a\r\nB: c']] }))
        .catch((error: unknown) => {
          thrown = error;
        });
      expect(thrown).to.be.instanceOf(TypeError);
    });
  });

  describe('brings back', () => {
    it('status, reason, raw headers in order and the exact bytes', async () => {
      const url = await answering(
        Buffer.concat([
          Buffer.from('HTTP/1.1 404 No Such\r\nx-B: 1\r\nSet-Cookie: a\r\nSET-cookie: b\r\nContent-Length: 3\r\n\r\n'),
          Buffer.from([0, 255, 10]),
        ]),
      );
      const { outcome } = await engine().send(get(url));
      expect(outcome).to.deep.equal({
        kind: 'response',
        response: {
          httpVersion: '1.1',
          status: 404,
          reason: 'No Such',
          headers: [
            ['x-B', '1'],
            ['Set-Cookie', 'a'],
            ['SET-cookie', 'b'],
            ['Content-Length', '3'],
          ],
          body: Buffer.from([0, 255, 10]),
        },
      });
    });
    it('an HTTP/1.0 answer that ends with the connection', async () => {
      const { outcome } = await engine().send(
        get(
          await answering('HTTP/1.0 200 OK\r\n\r\nabc', (s) => {
            s.end();
          }),
        ),
      );
      expect(
        outcome.kind === 'response' && [outcome.response.httpVersion, Buffer.from(outcome.response.body).toString()],
      ).to.deep.equal(['1.0', 'abc']);
    });
    it('a redirect as it is, without following it', async () => {
      nock.activate();
      try {
        nock('http://target.test')
          .get('/a')
          .reply(302, '', { Location: 'http://elsewhere.test/', 'Content-Length': '0' });
        const sent = await engine().send(get(new URL('http://target.test'), { target: '/a' }));
        expect(failureOf(sent)).to.equal('status 302');
      } finally {
        nock.cleanAll();
        nock.restore();
      }
    });
    it('a compressed body as it came', async () => {
      const { outcome } = await engine().send(
        get(await answering('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc')),
      );
      expect(outcome.kind === 'response' && Buffer.from(outcome.response.body).toString()).to.equal('abc');
    });
    it('the final answer behind a 100 Continue and a 103', async () => {
      expect(
        failureOf(
          await engine().send(
            get(await answering(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n${OK}`)),
          ),
        ),
      ).to.equal('status 200');
    });
    it('an answer to HEAD that announces a body it does not carry', async () => {
      expect(
        failureOf(
          await engine().send(
            get(await answering('HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n'), { method: 'HEAD' }),
          ),
        ),
      ).to.equal('status 200');
    });
  });

  describe('names what went wrong:', () => {
    const cases: readonly (readonly [string, string, string, (socket: net.Socket) => void])[] = [
      ['garbage is not HTTP', 'not-http', 'SSH-2.0-OpenSSH_9.6\r\n', () => undefined],
      [
        'no byte and a closed connection is a reset',
        'reset',
        '',
        (s) => {
          s.destroy();
        },
      ],
      [
        'a TCP reset is a reset',
        'reset',
        '',
        (s) => {
          s.resetAndDestroy();
        },
      ],
      [
        'fewer bytes than announced are truncated',
        'truncated',
        'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
        (s) => {
          s.end();
        },
      ],
      [
        'fewer bytes than announced and a reset are truncated',
        'truncated',
        'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc',
        (s) => {
          setImmediate(() => s.resetAndDestroy());
        },
      ],
      [
        'a chunked body without its end is truncated',
        'truncated',
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
        (s) => {
          s.end();
        },
      ],
      [
        'a head without its end is truncated',
        'truncated',
        'HTTP/1.1 200 OK\r\nContent-Le',
        (s) => {
          s.end();
        },
      ],
      [
        'a broken chunk size is not HTTP',
        'not-http',
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n',
        () => undefined,
      ],
      [
        'more bytes than announced are not HTTP',
        'not-http',
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}{}',
        () => undefined,
      ],
      [
        'two lengths are not HTTP',
        'not-http',
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
        () => undefined,
      ],
      [
        'a length and chunks are not HTTP',
        'not-http',
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        () => undefined,
      ],
      [
        'another protocol unasked is not HTTP',
        'not-http',
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
        () => undefined,
      ],
      [
        'endless headers are too large',
        'too-large',
        `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(70000)}\r\n\r\n`,
        () => undefined,
      ],
    ];
    for (const [says, kind, bytes, then] of cases) {
      it(says, async () => {
        const url =
          bytes === ''
            ? await serve((s) =>
                s.on('data', () => {
                  then(s);
                }),
              )
            : await answering(bytes, then);
        const sent = await engine().send(get(url));
        expect(failureOf(sent), messageOf(sent)).to.equal(kind);
        expect(messageOf(sent))
          .to.match(/^http:\/\/127\.0\.0\.1:\d+ [^\n]+$/)
          .and.not.include('undefined');
      });
    }

    it('a closed port is unreachable', async () => {
      const url = await answering(OK);
      for (const server of servers.splice(0)) {
        server.close();
        await once(server, 'close');
      }
      const sent = await engine().send(get(url));
      expect(failureOf(sent)).to.equal('unreachable');
      expect(messageOf(sent)).to.equal(`${url.origin} cannot be reached: nothing listens there (ECONNREFUSED)`);
    });
    it('an unknown host is unreachable', async () => {
      const sent = await engine({ timeoutMs: 15000 }).send(get(new URL('http://nowhere.invalid')));
      expect(failureOf(sent), messageOf(sent)).to.equal('unreachable');
    });
    it('no answer in time is a timeout, and says whether an answer had begun', async () => {
      const silent = await engine({ timeoutMs: 60 }).send(get(await serve(() => undefined)));
      expect([failureOf(silent), messageOf(silent).includes('had begun')]).to.deep.equal(['timeout', false]);
      const slow = await engine({ timeoutMs: 60 }).send(
        get(await answering('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc')),
      );
      expect([failureOf(slow), messageOf(slow).includes('had begun')]).to.deep.equal(['timeout', true]);
    });
    it('an abort is an interruption, before and during the exchange', async () => {
      const url = await serve(() => undefined);
      expect(failureOf(await engine().send(get(url), { signal: AbortSignal.abort() }))).to.equal('interrupted');
      const controller = new AbortController();
      const under = await serve((s) =>
        s.on('data', () => {
          controller.abort();
        }),
      );
      expect(failureOf(await engine().send(get(under), { signal: controller.signal }))).to.equal('interrupted');
    });
    it('a hundred megabytes are cut at the limit, long before their end', async () => {
      let written = 0;
      const megabyte = Buffer.alloc(1024 * 1024, 97);
      const url = await serve((socket) =>
        socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n');
          const more = (): void => {
            if (socket.destroyed || written >= 104857600) return;
            written += megabyte.length;
            socket.write(megabyte, () => {
              more();
            });
          };
          more();
        }),
      );
      const sent = await engine({ maxBytes: 1024 * 1024 }).send(get(url));
      expect(failureOf(sent), messageOf(sent)).to.equal('too-large');
      expect(written).to.be.lessThan(50 * 1024 * 1024);
    });
    it('TLS asked of a server that speaks plain HTTP', async () => {
      const plain = await answering('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', (s) => {
        s.end();
      });
      const sent = await engine().send(get(new URL(plain.href.replace('http:', 'https:'))));
      expect(failureOf(sent), messageOf(sent)).to.equal('tls');
    });
  });

  describe('on kept-alive connections', () => {
    /** Answers the first request of each connection, resets at the second. */
    const resettingReused = (): Promise<URL> =>
      serve((socket) => {
        let n = 0;
        socket.on('data', () => {
          n += 1;
          if (n === 1) socket.write(OK);
          else socket.resetAndDestroy();
        });
      });

    it('reuses them', async () => {
      let sockets = 0;
      const url = await serve((socket) => {
        sockets += 1;
        socket.on('data', () => socket.write(OK));
      });
      const e = engine();
      for (let i = 0; i < 3; i += 1) expect((await e.send(get(url))).notes).to.deep.equal([]);
      expect(sockets).to.equal(1);
    });
    it('sends once more, with a note, when a reused one was closed without a byte', async () => {
      const e = engine();
      const url = await resettingReused();
      await e.send(get(url));
      const second = await e.send(get(url));
      expect([failureOf(second), second.notes]).to.deep.equal(['status 200', [resent('closed')]]);
    });
    /** Answers the first request of each connection, and every other with this. */
    const afterTheFirst = (answer: string): Promise<URL> =>
      serve((socket) => {
        let n = 0;
        socket.on('data', () => socket.write((n += 1) === 1 ? OK : answer));
      });
    const timeout = 'HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n';
    it('sends once more, with a note, when a reused one was given up with 408', async () => {
      const e = engine();
      const url = await afterTheFirst(`${timeout}Connection: close\r\n\r\n`);
      await e.send(get(url));
      const second = await e.send(get(url));
      expect([failureOf(second), second.notes]).to.deep.equal(['status 200', [resent('timed out')]]);
    });
    it('leaves it to its sender to begin anew where that may change something', async () => {
      const e = engine();
      const url = await afterTheFirst(`${timeout}Connection: close\r\n\r\n`);
      await e.send(get(url));
      const second = await e.send(get(url), { socket: 'kept' });
      expect([failureOf(second), second.comeAgain]).to.deep.equal(['withheld', true]);
      expect(messageOf(second)).to.match(/answered 408 on the kept-alive connection .* so it was not sent again$/);
    });
    it('takes a 408 for an answer where the connection is kept, or was opened for it', async () => {
      const e = engine();
      const kept = await afterTheFirst(`${timeout}\r\n`);
      await e.send(get(kept));
      const second = await e.send(get(kept));
      expect([failureOf(second), second.notes]).to.deep.equal(['status 408', []]);
      const always = await serve((socket) =>
        socket.on('data', () => socket.write(`${timeout}Connection: close\r\n\r\n`)),
      );
      const first = await e.send(get(always));
      expect([failureOf(first), first.notes]).to.deep.equal(['status 408', []]);
    });
    it('never sends a fresh request on a used one, nor twice', async () => {
      const e = engine();
      const url = await resettingReused();
      await e.send(get(url));
      const second = await e.send(get(url), { socket: 'fresh' });
      expect([failureOf(second), second.notes]).to.deep.equal(['status 200', []]);
    });
    it('does not hide a fault that a first request on a connection meets', async () => {
      let requests = 0;
      const url = await serve((socket) =>
        socket.on('data', () => {
          requests += 1;
          if (requests % 2 === 0) socket.write(OK);
          else socket.destroy();
        }),
      );
      expect(failureOf(await engine().send(get(url)))).to.equal('reset');
      expect(requests).to.equal(1);
    });
    it('does not send again when the answer had begun', async () => {
      const e = engine();
      let requests = 0;
      const url = await serve((socket) =>
        socket.on('data', () => {
          requests += 1;
          if (requests === 1) socket.write(OK);
          else
            socket.write('HTTP/1.1 200 OK\r\n', () => {
              socket.destroy();
            });
        }),
      );
      await e.send(get(url));
      expect(failureOf(await e.send(get(url)))).to.equal('truncated');
      expect(requests).to.equal(2);
    });
    it('fails after the second closed connection', async () => {
      const e = engine();
      let requests = 0;
      const url = await serve((socket) =>
        socket.on('data', () => {
          requests += 1;
          if (requests === 1) socket.write(OK);
          else socket.destroy();
        }),
      );
      await e.send(get(url));
      const second = await e.send(get(url));
      expect([failureOf(second), second.notes, requests]).to.deep.equal(['reset', [resent('closed')], 3]);
    });
    it('does not take stray bytes behind an answer for the next answer', async () => {
      const e = engine();
      const url = await serve((socket) => {
        let n = 0;
        socket.on('data', () => {
          n += 1;
          if (n > 1) return;
          socket.write(OK, () => setTimeout(() => socket.write('HTTP/1.1 500 Stray\r\nContent-Length: 0\r\n\r\n'), 20));
        });
      });
      await e.send(get(url));
      await new Promise((resolve) => {
        setTimeout(resolve, 80);
      });
      const next = await e.send(get(url));
      expect(failureOf(next)).to.equal('status 200');
    });
  });

  it('sends again what met a kept-alive connection that was closed, however many requests waited', async () => {
    let answers = 0;
    const url = await serve((socket, requests) => {
      socket.on('data', () => {
        if (!requests().endsWith('\r\n\r\n')) return;
        // The second request on a connection is never answered: it is closed while idle.
        if (requests().split('GET ').length > 2) socket.destroy();
        else socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n${(answers += 1) % 10}`);
      });
    });
    const busy = engine({ concurrency: 2 });
    const all = await Promise.all(Array.from({ length: 12 }, () => busy.send(get(url))));
    expect(all.map((sent) => sent.outcome.kind)).to.deep.equal(Array.from({ length: 12 }, () => 'response'));
    expect(all.filter((sent) => sent.notes.includes(resent('closed')))).to.have.length.greaterThan(0);
  });

  it('keeps no more of large answers than it may, the same one as often as it comes', async () => {
    let sent = 0;
    const url = await serve((socket, requests) => {
      socket.on('data', () => {
        if (!requests().endsWith('\r\n\r\n')) return;
        const same = requests().includes('/same');
        const body = Buffer.alloc(2 * 1024 * 1024, same ? 'x' : `${(sent += 1)} `);
        socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`), body]));
      });
    });
    const one = engine();
    const kinds = async (path: string): Promise<readonly string[]> => {
      const found: string[] = [];
      for (let i = 0; i < 20; i += 1) {
        const { outcome } = await one.send({ ...get(url), target: path });
        found.push(outcome.kind === 'failure' ? outcome.failure.kind : 'response');
      }
      return [...new Set(found)];
    };
    expect(await kinds('/same')).to.deep.equal(['response']);
    expect(await kinds('/other')).to.deep.equal(['response', 'too-large']);
  });
});
