import { pagePaths, type Pages } from '../../import/probe.ts';
import type { Suite } from '../../model/suite.ts';
import type { LiveTarget } from '../../settings/live-target.ts';
import type { Settings } from '../../settings/settings.ts';
import type { World } from '../../settings/world.ts';
import { openDocuments } from './documents.ts';

/** What a host shows of itself, and what must be said of how it was reached. */
export interface PagesRead {
  readonly pages: Pages;
  readonly notes: readonly string[];
}

/**
 * Asks a host for the pages that it shows anonymously of itself.
 *
 * @param target the host
 * @param settings the limits to keep
 */
export async function readPages(
  target: LiveTarget,
  suite: Suite,
  settings: Settings,
  world: World,
): Promise<PagesRead> {
  const { ask, notes, close } = openDocuments(target, suite.contract.prefix, suite, settings, world);
  try {
    const paths = pagePaths(suite.contract);
    const pages = {
      app: await ask(paths.app, 'application/json'),
      types: await ask(paths.types, 'application/json'),
      operation: await ask(paths.operation, 'text/html'),
      sample: await ask(paths.sample, 'text/html'),
    };
    return { pages, notes };
  } finally {
    close();
  }
}
