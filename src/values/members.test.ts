import { expect } from 'chai';
import type { Member } from '../model/schema.ts';
import {
  asJson,
  drawn,
  isRefusedWithout,
  isSent,
  kindIn,
  numberOf,
  numeral,
  plainNumerals,
  withNumerals,
} from './members.ts';

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

describe('the kind of a member', () => {
  it('is that of its .NET type, with what nobody reads as one', () => {
    const malformed = (net: string, given: Partial<Member> = {}) => kindIn(member(net, given))?.malformed;
    expect(malformed('Guid')).to.deep.equal({ 'no Guid': 'x' });
    expect(malformed('Uri')).to.deep.equal({ 'with spaces': 'not a uri' });
    expect(malformed('TimeSpan')).to.deep.equal({ 'no time': 'x' });
    expect(malformed('TimeOnly')).to.deep.equal({ 'no time': 'x' });
    expect(malformed('Byte[]')).to.deep.equal({ 'no base64': '***', 'cut off': 'AQI' });
    expect(malformed('DateTime')).to.deep.equal({ 'no date': 'x', 'a day too many': '2020-02-30' });
    expect(malformed('DateTimeOffset')).to.deep.equal({ 'no date': 'x' });
    expect(malformed('DateOnly')).to.deep.equal({ 'no date': 'x' });
    expect(malformed('Boolean')).to.deep.equal({ 'no boolean': 'x' });
    expect(malformed('Single')).to.deep.equal({ 'no number': 'x' });
    expect(malformed('Double')).to.deep.equal({ 'no number': 'x' });
    expect(malformed('Decimal')).to.deep.equal({
      'no number': 'x',
      'beyond the greatest': '79228162514264337593543950336',
    });
    expect(malformed('Int32')).to.deep.equal({
      'no number': 'x',
      'beyond the greatest': '2147483648',
      'below the least': '-2147483649',
      'a fraction': '1.5',
    });
    expect(malformed('String')).to.deep.equal({});
    expect(kindIn(member('Decimal'))?.bounds).to.deep.equal({
      least: '-79228162514264337593543950335',
      greatest: '79228162514264337593543950335',
    });
  });

  it('of a Char is one letter', () => {
    const drawnLetters = many.map((key) => kindIn(member('Char'))?.draw(1, key) ?? '');
    expect(drawnLetters.every((letter) => /^[a-z]$/.test(letter))).to.equal(true);
    expect(new Set(drawnLetters).size).to.be.above(5);
    expect(kindIn(member('Char'))?.says).to.equal('one character');
    expect(kindIn(member('Uri'))?.says).to.equal('an address');
  });

  it('of an enum knows its names in any casing, those of the wire among them, and one that it has not', () => {
    const kind = kindIn(member('Colour', { enum: { names: [{ name: 'Red' }, { name: 'Sky', wire: 'sky-blue' }] } }));
    expect(kind).to.include({ says: 'one of Red, sky-blue', inJson: 'quoted', bounds: null });
    expect(['red', 'SKY', 'Sky-Blue', 'Green', ''].map((text) => kind?.recognises(text))).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(kind?.malformed).to.deep.equal({ 'no name of it': 'Purple' });
    const taken = { names: [{ name: 'Purple' }, { name: 'a', wire: 'third' }] } as const;
    expect(kindIn(member('Colour', { enum: taken }))?.malformed).to.deep.equal({ 'no name of it': 'no-such-name' });
    expect(kindIn(member('Colour', { enum: { names: [{ name: 'PURPLE' }] } }))?.malformed).to.deep.equal({
      'no name of it': 'third',
    });
  });

  it('of flags is a sum of their numbers', () => {
    const names = [{ name: 'None', value: 0 }, { name: 'Read' }, { name: 'All', value: 8 }] as const;
    const kind = kindIn(member('Access', { enum: { names, flags: true } }));
    expect(kind).to.include({ says: 'a sum of 1, 8', inJson: 'bare', bounds: null });
    expect(['0', '15', 'Read', '1x', 'x1', ''].map((text) => kind?.recognises(text))).to.deep.equal([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(kind?.malformed).to.deep.equal({ 'no name of it': 'Purple' });
    expect([numberOf({}, 3), numberOf({ value: 0 }, 3)]).to.deep.equal([3, 0]);
  });

  it('is none where it is composed of others', () => {
    expect(kindIn(member('List<Int32>'))).to.equal(null);
    const listed = member('List<Colour>', {
      type: { kind: 'list', of: { kind: 'string' } },
      enum: { names: [{ name: 'Red' }] },
    });
    expect(kindIn(listed)).to.equal(null);
    expect(
      kindIn(member('Dictionary', { type: { kind: 'map', of: { kind: 'string' } }, enum: { names: [{ name: 'R' }] } })),
    ).to.equal(null);
  });
});

describe('a member that is left out', () => {
  it('is refused where it is enforced, but for a value type whose default nothing refuses', () => {
    const refused = (net: string, given: Partial<Member> = {}): boolean =>
      isRefusedWithout(member(net, { enforced: true, ...given }));
    expect(isRefusedWithout(member('String', { nullable: false }))).to.equal(false);
    expect(refused('String')).to.equal(true);
    expect(refused('Int32', { nullable: true, validate: ['NotNull'] })).to.equal(true);
    expect(refused('Int32', { nullable: false, validate: ['NotNull'] })).to.equal(false);
    expect(refused('Int32', { nullable: false, validate: ['NotNull', 'NotEmpty'] })).to.equal(true);
    expect(refused('Int32', { nullable: false })).to.equal(true);
    for (const net of ['String', 'Uri', 'Byte[]'])
      expect(refused(net, { nullable: false, validate: ['NotNull'] }), net).to.equal(true);
    expect(refused('Guid', { nullable: false, validate: ['NotNull'] })).to.equal(false);
    const untold: Member = {
      name: 'M',
      type: { kind: 'any' },
      required: true,
      enforced: true,
      in: 'body',
      description: '',
    };
    expect(isRefusedWithout({ ...untold, validate: ['NotNull'] })).to.equal(false);
    expect(isRefusedWithout({ ...untold, validate: ['NotEmpty'] })).to.equal(true);
  });

  it('is sent though it is not required, where its default would be refused', () => {
    expect(isSent(member('Int32', { enforced: true }))).to.equal(true);
    expect(isSent(member('Int32', { kept: 'k' }))).to.equal(true);
    expect(isSent(member('String', { nullable: false, validate: ['Length(1,2)'] }))).to.equal(false);
    expect(isSent(member('Int32', { validate: ['GreaterThan(0)'] }))).to.equal(false);
    expect(isSent(member('Int32', { nullable: false, validate: [] as never }))).to.equal(false);
    expect(isSent(member('Int32', { nullable: false }))).to.equal(false);
  });
});

describe('a value of a member', () => {
  const ranged = (net: string, given: Partial<Member>): readonly number[] =>
    [...new Set(many.map((key) => Number(drawn(member(net, given), 1, key))))].sort((a, b) => a - b);

  it('that may not be shown stands before what is drawn, and behind an example', () => {
    expect(drawn(member('Int32', { kept: 'k', allowed: ['a'] }), 1, 'a')).to.equal('k');
    expect(drawn(member('Int32', { kept: 'k', example: 'e' }), 1, 'a')).to.equal('e');
  });

  it('lies where its documents say, or nearer where a validator does', () => {
    expect(ranged('Int32', { range: { least: 3, greatest: 5 } })).to.deep.equal([3, 4, 5]);
    expect(ranged('Int32', { range: { least: 3, greatest: 5 }, validate: ['GreaterThan(3)'] })).to.deep.equal([4, 5]);
    expect(ranged('Int32', { validate: ['InclusiveBetween(7,7)'] })).to.deep.equal([7]);
    expect(ranged('Int32', { validate: ['ExclusiveBetween(1,4)'] })).to.deep.equal([2, 3]);
  });

  it('lies within a hundred of a single end', () => {
    for (const value of ranged('Int32', { validate: ['GreaterThan(10)'] })) expect(value).to.be.within(11, 111);
    for (const value of ranged('Int32', { validate: ['LessThan(10)'] })) expect(value).to.be.within(-91, 9);
  });

  it('is half way where no whole number lies between, for what need be none', () => {
    expect(ranged('Decimal', { validate: ['ExclusiveBetween(0,1)'] })).to.deep.equal([0.5]);
    expect(ranged('Decimal', { validate: ['ExclusiveBetween(2.2,2.6)'] })).to.deep.equal([2.4000000000000004]);
    expect(ranged('Int32', { validate: ['ExclusiveBetween(0,1)'] })).to.deep.equal([1]);
  });

  it('has the length that validators leave, and never begins with a dash', () => {
    const texts = (...validate: [string, ...string[]]): readonly string[] =>
      many.map((key) => drawn(member('String', { validate }), 1, key) ?? '');
    for (const text of texts('Length(3,5)')) expect(text).to.match(/^[a-z0-9][a-z0-9-]{2,4}$/);
    for (const text of texts('MinimumLength(30)')) expect(text).to.match(/^[a-z0-9][a-z0-9-]{29,}$/);
    expect(new Set(texts('ExactLength(4)')).size).to.be.above(10);
    for (const text of texts('NotEmpty')) expect(text).to.match(/^drawn-/);
  });

  it('in JSON is what it says, and a text where it says nothing', () => {
    expect(asJson(member('Boolean', { type: { kind: 'boolean' } }), 'true')).to.equal(true);
    expect(asJson(member('Int32'), '{{Id}}')).to.equal('{{Id}}');
    expect(asJson(member('Int64', { type: { kind: 'integer' } }), '9223372036854775807')).to.equal(
      numeral('9223372036854775807'),
    );
    expect(asJson(member('Map', { type: { kind: 'map', of: { kind: 'string' } } }), 'a,b')).to.equal('a,b');
    expect(withNumerals('{"a":"b","c":"d"}')).to.equal('{"a":"b","c":"d"}');
    expect(plainNumerals({ a: null, b: { c: numeral('1.0') }, d: 5 })).to.deep.equal({
      a: null,
      b: { c: '1.0' },
      d: 5,
    });
  });
});
