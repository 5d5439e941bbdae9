import { expect } from 'chai';
import type { Shape } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { dataShape, sameData } from './data-shape.ts';

const number: Shape = { kind: 'number' };
const item: Shape = { kind: 'object', name: 'Item', members: { Id: number, Tags: { kind: 'map', of: number } } };
const answer: Shape = {
  kind: 'object',
  name: 'Answer',
  members: { Count: number, Items: { kind: 'list', of: item }, Owner: item },
};
const shapeOf = (value: PlainValue): string => dataShape(value, answer, () => 'as it stands');

const few = { Count: 1, Items: [{ Id: 1, Tags: { a: 1 } }], Owner: { Id: 1 } };

describe('the shape of data', () => {
  it('is told by all items of a list, and by no key of a map', () => {
    expect(shapeOf(few)).to.equal(
      '{ Count: number, Items: [of { Id: number, Tags: { any: number } }], Owner: { Id: number } }',
    );
    expect(shapeOf({ items: [{ id: 1 }, { note: 'x' }, {}], ResponseStatus: {} })).to.equal(
      '{ ResponseStatus: as it stands, items: [of { id?: number, note?: text }] }',
    );
    expect([shapeOf({}), shapeOf([]), shapeOf([1, 'a', null]), shapeOf(null)]).to.deep.equal([
      '{}',
      '[]',
      '[of number or text]',
      'null',
    ]);
  });

  for (const [what, now] of [
    ['more items', { ...few, Items: [...few.Items, { Id: 7, Tags: {} }] }],
    ['no item', { ...few, Items: [] }],
    ['other numbers', { ...few, Count: 99 }],
    ['other keys of a map', { ...few, Items: [{ Id: 1, Tags: { b: 2, c: 3 } }] }],
    ['an item that lacks something', { ...few, Items: [...few.Items, { Id: 2 }] }],
  ] as const)
    it(`is the same with ${what}`, () => {
      expect(sameData(shapeOf(few), shapeOf(now))).to.equal(true);
      expect(sameData(shapeOf(now), shapeOf(few))).to.equal(true);
    });

  for (const [what, now] of [
    ['a member gone', { Count: 1, Items: few.Items }],
    ['a member of every item gone', { ...few, Items: [{ Id: 1 }] }],
    ['a member more', { ...few, Next: 'x' }],
    ['a number as a text', { ...few, Count: '1' }],
    ['a number of an item as a text', { ...few, Items: [{ Id: 'x', Tags: { a: 1 } }] }],
    ['another type in a map', { ...few, Items: [{ Id: 1, Tags: { a: 'x' } }] }],
    ['an object in the place of a list', { ...few, Items: { Id: 1 } }],
    ['a list in the place of an object', [few]],
  ] as const)
    it(`is another with ${what}`, () => {
      expect(sameData(shapeOf(few), shapeOf(now))).to.equal(false);
      expect(sameData(shapeOf(now), shapeOf(few))).to.equal(false);
    });

  it('is the same text or none of it where it is cut off, or is of an error', () => {
    expect(sameData('{ A: number, B: [of { C… (9 characters)', '{ A: number }')).to.equal(false);
    expect(sameData('{ Errors: [2 of { Code: text }] }', '{ Errors: [1 of { Code: text }] }')).to.equal(false);
    expect(sameData('{ Errors: [] }', '{ Errors: [1 of { Code: text }] }')).to.equal(false);
  });
});
