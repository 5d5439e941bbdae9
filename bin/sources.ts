import { connectionsFile, readConnections } from '../contracts/states.ts';
import type { Engine } from '../src/exchange/engine.ts';
import { stateEndpoint } from '../src/exchange/state-endpoint.ts';
import type { StateSource } from '../src/model/states.ts';
import { UsageError, type Console } from './console.ts';
import { readTextFile, type Settings } from './settings.ts';
import { suite } from './suite.ts';

/**
 * Opens the source of subjects that the settings name; null when they name none.
 *
 * @throws UsageError when the file of subjects is not one
 */
export function openSource(settings: Settings, engine: Engine, console: Pick<Console, 'cwd' | 'signal'>): StateSource | null {
  if (settings.states !== null) return stateEndpoint(settings.states, engine, console.signal);
  if (settings.connections === null) return null;
  const text = readTextFile('--connections', settings.connections, console);
  const read = readConnections(text, settings.connections, suite.members);
  if (!read.ok) throw new UsageError(read.problem);
  return connectionsFile(read.connections, settings.connections);
}
