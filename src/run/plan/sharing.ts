import type { RequestTemplate } from '../../model/exchange.ts';
import { pathOf } from '../../values/http.ts';
import type { Level, Refuses } from '../../model/requirement.ts';
import type { PlannedScript } from './planned-script.ts';

/** What several scripts have in common that share a subject. */
export interface SharedSubject {
  /** The same for all of them, and for no others. */
  readonly name: string;
  readonly refuses: Refuses;
  /** Sent at the end: it succeeds where the refusals before left the subject as it was. */
  readonly success: RequestTemplate;
  /** Whether its refusals must be refused, or should: then it stands last on its subject. */
  readonly level: Level;
}

/** A script that is to share a subject. */
export interface Sharer extends Omit<SharedSubject, 'name'> {
  readonly planned: PlannedScript;
}

/** Scripts of which some, or all together, share a subject from now on. */
export function sharing(group: readonly Sharer[]): readonly PlannedScript[] {
  const name = group[0]?.planned.key ?? '';
  return group.map(({ planned, refuses, success, level }) => {
    const own = refuses === 'every request' ? null : (planned.script.steps.at(-1) ?? null);
    return { ...planned, shares: { name, refuses, success: own ?? success, level } };
  });
}

/** Whether a script begins with a request for the path of a success, a suffix or a slash behind it aside. */
export function asksFor({ path }: RequestTemplate, { script }: Pick<PlannedScript, 'script'>): boolean {
  return script.steps[0].path.startsWith(pathOf(path));
}
