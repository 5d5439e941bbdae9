import type { Contract, ContractMember, ContractType } from '../../model/contract.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { Service } from '../service.ts';
import { applied, isValueType, metadataType } from './dotnet.ts';
import {
  computedPlace,
  descriptionOf,
  descriptionWithin,
  enumsIn,
  isAlias,
  isDataContract,
  isNeeded,
  isOfFramework,
  pathBelow,
  typeShown,
} from './said.ts';
import { isList } from '../rendering/json.ts';

/** `/types/metadata.json`: the operations and their types, in the structure that native type generators read. */
export function typesMetadata(operations: readonly Service[], baseUrl: string): PlainObject {
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
    ...apiMetadata(operations),
  };
}

/** The operations and their types without the generator's settings; a type that several speak of is listed once. */
export function apiMetadata(operations: readonly Service[]): PlainObject {
  const types = new Map(operations.flatMap((service) => typesOf(service)));
  return { Namespaces: [], Types: [...types.values()], Operations: operations.map(operation) };
}

/** The types of an operation by name, but for its request and its answer, which stand with it. */
function typesOf(service: Service): readonly (readonly [name: string, type: PlainObject])[] {
  const { types, request } = service.contract;
  const apart = new Set([request, service.contract.response.kind === 'dto' ? service.contract.response.type : '']);
  const others = types.filter(({ name }) => !apart.has(name) && !isOfFramework(name));
  return others.map((type) => [type.name, typeOf(service, type)]);
}

function operation(service: Service): PlainObject {
  const { contract, prefix } = service;
  const { verbs: own = 'any', response } = contract;
  const answered = response.kind === 'dto' ? described(service, response.type) : null;
  const { roles, anyRole, permissions, anyPermission } = contract;
  return {
    Request: demanding(described(service, contract.request) ?? { Name: contract.request }, contract),
    ...(answered !== null && { Response: answered }),
    Actions: own === 'any' ? ['ANY'] : [...own],
    ...(response.kind === 'none' && { ReturnsVoid: true }),
    Method: 'POST',
    ...returnType(service),
    ...(service.routes.length > 0 && {
      Routes: contract.routes.map((route) => ({
        Path: pathBelow(prefix, route.path),
        ...(route.verbs !== 'any' && { Verbs: route.verbs.join(',') }),
        ...(route.notes !== undefined && { Notes: route.notes }),
        ...(route.summary !== undefined && { Summary: route.summary }),
      })),
    }),
    ...(contract.authentication === 'required' && { RequiresAuth: true }),
    ...(roles !== undefined && { RequiredRoles: [...roles] }),
    ...(anyRole !== undefined && { RequiresAnyRole: [...anyRole] }),
    ...(permissions !== undefined && { RequiredPermissions: [...permissions] }),
    ...(anyPermission !== undefined && { RequiresAnyPermission: [...anyPermission] }),
  };
}

/** A request that a validator refuses to strangers says so; of [Authenticate] nothing is said there. */
function demanding(request: PlainObject, { challenged }: Pick<Contract, 'challenged'>): PlainObject {
  if (challenged !== false) return request;
  const { Attributes: others } = request;
  const validator = { Name: 'ValidateRequest', Args: [argument('Validator', 'String', 'IsAuthenticated')] };
  return { ...request, Attributes: [...(isList(others) ? others : []), validator] };
}

function returnType({ contract, codeNamespace }: Service): PlainObject {
  const { response } = contract;
  if (!('type' in response) && response.kind !== 'raw') return {};
  const type = response.kind === 'list' ? `List<${response.type}>` : (response.type ?? 'Byte[]');
  const { Type: Name = type, ...args } = metadataType(type, false);
  return { ReturnType: { Name, Namespace: codeNamespace, ...args } };
}

function described(service: Service, name: string): PlainObject | null {
  const type = service.contract.types.find((each) => applied(each.name).name === applied(name).name);
  return type === undefined || isOfFramework(name) ? null : typeOf(service, type);
}

