import { expect } from 'chai';
import type { PlainObject } from '../../model/value.ts';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import {
  errorCode,
  errorItems,
  errorsList,
  message,
  messageIfAny,
  metaMaps,
  noStackTraceMember,
} from './response-status.ts';

const withStatus = (status: PlainObject) => json(400, { ResponseStatus: status });
const findings = (of: typeof errorCode, x: ReturnType<typeof json>) => of.judge(x, evidence([x])).map((f) => f.where);

const sound = withStatus({
  ErrorCode: 'NotEmpty',
  Message: 'must not be empty',
  StackTrace: null,
  Errors: [{ ErrorCode: 'NotEmpty', FieldName: 'ThingId', Message: 'must not be empty', Meta: { PropertyName: 'x' } }],
  Meta: { a: 'b' },
});

describe('the response status', () => {
  const all = { errorCode, message, messageIfAny, errorsList, errorItems, metaMaps, noStackTraceMember };

  for (const [name, expectation] of Object.entries(all)) {
    it(`${name} accepts a sound error, in any casing`, () => {
      const camel = json(400, {
        responseStatus: { errorCode: 'E', message: 'm', errors: [{ errorCode: 'E', message: 'm', meta: { A: 'b' } }] },
      });
      expect(findings(expectation, sound)).to.deep.equal([]);
      expect(findings(expectation, camel)).to.deep.equal([]);
      expect(findings(expectation, failing(404, 'NotFound'))).to.deep.equal([]);
    });
  }

  for (const code of ['', ' ', null, 7, {}]) {
    it(`errorCode refuses ${JSON.stringify(code)}`, () => {
      expect(findings(errorCode, withStatus({ ErrorCode: code }))).to.deep.equal(['body ResponseStatus.ErrorCode']);
    });
  }

  it('errorCode refuses an answer without a ResponseStatus, says what stands there instead', () => {
    expect(findings(errorCode, withStatus({}))).to.deep.equal(['body ResponseStatus.ErrorCode']);
    const page = answered({ status: 500, text: '<p>', decoded: { kind: 'foreign', mediaType: 'text/html' } });
    expect(errorCode.judge(page, evidence([page]))).to.deep.include({
      class: 'service',
      where: 'body ResponseStatus',
      expected: 'an object',
      actual: 'a body of type text/html',
    });
  });

  it('message refuses what is no text or says nothing; messageIfAny only the former', () => {
    for (const said of [null, '', ' ']) expect(findings(message, withStatus({ Message: said }))).to.have.length(1);
    expect(findings(messageIfAny, withStatus({ Message: null }))).to.deep.equal([]);
    expect(findings(messageIfAny, withStatus({ Message: 5 }))).to.deep.equal(['body ResponseStatus.Message']);
  });

  it('errorsList refuses an object, a text and a list of anything but objects', () => {
    expect(findings(errorsList, withStatus({ Errors: {} }))).to.deep.equal(['body ResponseStatus.Errors']);
    expect(findings(errorsList, withStatus({ Errors: 'none' }))).to.deep.equal(['body ResponseStatus.Errors']);
    expect(findings(errorsList, withStatus({ Errors: [{}, 'a'] }))).to.deep.equal(['body ResponseStatus.Errors[1]']);
  });

  it('errorItems refuses an item without its ErrorCode or Message', () => {
    expect(
      findings(errorItems, withStatus({ Errors: [{ ErrorCode: 'E' }, { ErrorCode: 1, Message: 'm' }] })),
    ).to.deep.equal(['body ResponseStatus.Errors[0].Message', 'body ResponseStatus.Errors[1].ErrorCode']);
  });

  it('metaMaps refuses a list, and values that are no text, wherever they stand', () => {
    expect(findings(metaMaps, withStatus({ Meta: ['a'] }))).to.deep.equal(['body ResponseStatus.Meta']);
    expect(findings(metaMaps, withStatus({ Meta: { a: 1 }, Errors: [{ Meta: { b: { c: 'd' } } }] }))).to.deep.equal([
      'body ResponseStatus.Meta.a',
      'body ResponseStatus.Errors[0].Meta.b',
    ]);
  });

  it('noStackTraceMember refuses any', () => {
    expect(findings(noStackTraceMember, withStatus({ StackTrace: 'at X' }))).to.deep.equal([
      'body ResponseStatus.StackTrace',
    ]);
  });
});
