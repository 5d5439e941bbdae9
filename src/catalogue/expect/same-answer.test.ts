import { expect } from 'chai';
import type { Answered, Subject } from '../../model/exchange.ts';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { notAsAdmitted, sameAnswer } from './same-answer.ts';

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

  it('may name the call in letters', () => {
    const named = (id: string): Answered => json(401, { error: 'unauthorized', requestId: id, request_id: id, Id: id });
    expect(differences(named('abc'), named('def'))).to.be.empty;
    expect(differences(json(401, { valid: 'abc' }), json(401, { valid: 'def' }))).to.deep.equal(['answer 2: body']);
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
