// One broker: every way to bring a pact from it, to tell it, and to fail at it.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer as createTlsServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { key, trusted } from '../src/exchange/certificates.fixture.ts';
import { startBroker, type BrokerCall, type BrokerOptions, type BrokerStub } from '../src/pacts/broker.fixture.ts';
import type { ProviderOptions, Running } from '../src/provider/provider.ts';
import type { JsonObject } from '../src/values/json.ts';
import { conform, type Ran } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const token = 'broker-token';

interface Loose {
  readonly description: string;
  readonly providerStates?: readonly { readonly name: string }[];
  readonly request: JsonObject;
  readonly response: JsonObject & { readonly status: number };
}
const pact = JSON.parse(readFileSync(`${cwd}/pacts/connections-client-platform-api.json`, 'utf8')) as JsonObject & {
  readonly interactions: readonly Loose[];
};
const of = (state: string): Loose =>
  pact.interactions.find((i) => i.providerStates?.[0]?.name === state) ?? expect.fail(state);

/** A pact of a few interactions, or of those given. */
const small = (consumer: string, ...interactions: readonly object[]): JsonObject => ({
  ...pact,
  consumer: { name: consumer },
  interactions,
});
const [fine, harmless] = [of('an active connection'), of('no such connection')];
const broken = { ...fine, description: 'what nobody keeps', response: { ...fine.response, status: 299 } };
const stateless = {
  ...fine,
  description: 'in a state that nobody knows',
  providerStates: [{ name: 'a frozen connection' }],
};
const web = { version: '1.0.0', branch: 'main', pact: small('web', fine, harmless) };

async function withBroker<T>(options: BrokerOptions, use: (broker: BrokerStub) => Promise<T>): Promise<T> {
  const broker = await startBroker({ credentials: { kind: 'bearer', token }, published: [web], ...options });
  try {
    return await use(broker);
  } finally {
    await broker.close();
  }
}

/** What the host that is running takes. */
let hostToken = '';

async function withHost<T>(
  use: (host: Running, argv: readonly string[]) => Promise<T>,
  options: Partial<ProviderOptions> = {},
): Promise<T> {
  const host = await shippedHost({ seed: 1, ...options });
  hostToken = host.token;
  try {
    return await use(host, ['--target', host.url, '--states', host.stateUrl, '--allow-changes']);
  } finally {
    await host.close();
  }
}

const run = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  conform(['verify', ...argv], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      PACT_BROKER_TOKEN: token,
      ...(hostToken !== '' && { CONFORM_TOKEN: hostToken }),
      ...env,
    },
  });
const verify = (broker: BrokerStub, ...more: readonly string[]): Promise<Ran> => run(['--broker', broker.url, ...more]);
const publishing = ['--publish', '--provider-version', '1.2.3', '--branch', 'main'];
const asked = ({ calls }: BrokerStub): BrokerCall =>
  calls.find(({ method, path }) => method === 'POST' && path.endsWith('/for-verification')) ?? expect.fail();

let folder: string;
/** A file of subjects that the host has. */
function connectionsOf({ connections }: Running, count = connections.length): string {
  const file = join(folder, 'connections.json');
  writeFileSync(file, JSON.stringify(connections.slice(0, count)));
  return file;
}

function oneSentence(ran: Ran, code: number, ...words: readonly string[]): void {
  expect(ran.err).to.match(/^[^\n]+\n$/);
  for (const word of words) expect(ran.err).to.include(word);
  expect(ran.err).not.to.include(token);
  expect(ran.code, ran.out).to.equal(code);
}

