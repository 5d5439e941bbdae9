import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { startBroker, type BrokerOptions, type BrokerStub } from '../src/pacts/broker.fixture.ts';
import { conform, type Ran } from './console.fixture.ts';

const cwd = fileURLToPath(new URL('..', import.meta.url));
const pactFile = 'pacts/connections-client-platform-api.json';
const pact = JSON.parse(readFileSync(`${cwd}/${pactFile}`, 'utf8')) as BrokerOptions['pact'] & {
  readonly interactions: readonly object[];
};
const stub: BrokerOptions = { token: 'broker-token', provider: 'platform-api', pact };

async function withBroker<T>(options: Partial<BrokerOptions>, use: (broker: BrokerStub) => Promise<T>): Promise<T> {
  const broker = await startBroker({ ...stub, ...options });
  try {
    return await use(broker);
  } finally {
    await broker.close();
  }
}

const verify = (broker: BrokerStub, ...more: readonly string[]): Promise<Ran> =>
  conform(['verify', '--broker', broker.url, ...more], {
    cwd,
    env: { ...process.env, PACT_BROKER_TOKEN: 'broker-token' },
  });

const addresses = ({ calls }: BrokerStub): readonly string[] => calls.map(({ method, path }) => `${method} ${path}`);

/** What the broker is told of a verification, if anything. */
const told = ({ calls }: BrokerStub): readonly unknown[] =>
  calls
    .filter(({ path }) => path.endsWith('/verification-results'))
    .map(({ body }) => (body as { readonly success: unknown }).success);

describe('a broker (a stub of one)', () => {
  it('gives the pacts that the selectors choose, and is told the result', async () => {
    await withBroker({}, async (broker) => {
      const selectors = '[{"branch":"feature"}]';
      const ran = await verify(
        broker,
        '--consumer-version-selectors',
        selectors,
        '--publish',
        '--provider-version',
        '1.2.3',
        '--branch',
        'main',
      );
      expect(ran).to.include({ code: 0, err: '' });
      expect(broker.complaints).to.deep.equal([]);
      const asked = broker.calls.find(({ method, path }) => method === 'POST' && path.endsWith('/for-verification'));
      expect(asked?.body).to.deep.include({ consumerVersionSelectors: [{ branch: 'feature' }] });
      expect(addresses(broker)).to.include('PUT /pacticipants/platform-api/branches/main/versions/1.2.3');
      expect(told(broker)).to.deep.equal([true]);
    });
  });

  it('is told nothing without --publish', async () => {
    await withBroker({}, async (broker) => {
      expect((await verify(broker)).code).to.equal(0);
      expect(told(broker)).to.deep.equal([]);
      expect(broker.complaints).to.deep.equal([]);
    });
  });

  it('that does not take the result ends the run with 3, after the report', async () => {
    await withBroker({ results: 'refused' }, async (broker) => {
      const ran = await verify(broker, '--publish', '--provider-version', '1.2.3', '--branch', 'main');
      expect(ran.out).to.include('Conforms');
      expect(ran.err)
        .to.include('did not take the result')
        .and.match(/^[^\n]+\n$/);
      expect(ran.code).to.equal(3);
    });
  });

  it('whose selectors choose no pact ends the run with 2', async () => {
    await withBroker({ chosen: 'none' }, async (broker) => {
      const ran = await verify(broker);
      expect(ran.code).to.equal(2);
      expect(ran.err)
        .to.include('no pact for platform-api')
        .and.match(/^[^\n]+\n$/);
    });
  });

  it('that refuses the token ends the run with 3 and one sentence', async () => {
    await withBroker({ token: 'another' }, async (broker) => {
      const ran = await verify(broker);
      expect(ran.code).to.equal(3);
      expect(ran.err)
        .to.match(/^[^\n]+\n$/)
        .and.include('PACT_BROKER_TOKEN');
      expect(ran.err).not.to.include('broker-token');
    });
  });

  it('that nobody runs ends the run with 3 and one sentence', async () => {
    const broker = await startBroker(stub);
    await broker.close();
    const ran = await verify(broker);
    expect(ran.code).to.equal(3);
    expect(ran.err)
      .to.match(/^[^\n]+\n$/)
      .and.include('cannot be reached');
  });

  it('whose pact is pending has its mismatches counted, and they fail nothing', async () => {
    const interaction = JSON.parse(
      JSON.stringify(pact.interactions[0]).replace('"status":200', '"status":299'),
    ) as object;
    const wrong = { ...pact, interactions: [interaction, pact.interactions[1]] };
    await withBroker({ pending: true, pact: wrong }, async (broker) => {
      const ran = await verify(broker);
      expect(ran.out).to.match(/contracts +1 +1 /);
      expect(ran.code).to.equal(0);
    });
  });

  describe('behind the npm scripts', () => {
    const cli = createRequire(import.meta.url).resolve('@pact-foundation/pact-cli/package.json');
    const { bin } = JSON.parse(readFileSync(cli, 'utf8')) as { readonly bin: Readonly<Record<string, string>> };
    const pactCli = (broker: BrokerStub, ...args: readonly string[]): Promise<{ readonly stdout: string }> =>
      promisify(execFile)(
        process.execPath,
        [`${cli.slice(0, -'package.json'.length)}${bin['pact'] ?? Object.values(bin)[0] ?? ''}`, 'broker', ...args],
        {
          cwd,
          env: {
            ...process.env,
            PACT_BROKER_BASE_URL: broker.url,
            PACT_BROKER_TOKEN: 'broker-token',
            PACT_DO_NOT_TRACK: 'true',
          },
        },
      );

    it('takes the pacts that are published', async () => {
      await withBroker({}, async (broker) => {
        await pactCli(broker, 'publish', 'pacts', '--consumer-app-version', '1.0.0', '--branch', 'main');
        expect(addresses(broker)).to.include('POST /contracts/publish');
        expect(broker.complaints).to.deep.equal([]);
      });
    });

    for (const deployable of [true, false]) {
      it(`says whether a version can be deployed: ${deployable ? 'yes' : 'no, by its exit code'}`, async () => {
        await withBroker({ deployable }, async (broker) => {
          const asked = pactCli(
            broker,
            'can-i-deploy',
            '--pacticipant',
            'platform-api',
            '--version',
            '1.2.3',
            '--to-environment',
            'production',
          );
          const exit = await asked.then(
            () => 'zero',
            () => 'not zero',
          );
          expect(exit).to.equal(deployable ? 'zero' : 'not zero');
          expect(broker.complaints).to.deep.equal([]);
        });
      });
    }

    it('records a deployment', async () => {
      await withBroker({}, async (broker) => {
        await pactCli(
          broker,
          'record-deployment',
          '--pacticipant',
          'platform-api',
          '--version',
          '1.2.3',
          '--environment',
          'production',
        );
        expect(addresses(broker).at(-1)).to.equal(
          'POST /pacticipants/platform-api/versions/1.2.3/deployed-versions/environment/e1',
        );
        expect(broker.complaints).to.deep.equal([]);
      });
    });
  });
});
