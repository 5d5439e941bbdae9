import type { ContractMember, ContractType, Format, FormatName } from '../model/contract.ts';
import { plainName } from './dotnet.ts';

/** The formats as the framework knows them and as its pages print them: every format that came later prints `other`. */
const known: readonly Format[] = [
  ['json', 'application/json', 'application/json', 'json'],
  ['xml', 'application/xml', 'application/xml', 'xml'],
  ['csv', 'text/csv', 'text/csv', 'csv'],
  ['jsv', 'application/jsv', 'text/jsv', 'jsv'],
  ['jsonl', 'text/jsonl', 'text/jsonl', 'other'],
].map(([name, mediaType, printedType, printed]) => ({
  name: name as FormatName,
  mediaType: mediaType ?? '',
  suffix: name ?? '',
  query: name ?? '',
  printed: { mediaType: printedType ?? '', suffix: printed ?? '', query: printed ?? '' },
}));

/** All formats that a contract can hold, in its order. */
export const frameworkFormats: readonly Format[] = known;

/** Where .NET puts a data contract of which nobody says otherwise. */
export const dataContract = 'http://schemas.datacontract.org/2004/07/';

/** What a DTO that holds nothing but a ResponseStatus is described as where no document does. */
export const acknowledgement = {
  type: 'What a call of the operation answers',
  member: 'How the call ended; a success may leave it out',
};

type Row = readonly [name: string, type: string, description: string, needed?: 'needed'];

function typeOf(name: string, description: string, rows: readonly Row[], base?: string): ContractType {
  return {
    name,
    description,
    ...(base !== undefined && { base }),
    members: rows.map(([member, type, says, needed]): ContractMember => {
      const isValue = type === 'Int32';
      return {
        name: member,
        property: member,
        type: type.replace(/\?$/, ''),
        nullable: !isValue && needed === undefined,
        required: needed === undefined ? 'no' : 'documented',
        in: 'form',
        description: says,
      };
    }),
  };
}

const meta: Row = ['Meta', 'Dictionary<String,String>', 'Further facts by name'];

/** Types of ServiceStack itself, which most documents name without describing them. */
const frameworkTypes: ReadonlyMap<string, ContractType> = new Map(
  [
    typeOf('ResponseStatus', 'How a call ended: an error when it has an ErrorCode, a success otherwise', [
      ['ErrorCode', 'String', 'What went wrong, as one word for programs'],
      ['Message', 'String', 'What went wrong, as a sentence for people'],
      ['StackTrace', 'String', 'Where in the service it went wrong; sent by a host in debug mode only'],
      ['Errors', 'List<ResponseError>', 'What is wrong with each member of the request'],
      meta,
    ]),
    typeOf('ResponseError', 'What is wrong with one member of the request', [
      ['ErrorCode', 'String', 'What is wrong, as one word for programs', 'needed'],
      ['FieldName', 'String', 'The member at fault'],
      ['Message', 'String', 'What is wrong, as a sentence for people', 'needed'],
      meta,
    ]),
    typeOf('ErrorResponse', 'What a failed call answers', [
      ['ResponseStatus', 'ResponseStatus', acknowledgement.member],
    ]),
    typeOf('EmptyResponse', acknowledgement.type, [['ResponseStatus', 'ResponseStatus', acknowledgement.member]]),
    typeOf('IdResponse', '', [
      ['Id', 'String', ''],
      ['ResponseStatus', 'ResponseStatus', ''],
    ]),
    typeOf('StringResponse', '', [['Result', 'String', ''], meta, ['ResponseStatus', 'ResponseStatus', '']]),
    typeOf('StringsResponse', '', [['Results', 'List<String>', ''], meta, ['ResponseStatus', 'ResponseStatus', '']]),
    typeOf('QueryBase', '', [
      ['Skip', 'Int32?', ''],
      ['Take', 'Int32?', ''],
      ['OrderBy', 'String', ''],
      ['OrderByDesc', 'String', ''],
      ['Include', 'String', ''],
      ['Fields', 'String', ''],
      ['Meta', 'Dictionary<String,String>', ''],
    ]),
    typeOf('QueryDb<T>', '', [], 'QueryBase'),
    typeOf('QueryDb<From,Into>', '', [], 'QueryBase'),
    typeOf('QueryData<T>', '', [], 'QueryBase'),
    typeOf('QueryData<From,Into>', '', [], 'QueryBase'),
    typeOf('QueryResponse<T>', '', [
      ['Offset', 'Int32', ''],
      ['Total', 'Int32', ''],
      ['Results', 'List<T>', ''],
      ['Meta', 'Dictionary<String,String>', ''],
      ['ResponseStatus', 'ResponseStatus', ''],
    ]),
  ].map((type) => [type.name, type]),
);

/** Whether a name is that of a type of ServiceStack itself, whatever its arguments. */
export function isOfFramework(name: string): boolean {
  return [...frameworkTypes.keys()].some((each) => plainName(each) === plainName(name));
}

/** The definition of the framework that a type is an instance of: `QueryResponse<T>` for `QueryResponse<Tool>`. */
export function frameworkTypeOf(name: string, args: number): ContractType | undefined {
  for (const type of frameworkTypes.values()) {
    const [own, parameters] = type.name.split('<');
    if (own === name && (parameters?.split(',').length ?? 0) === args) return type;
  }
  return undefined;
}
