// What csv and jsonl make of an answer: a row for each item of a list, and of a query a row for each of its results, and no
// more. What has no rows they write as an empty body, or in a way that was never recorded.

import type { Contract, FormatName } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import { answersQuery, errorOf, isWrittenInPart, lineOf, listedDto } from '../../values/contract.ts';

function hasRows(format: FormatName | undefined): boolean {
  return format === 'csv' || format === 'jsonl';
}

/** Whether an answer was read as rows. */
export function isReadAsRows({ decoded }: Pick<Answered, 'decoded'>): boolean {
  return decoded.kind === 'read' && hasRows(decoded.format);
}

/** Whether an answer holds nothing but the results of a query, and so no ResponseStatus: it is in csv or jsonl. */
export function holdsResultsAlone(x: Pick<Answered, 'decoded'>, contract: Pick<Contract, 'response'>): boolean {
  return answersQuery(contract) && isReadAsRows(x);
}

/**
 * Whether an answer is an error of which nothing is told, as it has no results, no member that it is written by, or none at all:
 * what csv and jsonl make of that was never recorded.
 */
export function isErrorWithoutRows(
  x: Pick<Answered, 'decoded' | 'status' | 'mediaType'>,
  contract: Pick<Contract, 'request' | 'response' | 'types' | 'formats'>,
): boolean {
  if (x.status < 300 || !(isReadAsRows(x) || hasRows(formatNamed(x, contract)))) return false;
  const { dto } = errorOf(contract);
  return answersQuery(contract) || isWrittenInPart(contract) || (dto !== null && isWithoutMembers(dto, contract));
}

/** Whether a success has no rows where its Content-Type promises some: an empty list, or a query without results, is an empty body. */
export function isEmptyRows(
  x: Pick<Answered, 'status' | 'text' | 'mediaType'>,
  contract: Pick<Contract, 'response' | 'formats'>,
): boolean {
  const canBeEmpty = contract.response.kind === 'list' || answersQuery(contract);
  return x.status === 200 && x.text === '' && canBeEmpty && hasRows(formatNamed(x, contract));
}

/**
 * Whether it is known how a format writes a success: csv of what has no members, jsonl of a map, and either of a DTO of which
 * they write one member alone, or of who knows what, was never recorded.
 */
export function isRecordedIn(format: FormatName, contract: Pick<Contract, 'response' | 'request' | 'types'>): boolean {
  const { response } = contract;
  switch (format) {
    case 'csv':
      if (response.kind === 'unknown') return false;
      if (response.kind === 'dto') return !isWrittenInPart(contract) && !isWithoutMembers(response.type, contract);
      return response.kind !== 'scalar' && (response.kind !== 'list' || listedDto(contract) !== null);
    case 'jsonl':
      if (response.kind === 'unknown') return false;
      if (response.kind === 'dto') return !isWrittenInPart(contract);
      return response.kind !== 'scalar' || !/^I?(?:\w*Dictionary|Hashtable)\b/.test(response.type);
    case 'json':
    case 'xml':
    case 'jsv':
      return true;
  }
}

function isWithoutMembers(type: string, contract: Pick<Contract, 'types'>): boolean {
  const line = lineOf(type, contract);
  return line.length > 0 && line.every(({ members }) => members.length === 0);
}

/** The format whose own media type an answer has, whether or not its body could be read. */
export function formatNamed(
  { mediaType }: Pick<Answered, 'mediaType'>,
  { formats }: Pick<Contract, 'formats'>,
): FormatName | undefined {
  return formats.find((format) => format.mediaType === mediaType)?.name;
}
