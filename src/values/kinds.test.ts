import { expect } from 'chai';
import type { DtoType, IntegerFormat } from '../model/schema.ts';
import { fitsInteger, integerFormats, kindOf, type Kind } from './kinds.ts';
import { datePattern, guidPattern, isDate, spellingIn } from './spelling.ts';

function kind(type: DtoType): Kind {
  const found = kindOf(type);
  if (found === null) throw new Error(`${type.kind} has no kind`);
  return found;
}

const types: Readonly<Record<string, DtoType>> = {
  text: { kind: 'string' },
  uuid: { kind: 'string', format: 'uuid' },
  'date-time': { kind: 'string', format: 'date-time' },
  boolean: { kind: 'boolean' },
  number: { kind: 'number' },
  enum: { kind: 'enum', names: ['Open', 'Closed'] },
  ...Object.fromEntries(integerFormats.map((format): [string, DtoType] => [format, { kind: 'integer', format }])),
};

describe('kindOf', () => {
  for (const [name, type] of Object.entries(types)) {
    const { draw, recognises, malformed, bounds } = kind(type);

    it(`draws ${name} that it recognises, by seed and key alone`, () => {
      const keys = Array.from({ length: 40 }, (_, i) => `key ${i}`);
      const drawn = keys.map((key) => draw(7, key, 'a'));
      for (const value of drawn) {
        expect(recognises(value), value).to.equal(true);
        expect(value).to.match(/^[A-Za-z0-9-]+$/);
      }
      expect(keys.map((key) => draw(7, key, 'a'))).to.deep.equal(drawn);
      expect(new Set(drawn).size).to.be.above(1);
      expect(keys.map((key) => draw(8, key, 'a'))).not.to.deep.equal(drawn);
      expect(keys.map((key) => draw(7, key, 'b'))).not.to.deep.equal(drawn);
    });

    it(`refuses what is malformed as ${name}, and takes the bounds`, () => {
      for (const [what, value] of Object.entries(malformed)) {
        expect(what).not.to.equal('');
        expect(recognises(value), value).to.equal(false);
      }
      if (bounds !== null)
        for (const value of [bounds.least, bounds.greatest]) expect(recognises(value), value).to.equal(true);
    });
  }

  it('has words for each', () => {
    const says = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, kind(type).says]));
    expect(says).to.deep.equal({
      text: 'a text of letters, digits and dashes',
      uuid: 'a Guid: 8-4-4-4-12 hexadecimal digits',
      'date-time': 'a date such as 2020-02-29',
      boolean: 'true or false',
      number: 'a number',
      enum: 'one of Open, Closed',
      int8: 'a whole number from -128 to 127',
      uint8: 'a whole number from 0 to 255',
      int16: 'a whole number from -32768 to 32767',
      uint16: 'a whole number from 0 to 65535',
      int32: 'a whole number from -2147483648 to 2147483647',
      uint32: 'a whole number from 0 to 4294967295',
      int64: 'a whole number from -9223372036854775808 to 9223372036854775807',
      uint64: 'a whole number from 0 to 18446744073709551615',
    });
  });

  it('knows how JSON writes each', () => {
    const quoted = Object.keys(types).filter((name) => kind(types[name]!).inJson === 'quoted');
    expect(quoted).to.deep.equal(['text', 'uuid', 'date-time', 'enum']);
  });

  it('knows what is wrong with a malformed value', () => {
    expect(kind(types['uuid']!).malformed).to.deep.equal({
      'no Guid': 'not-a-guid',
      'too short': '12345678-1234-1234-1234-12345678901',
    });
    expect(kind(types['date-time']!).malformed).to.deep.equal({
      'no date': 'not-a-date',
      'a month too many': '2020-13-01',
    });
    expect(kind(types['int8']!).malformed).to.deep.equal({
      'no number': 'not-a-number',
      'beyond the greatest': '128',
      'below the least': '-129',
    });
    expect(kind(types['boolean']!).malformed).to.deep.equal({ 'no boolean': 'not-a-boolean' });
    expect(kind(types['number']!).malformed).to.deep.equal({ 'no number': 'not-a-number' });
    expect(kind(types['enum']!).malformed).to.deep.equal({ 'no name of it': 'not-a-name-of-it' });
    expect(kind(types['text']!).malformed).to.deep.equal({});
  });

  it('knows the bounds of each', () => {
    expect(kind(types['uint8']!).bounds).to.deep.equal({ least: '0', greatest: '255' });
    expect(kind(types['date-time']!).bounds).to.deep.equal({ least: '0001-01-01', greatest: '9999-12-31' });
    for (const name of ['text', 'uuid', 'boolean', 'number', 'enum']) expect(kind(types[name]!).bounds).to.equal(null);
  });

  it('takes a whole number without a format for one of 64 bits', () => {
    expect(kindOf({ kind: 'integer' })?.bounds).to.deep.equal(kind(types['int64']!).bounds);
  });

  it('has none for what is composed of others', () => {
    const of: DtoType = { kind: 'string' };
    for (const type of [
      { kind: 'reference', name: 'Thing' },
      { kind: 'list', of },
      { kind: 'map', of },
    ] as const)
      expect(kindOf(type as DtoType)).to.equal(null);
  });

  for (const [name, recognised, refused] of [
    ['text', ['a', 'A-9'], ['', 'a b', 'a/b', ' a', 'a\n']],
    ['boolean', ['true', 'False', 'TRUE'], ['', 'yes', 'truefalse', 'xtrue', 'truex']],
    ['number', ['0', '-1', '1.5', '-12.25'], ['', '1.', '.5', '1e3', 'x1', '1x', '--1', '1.5.5']],
    ['int8', ['-128', '127', '0'], ['', '128', '-129', '1.0', 'x1', '1x', '+1']],
    ['enum', ['Open', 'closed', 'OPEN'], ['', 'Opened', '0']],
    [
      'uuid',
      ['00000000-0000-0000-0000-000000000000', 'ABCDEF12-3456-7890-abcd-ef1234567890'],
      [
        '',
        '{00000000-0000-0000-0000-000000000000}',
        '00000000000000000000000000000000',
        'x00000000-0000-0000-0000-000000000000',
        '00000000-0000-0000-0000-0000000000000',
      ],
    ],
  ] as const) {
    it(`tells ${name} from others`, () => {
      const { recognises } = kind(types[name]!);
      for (const text of recognised) expect(recognises(text), text).to.equal(true);
      for (const text of refused) expect(recognises(text), JSON.stringify(text)).to.equal(false);
    });
  }
});

