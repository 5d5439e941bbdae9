import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { conform } from '../bin/console.fixture.ts';
import type { Report } from '../src/model/report.ts';
import type { Call, Mutate, Reply } from '../src/provider/behaviour.ts';
import { zeroGuid } from '../src/values/guid.ts';
import type { ProviderOptions, Running } from '../src/provider/provider.ts';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import { interactionsOf } from './interactions.ts';
import { classic, shippedHost } from '../bin/host.fixture.ts';

const cwd = fileURLToPath(new URL('..', import.meta.url));

async function verify(
  argv: (provider: Running) => readonly string[],
  options: Partial<ProviderOptions> = {},
): Promise<{ readonly report: Report; readonly provider: Running }> {
  const provider = await shippedHost({ seed: 1, ...options });
  const dir = mkdtempSync(join(tmpdir(), 'verified-'));
  try {
    const file = join(dir, 'report.json');
    const secrets = { CONFORM_TOKEN: provider.token, CONFORM_USER: provider.user, CONFORM_PASSWORD: provider.password };
    const ran = await conform(['verify', ...argv(provider), '--report', `json=${file}`], {
      cwd,
      env: { ...process.env, ...secrets },
    });
    expect(ran.err).to.equal('');
    return { report: JSON.parse(readFileSync(file, 'utf8')) as Report, provider };
  } finally {
    rmSync(dir, { recursive: true });
    await provider.close();
  }
}

const withStates = ({ url, stateUrl }: Running): readonly string[] => [
  '--target',
  url,
  '--states',
  stateUrl,
  '--allow-changes',
];
const reading = ({ url }: Running): readonly string[] => ['--target', url];

const json = (status: number, body: string): Reply => ({
  status,
  reason: 'x',
  headers: [['Content-Type', 'application/json']],
  body,
});

/** What each fault answers to one interaction of cancel. */
const faults: Readonly<Record<string, Reply>> = {
  'a cancel by POST': json(200, '{"ResponseStatus":{"ErrorCode":"Conflict","Message":"no"}}'),
  'a cancel by DELETE': { ...json(200, '{}'), headers: [['Content-Type', 'text/html']] },
  'a cancel without credentials': json(404, ''),
  'a cancel with a token that is refused': json(200, '{}'),
  'a cancel with an empty ContactId': json(
    400,
    '{"ResponseStatus":{"ErrorCode":"NotEmpty","Message":"no","Errors":[{"ErrorCode":"NotEmpty","FieldName":"RoleId","Message":"no"}]}}',
  ),
  'a cancel of an unknown connection': json(404, '{"ResponseStatus":{"Message":"no"}}'),
  'a cancel of a cancelled connection, confirmed or refused': json(
    500,
    '{"ResponseStatus":{"ErrorCode":"Exception","Message":"no"}}',
  ),
};

/** Which interaction of cancel a call is; undefined for all others. */
function interactionOf(call: Call): string | undefined {
  const { pathname } = new URL(call.target, 'http://provider');
  const [, id = ''] = /^\/api\/connections\/([^/]+)\/cancel$/.exec(pathname) ?? [];
  if (id === '') return undefined;
  const authorization = call.header('Authorization');
  if (authorization === undefined) return 'a cancel without credentials';
  if (authorization.endsWith('nobody-issued')) return 'a cancel with a token that is refused';
  const state = call.store.find(id)?.state;
  if (state === undefined) return 'a cancel of an unknown connection';
  if (Buffer.from(call.body).toString('utf8').includes(zeroGuid)) return 'a cancel with an empty ContactId';
  return state === contract.subject?.states.fresh
    ? `a cancel by ${call.verb}`
    : `a cancel of ${state}, confirmed or refused`;
}

const faulty: Mutate = (b) => ({
  ...b,
  route: (call) => {
    const reply = faults[interactionOf(call) ?? ''];
    return reply === undefined ? b.route(call) : { kind: 'answered', reply };
  },
});

