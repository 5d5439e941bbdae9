// One broker: every way to bring a pact from it, to tell it, and to fail at it.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer as createTlsServer } from 'node:https';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { key, trusted } from '../src/exchange/certificates.fixture.ts';
import type { BrokerCall, BrokerOptions, BrokerStub } from '../src/pacts/broker.fixture.ts';
import type { ProviderOptions, Running } from '../src/provider/provider.ts';

import {
  cwd,
  token,
  of,
  small,
  broken,
  stateless,
  web,
  withBroker,
  withHost,
  run,
  verify,
  publishing,
  asked,
  inFolders,
  inFolder,
  connectionsOf,
  oneSentence,
  fine,
} from './broker.fixture.ts';

// What ends in another way than the plain one, or takes a process besides: `npm test` has the rest.

describe('conform verify, with a broker, in every way', function () {
  this.timeout(60_000);
  inFolders();

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
  });

  describe('of a pending pact', () => {
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

  describe('says what is wrong with it, when it', () => {
    it('has a certificate that nobody here knows', async () => {
      const listen: NonNullable<BrokerOptions['listen']> = (listener) =>
        createTlsServer({ key, cert: trusted }, listener);
      const ca = inFolder('ca.pem');
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
      const ca = inFolder('ca.pem');
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

    it('is slow, it is waited for; hangs, it is not', async () => {
      await withBroker({ slow: 400 }, async (broker) => {
        expect(await verify(broker, '--timeout', '700')).to.include({ code: 0, err: '' });
        oneSentence(await verify(broker, '--timeout', '200'), 3, 'did not answer within 200 ms');
      });
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
