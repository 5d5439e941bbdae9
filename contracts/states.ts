import type { StateName } from '../src/model/contract.ts';

/** The two sides of the contract, as they are named in pacts and in a broker. */
export const consumer = 'connections-client';
export const provider = 'platform-api';

/** The states that a connection can be brought into, as pacts and specs name them. */
export const states = {
  active: 'an active connection',
  cancelled: 'a cancelled connection',
  removed: 'a removed connection',
  absent: 'no such connection',
} as const satisfies Record<string, StateName>;
