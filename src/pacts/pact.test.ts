import { expect } from 'chai';
import { readPact } from './pact.ts';

const file = (change: object = {}): string =>
  JSON.stringify({
    consumer: { name: 'c' },
    provider: { name: 'p' },
    interactions: [{ description: 'd', providerStates: [{ name: 's' }, { name: 't' }], request: {}, response: {} }],
    metadata: { pactSpecification: { version: '4.0' } },
    ...change,
  });

describe('a pact file', () => {
  it('is read as far as verification needs to know it', () => {
    expect(readPact(file(), 'x')).to.deep.equal({
      ok: true,
      pact: { consumer: 'c', provider: 'p', interactions: [{ description: 'd', states: ['s', 't'], id: null }] },
    });
  });

  const metadata = [
    { pactSpecificationVersion: '1.0.0' },
    { 'pact-specification': { version: '2.0.0' } },
    { pactSpecification: { version: '3.0.0' } },
  ];
  for (const each of metadata) {
    it(`says its version as ${JSON.stringify(each)}, and a state by its older name`, () => {
      const interactions = [{ description: 'd', providerState: 's' }, { description: 'e' }];
      const read = readPact(file({ metadata: each, interactions }), 'x');
      expect(read)
        .to.have.nested.property('pact.interactions')
        .that.deep.equals([
          { description: 'd', states: ['s'], id: null },
          { description: 'e', states: [], id: null },
        ]);
    });
  }

  const refused: readonly (readonly [what: string, text: string, says: string])[] = [
    ['is no JSON', '{', 'not JSON'],
    ['is no object', '[]', 'no JSON object'],
    ['says no version', file({ metadata: {} }), 'does not say which version'],
    ['is of version 5', file({ metadata: { pactSpecification: { version: '5.0' } } }), 'version 5.0'],
    ['is of version 10', file({ metadata: { pactSpecification: { version: '10' } } }), 'version 10'],
    ['names no provider', file({ provider: {} }), 'no provider'],
    ['has no interactions', file({ interactions: undefined }), 'no list of interactions'],
    [
      'has an interaction over messages',
      file({ interactions: [{ description: 'd', type: 'Asynchronous/Messages' }] }),
      'interaction 1',
    ],
    ['has an interaction without a description', file({ interactions: [{ description: 'd' }, {}] }), 'interaction 2'],
  ];
  for (const [what, text, says] of refused) {
    it(`that ${what} is refused by its name`, () => {
      const read = readPact(text, 'some.json');
      expect(read)
        .to.have.property('problem')
        .that.match(/^some\.json: [^\n]+$/)
        .and.includes(says);
    });
  }
});
