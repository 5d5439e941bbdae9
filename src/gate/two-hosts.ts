import type { Suite } from '../model/suite.ts';
import type { StartHost } from '../run/open/open.ts';
import { observedRun, type ObservedRun, type ObservedWith } from '../run/run-catalogue.ts';
import { UsageError } from '../settings/problems.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';

/** Of two runs that are held against each other. */
export type Both<T> = readonly [a: T, b: T];

/**
 * Settings under which two live targets are asked the same: composed under the profile of the first, and only read unless
 * both have subjects to change, else every change would be a difference.
 *
 * @throws UsageError when both would spend the same subjects
 */
export function sparing(a: Settings, b: Settings): Both<Settings> {
  const same: Both<Settings> = [a, { ...b, profile: a.profile }];
  if (a.changes !== 'allowed' || b.changes !== 'allowed') return [readOnly(same[0]), readOnly(same[1])];
  if (a.subjects.kind === 'none' || JSON.stringify(a.subjects) !== JSON.stringify(b.subjects)) return same;
  throw new UsageError(
    '--allow-changes: both targets would spend the same subjects; give each its own in the configuration file, and name the targets',
  );
}

function readOnly(settings: Settings): Settings {
  return settings.target.kind === 'live'
    ? { ...settings, target: settings.target, subjects: { kind: 'none' }, changes: 'forbidden' }
    : settings;
}

/**
 * Runs and observes two targets side by side.
 *
 * @param suite what is asked of both
 * @throws UsageError when settings, files or the selection are wrong
 */
export async function observeBoth(
  suite: Suite,
  [a, b]: Both<Settings>,
  world: World,
  host: StartHost,
  progress: ObservedWith['progress'],
): Promise<Both<ObservedRun>> {
  // Each run listens on a signal of its own: together they would be more listeners than one signal takes without a warning.
  const own = (): World => ({ ...world, signal: AbortSignal.any([world.signal]) });
  const observed = (settings: Settings) => observedRun(suite, settings, own(), host, { ...(progress && { progress }) });
  return Promise.all([observed(a), observed(b)]);
}
