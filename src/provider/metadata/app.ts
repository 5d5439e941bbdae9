import type { PlainObject } from '../../model/value.ts';
import type { Service } from '../service.ts';
import { apiMetadata } from './types.ts';

const endpointRouting: Readonly<Record<Service['profile']['hosting'], PlainObject>> = {
  classic: {},
  mapped: { EndpointRouting: ['map'] },
  endpoints: { EndpointRouting: ['map', 'use', 'force'] },
};

/**
 * `/metadata/app.json`: what the host says of itself, as far as a client can use it.
 *
 * @param service one of its operations: they share a profile and formats
 * @param operations all of them
 * @param baseUrl with the prefix
 * @param kinds the ways to sign in
 */
export function appMetadata(
  service: Service,
  operations: readonly Service[],
  baseUrl: string,
  kinds: readonly string[],
  now: Date,
): PlainObject {
  const { profile, contract } = service;
  return {
    Date: profile.dates === 'ms' ? `/Date(${now.getTime()})/` : now.toISOString(),
    App: {
      BaseUrl: baseUrl,
      ServiceStackVersion: '10.15',
      ServiceName: 'Platform API',
      ApiVersion: '1.0',
      JsTextCase: profile.casing === 'camel' && profile.serializer === 'servicestack' ? 'CamelCase' : 'PascalCase',
      UseSystemJson: profile.serializer === 'system-text-json' ? 'Always' : 'Never',
      ...endpointRouting[profile.hosting],
    },
    Config: { DebugMode: profile.debug },
    ContentTypeFormats: Object.fromEntries(contract.formats.map((f) => [f.suffix, f.mediaType])),
    HttpHandlers: {},
    Plugins: {
      Loaded: ['auth', 'validation'],
      Auth: { HasAuthSecret: false, AuthProviders: kinds.map((name) => ({ Name: name, Type: name })) },
    },
    CustomPlugins: {},
    Api: apiMetadata(operations),
  };
}
