import { visible } from '../../src/report/visible.ts';
import { readPages } from '../../src/run/open/read-pages.ts';
import { probe } from '../../src/import/probe.ts';
import { askedBy } from '../../src/settings/asked.ts';
import { InconclusiveError, UsageError } from '../../src/settings/problems.ts';
import type { Values } from '../../src/settings/table.ts';
import { addOptions, type Define } from '../options.ts';
import { suites } from '../suites.ts';

/** `conform probe`: reads a host's own metadata, without credentials, and prints a profile to commit. */
export const probeCommand: Define = (command, console) => {
  const taken = addOptions(command, 'Target', 'Connection', 'Limits');
  command.action(async (flags: Values) => {
    const { suite, settings } = askedBy(flags, suites, console, taken);
    const { target } = settings;
    if (target.kind === 'embedded')
      throw new UsageError('probe needs --target URL: the host whose metadata is to be read');
    const { redactor } = console;
    const { pages, notes } = await readPages(target, suite, settings, console);
    if (pages.app.kind === 'none' && pages.types.kind === 'none' && pages.operation.kind === 'none')
      throw new InconclusiveError(pages.app.reason);
    const { profile, tells, learnt, notLearnt, differences } = redactor.all(probe(pages, suite.contract));
    const say = (what: string, texts: readonly string[]): void => {
      for (const text of texts) console.err(redactor.say`${what}: ${visible(text)}\n`);
    };
    say('note', notes);
    say('learnt', learnt);
    say('not learnt', notLearnt);
    say('differs', differences);
    if (tells === 'nothing')
      throw new InconclusiveError(
        `${visible(target.url.href)} tells nothing of itself: its metadata is not open to everybody, or it is no host of this kind. No profile is proposed; declare what is known of it with --hosting, --casing and --serializer`,
      );
    console.out(redactor.assembled(`${JSON.stringify(profile, null, 2)}\n`));
  });
};
