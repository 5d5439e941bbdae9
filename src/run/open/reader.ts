import { createReader, LONG, textsOfLate, type TextsOfLate } from '../../exchange/answered.ts';
import { readBody } from '../../formats/body.ts';
import { readErrorAs, readSuccessAs } from '../../schema/answers.ts';
import type { Suite } from '../../model/suite.ts';
import type { Reading } from '../../model/value.ts';
import type { Run } from '../run.ts';

/** Long answers in JSON, as they were read of late. */
export type Documents = TextsOfLate<Reading>;

/** Documents of a host are about all of its operations: who runs several reads them once. */
export const documentsOfLate = (): Documents => textsOfLate<Reading>();

/**
 * How answers to a suite's requests are read, and its citations completed.
 *
 * @param documents shared with other operations of the host
 */
export function readerOf(
  { contract, schemas, sources }: Suite,
  documents = documentsOfLate(),
): Pick<Run, 'answered' | 'cite' | 'data'> {
  const success = readSuccessAs(contract, schemas);
  const failure = readErrorAs(contract, schemas);
  const answer = (status: number): typeof success => (status < 300 ? success : failure);
  return {
    data: success.shape,
    answered: createReader(contract, {
      read: (format, text, status) => {
        const { shape } = answer(status);
        if (shape === null) return null;
        const read = (): Reading => readBody(format, text, shape);
        // JSON says itself of what types its values are: it reads the same for every operation.
        return format === 'json' && text.length >= LONG ? documents(text, format, read) : read();
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
