/**
 * Metadata of a host made by hand, of what other hosts may have: roles, aliases, enums with values and flags, generics of one
 * and two arguments, AutoQuery, inheritance, odd routes, and answers that are lists, maps, numbers, streams, texts or none.
 */
type Json = Readonly<Record<string, unknown>>;

const value = (name: string, type: string, more: Json = {}): Json => ({
  Name: name,
  Type: type,
  Namespace: 'System',
  IsValueType: true,
  ...more,
});
const reference = (name: string, type: string, more: Json = {}): Json => ({
  Name: name,
  Type: type,
  Namespace: 'System',
  ...more,
});
const generic = (name: string, type: string, ...args: readonly string[]): Json => ({
  Name: name,
  Type: `${type}\`${args.length}`,
  Namespace: 'System.Collections.Generic',
  GenericArgs: args,
});
const nullable = (name: string, type: string): Json => ({
  ...generic(name, 'Nullable', type),
  Namespace: 'System',
  IsValueType: true,
});
const own = (name: string, ...args: readonly string[]): Json => ({
  Name: args.length === 0 ? name : `${name}\`${args.length}`,
  Namespace: 'Clinic.Types',
  ...(args.length > 0 && { GenericArgs: args }),
});
const framework = (name: string, ...args: readonly string[]): Json => ({
  ...own(name, ...args),
  Namespace: 'ServiceStack',
});
const collection = (name: string, ...args: readonly string[]): Json => ({
  ...own(name, ...args),
  Namespace: 'System.Collections.Generic',
});
const enumerated = (name: string, type: string): Json => value(name, type, { IsEnum: true, Namespace: 'Clinic.Types' });
const type = (name: string, properties: readonly Json[], more: Json = {}): Json => ({
  Name: name,
  Namespace: 'Clinic.Types',
  Properties: properties,
  ...more,
});
const enumOf = (name: string, names: readonly string[], values?: readonly string[], more: Json = {}): Json =>
  type(name, [], { IsEnum: true, EnumNames: names, ...(values !== undefined && { EnumValues: values }), ...more });
const operation = (name: string, properties: readonly Json[], given: Json = {}, request: Json = {}): Json => ({
  Request: { Name: name, Namespace: 'Clinic', Properties: properties, ...request },
  Actions: ['ANY'],
  Method: 'POST',
  ...given,
});
const routes = (...all: readonly (readonly [path: string, verbs?: string])[]): Json => ({
  Routes: all.map(([path, verbs]) => ({ Path: path, ...(verbs !== undefined && { Verbs: verbs }) })),
});

export const clinic = JSON.stringify({
  Types: [
    type('Person', [
      value('Id', 'Guid'),
      reference('FullName', 'String', { DataMember: { Name: 'full_name' } }),
      nullable('Born', 'DateOnly'),
      enumerated('Sex', 'Sex'),
    ]),
    type('Patient', [generic('Visits', 'List', 'Visit'), generic('Marks', 'Dictionary', 'String', 'List<Int32>')], {
      Inherits: own('Person'),
    }),
    type('Visit', [
      value('At', 'DateTimeOffset'),
      value('Length', 'TimeSpan'),
      reference('Notes', 'String'),
      reference('Next', 'Visit', { Namespace: 'Clinic.Types' }),
    ]),
    enumOf('Sex', ['Unknown', 'Female', 'Male']),
    enumOf('Rights', ['None', 'Read', 'Write', 'All'], ['0', '1', '2', '3'], {
      IsEnumInt: true,
      Attributes: [{ Name: 'Flags' }],
    }),
    enumOf('Urgency', ['Low', 'High'], ['1', '5']),
    type('Paged`1', [generic('Items', 'List', 'T'), value('Total', 'Int32'), reference('Next', 'String')], {
      GenericArgs: ['T'],
      IsGenericTypeDef: true,
    }),
    type('Pair`2', [reference('Key', 'TKey'), reference('Value', 'TValue')], {
      GenericArgs: ['TKey', 'TValue'],
      IsGenericTypeDef: true,
    }),
  ],
  Operations: [
    operation(
      'AdmitPatient',
      [
        reference('FullName', 'String', { DataMember: { Name: 'full_name' }, IsRequired: true }),
        nullable('Born', 'DateOnly'),
        enumerated('Urgency', 'Urgency'),
      ],
      {
        ReturnType: own('Patient'),
        Routes: [{ Path: '/patients', Verbs: 'POST', Summary: 'Admits', Notes: 'once' }],
        RequiresAuth: true,
        RequiredRoles: ['Doctor', 'Nurse'],
      },
      { Description: 'Admits a patient' },
    ),
    operation(
      'FindPatients',
      [nullable('BornBefore', 'DateTime'), reference('NameStartsWith', 'String'), reference('Ids', 'Int32[]')],
      { ReturnType: framework('QueryResponse', 'Patient'), ...routes(['/patients', 'GET']), Actions: ['GET'] },
      { Inherits: framework('QueryDb', 'Patient') },
    ),
    operation('PagePatients', [value('Page', 'Int32')], {
      ReturnType: own('Paged', 'Patient'),
      ...routes(['/patients/page/{Page}', 'GET']),
      RequiresAuth: true,
      RequiresAnyRole: ['A', 'B'],
      RequiredPermissions: ['see'],
    }),
    operation('ListVisits', [value('PatientId', 'Guid')], {
      ReturnType: collection('List', 'Visit'),
      ...routes(['/patients/{PatientId}/visits', 'GET'], ['/visits.{Ext}', 'GET']),
    }),
    operation('CountPatients', [], {
      ReturnType: { Name: 'Int64', Namespace: 'System' },
      ...routes(['/patients/count']),
    }),
    operation('MapPatients', [generic('Ids', 'List', 'Guid')], {
      ReturnType: collection('Dictionary', 'Guid', 'Patient'),
      ...routes(['/patients/map', 'GET,POST']),
    }),
    operation('ReadScan', [value('Id', 'Int32'), reference('Path', 'String')], {
      ReturnType: { Name: 'Stream', Namespace: 'System.IO' },
      ...routes(['/scans/{Id}/{Path*}', 'GET']),
    }),
    operation(
      'PairThem',
      [
        generic('Counts', 'Dictionary', 'String', 'Int32'),
        generic('Nested', 'Dictionary', 'String', 'Dictionary<String,Visit>'),
      ],
      { ReturnType: own('Pair', 'String', 'Visit'), ...routes(['/pairs', 'PUT']) },
    ),
    operation(
      'DropPatient',
      [value('Id', 'Guid'), reference('Reason', 'String', { ParamType: 'query', Description: 'Why:\nin a few words' })],
      { ReturnsVoid: true, ...routes(['/patients/{Id}', 'DELETE']), RequiresAuth: true },
    ),
    operation(
      'GrantRights',
      [
        enumerated('Rights', 'Rights'),
        value('Until', 'DateTime'),
        reference('Photo', 'Byte[]'),
        reference('Page', 'Uri'),
        value('Grade', 'Char'),
        value('Rate', 'Decimal'),
        value('Ok', 'Boolean'),
      ],
      { ReturnType: own('Person'), ...routes(['/rights', 'POST PUT']) },
    ),
    operation('Ping', [reference('Text', 'String')], { ReturnType: { Name: 'String', Namespace: 'System' } }),
  ],
});