function typeOf(service: Service, type: ContractType): PlainObject {
  const { name, args } = applied(type.name);
  const isRequest = type.name === service.contract.request;
  const description = descriptionOf(service.contract, type);
  const base = type.base === undefined ? null : metadataType(type.base, false);
  return {
    Name: args.length === 0 ? name : `${name}\`${args.length}`,
    Namespace: service.codeNamespace,
    ...(args.length > 0 && { GenericArgs: [...args], IsGenericTypeDef: true }),
    ...(base !== null && {
      Inherits: {
        Name: base['Type'] ?? '',
        Namespace: service.codeNamespace,
        ...(base['GenericArgs'] !== undefined && { GenericArgs: base['GenericArgs'] }),
      },
    }),
    Implements: [],
    ...(isDataContract(type) && { DataContract: {} }),
    ...(description !== '' && { Description: description }),
    ...(type.enum === undefined
      ? { Properties: type.members.map((member) => property(service, type, member)) }
      : enumOf(type.enum)),
    ...(isRequest &&
      description !== '' && {
        Attributes: [{ Name: 'Api', Args: [argument('Description', 'String', description)] }],
      }),
  };
}

function enumOf({ names, flags }: NonNullable<ContractType['enum']>): PlainObject {
  const hasValues = names.some(({ value }) => value !== undefined);
  return {
    IsEnum: true,
    ...(flags === true && { IsEnumInt: true, Attributes: [{ Name: 'Flags', Args: [] }] }),
    EnumNames: names.map(({ name }) => name),
    ...(hasValues && { EnumValues: names.map(({ value }, i) => String(value ?? i)) }),
    ...(names.some(({ wire }) => wire !== undefined) && {
      EnumMemberValues: names.map(({ name, wire }) => wire ?? name),
    }),
  };
}

function property(service: Service, owner: ContractType, member: ContractMember): PlainObject {
  const { contract } = service;
  const type = typeShown(member);
  const isValue = isValueType(type, enumsIn(contract));
  const described = descriptionWithin(contract, owner, member);
  const needed = isNeeded(member);
  const place = placeWritten(service, owner, member);
  const api: PlainValue[] = [
    ...(described === '' ? [] : [argument('Description', 'String', described)]),
    ...(needed ? [{ ...argument('IsRequired', 'Boolean', 'true'), IsValueType: true }] : []),
    ...(place === null ? [] : [argument('ParameterType', 'String', place)]),
  ];
  const attributes = [
    ...(api.length === 0 ? [] : [{ Name: 'ApiMember', Args: api }]),
    ...(member.validate ?? []).map((rule) => ({ Name: 'Validate', Args: [argument('Validator', 'String', rule)] })),
  ];
  return {
    Name: member.property,
    Namespace: type === 'ResponseStatus' ? 'ServiceStack' : 'System',
    ...metadataType(type, isValue && member.nullable === true),
    ...(isValue && { IsValueType: true }),
    ...(described !== '' && { Description: described }),
    ...(isAlias(member) && { DataMember: { Name: member.name } }),
    ...(place !== null && { ParamType: place }),
    ...(needed && { IsRequired: true }),
    ...(member.allowed !== undefined && { AllowableValues: [...member.allowed] }),
    ...(member.range !== undefined && { AllowableMin: member.range.least, AllowableMax: member.range.greatest }),
    ...(attributes.length > 0 && { Attributes: attributes }),
  };
}

/** What an author has written of the place, which most leave to be computed; null where it is what would be. */
function placeWritten({ contract, key }: Service, owner: ContractType, member: ContractMember): string | null {
  if (member.in === 'unknown') return null;
  if (owner.name === contract.request && member.property === key?.name) return 'path';
  return member.in === computedPlace(contract, owner, member) ? null : member.in;
}

function argument(name: string, type: string, value: string): PlainObject {
  return { Name: name, Type: type, Namespace: 'System', Value: value };
}
