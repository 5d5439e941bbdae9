import { expect } from 'chai';
import type { Member } from '../model/schema.ts';
import { asJson, drawn, isSent, kindIn, numeral, plainNumerals, withNumerals } from './members.ts';
import { textFor } from './pattern.ts';
import { boundBy, hasLiteralBrace, pathWith } from './route.ts';
import { rulesOf } from './rules.ts';

const member = (net: string, given: Partial<Member> = {}): Member => ({
  name: 'M',
  type: typeOf(net),
  required: false,
  in: 'body',
  description: '',
  net,
  ...given,
});

function typeOf(net: string): Member['type'] {
  switch (net) {
    case 'Int32':
      return { kind: 'integer', format: 'int32' };
    case 'Decimal':
    case 'Double':
      return { kind: 'number' };
    case 'List<Int32>':
      return { kind: 'list', of: { kind: 'integer', format: 'int32' } };
    default:
      return { kind: 'string' };
  }
}

const many = Array.from({ length: 40 }, (_, i) => `key ${i}`);

describe('values of members', () => {
  it('are an example before anything else, then one of those that the documents name', () => {
    expect(drawn(member('Int32', { example: '7', validate: ['GreaterThan(10)'] }), 1, 'a')).to.equal('7');
    const names = many.map((key) => drawn(member('String', { allowed: ['Name', 'Price'] }), 1, key));
    expect([...new Set(names)].sort()).to.deep.equal(['Name', 'Price']);
    expect(drawn(member('List<Int32>'), 1, 'a')).to.equal(null);
  });

  for (const [net, validate, keeps] of [
    ['Int32', 'InclusiveBetween(1,5)', (v) => Number(v) >= 1 && Number(v) <= 5],
    ['Int32', 'ExclusiveBetween(1,5)', (v) => Number(v) > 1 && Number(v) < 5],
    ['Decimal', 'GreaterThan(0)', (v) => Number(v) > 0],
    ['Decimal', 'ExclusiveBetween(0,1)', (v) => Number(v) > 0 && Number(v) < 1],
    ['Int32', 'LessThanOrEqual(-3)', (v) => Number(v) <= -3],
    ['String', 'Length(3,10)', (v) => v.length >= 3 && v.length <= 10],
    ['String', 'ExactLength(2)', (v) => v.length === 2],
    ['String', 'MinimumLength(40)', (v) => v.length >= 40],
    ['String', 'MaximumLength(1)', (v) => v.length <= 1],
    ['String', 'NotEmpty', (v) => v.length > 0],
    ['String', 'Email', (v) => /^[a-z0-9-]+@example\.org$/.test(v)],
    ['String', "RegularExpression('^[A-Z]{3}-\\d{4}$')", (v) => /^[A-Z]{3}-\d{4}$/.test(v)],
  ] as const satisfies readonly (readonly [string, string, (value: string) => boolean])[])
    it(`keep ${validate}`, () => {
      const values = many.map((key) => drawn(member(net, { validate: [validate] }), 1, key) ?? '');
      expect(values.filter((value) => !keeps(value))).to.deep.equal([]);
      expect(values).to.deep.equal(many.map((key) => drawn(member(net, { validate: [validate] }), 1, key)));
    });

  it('of an enum are its names, of flags their numbers', () => {
    const names = [{ name: 'None' }, { name: 'First', wire: 'first-class' }] as const;
    const values = many.map((key) => drawn(member('Grade', { enum: { names } }), 1, key));
    expect([...new Set(values)].sort()).to.deep.equal(['None', 'first-class']);
    const flags = {
      names: [{ name: 'None' }, { name: 'Read' }, { name: 'Write' }, { name: 'All', value: 8 }],
      flags: true,
    } as const;
    expect([...new Set(many.map((key) => drawn(member('Access', { enum: flags }), 1, key)))].sort()).to.deep.equal([
      '1',
      '2',
      '8',
    ]);
    expect(kindIn(member('Access', { enum: flags }))?.inJson).to.equal('bare');
  });

  it('are sent where a member is called required, has an example, or would be refused as its default', () => {
    expect(isSent(member('String'))).to.equal(false);
    expect(isSent(member('String', { required: true }))).to.equal(true);
    expect(isSent(member('String', { example: 'a' }))).to.equal(true);
    expect(isSent(member('Decimal', { nullable: false, validate: ['GreaterThan(0)'] }))).to.equal(true);
    expect(isSent(member('Int32', { nullable: true, validate: ['InclusiveBetween(1,5)'] }))).to.equal(false);
  });

  it('stand in JSON as their type is written, however many digits they have', () => {
    expect(asJson(member('Int32'), '5')).to.equal(5);
    expect(asJson(member('String'), '5')).to.equal('5');
    expect(asJson(member('List<Int32>'), '[1,2]')).to.deep.equal([1, 2]);
    expect(asJson(member('List<Int32>'), 'a,b')).to.deep.equal(['a', 'b']);
    expect(withNumerals(JSON.stringify({ a: asJson(member('Decimal'), '12.50') }))).to.equal('{"a":12.50}');
    expect(plainNumerals({ a: [numeral('1.0')] })).to.deep.equal({ a: ['1.0'] });
  });

  it('malformed ones are none', () => {
    for (const net of ['Int32', 'Decimal', 'Double'])
      for (const text of Object.values(kindIn(member(net))?.malformed ?? {}))
        expect(Number.isInteger(Number(text)) && Math.abs(Number(text)) < 2 ** 31, `${net} ${text}`).to.equal(false);
  });
});

describe('rules of validators', () => {
  it('are read as a service writes them, two in brackets too', () => {
    expect(
      rulesOf(['[NotNull,Length(1, 3)]', 'ScalePrecision(2,4)']).map(({ kind, name }) => `${kind} ${name}`),
    ).to.deep.equal(['present NotNull', 'length Length', 'other ScalePrecision']);
    expect(rulesOf(['GreaterThan(now)'])[0]?.kind).to.equal('other');
  });

  it('patterns of other kinds have no text that is made for them', () => {
    for (const pattern of ['(a|b)', '[^a]', '(', '\\bx', 'a(?=b)']) expect(textFor(pattern, (n) => n)).to.equal(null);
    expect(textFor('\\d{2}[a-c]?x*y+', () => 1)).to.match(/^\d{2}[a-c]?x*y+$/);
  });
});

describe('paths of routes', () => {
  it('bind where a component begins with a brace', () => {
    expect(boundBy('/a/{Id:int}/{Name*}')).to.deep.equal(['Id', 'Name']);
    expect(boundBy('/files/{*Path}')).to.deep.equal(['Path']);
    expect(boundBy('/file.{Ext}')).to.deep.equal(['Ext']);
    expect(boundBy('/v{Version}/x')).to.deep.equal([]);
  });

  it('are filled, and what is no placeholder is escaped', () => {
    expect(pathWith('/v{Version}/{Id:int}/x/{Rest*}', (name) => name.toLowerCase())).to.equal(
      '/v%7BVersion%7D/id/x/rest',
    );
    expect(hasLiteralBrace('/v{Version}/x')).to.equal(true);
    expect(hasLiteralBrace('/{Id}')).to.equal(false);
  });
});
