import { createReader } from '../../exchange/answered.ts';
import { readBody } from '../../formats/body.ts';
import { readErrorAs, readSuccessAs } from '../../schema/answers.ts';
import type { Suite } from '../../model/suite.ts';
import type { Run } from '../run.ts';

/** How answers to a suite's requests are read, and its citations completed. */
export function readerOf({ contract, schemas, sources }: Suite): Pick<Run, 'answered' | 'cite' | 'data'> {
  const success = readSuccessAs(contract, schemas);
  const failure = readErrorAs(contract, schemas);
  const answer = (status: number): typeof success => (status < 300 ? success : failure);
  return {
    data: success.shape,
    answered: createReader(contract, {
      read: (format, text, status) => {
        const { shape } = answer(status);
        return shape === null ? null : readBody(format, text, shape);
      },
      named: (value, status) => answer(status).named(value),
    }),
    cite: (citation) => {
      const source = sources[citation.source];
      if (source === undefined) throw new Error(`specs/sources.json has no source '${citation.source}'`);
      return { ...citation, url: source.url, title: source.title };
    },
  };
}
