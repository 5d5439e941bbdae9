// One table: the spellings that the recorded formats have for a value, and what is another value.

import { expect } from 'chai';
import type { PlainValue } from '../../model/value.ts';
import { contractOf, memberOf, typeOf } from '../../schema/contract.fixture.ts';
import { sayTheSame } from './same-data.ts';

const contract = contractOf({
  operation: 'Paint',
  routes: [{ name: 'paint', path: '/paint', verbs: 'any' }],
  types: [
    typeOf('Paint', memberOf('Colour', 'Colour')),
    typeOf('PaintResponse'),
    {
      ...typeOf('Colour'),
      enum: {
        flags: true,
        names: [{ name: 'Red', value: 1 }, { name: 'Blue', wire: 'sky', value: 2 }, { name: 'Plain' }],
      },
    },
  ],
});
const unlike = (a: PlainValue | undefined, b: PlainValue | undefined): readonly string[] =>
  sayTheSame(a, b, contract).map(({ at, expected, actual }) => `${at}: ${expected}, not ${actual}`);

describe('a value in two formats', () => {
  const same: readonly (readonly [what: string, a: PlainValue, b: PlainValue])[] = [
    ['a text', 'a', 'a'],
    ['a text in another casing', 'Abc', 'aBC'],
    ['a number and its text', 12.5, '12.50'],
    ['a number with an exponent', 1e21, '1E+21'],
    ['a boolean and its text', true, 'True'],
    ['a Guid without dashes', '0f8fad5b-d9cb-469f-a165-70867728950e', '0F8FAD5BD9CB469FA16570867728950E'],
    ['an enum and its number', 'Red', 1],
    ['an enum by the name that it has on the wire', 'Sky', '2'],
    ['an enum without a number, by its place', 'Plain', 2],
    ['flags', 'Red, Sky', 3],
    ['flags without a blank', 'Red,Sky', '3'],
    ['a character and its number', 'x', 120],
    ['a number and its character', '120', 'x'],
    ['a date and its milliseconds', '2024-03-05T06:07:08Z', '/Date(1709618828000)/'],
    ['a date with more digits than milliseconds have', '2024-03-05T06:07:08.1234567Z', '/Date(1709618828123)/'],
    ['milliseconds with an offset', '/Date(1709618828000+0000)/', '2024-03-05T06:07:08Z'],
    ['milliseconds whose zone nobody knows', '/Date(1709618828000-0000)/', '2024-03-05T08:07:08'],
    ['a day and its first moment', '2024-03-05', '2024-03-05T00:00:00'],
    ['a moment with an offset, and without a zone', '2024-03-05T06:07:08+02:00', '2024-03-05T06:07:08'],
    ['the same moment in two zones', '2024-03-05T06:07:08+02:00', '2024-03-05T04:07:08Z'],
    ['a time without a zone, 14 hours off', '2024-03-05T00:00:00', '2024-03-05T14:00:00Z'],
    ['a time of day', '01:02:03', 'PT1H2M3S'],
    ['a time of day with days', '4.01:02:03', 'P4DT1H2M3S'],
    ['a negative time', '-01:00:00', '-PT1H'],
    ['a time with parts of a second', '00:00:00.5000000', 'PT0.5S'],
    ['minutes that are more than an hour', '01:30:00', 'PT90M'],
    ['no time at all', '00:00:00', 'PT0S'],
    ['null', null, null],
    ['null and a member that is absent', { a: null, b: 1 }, { b: 1 }],
    ['a number that is left out', { n: 0, b: 1 }, { b: 1 }],
    ['a boolean that is left out', { b: 1 }, { f: false, b: 1 }],
    ['the text of a zero that is left out', { b: 1 }, { n: '0', b: 1 }],
    ['the type of an object', { __type: 'A, B', b: 1 }, { b: 1 }],
    ['lists', [1, ['2', { a: 3 }]], ['1', [2, { a: '3' }]]],
    ['the results of a query', { Results: [{ a: 1 }], Total: 1 }, [{ a: '1' }]],
    [
      'a moment as XML writes it, in two elements',
      { t: '2024-03-05T06:07:08+02:00' },
      { t: { DateTime: '2024-03-05T04:07:08Z', OffsetMinutes: 120 } },
    ],
    ['an object in a cell of csv', { o: { a: 1 } }, { o: '{a:1}' }],
    ['a list in a cell of csv', { o: '[a,b]' }, { o: ['a', 'b'] }],
    ['what has no other value, in a cell of csv', { o: '{a:1}' }, {}],
    ['a list of nothing but null, in a cell of csv', { a: [null], b: 1 }, { a: [], b: 1 }],
    ['a list of one item, where nothing tells that it is one', { a: ['b'] }, { a: { string: 'b' } }],
    ['a map by an enum, with and without the names of the wire', { sky: 1, Red: 2 }, { Red: '2', Blue: '1' }],
    [
      'a map by Guids, with dashes and without',
      { '0f8fad5bd9cb469fa16570867728950e': 1 },
      { '0f8fad5b-d9cb-469f-a165-70867728950e': 1 },
    ],
    ['a pair whose members XML has in small letters', { Key: 'a', Value: 1 }, { key: 'a', value: '1' }],
  ];
  for (const [what, a, b] of same)
    it(`${what}: the same`, () => {
      expect(unlike(a, b)).to.deep.equal([]);
    });

  const others: readonly (readonly [what: string, a: PlainValue, b: PlainValue, found: readonly string[]])[] = [
    ['another text', { a: 'a' }, { a: 'b' }, ['a: "a", not "b"']],
    ['a text that is longer', { a: 'a' }, { a: 'aa' }, ['a: "a", not "aa"']],
    ['another number', { n: 1 }, { n: 2 }, ['n: 1, not 2']],
    ['another number by a key that is spelt otherwise', { sky: 1 }, { Blue: 2 }, ['sky: 1, not 2']],
    ['another key', { sky: 1 }, { Red: 1 }, ['sky: 1, not absent', 'Red: absent, not 1']],
    ['a text that only begins with the number', { n: 1 }, { n: '1x' }, ['n: 1, not "1x"']],
    ['another boolean', { f: true }, { f: false }, ['f: true, not false']],
    [
      'another Guid',
      { g: '0f8fad5b-d9cb-469f-a165-70867728950e' },
      { g: '0f8fad5b-d9cb-469f-a165-70867728950f' },
      ['g: "0f8fad5b-d9cb-469f-a165-70867728950e", not "0f8fad5b-d9cb-469f-a165-70867728950f"'],
    ],
    ['dashes in what is no Guid', { g: 'a-b' }, { g: 'ab' }, ['g: "a-b", not "ab"']],
    ['another name of an enum', { e: 'Red' }, { e: 'sky' }, ['e: "Red", not "sky"']],
    ['a name that nobody has', { e: 'Green' }, { e: 1 }, ['e: "Green", not 1']],
    ['one flag too few', { e: 'Red, sky' }, { e: 1 }, ['e: "Red, sky", not 1']],
    ['another character', { c: 'x' }, { c: 121 }, ['c: "x", not 121']],
    ['the number of two letters', { c: 'xy' }, { c: 120 }, ['c: "xy", not 120']],
    [
      'another moment',
      { t: '2024-03-05T06:07:08Z' },
      { t: '/Date(1709618829000)/' },
      ['t: "2024-03-05T06:07:08Z", not "/Date(1709618829000)/"'],
    ],
    [
      'a time without a zone that no zone explains',
      { t: '2024-03-05T06:07:08' },
      { t: '2024-03-05T06:08:08Z' },
      ['t: "2024-03-05T06:07:08", not "2024-03-05T06:08:08Z"'],
    ],
    [
      'a time without a zone, farther than any zone',
      { t: '2024-03-05T00:00:00' },
      { t: '2024-03-05T14:15:00Z' },
      ['t: "2024-03-05T00:00:00", not "2024-03-05T14:15:00Z"'],
    ],
    [
      'two times with zones, an hour apart',
      { t: '2024-03-05T06:07:08Z' },
      { t: '2024-03-05T07:07:08Z' },
      ['t: "2024-03-05T06:07:08Z", not "2024-03-05T07:07:08Z"'],
    ],
    ['a day that there is not', { t: '2024-13-45' }, { t: '2024-03-05' }, ['t: "2024-13-45", not "2024-03-05"']],
    ['another time of day', { t: '01:02:03' }, { t: 'PT1H2M4S' }, ['t: "01:02:03", not "PT1H2M4S"']],
    ['a time and its opposite', { t: '01:00:00' }, { t: '-PT1H' }, ['t: "01:00:00", not "-PT1H"']],
    ['a value in place of null', { a: null }, { a: 1 }, ['a: absent, not 1']],
    ['a text that is left out', { a: 'x' }, {}, ['a: "x", not absent']],
    ['a true that is left out', {}, { f: true }, ['f: absent, not true']],
    ['a list that is shorter', { l: [1, 2] }, { l: [1] }, ['l: [1,2], not [1]']],
    ['an item that is another', { l: [1, { a: 2 }] }, { l: [1, { a: 3 }] }, ['l[1].a: 2, not 3']],
    ['a text in place of an object', { o: { a: 1 } }, { o: 'a:1' }, ['o: {"a":1}, not "a:1"']],
    ['an object in place of a list', { o: { a: 1 } }, { o: [1] }, ['o: {"a":1}, not [1]']],
    [
      'what looks like a moment in two elements, and is none',
      { t: '2024-03-05T04:07:08Z' },
      { t: { DateTime: '2024-03-05T04:07:08Z', Offset: 0 } },
      ['t: "2024-03-05T04:07:08Z", not {"DateTime":"2024-03-05T04:07:08Z","Offset":0}'],
    ],
    ['a text in place of all', 'a', 'b', [': "a", not "b"']],
    ['results that are others', { Results: [{ a: 1 }] }, [{ a: 2 }], ['[0].a: 1, not 2']],
  ];
  for (const [what, a, b, found] of others)
    it(`${what}: not the same`, () => {
      expect(unlike(a, b)).to.deep.equal(found);
    });

  it('that is not there at all', () => {
    expect(unlike(undefined, undefined)).to.deep.equal([]);
    expect(unlike(undefined, { a: 1 })).to.have.length(1);
    expect(unlike({ a: 1 }, undefined)).to.have.length(1);
  });
});
