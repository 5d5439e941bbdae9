import { expect } from 'chai';
import { readDtoModel } from './model.ts';

function members(...lines: readonly string[]) {
  return readDtoModel('dtos.ts', `class Order {\n${lines.join('\n')}\n}`)[0]!.members;
}

describe('the DTO model of TypeScript classes', () => {
  it('takes names, descriptions and order from the source', () => {
    const source = `
      /** About the file. */

      /**
       * An order,
       * on two lines
       */
      export class Order {
        /** Second on the wire? First here. */
        declare readonly Zulu: string;
        declare readonly Alpha?: Line;
      }
      export class Line {}`;
    expect(readDtoModel('dtos.ts', source)).to.deep.equal([
      {
        name: 'Order',
        description: 'An order, on two lines',
        members: [
          {
            name: 'Zulu',
            description: 'Second on the wire? First here.',
            type: { kind: 'string' },
            required: true,
            nullable: false,
          },
          {
            name: 'Alpha',
            description: '',
            type: { kind: 'reference', dto: 'Line' },
            required: false,
            nullable: false,
          },
        ],
      },
      { name: 'Line', description: '', members: [] },
    ]);
  });

  it('reads every type that a DTO knows', () => {
    const read = members(
      'A: number;',
      'B: boolean;',
      'C: readonly string[];',
      'D: Readonly<Record<string, Line[] | null>>;',
      'E: null | string;',
      '/** @format uuid */',
      'F?: string | null;',
    );
    expect(read.map((member) => member.type)).to.deep.equal([
      { kind: 'number' },
      { kind: 'boolean' },
      { kind: 'list', of: { kind: 'string' } },
      { kind: 'map', of: { kind: 'list', of: { kind: 'reference', dto: 'Line' } } },
      { kind: 'string' },
      { kind: 'string', format: 'uuid' },
    ]);
    expect(read.filter((member) => member.nullable).map((member) => member.name)).to.deep.equal(['E', 'F']);
    expect(read.filter((member) => !member.required).map((member) => member.name)).to.deep.equal(['F']);
  });

  for (const [line, complaint] of [
    ['A: any;', 'dtos.ts:2: "any" is no type that a DTO knows.'],
    ['A: string | number;', 'is a union'],
    ['A: Map<string, string>;', 'is no type that a DTO knows'],
    ['A: Record<number, string | null>;', 'is no type that a DTO knows'],
    ['A: Record<string, string>;', 'has values that cannot be null'],
    ['/** @format date */ A: string;', 'has the format "date"'],
    ['/** @format uuid */ A: number;', 'has the format "uuid"'],
    ['A = 1;', 'is no typed property'],
    ['"A b": string;', 'is no typed property'],
    ['run(): void {}', 'is no typed property'],
  ] as const) {
    it(`refuses ${line}`, () => {
      expect(() => members(line)).to.throw(complaint);
    });
  }

  it('refuses a file that holds more than classes', () => {
    expect(() => readDtoModel('dtos.ts', 'const a = 1;')).to.throw('dtos.ts:1: "const a = 1;" is no class');
  });
});
