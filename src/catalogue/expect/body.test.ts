import { expect } from 'chai';
import type { Contract } from '../../model/contract.ts';
import { formatOf, memberOf, typeOf } from '../../schema/contract.fixture.ts';
import { answered, contract, json } from '../answered.fixture.ts';
import { bodyOf, brief, canonical, describeBody, hasNoFormat, isBrokenByTypes, isNothing, pascal } from './body.ts';

describe('words for a body', () => {
  it('are its value, cut where it gets long', () => {
    expect(brief(undefined)).to.equal('absent');
    expect(brief({ a: 'x'.repeat(160) })).to.equal(`{"a":"${'x'.repeat(154)}…`);
    const reading = { ok: false, problem: 'expected a value', position: 3 } as const;
    expect(describeBody(answered({ decoded: { kind: 'read', format: 'jsv', reading } }))).to.equal(
      'jsv that cannot be read: expected a value at 3',
    );
  });

  it('have names in PascalCase', () => {
    expect(
      ['responsestatus', 'ERRORCODE', 'fieldName', 'meta', 'stacktrace', 'name', 'aName', ''].map(pascal),
    ).to.deep.equal(['ResponseStatus', 'ErrorCode', 'FieldName', 'Meta', 'StackTrace', 'Name', 'AName', '']);
  });
});

describe('a body', () => {
  it('says nothing by null, an empty text and absence', () => {
    expect([null, undefined, ''].every(isNothing)).to.equal(true);
    expect([0, false, ' ', [], {}].some(isNothing)).to.equal(false);
  });

  it('has its members in PascalCase, but for the keys of a Meta map, which are data', () => {
    expect(
      canonical([{ responseStatus: { meta: { aKey: { b: 1 } }, errors: [{ fieldName: 'x' }] } }, 1]),
    ).to.deep.equal([{ ResponseStatus: { Meta: { aKey: { b: 1 } }, Errors: [{ FieldName: 'x' }] } }, 1]);
  });

  it('is what was read, by the names of the contract', () => {
    expect(bodyOf(json(200, { thingId: 1 }))).to.deep.equal({ ThingId: 1 });
    expect(bodyOf({ ...json(200, { thingId: 1 }), named: () => 'named' })).to.equal('named');
    expect(bodyOf(answered())).to.equal(undefined);
    const reading = { ok: false, problem: 'no', position: 0 } as const;
    expect(bodyOf(answered({ decoded: { kind: 'read', format: 'json', reading } }))).to.equal(undefined);
  });

  const withoutStatus: Contract = { ...contract };
  Reflect.deleteProperty(withoutStatus, 'success');
  const lines = formatOf('jsonl', 'text/jsonl');
  const list: Contract = {
    ...withoutStatus,
    response: { kind: 'list', type: 'Thing' },
    formats: [...contract.formats, lines],
  };
  const inLines = answered({ headers: [['Content-Type', 'text/jsonl']] });

  it('may be in no format: what is answered raw, nothing at all, no rows in JSON Lines', () => {
    const raw: Contract = { ...withoutStatus, response: { kind: 'raw' } };
    expect(hasNoFormat(answered({ text: 'x' }), raw)).to.equal(true);
    expect(hasNoFormat(answered({ status: 299 }), raw)).to.equal(true);
    expect(hasNoFormat(answered({ status: 300 }), raw)).to.equal(false);
    expect(hasNoFormat(answered(), { ...raw, success: 200 })).to.equal(false);
    expect(hasNoFormat(answered({ status: 204 }), withoutStatus)).to.equal(true);
    expect(hasNoFormat(answered({ status: 204, text: 'x' }), withoutStatus)).to.equal(false);
    expect(hasNoFormat(answered({ status: 200 }), withoutStatus)).to.equal(false);
    expect(hasNoFormat(inLines, list)).to.equal(true);
  });
});

describe('a success that breaks off where a value cannot be written', () => {
  const of = (type: string): Pick<Contract, 'types'> => ({ types: [typeOf('Thing', memberOf('A', type))] });
  const derived: Pick<Contract, 'types'> = { types: [typeOf('Thing', memberOf('Pets', 'List<Pet>')), typeOf('Pet')] };
  const behind = '<Thing><A>1</A><ErrorResponse xmlns="x"><ResponseStatus/></ErrorResponse>';
  const xml = (text: string, status = 200, type = 'application/xml') =>
    answered({ text, status, headers: [['Content-Type', type]] });

  it('is known by the error behind it, where a type allows for it', () => {
    for (const type of ['Object', 'List<Object>', 'unknown'])
      expect(isBrokenByTypes(xml(behind), of(type)), type).to.equal(true);
    const numbered: Pick<Contract, 'types'> = {
      types: [{ ...typeOf('Colour'), enum: { flags: true, names: [{ name: 'Red', value: 4 }] } }],
    };
    expect(isBrokenByTypes(xml(behind), numbered)).to.equal(true);
    const named: Pick<Contract, 'types'> = { types: [{ ...typeOf('Colour'), enum: { names: [{ name: 'Red' }] } }] };
    expect(isBrokenByTypes(xml(behind), named)).to.equal(true);
    // A Pet may be a Dog, of which no document need speak.
    expect(isBrokenByTypes(xml(behind), derived)).to.equal(true);
    // The data of an error are zeros, which an enum need not have a name for.
    expect(isBrokenByTypes(xml(behind, 404), numbered)).to.equal(true);
  });

  it('is a fault where no type explains it, or it is no such answer', () => {
    for (const type of ['String', 'ObjectId', 'List<MyObject>', 'unknowns'])
      expect(isBrokenByTypes(xml(behind), of(type)), type).to.equal(false);
    const told: Pick<Contract, 'types'> = {
      types: [typeOf('Thing', memberOf('Status', 'ResponseStatus')), typeOf('ResponseStatus')],
    };
    expect(isBrokenByTypes(xml(behind), told)).to.equal(false);
    expect(isBrokenByTypes(xml(behind, 200, 'application/json'), of('Object'))).to.equal(false);
    expect(isBrokenByTypes(xml('<Thing><ErrorResponses/></Thing>'), of('Object'))).to.equal(false);
    for (const alone of ['<ErrorResponse/>', '<?xml version="1.0"?>\n <ErrorResponse/>'])
      expect(isBrokenByTypes(xml(alone), of('Object')), alone).to.equal(false);
  });

  it('has a NUL where nobody has set a Char', () => {
    expect(isBrokenByTypes(answered({ text: 'a\0b' }), of('Char'))).to.equal(true);
    expect(isBrokenByTypes(answered({ text: 'a\0b' }), of('String'))).to.equal(false);
    expect(isBrokenByTypes(answered({ text: 'ab' }), of('Char'))).to.equal(false);
    const untold: Pick<Contract, 'types'> = { types: [typeOf('Thing', memberOf('A', 'unknown', { json: 'text' }))] };
    expect(isBrokenByTypes(answered({ text: 'a\0b' }), untold)).to.equal(true);
  });
});