/** Hosts as they were recorded, besides the one that takes every way of signing in. */
const hosts: readonly (readonly [says: string, auth: string, options: Partial<ProviderOptions>])[] = [
  ['that takes sessions alone', 'session', { authentication: ['credentials'] }],
  [
    'that takes Basic alone, in debug mode, serialized by System.Text.Json',
    'basic',
    { authentication: ['basic'], profile: { ...classic, debug: true, serializer: 'system-text-json' } },
  ],
];

describe('the pacts', () => {
  it('are kept by the reference provider, every interaction once', async () => {
    const { report, provider } = await verify(withStates);
    const wanted = contract.routes
      .flatMap(interactionsOf)
      .map(({ description, given }) => `${description}, given ${given}`);
    expect(report.requirements.filter((r) => r.verdict !== 'pass')).to.deep.equal([]);
    expect(report.requirements.map((r) => r.title)).to.have.members(wanted);
    expect(report).to.include({ verdict: 'conforms', exitCode: 0 });
    expect(report.exchanges).to.have.length(wanted.length);
    expect(JSON.stringify(report)).not.to.include(provider.token);
  });

  for (const [says, auth, options] of hosts) {
    it(`are kept by a host ${says}`, async () => {
      const { report } = await verify((provider) => [...withStates(provider), '--auth', auth], options);
      expect(report.requirements.filter((r) => r.verdict !== 'pass')).to.deep.equal([]);
      expect(report.exitCode).to.equal(0);
    });
  }

  it('are verified as far as reading goes when nothing may be changed, with ids of the run alone', async () => {
    const { report, provider } = await verify(reading);
    expect(report.summary).to.include({ pass: 3, skip: 6, fail: 0, error: 0 });
    expect(report.exchanges.every((x) => x.effect === 'none')).to.equal(true);
    expect(provider.inspect().filter((entry) => entry.changes > 0)).to.deep.equal([]);
    const sent = report.exchanges.map((x) => x.request.url + (x.request.body ?? '')).join();
    expect(provider.connections.flatMap((c) => Object.values(c)).filter((id) => sent.includes(id))).to.deep.equal([]);
  });

  it('are broken by a provider whose every success is an error, wherever the client would reject it', async () => {
    const { report } = await verify(withStates, {
      mutate: (b) => ({
        ...b,
        route: () => ({ kind: 'answered', reply: json(200, '{"responseStatus":{"errorCode":"Conflict"}}') }),
      }),
    });
    expect(report.requirements.filter((r) => r.verdict === 'fail')).to.have.length(7);
    expect(report.requirements.filter((r) => r.verdict === 'pass').map((r) => r.title)).to.deep.equal([
      'a cancel of a cancelled connection, confirmed or refused, given a cancelled connection',
      'a remove of a removed connection, confirmed or refused, given a removed connection',
    ]);
  });

  it('are kept by a host that writes camelCase, challenges nobody, and has more to say', async () => {
    const { report } = await verify(withStates, {
      profile: { ...classic, casing: 'camel' },
      mutate: (b) => ({
        ...b,
        render: (...args) => {
          const reply = b.render(...args);
          const headers = reply.headers.filter(([name]) => !/^www-authenticate$/i.test(name));
          const { body } = reply;
          return {
            ...reply,
            headers,
            body: /^\{/.test(body) ? body.replace(/^\{\}$/, '{"Result":{"Items":[]}}') : body,
          };
        },
      }),
    });
    expect(report).to.include({ verdict: 'conforms', exitCode: 0 });
  });

  it('find every fault that the consumer would see, at its place, and nothing else', async () => {
    const { report } = await verify(withStates, { mutate: faulty });
    const failed = report.requirements.filter((r) => r.verdict === 'fail');
    expect(failed.map((r) => r.title.split(', given ')[0])).to.have.members(Object.keys(faults));
    expect(report).to.include({ verdict: 'does-not-conform', exitCode: 1 });
    for (const { title, cases } of failed) {
      const [each] = cases;
      expect(each?.findings, title).to.not.be.empty;
      const exchange = report.exchanges.find((x) => x.id === each?.exchanges[0]);
      expect(exchange?.curl, title).to.match(/^curl .*\/cancel/s);
    }
  });
});
