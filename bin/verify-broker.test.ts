// One broker: every way to bring a pact from it, to tell it, and to fail at it.

import { expect } from 'chai';
import type { BrokerCall, BrokerOptions, BrokerStub } from '../src/pacts/broker.fixture.ts';

import {
  token,
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
  oneSentence,
  fine,
} from './broker.fixture.ts';

describe('conform verify, with a broker', () => {
  inFolders();

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
});
