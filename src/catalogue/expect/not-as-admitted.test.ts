import { expect } from 'chai';
import type { Answered } from '../../model/exchange.ts';
import { answered, evidence, failing } from '../answered.fixture.ts';
import { notAsAdmitted } from './not-as-admitted.ts';

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
