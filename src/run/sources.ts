import { randomUUID } from 'node:crypto';
import { UsageError, type Console } from '../../bin/console.ts';
import { suite } from '../../bin/suite.ts';
import { connectionsFile, readConnections } from '../../contracts/states.ts';
import { ledgered, openLedger } from '../exchange/spent.ts';
import { stateEndpoint } from '../exchange/state-endpoint.ts';
import type { Subject } from '../model/exchange.ts';
import type { StateSource } from '../model/states.ts';
import { readTextFile, type LiveTarget, type Settings } from '../settings/settings.ts';
import { wayTo } from './way.ts';

/**
 * Opens the source of subjects that the settings name; null when they name none.
 *
 * @throws UsageError when the file of subjects is not one, or all of them are spent
 */
export async function openSource(
  settings: Settings & { readonly target: LiveTarget },
  console: Pick<Console, 'cwd' | 'env' | 'signal' | 'now'>,
): Promise<StateSource | null> {
  const { subjects, target } = settings;
  switch (subjects.kind) {
    case 'own':
    case 'none':
      return null;
    case 'states':
      return stateEndpoint(subjects.url, wayTo(subjects.url, target.tls, settings, console).engine, console.signal);
    case 'file':
      return fromFile(subjects.file, settings.changes, console);
  }
}

async function fromFile(
  file: string,
  changes: Settings['changes'],
  console: Pick<Console, 'cwd' | 'now'>,
): Promise<StateSource> {
  const read = readConnections(readTextFile('--connections', file, console), file, suite.members);
  if (!read.ok) throw new UsageError(read.problem);
  const opened = await openLedger(`${file}.spent`, randomUUID(), console.now);
  if (!opened.ok) throw new UsageError(opened.problem);
  const left = read.connections.filter((subject) => !opened.ledger.isSpent(idOf(subject)));
  if (left.length === 0 && changes === 'allowed') {
    throw new UsageError(
      `--connections ${file}: all ${read.connections.length} subjects are spent, as ${file}.spent says; add new ones`,
    );
  }
  return ledgered(connectionsFile(left, file), opened.ledger, idOf);
}

/** The members in the path tell subjects apart. */
function idOf(subject: Subject): string {
  return suite.members
    .filter((m) => m.in === 'path')
    .map((m) => subject[m.name] ?? '')
    .join(' ');
}
