import { shippedSuite } from './suites.ts';
import { createProvider, type Provider, type ProviderOptions, type Running } from '../src/provider/provider.ts';
import { classicProfile } from '../src/model/profile.fixture.ts';

const { contract, schemas } = shippedSuite();

/** What the recorded host declares of itself where nothing is changed. */
export const classic: ProviderOptions['profile'] = classicProfile(contract.xmlNamespace);

/** The reference provider of the shipped operation, as far as nothing else is said. */
export function shippedProvider(options: Partial<ProviderOptions> = {}): Provider {
  return createProvider({ contract, schemas, profile: classic, seed: 7, now: () => new Date(), ...options });
}

/** The same as a host on a port of its own. */
export function shippedHost(options: Partial<ProviderOptions> = {}): Promise<Running> {
  return shippedProvider(options).listen(0);
}
