import type { Profile } from '../../model/profile.ts';
import type { AuthenticationKind } from '../authentication.ts';

/** A recorded configuration: how to start a provider like it. */
export interface Configuration {
  readonly name: string;
  readonly profile: Profile;
  readonly authentication: readonly AuthenticationKind[];
}

const classic: Profile = {
  hosting: 'classic',
  casing: 'pascal',
  serializer: 'servicestack',
  guids: 'dashed',
  dates: 'iso',
  debug: false,
  xmlNamespace: 'http://schemas.datacontract.org/2004/07/Platform.ServiceModel',
};
const all = ['credentials', 'basic', 'jwt'] as const;

/** As project templates set System.Text.Json up. */
const templates: Profile = { ...classic, serializer: 'system-text-json', casing: 'camel' };

/** The configurations that were recorded. */
export const configurations: readonly Configuration[] = [
  { name: 'classic-all-pascal', profile: classic, authentication: all },
  { name: 'classic-all-camel', profile: { ...classic, casing: 'camel' }, authentication: all },
  { name: 'classic-all-pascal-debug', profile: { ...classic, debug: true }, authentication: all },
  { name: 'classic-systemjson-pascal', profile: { ...classic, serializer: 'system-text-json' }, authentication: all },
  { name: 'classic-credentials-pascal', profile: classic, authentication: ['credentials'] },
  { name: 'classic-basic-pascal', profile: classic, authentication: ['basic'] },
  { name: 'classic-jwt-pascal', profile: classic, authentication: ['jwt'] },
  { name: 'classic-apikey-pascal', profile: classic, authentication: ['apikey'] },
  {
    name: 'endpoints-identity-pascal',
    profile: { ...classic, hosting: 'endpoints', serializer: 'system-text-json' },
    authentication: ['identity'],
  },
  { name: 'classic-systemjson-default', profile: templates, authentication: all },
  { name: 'endpoints-map-default', profile: { ...templates, hosting: 'mapped' }, authentication: ['identity'] },
];
