import { expect } from 'chai';
import fc from 'fast-check';
import type { PlainValue } from '../../model/value.ts';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { normalise, sameValueAs, withoutFigures } from './same-value.ts';

type X = ReturnType<typeof json>;
const where = (of: ReturnType<typeof sameValueAs>, ...steps: [X, ...X[]]) =>
  of.judge(steps[steps.length - 1] ?? steps[0], evidence(steps)).map((f) => f.where);

describe('the same value', () => {
  const same = sameValueAs(0);

  it('is the same when null, empty and absent differ, when ids and figures do, and in any casing', () => {
    const a = json(404, {
      ResponseStatus: { ErrorCode: 'E', Message: "'1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed' at 10:30", Errors: [] },
    });
    const b = json(404, {
      responseStatus: {
        errorCode: 'E',
        message: "'2c9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'\r\nat 11:45",
        stackTrace: 'x',
        meta: null,
      },
    });
    expect(where(same, a, b)).to.deep.equal([]);
    expect(where(same, json(200, {}), json(200, { ResponseStatus: null }))).to.deep.equal([]);
  });

  it('tells status, code, text and items apart, at their place', () => {
    const list = (...errors: { ErrorCode: string }[]) =>
      json(400, { ResponseStatus: { ErrorCode: 'E', Errors: errors } });
    expect(where(same, failing(404, 'E'), failing(400, 'E'))).to.deep.equal(['status']);
    expect(where(same, failing(404, 'E'), failing(404, 'F'))).to.deep.equal(['body.ResponseStatus.ErrorCode']);
    expect(where(same, failing(404, 'E', 'a'), failing(404, 'E', 'b'))).to.deep.equal(['body.ResponseStatus.Message']);
    expect(where(same, list({ ErrorCode: 'A' }), list())).to.deep.equal(['body.ResponseStatus.Errors']);
    expect(where(same, list({ ErrorCode: 'A' }), list({ ErrorCode: 'B' }))).to.deep.equal([
      'body.ResponseStatus.Errors[0].ErrorCode',
    ]);
    expect(where(same, json(200, {}), answered({ text: 'x' }))).to.have.length(1);
  });
});

describe('normalise', () => {
  for (const nothing of [null, '', [], {}, { a: null }, { a: { b: [] } }]) {
    it(`drops a member that is ${JSON.stringify(nothing)}`, () => {
      expect(normalise({ Meta: nothing, Message: 'm' })).to.deep.equal({ Message: 'm' });
    });
  }

  for (const something of [0, false, ' ', [null], [''], [{}]]) {
    it(`keeps a member that is ${JSON.stringify(something)}`, () => {
      expect(normalise({ a: something })).to.deep.equal({ a: something });
    });
  }

  it('goes into lists and keeps their items', () => {
    expect(normalise({ Errors: [{ Meta: null, FieldName: 'f' }, {}] })).to.deep.equal({
      Errors: [{ FieldName: 'f' }, {}],
    });
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const once = normalise(value as PlainValue);
        expect(normalise(once)).to.deep.equal(once);
      }),
    );
  });
});

describe('texts without figures', () => {
  it('drops ids, dates, times and trace ids', () => {
    for (const text of [
      '6f9619ff-8b86-4011-b42d-00c04fc964ff',
      '2026-11-24T23:59:01.5+00:00',
      '0HN7J2K:00000001',
      '41',
      'a1b2',
    ]) {
      expect(withoutFigures(`It failed (${text}), "again".`)).to.equal('It failed (#), "again".');
    }
  });

  it('keeps words', () => {
    expect(withoutFigures("'Contact Id' must not be empty.")).to.equal("'Contact Id' must not be empty.");
  });
});
