import type { Profile } from './profile.ts';

/** What a host declares of itself that is set up in the usual way. */
export function classicProfile(xmlNamespace: string): Profile {
  return {
    hosting: 'classic',
    casing: 'pascal',
    serializer: 'servicestack',
    guids: 'dashed',
    dates: 'iso',
    debug: false,
    xmlNamespace,
  };
}
