import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startBroker, type BrokerCall, type BrokerOptions, type BrokerStub } from '../src/pacts/broker.fixture.ts';
import type { ProviderOptions, Running } from '../src/provider/provider.ts';
import type { JsonObject } from '../src/values/json.ts';
import { conform, type Ran } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

export const cwd = fileURLToPath(new URL('..', import.meta.url));
export const token = 'broker-token';

interface Loose {
  readonly description: string;
  readonly providerStates?: readonly { readonly name: string }[];
  readonly request: JsonObject;
  readonly response: JsonObject & { readonly status: number };
}
export const pact = JSON.parse(
  readFileSync(`${cwd}/pacts/connections-client-platform-api.json`, 'utf8'),
) as JsonObject & {
  readonly interactions: readonly Loose[];
};
export const of = (state: string): Loose =>
  pact.interactions.find((i) => i.providerStates?.[0]?.name === state) ?? expect.fail(state);

/** A pact of a few interactions, or of those given. */
export const small = (consumer: string, ...interactions: readonly object[]): JsonObject => ({
  ...pact,
  consumer: { name: consumer },
  interactions,
});
export const [fine, harmless] = [of('an active connection'), of('no such connection')];
export const broken = { ...fine, description: 'what nobody keeps', response: { ...fine.response, status: 299 } };
export const stateless = {
  ...fine,
  description: 'in a state that nobody knows',
  providerStates: [{ name: 'a frozen connection' }],
};
export const web = { version: '1.0.0', branch: 'main', pact: small('web', fine, harmless) };

export async function withBroker<T>(options: BrokerOptions, use: (broker: BrokerStub) => Promise<T>): Promise<T> {
  const broker = await startBroker({ credentials: { kind: 'bearer', token }, published: [web], ...options });
  try {
    return await use(broker);
  } finally {
    await broker.close();
  }
}

/** What the host that is running takes. */
let hostToken = '';

export async function withHost<T>(
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

export const run = (argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  conform(['verify', ...argv], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      PACT_BROKER_TOKEN: token,
      ...(hostToken !== '' && { CONFORM_TOKEN: hostToken }),
      ...env,
    },
  });
export const verify = (broker: BrokerStub, ...more: readonly string[]): Promise<Ran> =>
  run(['--broker', broker.url, ...more]);
export const publishing = ['--publish', '--provider-version', '1.2.3', '--branch', 'main'];
export const asked = ({ calls }: BrokerStub): BrokerCall =>
  calls.find(({ method, path }) => method === 'POST' && path.endsWith('/for-verification')) ?? expect.fail();

let folder: string;
/** A folder for each test of the suite that is being described. */
export function inFolders(): void {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'broker-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
}

/** A file in that of the present test. */
export function inFolder(name: string): string {
  return join(folder, name);
}

/** A file of subjects that the host has. */
export function connectionsOf({ connections }: Running, count = connections.length): string {
  const file = join(folder, 'connections.json');
  writeFileSync(file, JSON.stringify(connections.slice(0, count)));
  return file;
}

export function oneSentence(ran: Ran, code: number, ...words: readonly string[]): void {
  expect(ran.err).to.match(/^[^\n]+\n$/);
  for (const word of words) expect(ran.err).to.include(word);
  expect(ran.err).not.to.include(token);
  expect(ran.code, ran.out).to.equal(code);
}
