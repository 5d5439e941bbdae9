import { UsageError } from './console.ts';
import { suite } from './suite.ts';

/** Of the requirement named, or of exchanges that no requirement judges (null). */
export type Waiver = (requirement: string | null) => string | undefined;

const unjudged = 'observations';

/**
 * Reads `--waive NAME=REASON`: an area, a requirement, or `observations`, that need not be exercised, each with its reason.
 *
 * @throws UsageError when a name is unknown or a reason is missing
 */
export function readWaivers(texts: readonly string[]): Waiver {
  const areaOf = new Map<string, string>(suite.catalogue.flatMap((a) => a.requirements.map((r) => [r.id, a.area] as const)));
  const known = new Set<string>([unjudged, ...areaOf.keys(), ...areaOf.values()]);
  const reasons = new Map(texts.map((text) => {
    const [, name = '', reason = ''] = /^([^=]+)=\s*(\S.*)$/s.exec(text) ?? [];
    if (name === '') throw new UsageError(`--waive ${text}: takes NAME=REASON, the reason why it need not be exercised`);
    if (!known.has(name)) throw new UsageError(`--waive ${name}: is no area, no requirement, and not ${unjudged}`);
    return [name, reason];
  }));
  return (requirement) => {
    if (requirement === null) return reasons.get(unjudged);
    return reasons.get(requirement) ?? reasons.get(areaOf.get(requirement) ?? '');
  };
}
