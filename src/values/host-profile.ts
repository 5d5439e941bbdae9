import type { HostProfile, Profile } from '../model/profile.ts';

/** What of a profile holds of every operation of the host. */
export function ofTheHost({
  hosting,
  casing,
  serializer,
  guids,
  dates,
  debug,
  frameworkVersion,
}: Profile): HostProfile {
  const spelled = { hosting, casing, serializer, guids, dates, debug };
  return frameworkVersion === undefined ? spelled : { ...spelled, frameworkVersion };
}
