import { expect } from 'chai';
import { answered, evidence, failing, json } from '../answered.fixture.ts';
import { disclosesNothing } from './disclosure.ts';

const judged = (x: ReturnType<typeof failing>) => disclosesNothing.judge(x, evidence([x]));

describe('disclosure', () => {
  for (const text of [
    'System.Exception: no\n   at Things.Service.Any(Move request) in /home/me/Service.cs:line 30',
    '\n   at Things.ServiceRunner`1.ExecuteAsync(IRequest req)',
    'see Service.cs:line 12',
    'could not open /var/lib/things/db.sqlite',
    'could not open C:\\inetpub\\things\\web.config',
    '[REQUEST: {ThingId:1}]',
    'boom --- End of inner exception stack trace ---',
  ]) {
    it(`finds ${JSON.stringify(text)}`, () => {
      expect(judged(failing(500, 'E', text))).to.have.length(1);
    });
  }

  for (const text of [
    "'Thing Id' must not be empty.",
    "Could not deserialize 'application/json' request using Things.Move'\nError: The JSON value could not be converted to System.Guid. Path: $.ThingId | LineNumber: 0 | BytePositionInLine: 17.",
    "Expecting element 'Move' from namespace 'http://schemas.datacontract.org/2004/07/Things'.. Error in line 1 position 77.",
    'look at Things.Move (version 2) at noon',
    'the path /api/things/1/lift has no thing',
    'wait until 10:30 and/or try again',
  ]) {
    it(`leaves ${JSON.stringify(text)}`, () => {
      expect(judged(failing(400, 'E', text))).to.deep.equal([]);
    });
  }

  it('looks into members of any depth and name, and into bodies that it cannot read', () => {
    const deep = json(500, { ResponseStatus: { Errors: [{ Meta: { hint: '\n   at A.B.C(D e)' } }] } });
    expect(judged(deep).map((f) => f.where)).to.deep.equal(['body ResponseStatus Errors[0] Meta hint']);
    expect(
      judged(answered({ text: '<pre>\n   at A.B.C(D e)</pre>', decoded: { kind: 'foreign', mediaType: 'text/html' } })),
    ).to.have.length(1);
  });
});
