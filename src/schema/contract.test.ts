import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { contractOf, memberOf, typeOf } from './contract.fixture.ts';
import { readContract } from './contract.ts';
import { modelOf } from './types.ts';
import { dtosText } from './dtos.ts';

const contracts = fileURLToPath(new URL('../../contracts', import.meta.url));

describe('a contract', () => {
  for (const folder of readdirSync(contracts, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    it(`that is shipped reads strictly: ${folder.name}`, () => {
      const json = (name: string): unknown => JSON.parse(readFileSync(join(contracts, folder.name, name), 'utf8'));
      expect(readContract(json('contract.json'), json('said.json'))).to.have.property('ok', true);
    });
  }

  const plain = contractOf({ operation: 'Order', routes: [{ name: 'order', path: '/orders/{Id}', verbs: ['POST'] }] });
  const ordered = { ...plain, types: [typeOf('Order', memberOf('Id', 'Guid')), typeOf('OrderResponse')] };

  it('takes what a person adds, with the reason', () => {
    const read = readContract(ordered, {
      effect: { value: 'reads', reason: 'it only looks' },
      leaves: { value: { order: 'an order' }, reason: 'it says so' },
    });
    if (!read.ok) throw new Error(read.problem);
    expect(read.contract.effect).to.equal('reads');
    expect(read.contract.routes[0].leaves).to.equal('an order');
  });

  for (const [what, imported, said, says] of [
    ['no routes', { ...ordered, routes: [] }, null, 'contract.json/routes must NOT have fewer than 1 items'],
    [
      'a member that nobody knows',
      { ...ordered, effects: 1 },
      null,
      'contract.json must NOT have additional properties',
    ],
    [
      'something said without a reason',
      ordered,
      { effect: { value: 'reads' } },
      "said.json/effect must have required property 'reason'",
    ],
    [
      'a route that binds no member',
      plain,
      null,
      'contract.json has a route that binds {Id}, which is no member of Order',
    ],
    [
      'a subject that is no member',
      ordered,
      { subject: { reason: 'r', value: { member: 'It', kind: 'guid', states: { fresh: 'f', absent: null } } } },
      'said.json names the subject It, which is no member of Order',
    ],
    [
      'a type that nobody describes',
      { ...ordered, types: [typeOf('Order', memberOf('Id', 'Interval')), typeOf('OrderResponse')] },
      null,
      'contract.json: Order.Id is Interval, which is neither a .NET type that is known here nor one that it describes',
    ],
    [
      'no request',
      { ...ordered, request: 'Other' },
      null,
      'contract.json describes no type Other, which is the request',
    ],
  ] as const) {
    it(`is refused in one sentence: ${what}`, () => {
      expect(readContract(imported, said)).to.deep.equal({ ok: false, problem: says });
    });
  }
});

describe('the DTOs of a contract', () => {
  const contract = contractOf({
    operation: 'Send',
    routes: [{ name: 'send', path: '/send', verbs: ['POST'] }],
    types: [
      typeOf(
        'Send',
        memberOf('Id', 'Guid', { description: 'which */ one' }),
        memberOf('Count', 'Int32', { required: 'no', nullable: true }),
        memberOf('How', 'Speed'),
        memberOf('Parts', 'List<Part>'),
        memberOf('Labels', 'Dictionary<String,String>'),
        memberOf('odd-name', 'DateTime', { required: 'no' }),
      ),
      typeOf('SendResponse'),
      typeOf('Part', memberOf('Name', 'String')),
      { ...typeOf('Speed'), enum: { names: [{ name: 'Slow' }, { name: 'VeryFast', wire: 'very-fast' }] } },
    ],
  });

  it('know each .NET type by its kind', () => {
    expect(modelOf(contract)[0]?.members.map(({ type }) => type)).to.deep.equal([
      { kind: 'string', format: 'uuid' },
      { kind: 'integer', format: 'int32' },
      { kind: 'enum', names: ['Slow', 'very-fast'] },
      { kind: 'list', of: { kind: 'reference', dto: 'Part' } },
      { kind: 'map', of: { kind: 'string' } },
      { kind: 'string', format: 'date-time' },
    ]);
  });

  it('are written as classes', () => {
    expect(dtosText(modelOf(contract))).to.include(`export class Send {
  /**
   * which *\\/ one
   * @format uuid
   */
  declare readonly Id: string;

  /** @format int32 */
  declare readonly Count?: number | null;

  declare readonly How: "Slow" | "very-fast";

  declare readonly Parts: readonly Part[];

  declare readonly Labels: { readonly [key: string]: string | null };

  /** @format date-time */
  declare readonly "odd-name"?: string;
}
`);
  });
});