describe('conform verify, with a broker', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'broker-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('needs neither a branch nor to publish, and then asks for no pending pacts', async () => {
    await withBroker({}, async (broker) => {
      const ran = await verify(broker);
      expect(ran).to.include({ code: 0, err: '' });
      expect(asked(broker).body).to.deep.equal({
        consumerVersionSelectors: [{ mainBranch: true }, { deployedOrReleased: true }],
        includePendingStatus: false,
      });
      expect(broker.results).to.deep.equal([]);
      expect(broker.unknown).to.deep.equal([]);
      expect(broker.calls[0]).to.include({ method: 'GET', path: '/' });
    });
  });

  it('passes on the branch, the tags and the day of works in progress', async () => {
    await withBroker({}, async (broker) => {
      const ran = await verify(
        broker,
        '--branch',
        'feature/x',
        '--provider-tag',
        'a',
        'b',
        '--include-wip-since',
        '2026-01-01',
        '--consumer-version-selectors',
        '[{"mainBranch":true}]',
      );
      expect(ran).to.include({ code: 0, err: '' });
      expect(asked(broker).body).to.deep.equal({
        consumerVersionSelectors: [{ mainBranch: true }],
        includePendingStatus: true,
        providerVersionBranch: 'feature/x',
        providerVersionTags: ['a', 'b'],
        includeWipPactsSince: '2026-01-01',
      });
    });
  });

  it('says which pacts were verified, and what the broker wants to be read', async () => {
    await withBroker({}, async (broker) => {
      const { out } = await verify(broker, '--branch', 'main');
      expect(out).to.match(/note +pact of web 1\.0\.0: latest from main branch; pending\n/);
      expect(out).to.include('The broker says: The pact at').and.include("main branch 'main' (1.0.0)");
    });
  });

  it('tells two versions of one pact apart', async () => {
    await withBroker(
      { published: [web, { version: '2.0.0', branch: 'next', pact: small('web', fine, broken) }] },
      async (broker) => {
        const ran = await verify(broker, '--consumer-version-selectors', '[{"mainBranch":true},{"branch":"next"}]');
        expect(ran.out).to.include('web 2.0.0').and.include('web 1.0.0');
        expect(ran.out).to.match(/contracts +3 +· +· +· +· +1\n/);
        expect(ran.code).to.equal(1);
      },
    );
  });

  describe('publishes', () => {
    it('what came of each pact, after the branch and the tags of the version', async () => {
      await withHost((_, target) =>
        withBroker(
          { published: [web, { version: '3', branch: 'main', pact: small('app', broken) }] },
          async (broker) => {
            const ran = await verify(
              broker,
              ...target,
              '--publish',
              '--provider-version',
              '1.2.3',
              '--provider-tag',
              'test',
              '--build-url',
              'http://ci.example/1',
            );
            expect(ran).to.include({ code: 0, err: '' });
            expect(broker.results.map((result) => ({ ...result, body: null }))).to.deep.equal([
              { consumerVersion: '1.0.0', version: '1.2.3', branches: [], tags: ['test'], success: true, body: null },
              { consumerVersion: '3', version: '1.2.3', branches: [], tags: ['test'], success: false, body: null },
            ]);
            expect(broker.results.map(({ body }) => body['buildUrl'])).to.deep.equal([
              'http://ci.example/1',
              'http://ci.example/1',
            ]);
            expect(broker.results[1]?.body['testResults'])
              .to.have.nested.property('[0].mismatches[0]')
              .that.deep.equals({ attribute: 'status', description: 'expected 299, got 200' });
            expect(ran.out)
              .to.include('Published: platform-api 1.2.3 (tag test) keeps the pact of web 1.0.0.')
              .and.include('breaks the pact of app 3.');
            expect(broker.unknown).to.deep.equal([]);
          },
        ),
      );
    });

    it('under the branch, and says so', async () => {
      await withHost((_, target) =>
        withBroker({}, async (broker) => {
          const ran = await verify(broker, ...target, ...publishing);
          expect(ran).to.include({ code: 0, err: '' });
          expect(broker.results[0]).to.deep.include({ branches: ['main'], success: true });
          expect(ran.out.trimEnd().split('\n').at(-1)).to.equal(
            'Published: platform-api 1.2.3 (branch main) keeps the pact of web 1.0.0.',
          );
          expect(ran.out).to.include('no longer in pending state');
        }),
      );
    });

    const left = { version: '1', branch: 'main', pact: small('web', fine, of('a cancelled connection')) };
    const untold: readonly (readonly [
      what: string,
      says: string,
      code: number,
      argv: (host: Running) => readonly string[],
      options?: Partial<ProviderOptions>,
    ])[] = [
      [
        'interactions are left out for want of subjects',
        'no subject left',
        3,
        (host) => ['--connections', connectionsOf(host, 1), '--allow-changes'],
      ],
      [
        'there are no credentials',
        'credentials',
        2,
        ({ stateUrl }) => ['--states', stateUrl, '--allow-changes', '--auth', 'none'],
      ],
      ['the budget ends', 'budget', 3, ({ stateUrl }) => ['--states', stateUrl, '--allow-changes', '--budget', '2']],
      ['the state endpoint is down', 'state endpoint', 3, () => ['--states', 'http://127.0.0.1:9/', '--allow-changes']],
    ];
    for (const [what, says, code, argv] of untold) {
      it(`nothing when ${what}, and says why in the last line`, async () => {
        await withHost((host) =>
          withBroker({ published: [left] }, async (broker) => {
            const ran = await run(['--broker', broker.url, '--target', host.url, ...argv(host), ...publishing], {
              CONFORM_TOKEN: host.token,
            });
            expect(broker.results).to.deep.equal([]);
            expect(ran.err)
              .to.match(/^Not published: of the pact of web 1, [^\n]*\n$/)
              .and.include(says);
            expect(ran.code).to.equal(code);
          }),
        );
      });
    }

    it('nothing when the target closes the connection', async () => {
      await withHost(
        (host) =>
          withBroker({}, async (broker) => {
            const ran = await run(
              [
                '--broker',
                broker.url,
                '--target',
                host.url,
                '--states',
                host.stateUrl,
                '--allow-changes',
                ...publishing,
              ],
              { CONFORM_TOKEN: host.token },
            );
            expect(broker.results).to.deep.equal([]);
            expect(ran.err).to.match(/^Not published: /);
            expect(ran.code).to.equal(3);
          }),
        {
          mutate: (b) => ({
            ...b,
            route: (call) =>
              call.target.includes('cancel') &&
              call.header('Authorization') !== undefined &&
              call.store.find(/connections\/([^/]+)/.exec(call.target)?.[1] ?? '') !== undefined
                ? {
                    kind: 'answered',
                    reply: { status: 200, reason: 'OK', headers: [['Content-Length', '100']], body: 'cut' },
                  }
                : b.route(call),
          }),
        },
      );
    });

    it('what it can, and not what it cannot', async () => {
      await withHost((_, target) =>
        withBroker(
          { published: [web, { version: '2', branch: 'main', pact: small('app', fine, stateless) }] },
          async (broker) => {
            const ran = await verify(broker, ...target, '--publish', '--provider-version', '1.2.3');
            expect(broker.results.map(({ consumerVersion }) => consumerVersion)).to.deep.equal(['1.0.0']);
            expect(ran.err)
              .to.include('of the pact of app 2, 1 interaction could not be judged')
              .and.include("'a frozen connection' has no handler");
            expect(ran.code).to.equal(3);
          },
        ),
      );
    });

    it('after the report, which a broker in trouble does not take away', async () => {
      const trouble = ({ path }: BrokerCall) =>
        path.endsWith('/verification-results') ? ([503, { error: 'busy' }] as const) : undefined;
      await withHost((_, target) =>
        withBroker({ trouble }, async (broker) => {
          const ran = await verify(broker, ...target, ...publishing);
          expect(ran.out).to.include('Conforms');
          oneSentence(ran, 3, 'Not published', '503', 'busy');
        }),
      );
    });

    it('no result of the embedded provider', async () => {
      await withBroker({}, async (broker) => {
        oneSentence(await verify(broker, ...publishing), 2, '--publish needs --target');
        expect(broker.calls).to.deep.equal([]);
      });
    });
  });

  describe('of a pending pact', () => {
    const pending = { version: '1', branch: 'main', pact: small('web', fine, broken, stateless) };
    it('counts mismatches and errors, and they fail nothing', async () => {
      await withHost((_, target) =>
        withBroker({ published: [pending] }, async (broker) => {
          const ran = await verify(broker, ...target, '--branch', 'main');
          expect(ran.out)
            .to.match(/contracts +1 +2 /)
            .and.include('pending:')
            .and.include('has no handler');
          expect(ran).to.include({ code: 0, err: '' });
        }),
      );
    });

    it('that a version has kept before, they do', async () => {
      await withHost((_, target) =>
        withBroker({}, async (broker) => {
          expect((await verify(broker, ...target, ...publishing)).code).to.equal(0);
          const again = await verify(broker, ...target, '--branch', 'main');
          expect(again.out).to.include('latest from main branch\n').and.not.include('pending');
        }),
      );
    });

    it('of a branch that is worked on, nothing fails either', async () => {
      await withHost((_, target) =>
        withBroker(
          { published: [web, { version: '2', branch: 'idea', pact: small('web', broken) }] },
          async (broker) => {
            const ran = await verify(broker, ...target, '--branch', 'main', '--include-wip-since', '2026-01-01');
            expect(ran.out).to.include('pact of web 2: ');
            expect(ran.code).to.equal(0);
          },
        ),
      );
    });
  });

  describe('of one pact by its address', () => {
    const address = (broker: BrokerStub): string =>
      `${broker.url}/pacts/provider/platform-api/consumer/web/version/1.0.0`;
    it('verifies that one and publishes it', async () => {
      await withHost((_, target) =>
        withBroker({ published: [web, { ...web, version: '2', pact: small('app', broken) }] }, async (broker) => {
          const ran = await run(['--pact-url', address(broker), ...target, ...publishing]);
          expect(ran).to.include({ code: 0, err: '' });
          expect(ran.out).to.include('pact of web 1.0.0: named by its address');
          expect(broker.results.map(({ consumerVersion, branches }) => [consumerVersion, branches])).to.deep.equal([
            ['1.0.0', ['main']],
          ]);
        }),
      );
    });

    it('says when there is none', async () => {
      await withBroker({}, async (broker) =>
        oneSentence(await run(['--pact-url', `${broker.url}/pacts/none`]), 2, '404', 'no pact'),
      );
    });
  });

  it('never forgets a pact that cannot be had', async () => {
    for (const status of [404, 403]) {
      const trouble = ({ method, path }: BrokerCall) =>
        method === 'GET' && path.includes('/consumer/app/') ? ([status, { error: 'gone' }] as const) : undefined;
      await withBroker(
        { published: [web, { version: '3', branch: 'main', pact: small('app', fine) }], trouble },
        async (broker) => {
          const ran = await verify(broker);
          expect(ran.out).to.equal('');
          oneSentence(ran, 3, 'app (3)', String(status));
        },
      );
    }
  });

  it('sends a live host nothing of a pact that may change something, whatever state it stands on', async () => {
    const live = '11111111-1111-4111-8111-000000000001';
    const request = (path: string, method = 'POST'): object => ({
      description: `${method} ${path}`,
      type: 'Synchronous/HTTP',
      request: { method, path },
      response: { status: 200 },
    });
    const strange = small(
      'web',
      request('/api/connections/purge', 'DELETE'),
      request('/orders/1234/delete'),
      request(`/api/connections/%31${live.slice(1)}/cancel`),
      { ...request(`/api/connections/${live}/remove`), providerStates: [{ name: 'no such connection' }] },
    );
    await withHost((host) =>
      withBroker({ published: [{ version: '1', branch: 'main', pact: strange }] }, async (broker) => {
        const before = JSON.stringify(host.inspect());
        const ran = await run(['--broker', broker.url, '--target', host.url]);
        expect(ran.out).to.match(/contracts +· +· +4 /);
        expect(ran.out).to.match(/sent +0 exchanges/);
        expect(JSON.stringify(host.inspect())).to.equal(before);
        expect(ran.code).to.equal(2);
      }),
    );
  });

  describe('says what is wrong with it, when it', () => {
    it('is none: HTML, JSON of another kind, 404, a redirect', async () => {
      const index = (answer: NonNullable<ReturnType<NonNullable<BrokerOptions['trouble']>>>): BrokerOptions => ({
        trouble: ({ path }) => (path === '/' ? answer : undefined),
      });
      await withBroker(index('<html>'), async (b) => oneSentence(await verify(b), 2, 'text/html', 'no broker'));
      await withBroker(index([200, { hello: 'world' }]), async (b) =>
        oneSentence(await verify(b), 2, 'no Pact broker'),
      );
      await withBroker(index([404, null]), async (b) =>
        oneSentence(await verify(b), 2, '404', 'is the address right?'),
      );
      await withBroker(index([302, null, { Location: 'https://broker.example/' }]), async (b) =>
        oneSentence(await verify(b), 2, 'redirects to https://broker.example/'),
      );
      await withBroker(index([503, null]), async (b) => oneSentence(await verify(b), 3, '503'));
    });

    it('refuses the token, or wants one', async () => {
      await withBroker({ credentials: { kind: 'bearer', token: 'another' } }, async (b) =>
        oneSentence(await verify(b), 3, 'refused the credentials (401)', 'PACT_BROKER_TOKEN'),
      );
      await withBroker({ credentials: { kind: 'bearer', token: 'another' } }, async (b) =>
        oneSentence(
          await run(['--broker', b.url], { PACT_BROKER_TOKEN: '' }),
          3,
          'wants credentials',
          'PACT_BROKER_TOKEN',
        ),
      );
    });

    it('takes Basic only', async () => {
      const credentials = { kind: 'basic', userName: 'ann', password: 'broker-password' } as const;
      const pair = { PACT_BROKER_TOKEN: '', PACT_BROKER_USERNAME: 'ann', PACT_BROKER_PASSWORD: 'broker-password' };
      await withBroker({ credentials }, async (broker) => {
        oneSentence(await verify(broker), 3, 'takes Basic', 'PACT_BROKER_USERNAME');
        oneSentence(
          await run(['--broker', broker.url], { ...pair, PACT_BROKER_PASSWORD: 'wrong' }),
          3,
          'refused the credentials',
          'PACT_BROKER_PASSWORD',
        );
        expect(await run(['--broker', broker.url], pair)).to.include({ code: 0, err: '' });
        const both = await run(['--broker', broker.url], { ...pair, PACT_BROKER_TOKEN: token });
        oneSentence(both, 2, 'both set');
      });
    });

    it('has a certificate that nobody here knows', async () => {
      const listen: NonNullable<BrokerOptions['listen']> = (listener) =>
        createTlsServer({ key, cert: trusted }, listener);
      const ca = join(folder, 'ca.pem');
      writeFileSync(ca, trusted);
      await withBroker({ listen }, async (broker) => {
        oneSentence(await verify(broker), 3, 'certificate is signed by itself', '--ca FILE');
        expect(await verify(broker, '--ca', ca)).to.include({ code: 0, err: '' });
        const unchecked = await verify(broker, '--insecure');
        expect(unchecked.out).to.include("the broker's certificate was not verified");
        expect(unchecked.code).to.equal(0);
        const one = await run([
          '--pact-url',
          `${broker.url}/pacts/provider/platform-api/consumer/web/version/1.0.0`,
          '--ca',
          ca,
        ]);
        expect(one).to.include({ code: 0, err: '' });
      });
    });

    it('has a certificate that the process around it knows', async () => {
      const listen: NonNullable<BrokerOptions['listen']> = (listener) =>
        createTlsServer({ key, cert: trusted }, listener);
      const ca = join(folder, 'ca.pem');
      writeFileSync(ca, trusted);
      await withBroker({ listen }, async (broker) => {
        // Node reads it once, when it starts.
        const env = { PATH: process.env['PATH'], PACT_BROKER_TOKEN: token, NODE_EXTRA_CA_CERTS: ca };
        const argv = ['--import', 'tsx', 'bin/conform.ts', 'verify', '--broker', broker.url];
        const { stdout, stderr } = await promisify(execFile)(process.execPath, argv, { cwd, env });
        expect(stdout).to.include('pact of web 1.0.0');
        expect(stderr).to.equal('');
      });
    });

    it('cannot be reached, with 401 in its port or not', async () => {
      for (const port of ['9', '40100'])
        oneSentence(await run(['--broker', `http://127.0.0.1:${port}`]), 3, 'cannot be reached');
    });

    it('knows no such provider, selector or environment, or chooses nothing', async () => {
      await withBroker({}, async (broker) => {
        oneSentence(await verify(broker, '--provider', 'nosuch'), 2, "No provider with name 'nosuch' found");
        oneSentence(
          await verify(broker, '--consumer-version-selectors', '[{"mainbranch":true}]'),
          2,
          "'mainbranch' is no selector",
        );
        oneSentence(
          await verify(broker, '--consumer-version-selectors', '[{"deployed":true,"environment":"moon"}]'),
          2,
          "environment with name 'moon' does not exist",
        );
        oneSentence(
          await verify(broker, '--consumer-version-selectors', '[{"branch":"none"}]'),
          2,
          'no pact for platform-api',
        );
      });
    });

    it('is slow, it is waited for; hangs, it is not', async () => {
      await withBroker({ slow: 400 }, async (broker) => {
        expect(await verify(broker, '--timeout', '700')).to.include({ code: 0, err: '' });
        oneSentence(await verify(broker, '--timeout', '200'), 3, 'did not answer within 200 ms');
      });
    });

    it('sends its credentials nowhere else', async () => {
      await withBroker(
        {
          trouble: ({ path, method }) =>
            method === 'GET' && path === '/'
              ? [200, { _links: { 'pb:provider-pacts-for-verification': { href: 'http://127.0.0.1:9/{provider}' } } }]
              : undefined,
        },
        async (broker) => {
          oneSentence(await verify(broker), 3, 'http://127.0.0.1:9', 'its own address');
        },
      );
    });
  });

  describe('behind the npm scripts', () => {
    const cli = createRequire(import.meta.url).resolve('@pact-foundation/pact-cli/package.json');
    const pactCli = (broker: BrokerStub, ...args: readonly string[]): Promise<{ readonly stdout: string }> =>
      promisify(execFile)(process.execPath, [cli.replace('package.json', 'bin/pact.js'), 'broker', ...args], {
        cwd,
        env: { ...process.env, PACT_BROKER_BASE_URL: broker.url, PACT_BROKER_TOKEN: token, PACT_DO_NOT_TRACK: 'true' },
      });
    const whether = (asking: Promise<unknown>): Promise<string> =>
      asking.then(
        () => 'yes',
        () => 'no',
      );

    it('takes pacts, says what can be deployed, and records deployments', async () => {
      await withHost((_, target) =>
        withBroker({ published: [] }, async (broker) => {
          const can = (...of: readonly string[]) =>
            whether(pactCli(broker, 'can-i-deploy', ...of, '--to-environment', 'production'));
          const [client, api] = [
            ['--pacticipant', 'connections-client', '--version', '1'],
            ['--pacticipant', 'platform-api', '--version', '1.2.3'],
          ];
          await pactCli(broker, 'create-environment', '--name', 'production', '--production');
          await pactCli(broker, 'publish', 'pacts', '--consumer-app-version', '1', '--branch', 'main');
          expect(await can(...client)).to.equal('no');
          expect(await verify(broker, ...target, ...publishing)).to.include({ code: 0, err: '' });
          expect(await can(...api)).to.equal('yes');
          await pactCli(broker, 'record-deployment', ...api, '--environment', 'production');
          expect(await can(...client)).to.equal('yes');
          expect(broker.deployed).to.deep.equal(['platform-api 1.2.3 in production']);
          expect(broker.unknown).to.deep.equal([]);
        }),
      );
    });
  });
});
