import { expect } from 'chai';
import fc from 'fast-check';
import type { Answered, Subject } from '../../model/exchange.ts';
import type { PlainValue } from '../../model/value.ts';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { allAlike, answeredLike, normalise, notAsAdmitted, sameAnswer, sameValueAs, withoutFigures } from './alike.ts';

const first = 'aaaaaaaa-1111-4111-8111-00000000000a';
const other = 'bbbbbbbb-2222-4222-8222-00000000000b';

function differences(
  a: Answered,
  b: Answered,
  subjects: readonly [Subject, ...Subject[]] = [{ ThingId: first }, { ThingId: other }],
): readonly string[] {
  return sameAnswer(0, 1)
    .judge(b, evidence([a, b], { subjects }))
    .map((f) => f.where);
}

describe('expect: two answers that cannot be told apart', () => {
  const refused = (challenge: string, text = ''): Answered =>
    answered({ status: 401, headers: [['WWW-Authenticate', challenge]], text });

  it('agree in everything', () => {
    expect(differences(refused('Bearer'), refused('Bearer'))).to.be.empty;
    expect(differences(failing(404, 'NotFound'), failing(404, 'NotFound'))).to.be.empty;
  });

  it('may name the id that each was asked about, in any letter case', () => {
    expect(differences(failing(404, 'NotFound', `no ${first}`), failing(404, 'NotFound', `no ${other.toUpperCase()}`)))
      .to.be.empty;
  });

  it('may carry dates, trace ids, nonces, a stack trace and Meta of their own', () => {
    const error = (trace: string, at: string): Answered =>
      json(404, {
        ResponseStatus: { ErrorCode: 'NotFound', Message: `${at} (${trace})`, StackTrace: at, Meta: { trace } },
      });
    expect(
      differences(error('4bf92f3577b34da6-00', '2026-01-01 10:11'), error('00f067aa0ba902b7-01', '2026-01-02 9:10')),
    ).to.be.empty;
    expect(differences(refused('Digest nonce="a", realm="x"'), refused('Digest nonce="b", realm="x"'))).to.be.empty;
  });

  it('differ in status, media type, challenge or body', () => {
    expect(differences(answered({ status: 401 }), answered({ status: 404 }))).to.deep.equal(['answer 2: status']);
    expect(differences(refused('Bearer'), refused('Basic realm="x"'))).to.deep.equal([
      'answer 2: header WWW-Authenticate',
    ]);
    expect(differences(answered({ headers: [['Content-Type', 'text/html']] }), answered())).to.deep.equal([
      'answer 2: header Content-Type',
    ]);
    expect(
      differences(failing(409, 'Conflict', 'already lifted'), failing(409, 'Conflict', 'already moved')),
    ).to.deep.equal(['answer 2: body']);
    expect(differences(failing(404, 'NotFound'), failing(404, 'Gone'))).to.deep.equal(['answer 2: body']);
    expect(differences(refused('Bearer', 'who are you?'), refused('Bearer', 'no such thing'))).to.deep.equal([
      'answer 2: body',
    ]);
  });

  it('are not made alike by hexadecimal words', () => {
    expect(differences(refused('Bearer', 'a faced deed'), refused('Bearer', 'a decade'))).to.deep.equal([
      'answer 2: body',
    ]);
  });

  it('must both be there', () => {
    const x = answered();
    expect(sameAnswer(0, 1).judge(x, evidence([x]))).to.have.length(1);
  });
});

type X = ReturnType<typeof json>;
const where = (of: ReturnType<typeof allAlike>, ...steps: [X, ...X[]]) =>
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

describe('answers alike', () => {
  it('have the status and the ErrorCode of another', () => {
    expect(where(answeredLike(0), failing(404, 'E', 'a'), failing(404, 'E', 'b'))).to.deep.equal([]);
    expect(where(answeredLike(0), failing(404, 'E'), failing(400, 'E'))).to.deep.equal(['status']);
    expect(where(answeredLike(0), failing(404, 'E'), failing(404, 'F'))).to.deep.equal([
      'body ResponseStatus.ErrorCode',
    ]);
  });

  it('all agree from a step on, but for a 429', () => {
    const [a, b] = [failing(404, 'E'), failing(500, 'E')];
    expect(where(allAlike(), a, a, failing(429, 'Slow'), a)).to.deep.equal([]);
    expect(where(allAlike(), a, a, a, b, a)).to.deep.equal(['answer 4: status']);
    expect(where(allAlike(1), b, a, a)).to.deep.equal([]);
    expect(where(allAlike(), a, answered({ status: 404 }))).to.include('answer 2: header Content-Type');
  });
});

const judged = (user: Answered, other: Answered): number =>
  notAsAdmitted(0, 1).judge(other, evidence([user, other])).length;

describe('expect: an answer for users alone', () => {
  it('is not given to others', () => {
    expect(judged(failing(400, 'NotEmpty'), failing(400, 'NotEmpty'))).to.equal(1);
  });

  it('differs from a refusal, whatever that looks like', () => {
    for (const refusal of [
      answered({ status: 401 }),
      answered({ status: 302 }),
      failing(400, 'FormatException'),
      failing(500, 'Exception'),
    ]) {
      expect(judged(failing(400, 'NotEmpty'), refusal)).to.equal(0);
    }
  });

  it('is not looked for where a user did not reach the operation either', () => {
    for (const status of [404, 405, 401, 500]) expect(judged(failing(status, 'X'), failing(status, 'X'))).to.equal(0);
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
