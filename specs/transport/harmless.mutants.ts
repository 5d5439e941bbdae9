import { delivered } from '../../src/provider/faults.ts';
import { refusal } from '../../src/provider/errors.ts';
import type { Header } from '../../src/model/exchange.ts';
import type { Mutate } from '../../src/provider/behaviour.ts';
import type { Mutant } from '../../src/provider/mutant.ts';

const endpoints = {
  under: { hosting: 'endpoints', serializer: 'system-text-json' },
  authentication: ['identity'],
} as const;
const unharmed = { kills: [], areas: [] } as const;

const withHeaders =
  (change: (headers: readonly Header[]) => readonly Header[]): Mutate =>
  (b) => ({
    ...b,
    respond: (call, reply) => {
      const said = b.respond(call, reply);
      return { ...said, headers: change(said.headers) };
    },
  });

/** What an unknown subject is told. */
const unknownTold =
  (status: number, code: string): Mutate =>
  (b) => ({
    ...b,
    execute: (call) => {
      const outcome = b.execute(call);
      const isUnknown = outcome.kind === 'refusal' && outcome.status === 404;
      return isUnknown ? refusal('service', status, code, 'There is no such thing.') : outcome;
    },
  });

/** Answers that differ from the recorded ones and keep every promise. */
export const harmlessAnswers: readonly Mutant[] = [
  {
    ...unharmed,
    name: 'harmless-headers',
    says: 'there are further headers, one of them twice, and a cookie',
    mutate: withHeaders((headers) => [
      ...headers,
      ['Server', 'Kestrel'],
      ['X-Powered-By', 'something'],
      ['Strict-Transport-Security', 'max-age=3600'],
      ['Via', '1.1 a'],
      ['Via', '1.1 b'],
      ['Set-Cookie', 'route=a1; path=/'],
      ['Date', new Date().toUTCString()],
    ]),
  },
  {
    ...unharmed,
    name: 'harmless-headers-lower',
    says: 'names of headers are in lower case',
    mutate: withHeaders((headers) => headers.map(([name, value]) => [name.toLowerCase(), value])),
  },
  {
    ...unharmed,
    name: 'harmless-mixed-framing',
    says: 'every other answer comes in chunks',
    mutate: delivered({ framing: 'length' }, ({ ordinal }) => ordinal % 2 === 0),
  },
  {
    ...unharmed,
    name: 'harmless-connection-closed',
    says: 'every tenth answer closes its connection, and says so',
    mutate: (b) => ({
      ...b,
      respond: (call, reply) => {
        const said = b.respond(call, reply);
        return call.ordinal % 10 === 0 ? { ...said, headers: [...said.headers, ['Connection', 'close']] } : said;
      },
    }),
  },
  {
    ...unharmed,
    name: 'harmless-latency',
    says: 'some answers take 150 ms',
    mutate: delivered({ delayMs: 150 }, ({ ordinal }) => ordinal % 50 === 0),
  },
  {
    ...unharmed,
    name: 'harmless-other-seed',
    says: 'ids and secrets are drawn from another seed',
    seed: 4711,
    mutate: (b) => b,
  },
  {
    ...unharmed,
    name: 'harmless-unknown-gone',
    says: 'an unknown subject is answered with 410',
    mutate: unknownTold(410, 'Gone'),
  },
  {
    ...unharmed,
    name: 'harmless-unknown-path-explained',
    says: 'a path that leads nowhere is answered with 404 and a ResponseStatus',
    mutate: (b) => ({
      ...b,
      respond: (call, reply) => {
        const said = b.respond(call, reply);
        const isBare = said.status === 404 && said.body === '';
        const body = '{"ResponseStatus":{"ErrorCode":"NotFound","Message":"There is nothing here."}}';
        return isBare && call.verb === 'POST'
          ? { ...said, headers: [['Content-Type', 'application/json'], ...said.headers], body }
          : said;
      },
    }),
  },
  {
    ...unharmed,
    name: 'harmless-path-over-query',
    says: 'the id in the path counts over one in the query string or in a form, too',
    mutate: (b) => ({
      ...b,
      bind: (call, batch) => b.bind({ ...call, query: call.query.filter(([name]) => !(name in call.named)) }, batch),
    }),
  },
  {
    ...unharmed,
    ...endpoints,
    name: 'harmless-endpoints-allow-more',
    says: 'under endpoint routing, a 405 names further verbs',
    mutate: withHeaders((headers) =>
      headers.map(([name, value]) => [name, name === 'Allow' ? `OPTIONS, ${value}` : value]),
    ),
  },
];
