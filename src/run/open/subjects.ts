import { randomUUID } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openSpent, spendFrom } from '../../exchange/spent.ts';
import { stateEndpoint } from '../../exchange/state-endpoint.ts';
import { idOf, readSubjects, subjectsFile } from '../../exchange/subjects-file.ts';
import type { Subject } from '../../model/exchange.ts';
import type { Composer } from '../../model/requirement.ts';
import type { StateSource } from '../../model/states.ts';
import { readTextFile } from '../../settings/files.ts';
import { UsageError } from '../../settings/problems.ts';
import type { World } from '../../settings/world.ts';
import { allOf } from '../../values/words.ts';
import type { Live } from './access.ts';
import { nameNone } from './named.ts';
import { subjectsCommand } from './subjects-command.ts';
import { protectedFrom, wayTo } from './way.ts';

/**
 * Opens the source of subjects that the settings name; null when they name none.
 *
 * @throws UsageError when the file of subjects is not one, or all of them are spent
 */
export async function openSource(
  composer: Composer,
  settings: Live,
  world: Pick<World, 'cwd' | 'env' | 'signal' | 'now' | 'elapsed' | 'redactor'>,
): Promise<StateSource | null> {
  const { subjects, target } = settings;
  switch (subjects.kind) {
    case 'own':
    case 'none':
      return null;
    case 'states':
      return stateEndpoint(
        subjects.url,
        composer.members,
        wayTo(subjects.url, target.tls, settings, world, protectedFrom(settings)).engine,
        world.signal,
        subjects.of,
      );
    case 'command':
      return subjectsCommand(
        subjects.command,
        composer.members,
        composer.fresh,
        subjects.of === undefined ? world : { ...world, env: { ...world.env, CONFORM_OPERATION: subjects.of } },
      );
    case 'file':
      return fromFile(composer, subjects, settings, world);
  }
}

async function fromFile(
  { members, fresh }: Composer,
  { file, of }: { readonly file: string; readonly of?: string },
  settings: Live,
  world: Pick<World, 'cwd' | 'now'>,
): Promise<StateSource> {
  const { changes } = settings;
  const read = readSubjects(readTextFile('--connections', file, world), file, members, of);
  if (!read.ok) throw new UsageError(read.problem);
  // A link has the list of the file that it leads to.
  const ledger = `${await realpath(resolve(world.cwd, file))}.spent`;
  const opened = await openSpent(ledger, randomUUID(), world.now);
  if (!opened.ok) throw new UsageError(opened.problem);
  const ownId = (subject: Subject): string => idOf(subject, members);
  nameNone(read.subjects.map(ownId), settings);
  // What is spent for one operation of several is not spent for another.
  const spentAs = (subject: Subject): string => (of === undefined ? ownId(subject) : `${of} ${ownId(subject)}`);
  const left = read.subjects.filter((subject) => !opened.spent.isSpent(spentAs(subject)));
  if (left.length === 0 && changes === 'allowed') {
    throw new UsageError(
      `--connections ${file}: ${allOf(read.subjects.length, 'subject')} ${read.subjects.length === 1 ? 'is' : 'are'} spent, as ${ledger} says; add new ones`,
    );
  }
  return spendFrom(subjectsFile(left, fresh, `the file ${file}`), opened.spent, spentAs);
}
