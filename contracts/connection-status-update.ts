import type { Contract, Said } from '../src/model/contract.ts';
import { withSaid } from '../src/values/contract.ts';
import imported from './connection-status-update/contract.json' with { type: 'json' };
import said from './connection-status-update/said.json' with { type: 'json' };

/** The operation that this project ships: what its documents state, with what people have added. A test reads both strictly. */
export const connectionStatusUpdate: Contract = withSaid(imported as unknown as Contract, said as unknown as Said);
