import type { JsonSchema } from '../../model/schema.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { Service } from '../service.ts';

/** `/types/metadata.json`: the operation and its types, in the structure that native type generators read. */
export function typesMetadata(service: Service, baseUrl: string): PlainObject {
  return {
    Config: {
      BaseUrl: baseUrl,
      MakePartial: true,
      MakeVirtual: true,
      AddReturnMarker: true,
      AddDescriptionAsComments: true,
      AddDocAnnotations: true,
      AddServiceStackTypes: true,
      AddDefaultXmlNamespace: 'http://schemas.servicestack.net/types',
      DefaultNamespaces: ['System', 'System.Collections.Generic', 'ServiceStack'],
      IgnoreTypes: [],
    },
    ...apiMetadata(service),
  };
}

/** The operation and its types without the generator's settings. */
export function apiMetadata(service: Service): PlainObject {
  return { Namespaces: [], Types: [], Operations: [operation(service)] };
}

function operation(service: Service): PlainObject {
  const { contract, prefix } = service;
  const { verbs: own = 'any' } = contract;
  return {
    Request: dto(service, contract.request),
    Response: dto(service, service.response),
    Actions: own === 'any' ? ['ANY'] : [...own],
    Method: 'POST',
    ReturnType: { Name: service.response, Namespace: service.codeNamespace },
    Routes: contract.routes.map((route) => ({
      Path: route.path.toLowerCase().startsWith(`/${prefix}/`) ? route.path.slice(prefix.length + 1) : route.path,
      ...(route.verbs !== 'any' && { Verbs: route.verbs.join(',') }),
    })),
    ...(contract.authentication === 'required' && { RequiresAuth: true }),
  };
}

function dto(service: Service, name: string): PlainObject {
  const schema = service.schemas[name] ?? {};
  const described = schema.description !== undefined && name === service.contract.request;
  const properties = Object.entries(schema.properties ?? {}).map(([member, of]) =>
    property(service, member, of, schema.required?.includes(member) ?? false),
  );
  return {
    Name: name,
    Namespace: service.codeNamespace,
    Implements: [],
    ...(described && { Description: schema.description ?? '' }),
    Properties: properties,
    ...(described && {
      Attributes: [{ Name: 'Api', Args: [argument('Description', 'String', schema.description ?? '')] }],
    }),
  };
}

function property(service: Service, name: string, schema: JsonSchema, required: boolean): PlainObject {
  const reference = referenceOf(schema);
  if (reference !== null) return { Name: name, Type: reference, Namespace: 'ServiceStack' };
  const type = schema.format === 'uuid' ? 'Guid' : dotNetType(schema);
  const inPath = name === service.key?.name;
  const description = schema.description ?? '';
  const args: PlainValue[] = [
    ...(type === 'Guid' ? [argument('DataType', 'String', 'Guid')] : []),
    argument('Description', 'String', description),
    ...(required ? [{ ...argument('IsRequired', 'Boolean', 'true'), IsValueType: true }] : []),
    argument('Name', 'String', name),
    ...(inPath ? [argument('ParameterType', 'String', 'path')] : []),
  ];
  return {
    Name: name,
    Type: type,
    Namespace: 'System',
    ...(type !== 'String' && { IsValueType: true }),
    Description: description,
    ...(inPath && { ParamType: 'path' }),
    DisplayType: type,
    ...(required && { IsRequired: true }),
    Attributes: [{ Name: 'ApiMember', Args: args }],
  };
}

function argument(name: string, type: string, value: string): PlainObject {
  return { Name: name, Type: type, Namespace: 'System', Value: value };
}

/** The DTO that a schema refers to, directly or as one of two. */
export function referenceOf(schema: JsonSchema): string | null {
  const ref = schema.$ref ?? schema.anyOf?.find((s) => s.$ref !== undefined)?.$ref;
  return ref === undefined ? null : ref.slice(ref.lastIndexOf('/') + 1).replace(/\.schema\.json$/, '');
}

function dotNetType(schema: JsonSchema): string {
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.find((t) => t !== 'null');
  switch (type) {
    case 'boolean':
      return 'Boolean';
    case 'integer':
      return 'Int32';
    case 'number':
      return 'Double';
    default:
      return 'String';
  }
}
