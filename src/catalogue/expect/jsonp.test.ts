import { expect } from 'chai';
import { answered, evidence } from '../answered.fixture.ts';
import { carriedInCallback, reflectsNothing } from './jsonp.ts';

const typed = (type: string, text: string) => answered({ headers: [['Content-Type', type]], text });
const ok = (of: ReturnType<typeof reflectsNothing>, x: ReturnType<typeof typed>) =>
  of.judge(x, evidence([x])).length === 0;

describe('jsonp', () => {
  it('hands a JSON value to the callback', () => {
    expect(ok(carriedInCallback('cb'), typed('text/javascript', 'cb({})'))).to.equal(true);
    expect(ok(carriedInCallback('cb'), typed('application/javascript; charset=utf-8', 'cb({"a":")"});\n'))).to.equal(
      true,
    );
    expect(ok(carriedInCallback('cb'), typed('application/json', '{}'))).to.equal(false);
    expect(ok(carriedInCallback('cb'), typed('text/javascript', 'cb(x)'))).to.equal(false);
    expect(ok(carriedInCallback('cb'), typed('text/javascript', 'other({})'))).to.equal(false);
  });

  it('does not reflect a callback that is no identifier', () => {
    const expectation = reflectsNothing('<b>x</b>');
    expect(ok(expectation, typed('text/javascript', '_b_x__b_({})'))).to.equal(true);
    expect(ok(expectation, typed('application/json', '{"Message":"no <b>x</b>"}'))).to.equal(true);
    expect(ok(expectation, typed('text/javascript', '<b>x</b>({})'))).to.equal(false);
  });
});
