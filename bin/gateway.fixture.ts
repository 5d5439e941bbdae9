import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Running } from '../src/provider/provider.ts';
import { conform, hurried, type Ran } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

/** More than fits on a screen is not read. */
export const screen = 60;

export const linesOf = ({ out }: Ran): number => out.trimEnd().split('\n').length;

/** What stands before a service, and may answer in its place: true when it has. `n` counts requests from 1. */
export type Front = (
  request: http.IncomingMessage & { readonly url: string },
  response: http.ServerResponse,
  n: number,
) => boolean;

export interface Gateway {
  readonly url: string;
  readonly provider: Running;
  /** The requests that came, as `METHOD path`. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** Answers with a page, as web servers and gateways do. */
export function page(
  response: http.ServerResponse,
  status: number,
  text: string,
  headers: http.OutgoingHttpHeaders = {},
): true {
  response.writeHead(status, { 'Content-Type': 'text/html', ...headers });
  response.end(`<html><body><h1>${text}</h1></body></html>`);
  return true;
}

/** Answers with bytes of its own, whether they are HTTP or not, and closes the connection. */
export function raw(response: http.ServerResponse, bytes: string): true {
  response.socket?.end(bytes);
  return true;
}

export function isRoute(url: string, ...names: readonly string[]): boolean {
  return new RegExp(`/connections/[^/]+/(${(names.length === 0 ? ['cancel', 'remove'] : names).join('|')})`).test(url);
}

export const isRemoval = (url: string): boolean => /\/remove/i.test(url);

/** A test that a host which has lost its second route is told of in one cause, and that the other route is judged. */
export function itIsOneCauseOfALostRoute(to: string, front: Front): void {
  it(`a route that is lost to ${to} is one cause on one screen, and the other route is judged`, async () => {
    const host = await gateway(front);
    try {
      const ran = await conform(['--target', host.url], {
        env: { CONFORM_TOKEN: host.provider.token },
        ...hurried(),
      });
      expect(ran.out.match(/^FAIL \S+/gm)).to.deep.equal(['FAIL ROUTE-001']);
      expect(linesOf(ran)).to.be.at.most(screen);
      expect(ran.out).to.match(/it keeps \d+ cases of \d+ requirements from being judged/);
      expect(Number(/(\d+) kept/.exec(ran.out)?.[1])).to.be.above(40);
      expect(ran.out).to.not.contain('BLOCKED');
    } finally {
      await host.close();
    }
  });
}

/** What answers in the place of a service, and what is said of it. */
export const absent: readonly (readonly [string, Front, RegExp])[] = [
  [
    '502 to everything',
    (_, r) => page(r, 502, 'Bad Gateway'),
    /every answer was 502 with text\/html.*service behind it does not/s,
  ],
  ['503 to everything', (_, r) => page(r, 503, 'Unavailable'), /every answer was 503/],
  ['404 to everything', (_, r) => page(r, 404, 'Not Found'), /every answer was 404 with text\/html.*base path/s],
  [
    'an empty 404 to everything',
    (_, r) => Boolean(r.writeHead(404).end()),
    /every answer was 404 without a media type/,
  ],
  [
    'a redirect to a login page',
    (q, r) => page(r, 302, 'Moved', { Location: `https://login.example.org/in?back=${encodeURIComponent(q.url)}` }),
    /every answer was 302 to https:\/\/login\.example\.org\/in/,
  ],
  [
    'a captive page',
    (q, r) => page(r, 200, `Welcome to ${q.url}`),
    /every answer was 200 with text\/html.*Something else answers/s,
  ],
  [
    'a file server',
    (q, r) => (q.method === 'GET' ? page(r, 404, 'No such file') : page(r, 501, 'Unsupported method')),
    /every POST was answered 501.*every GET was answered 404|every GET was answered 404.*every POST was answered 501/s,
  ],
  [
    'a gateway that lets nobody in',
    (_, r) => page(r, 401, 'Who?', { 'WWW-Authenticate': 'Basic realm="gate"' }),
    /every answer was 401/,
  ],
  [
    'a gateway with errors of its own',
    (_, r) => {
      r.writeHead(404, { 'Content-Type': 'application/json' }).end(
        '{"fault":{"detail":{"errorcode":"messaging.NotFound"}}}',
      );
      return true;
    },
    /every answer was 404 with application\/json/,
  ],
];

/** A test that what answers in the place of a service is told of in one paragraph. */
export function itIsNotThere([name, front, says]: (typeof absent)[number], argv: readonly string[]): void {
  it(`${name}: exit 3 and one paragraph`, async () => {
    const host = await gateway(front);
    try {
      const ran = await conform(['--target', host.url, ...argv], {
        env: { CONFORM_TOKEN: host.provider.token },
        // A second of the pre-flight is not waited for.
        ...hurried(),
      });
      expect(ran.code, ran.out).to.equal(3);
      expect(ran.out.replace(/\s+/g, ' ')).to.match(says);
      expect(ran.out).to.contain('does not serve ConnectionStatusUpdate');
      expect(ran.out).to.not.contain('FAIL');
      expect(linesOf(ran)).to.be.below(screen);
    } finally {
      await host.close();
    }
  });
}

/** The reference provider behind a gateway. */
export async function gateway(front: Front): Promise<Gateway> {
  const provider = await shippedHost();
  const asked: string[] = [];
  // Idle connections end here long before they do there: none is taken that is being closed.
  const agent = new http.Agent({ keepAlive: true, timeout: 1000 });
  const server = http.createServer((request, response) => {
    const url = request.url ?? '';
    asked.push(`${request.method ?? ''} ${url}`);
    const n = asked.length;
    const chunks: Buffer[] = [];
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        if (!front(Object.assign(request, { url }), response, n))
          forward(provider.url, agent, request, Buffer.concat(chunks), response);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    provider,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await provider.close();
    },
  };
}

function forward(
  to: string,
  agent: http.Agent,
  request: http.IncomingMessage,
  body: Buffer,
  response: http.ServerResponse,
): void {
  const headers = request.rawHeaders.filter((_, i, all) => !/^(host|connection)$/i.test(all[i - (i % 2)] ?? ''));
  const onward = http.request(
    `${to}${request.url ?? ''}`,
    { method: request.method ?? '', headers: ['Host', new URL(to).host, ...headers], agent },
    (answer) => {
      const kept = answer.rawHeaders.filter(
        (_, i, all) => !/^(connection|keep-alive|transfer-encoding)$/i.test(all[i - (i % 2)] ?? ''),
      );
      response.writeHead(answer.statusCode ?? 500, answer.statusMessage, kept);
      answer.pipe(response);
    },
  );
  onward.on('error', () => response.destroy());
  onward.end(body);
}
