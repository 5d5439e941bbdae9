import { expect } from 'chai';
import type { Contract, FormatName } from '../model/contract.ts';
import type { Answered, ExchangeId, Header, Recorded } from '../model/exchange.ts';
import { createReader } from './answered.ts';

const format = (name: FormatName, mediaType: string, printed = mediaType): Contract['formats'][number] => ({
  name,
  mediaType,
  suffix: name,
  query: name,
  printed: { mediaType: printed, suffix: name, query: name },
});

describe('an answer', () => {
  let reads: string[];
  beforeEach(() => {
    reads = [];
  });
  const reader = createReader(
    {
      formats: [
        format('json', 'application/json'),
        format('jsv', 'application/jsv', 'text/jsv'),
        format('csv', 'text/csv', 'application/json'),
      ],
    },
    {
      read: (name, text) => {
        reads.push(`${name} ${text}`);
        return { ok: true, value: text };
      },
    },
  );
  const recorded = (headers: readonly Header[], body: string): Recorded => ({
    id: '0123456789ab' as ExchangeId,
    effect: 'none',
    ms: 2,
    credentials: 'valid',
    request: { method: 'GET', url: 'http://h/', headers: [], body: null },
    outcome: {
      kind: 'response',
      response: { httpVersion: '1.1', status: 201, reason: 'Made', headers, body, bytes: 9 },
    },
  });
  const of = (type: string | null, body = '{}'): Answered =>
    reader(recorded(type === null ? [] : [['CONTENT-type', type]], body));

  it('is read by its media type, parameters and casing set aside', () => {
    for (const [type, name] of [
      ['application/json', 'json'],
      ['Application/JSON ; charset=utf-8', 'json'],
      ['application/jsv', 'jsv'],
      ['text/jsv', 'jsv'],
      ['text/csv', 'csv'],
    ] as const) {
      expect(of(type).decoded, type).to.deep.equal({ kind: 'read', format: name, reading: { ok: true, value: '{}' } });
    }
  });
  it('is foreign in any other media type, and without one', () => {
    expect(of('text/javascript', 'f({})').decoded).to.deep.equal({ kind: 'foreign', mediaType: 'text/javascript' });
    expect(of('text/html;charset=utf-8').decoded).to.deep.equal({ kind: 'foreign', mediaType: 'text/html' });
    expect(of(null).decoded).to.deep.equal({ kind: 'foreign', mediaType: '' });
    expect(reads).to.deep.equal([]);
  });
  it('is empty without a body, whatever its type', () => {
    expect(of('application/json', '').decoded).to.deep.equal({ kind: 'empty' });
  });
  it('is read once, and only when it is looked at', () => {
    const x = of('application/json', '{"once":1}');
    expect(reads).to.deep.equal([]);
    expect(x.decoded).to.equal(x.decoded);
    expect(reads).to.deep.equal(['json {"once":1}']);
  });
  it('is read once where several answers of a format and a status say the same', () => {
    const [one, other] = [of('application/json', '{"twice":1}'), of('application/json', '{"twice":1}')];
    expect(one.decoded).to.deep.equal(other.decoded);
    expect(of('text/csv', '{"twice":1}').decoded).to.have.property('format', 'csv');
    expect(reads).to.deep.equal(['json {"twice":1}', 'csv {"twice":1}']);
  });
  it('gives the first value of a header in any casing', () => {
    const x = reader(
      recorded(
        [
          ['X-a', '1'],
          ['x-A', '2'],
        ],
        '',
      ),
    );
    expect([x.header('X-A'), x.header('nope'), x.status, x.reason, x.bytes, x.ms]).to.deep.equal([
      '1',
      undefined,
      201,
      'Made',
      9,
      2,
    ]);
  });
  it('is none when there was no response', () => {
    expect(() =>
      reader({ ...recorded([], ''), outcome: { kind: 'failure', failure: { kind: 'reset', message: 'gone' } } }),
    ).to.throw('has no response to read: gone');
  });
});