describe('fitsInteger', () => {
  for (const [format, least, greatest] of [
    ['int8', -128, 127],
    ['uint8', 0, 255],
    ['int16', -32_768, 32_767],
    ['uint16', 0, 65_535],
    ['int32', -2_147_483_648, 2_147_483_647],
    ['uint32', 0, 4_294_967_295],
  ] as const satisfies readonly (readonly [IntegerFormat, number, number])[]) {
    it(`holds ${format} to its bounds`, () => {
      const fits = [least - 1, least, least + 0.5, greatest, greatest + 1].map((value) => fitsInteger(format, value));
      expect(fits).to.deep.equal([false, true, false, true, false]);
    });
  }
});

describe('isDate', () => {
  for (const date of [
    '2020-02-29',
    '2020-02-29T10:11',
    '2020-02-29T10:11Z',
    '2020-02-29T10:11:12',
    '2020-02-29T10:11:12.1',
    '2020-02-29T10:11:12.1234567Z',
    '2020-02-29T10:11:12+01:00',
    '2020-02-29T10:11:12-01:30',
    '/Date(0)/',
    '/Date(-62135596800000)/',
    '/Date(1580000000000+0100)/',
    '/Date(1580000000000-0000)/',
  ])
    it(`takes ${date}`, () => {
      expect(isDate(date)).to.equal(true);
    });
  for (const text of [
    '',
    'x2020-02-29',
    '2020-02-29x',
    '2020-2-29',
    '2020-13-01',
    '2020-00-01',
    '2020-01-32',
    '2020-01-00',
    '2020-02-29T24:00',
    '2020-02-29T10:60',
    '2020-02-29T10:11:60',
    '20200229',
    '2020-02-29T10',
    '2020-02-29 10:11',
    '2020-02-29T10:11:12.',
    '2020-02-29T10:11:12.12345678',
    '2020-02-29T10:11:12+0100',
    'Date(0)',
    '/Date()/',
    '/Date(1+01)/',
    'x/Date(0)/',
    '/Date(0)/x',
  ])
    it(`does not take ${JSON.stringify(text)}`, () => {
      expect(isDate(text)).to.equal(false);
    });
});

describe('the spelling of Guids and dates', () => {
  const old = { guids: 'compact', dates: 'ms' } as const;

  it('is declared for a host, and its own in some formats', () => {
    expect(spellingIn('json', old)).to.deep.equal(old);
    expect(spellingIn('jsonl', old)).to.deep.equal(old);
    expect(spellingIn('csv', old)).to.deep.equal({ guids: 'compact', dates: 'iso' });
    expect(spellingIn('jsv', old)).to.deep.equal({ guids: 'compact', dates: 'iso' });
    expect(spellingIn('xml', old)).to.deep.equal({ guids: 'dashed', dates: 'iso' });
  });

  it('is told by a pattern', () => {
    for (const guids of ['dashed', 'compact'] as const) {
      expect(guidPattern({ guids }).test('1B9D6BCD-bbfd-4b2d-9b5d-ab8dfbbd4bed')).to.equal(guids === 'dashed');
      expect(guidPattern({ guids }).test('1B9D6BCDbbfd4b2d9b5dab8dfbbd4bed')).to.equal(guids === 'compact');
      expect(guidPattern({ guids }).test('1B9D6BCDbbfd4b2d9b5dab8dfbbd4be')).to.equal(false);
    }
    for (const dates of ['iso', 'ms'] as const) {
      expect(datePattern({ dates }).test('2020-02-29T12:34:56.789Z')).to.equal(dates === 'iso');
      expect(datePattern({ dates }).test('/Date(1582979696789+1000)/')).to.equal(dates === 'ms');
    }
  });
});
