import { expect } from 'chai';
import { normalise } from '../catalogue/expect/same-value.ts';
import type { FormatName } from '../model/contract.ts';
import type { Shape } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { readBody } from './body.ts';
import { readJsonp } from './jsonp.ts';
import recorded from './recorded-bodies.json' with { type: 'json' };

const text: Shape = { kind: 'text' };
const meta: Shape = { kind: 'map', of: text };
const error: Shape = {
  kind: 'object',
  name: 'ResponseError',
  members: { ErrorCode: text, FieldName: text, Message: text, Meta: meta },
};
const status: Shape = {
  kind: 'object',
  name: 'ResponseStatus',
  members: { ErrorCode: text, Message: text, StackTrace: text, Errors: { kind: 'list', of: error }, Meta: meta },
};
const response: Shape = { kind: 'object', name: 'ConnectionStatusUpdateResponse', members: { ResponseStatus: status } };

function read({ format, body }: { format: string; body: string }): PlainValue {
  const reading = format === 'jsonp' ? readJsonp(body).reading : readBody(format as FormatName, body, response);
  if (!reading.ok) throw new Error(`${format} at ${reading.position}: ${reading.problem}\n${body}`);
  return reading.value;
}

/** The DTO members in PascalCase: a camelCase host writes its xml and its csv header in PascalCase all the same. */
function pascal(value: PlainValue): PlainValue {
  if (Array.isArray(value)) return value.map(pascal);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name.charAt(0).toUpperCase() + name.slice(1), pascal(member)]),
  );
}

describe('recorded bodies', () => {
  recorded.bodies.forEach((row, i) => {
    it(`${row.format} ${i} is read: ${JSON.stringify(row.body.slice(0, 60))}`, () => {
      const value = normalise(pascal(read(row)));
      expect(value).to.be.an('object');
      expect(Object.keys(value as object).every((name) => name === 'ResponseStatus')).to.equal(true);
      const said = (value as { ResponseStatus?: { ErrorCode?: unknown } }).ResponseStatus;
      expect(said === undefined || typeof said.ErrorCode === 'string').to.equal(true);
      expect(said === undefined).to.equal(!/ErrorCode/i.test(row.body));
    });
  });

  recorded.alike.forEach((indices) => {
    const rows = indices.map((i) => recorded.bodies[i]!);
    it(`${rows.map((row) => row.format).join(', ')} say the same: ${JSON.stringify(rows[0]!.body.slice(0, 60))}`, () => {
      const [first, ...rest] = rows.map((row) => normalise(pascal(read(row))));
      for (const other of rest) expect(other).to.deep.equal(first);
    });
  });

  it('says what the error says', () => {
    const { body } = recorded.bodies.find((row) => row.format === 'csv' && row.body.includes('""""quoted""""'))!;
    const value = pascal(read({ format: 'csv', body })) as { ResponseStatus: { Message: string; Errors: unknown } };
    expect(value.ResponseStatus.Message).to.contain('Nested "quoted" <b>html</b> é ünïcode \u2028 \n newline , comma');
    expect(value.ResponseStatus.Errors).to.deep.equal([]);
  });
});
