import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { shippedSuite } from '../bin/suites.ts';
import type { ExchangeId, Header, Recorded } from '../src/model/exchange.ts';
import type { FindingIn, OnRecord } from '../src/model/requirement.ts';
import { configurations } from '../src/provider/recorded/configurations.ts';
import { recordedRows } from '../src/provider/recorded/rows.ts';
import { readerOf } from '../src/run/open/reader.ts';
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

function onRecord(
  row: Row,
  line: number,
  as: {
    readonly id?: ExchangeId;
    readonly effect?: 'none';
    readonly headers?: readonly Header[];
    readonly body?: string | null;
  } = {},
): OnRecord {
  const body = typeof row.body === 'string' ? row.body : Buffer.from(row.body.base64, 'base64').toString('utf8');
  const recorded: Recorded = {
    id: as.id ?? (`line ${String(line + 1)}` as ExchangeId),
    effect: as.effect ?? 'own',
    request: {
      method: row.method,
      url: `http://host.example${row.path.startsWith('/') ? row.path : '/'}`,
      headers: as.headers ?? (row.accepts === undefined ? [] : [['Accept-Encoding', row.accepts]]),
      body: as.body ?? null,
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

describe('HEAD as GET', () => {
  const own = standingOnes.find(({ id }) => id === 'WIRE-014');
  const judged = (record: readonly OnRecord[]): readonly FindingIn[] =>
    (own?.standing ?? []).flatMap((each) =>
      each.judge(record, { contract: suite.contract, profile: { hosting: 'classic' } as never }),
    );

  /** What a host was recorded to answer to HEAD and to the same by GET, each on a state of its own. */
  const asked = (configuration: string): readonly OnRecord[] =>
    recordedRows(configuration)
      .filter(({ request: { method } }) => method === 'HEAD' || method === 'GET')
      .map(({ request: { id, method, path, headers = [], body = null }, answer: { status, type } }) =>
        onRecord(
          {
            of: 'platform',
            method,
            path: path.replace('/<id>', `${suite.contract.prefix}/connections/`).replace(/[<>]/g, ''),
            status: status ?? 0,
            headers: type === undefined ? [] : [['Content-Type', type]],
            body: '',
          },
          0,
          { id: id as ExchangeId, effect: 'none', headers, body },
        ),
      );

  for (const { name, profile } of configurations.filter((each) => each.profile.hosting !== 'endpoints')) {
    it(`was recorded of a real host: ${name}, ${profile.hosting}`, () => {
      const record = asked(name);
      expect(judged(record)).to.deep.equal([]);
      // The same record is found where one HEAD has another status.
      const other = record.map((each) =>
        each.recorded.request.method === 'HEAD' && each.answered !== null
          ? { ...each, answered: { ...each.answered, status: 418 } }
          : each,
      );
      expect(judged(other).map(({ exchange }) => exchange)).to.include.members([
        'verb/cancel/HEAD',
        'verb/remove/HEAD',
        'verb/noauth/HEAD',
      ]);
    });
  }
});
