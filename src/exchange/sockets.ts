import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Header, WireRequest } from '../model/exchange.ts';
import { onceFor } from '../values/once.ts';

/** What a target's certificate is judged by, and what it is shown. PEM texts. */
export interface Tls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** True accepts any certificate; every report says so. */
  readonly insecure?: boolean;
}

export interface Proxy {
  /** `http://user:password@host:port`. */
  readonly url: URL;
}

/** Why nothing may be sent to an address; null where it may. */
export type Refuses = (address: string) => string | null;

/** The code of the error with which a connection to a refused address ends. */
export const REFUSED_ADDRESS = 'EREFUSEDADDRESS';

export interface Sockets {
  /** Where a request goes: straight to its target or through the proxy, and what the way adds to it. */
  readonly route: (
    request: WireRequest,
    socket: 'pooled' | 'fresh',
  ) => {
    readonly options: http.RequestOptions;
    readonly target: string;
    readonly headers: readonly Header[];
    /** The proxy on the way, without its credentials. */
    readonly via: string | undefined;
  };
  readonly close: () => void;
}

type Agents = Readonly<Record<'pooled' | 'fresh', http.Agent>>;

/**
 * Keeps the connections of one engine: a pool of kept-alive ones, and fresh ones that serve a single request.
 *
 * Through a proxy, http targets are asked for in absolute form (RFC 9112 §3.2.2), https ones through a CONNECT tunnel.
 */
export function socketsTo(options: {
  readonly concurrency: number;
  readonly tls?: Tls;
  readonly proxy?: Proxy;
  readonly refuses?: Refuses;
}): Sockets {
  const { proxy } = options;
  // Through a proxy, the proxy looks the name up.
  const straight = { ...(options.refuses !== undefined && { lookup: lookupBut(options.refuses) }) };
  const tls = tlsOptions(options.tls);
  // How many are open at once is the engine's to say: a request that waited here would be handed a used connection.
  const pool = { keepAlive: true, maxFreeSockets: options.concurrency };
  const plain: Agents = { pooled: new http.Agent(pool), fresh: new http.Agent() };
  const secure: Agents =
    proxy === undefined
      ? { pooled: new https.Agent({ ...pool, ...tls }), fresh: new https.Agent(tls) }
      : { pooled: new HttpsProxyAgent(proxy.url, { ...pool, ...tls }), fresh: new HttpsProxyAgent(proxy.url, tls) };
  // The leg to an https proxy that asks for an http target.
  const toProxy: Agents = { pooled: new https.Agent(pool), fresh: new https.Agent() };
  const all = [plain, secure, toProxy].flatMap((agents) => [agents.pooled, agents.fresh]);
  for (const agent of all) guardIdle(agent);

  return {
    route: (request, socket) => {
      const { url, target } = request;
      const via = proxy?.url.origin;
      if (url.protocol === 'https:') {
        const options = { ...tls, ...(proxy === undefined && straight), ...addressOf(url), agent: secure[socket] };
        return { options, target, headers: [], via };
      }
      if (proxy === undefined)
        return { options: { ...straight, ...addressOf(url), agent: plain[socket] }, target, headers: [], via };
      const agents = proxy.url.protocol === 'https:' ? toProxy : plain;
      return {
        options: { ...addressOf(proxy.url), agent: agents[socket] },
        target: `${url.origin}${target}`,
        headers: proxyAuthorization(proxy.url),
        via,
      };
    },
    close: () => {
      for (const agent of all) agent.destroy();
    },
  };
}

/** Looks a name up each time that a connection is opened: what it resolved to before may not be what it resolves to now. */
function lookupBut(refuses: Refuses): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      const reason = error === null ? found.map(({ address }) => refuses(address)).find((each) => each !== null) : null;
      const [first = { address: '', family: 0 }] = error === null ? found : [];
      if (error !== null) callback(error, '', 0);
      else if (typeof reason === 'string') callback(Object.assign(new Error(reason), { code: REFUSED_ADDRESS }), '', 0);
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

/** Closes an idle connection on which bytes arrive: the next request must not take them for its answer. */
function guardIdle(agent: http.Agent): void {
  const stray = function (this: Duplex): void {
    this.destroy();
  };
  agent.on('free', (socket: Socket) => {
    // A freed connection may have gone to a waiting request already.
    const idle = Object.values(agent.freeSockets).some((sockets) => sockets?.includes(socket) === true);
    if (idle) socket.on('data', stray);
  });
  const reuse = agent.reuseSocket.bind(agent);
  agent.reuseSocket = (socket, request) => {
    socket.removeListener('data', stray);
    reuse(socket, request);
  };
}

function tlsOptions(tls: Tls = {}): https.AgentOptions {
  return {
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.cert === undefined ? {} : { cert: tls.cert }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    rejectUnauthorized: tls.insecure !== true,
  };
}

const addressOf = onceFor((url: URL): http.RequestOptions => {
  // URL keeps the brackets of an IPv6 address, a socket wants none.
  const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { protocol: url.protocol, hostname, ...(url.port === '' ? {} : { port: url.port }) };
});

function proxyAuthorization(url: URL): readonly Header[] {
  if (url.username === '' && url.password === '') return [];
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return [['Proxy-Authorization', `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`]];
}
