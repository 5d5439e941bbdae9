import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { shippedSuite } from '../bin/suites.ts';
import type { ExchangeId, Header, Recorded } from '../src/model/exchange.ts';
import type { OnRecord } from '../src/model/requirement.ts';
import { readerOf } from '../src/run/reader.ts';
import { standingOnes } from './transport/standing.requirements.ts';

/** An answer of a real host, once for all recordings in which it stands; without what was cut when it was recorded. */
interface Row {
  /** The host of this operation, or one of ten others. */
  readonly of: 'platform' | 'workshop';
  readonly debug?: true;
  readonly method: string;
  readonly path: string;
  readonly accepts?: string;
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | { readonly base64: string };
}

const rows = readFileSync(new URL('../src/provider/recorded/answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row);

const suite = shippedSuite();
const { answered } = readerOf(suite);

function onRecord(row: Row, line: number): OnRecord {
  const body = typeof row.body === 'string' ? row.body : Buffer.from(row.body.base64, 'base64').toString('utf8');
  const recorded: Recorded = {
    id: `line ${String(line + 1)}` as ExchangeId,
    effect: 'own',
    request: {
      method: row.method,
      url: `http://host.example${row.path.startsWith('/') ? row.path : '/'}`,
      headers: row.accepts === undefined ? [] : [['Accept-Encoding', row.accepts]],
      body: null,
    },
    outcome: {
      kind: 'response',
      response: { httpVersion: '1.1', status: row.status, reason: '', headers: row.headers, body, bytes: body.length },
    },
    ms: 1,
    credentials: 'valid',
  };
  return { recorded, answered: answered(recorded) };
}

describe('what stands over the whole record', () => {
  for (const { id, title, when, standing = [] } of standingOnes) {
    it(`holds of everything that real hosts were recorded to answer: ${id} ${title}`, () => {
      const judged = rows.flatMap((row, i) => (row.debug === true && when?.debug === false ? [] : [onRecord(row, i)]));
      expect(judged).to.have.length.above(1000);
      // What is read here is the DTO of this operation; the others succeed with bytes and DTOs of their own.
      const about = { contract: suite.contract, profile: { hosting: 'classic' } as never };
      const found = standing.flatMap((each) => each.judge(judged, about));
      const raw = new Set(
        rows.flatMap(({ of, status }, i) => (of === 'workshop' && status < 300 ? [`line ${String(i + 1)}`] : [])),
      );
      const told = found.filter(({ exchange }) => id !== 'WIRE-011' || !raw.has(exchange));
      expect(told).to.deep.equal([]);
    });
  }
});
