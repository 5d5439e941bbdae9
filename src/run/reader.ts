import { createReader } from '../exchange/answered.ts';
import { readBody } from '../formats/body.ts';
import type { Contract } from '../model/contract.ts';
import type { Schemas, Shape } from '../model/schema.ts';
import type { Suite } from '../model/suite.ts';
import { shapeOf } from '../schema/shape.ts';
import { answeredDto } from '../values/contract.ts';
import type { Run } from './run.ts';

/** How answers to a suite's requests are read, and its citations completed. */
export function readerOf({ contract, schemas, sources }: Suite): Pick<Run, 'answered' | 'cite'> {
  const shape = answerShape(contract, schemas);
  return {
    answered: createReader(contract, (format, text) => readBody(format, text, shape)),
    cite: (citation) => {
      const source = sources[citation.source];
      if (source === undefined) throw new Error(`specs/sources.json has no source '${citation.source}'`);
      return { ...citation, url: source.url, title: source.title };
    },
  };
}

/** What an answer is read by: the DTO of a success with the ResponseStatus of an error, which stands in any DTO's place. */
function answerShape(contract: Contract, schemas: Schemas): Shape {
  const dto = answeredDto(contract);
  const members = [dto, 'ResponseStatus'].flatMap((name) =>
    name === null || schemas[name] === undefined ? [] : [shapeOf(schemas, name)],
  );
  const [own, status = own] = members;
  if (own?.kind !== 'object') return { kind: 'text' };
  return status === undefined || 'ResponseStatus' in own.members
    ? own
    : { ...own, members: { ...own.members, ResponseStatus: status } };
}
