// One property, with the generator of contracts that it needs.

import { expect } from 'chai';
import fc from 'fast-check';
import type { Contract, ContractMember, ContractType, NonEmpty, Route, Verb } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import { createProvider } from '../provider/provider.ts';
import { deriveSchemas, schemasUri } from '../schema/derive.ts';
import { modelOf } from '../schema/types.ts';
import { contractFrom } from './contract.ts';
import { readDocument } from './document.ts';
import { contractIn } from './documents.fixture.ts';
import { unlisted, wrongClaims } from './claims.fixture.ts';
import { nonEmpty, type ReadDocument } from './facts.ts';
import { frameworkFormats } from './framework.ts';
import { readHost, readOperation, type Ask } from './host.ts';
import { classicProfile } from '../model/profile.fixture.ts';

/** A host that serves a contract, asked for its documents below its prefix. */
export async function served<T>(contract: Contract, use: (ask: Ask, base: string) => Promise<T>): Promise<T> {
  const profile: Profile = classicProfile(contract.xmlNamespace);
  const provider = await createProvider({
    contract,
    schemas: deriveSchemas(modelOf(contract), schemasUri),
    profile,
    seed: 1,
    now: () => new Date(0),
  }).listen(0);
  try {
    const base = `${provider.url}${contract.prefix}`;
    const ask: Ask = async (path, accept) => {
      const response = await fetch(`${base}${path}`, { headers: { accept }, redirect: 'manual' });
      return { kind: 'answer', status: response.status, mediaType: '', location: null, text: await response.text() };
    };
    return await use(ask, base);
  } finally {
    await provider.close();
  }
}

/** What such a host publishes for programs and on its pages, imported. */
export function imported(contract: Contract): Promise<Contract> {
  return served(contract, async (ask, base) => {
    const host = await readHost(ask, base);
    const pages = await readOperation(ask, base, contract.operation, host.documents);
    expect([...host.notes, ...pages.notes]).to.deep.equal([]);
    const facts = nonEmpty(
      [...host.documents, ...pages.documents].map((document) => document.facts(contract.operation)),
    );
    if (facts === null) throw new Error('nothing was published');
    return contractFrom(facts);
  });
}

/** The documents in a language of the operation: whole sources, and pages that show code. */
export function inLanguages(contract: Contract): Promise<readonly ReadDocument[]> {
  const { operation } = contract;
  return served(contract, (ask) =>
    Promise.all(
      ['csharp', 'typescript', 'python'].flatMap((language) =>
        [`/types/${language}`, `/json/metadata?op=${operation}&lang=${language}`].map(async (path) => {
          const answer = await ask(path, '*/*');
          if (answer.kind === 'none') throw new Error(answer.reason);
          return readDocument(answer.text, path);
        }),
      ),
    ),
  );
}

/** A contract without where it was read, and without what a person adds or a page makes up. */
export function promised(contract: Contract): unknown {
  const besides = ['sources', 'unknown', 'hosts', 'exchanges', 'documentationErrors', 'subject', 'disagreements'];
  const facts = Object.entries({ verbs: 'any', ...contract }).filter(([name]) => !besides.includes(name));
  return Object.fromEntries(facts);
}

/** Expects what each language says of a contract to be a part of it, and nothing else. */
export async function expectPartsOf(contract: Contract): Promise<void> {
  for (const each of await inLanguages(contract)) {
    const said = contractIn(contract.operation, each);
    expect([said.sources[0]?.where, wrongClaims(said, contract), unlisted(said)]).to.deep.equal([
      said.sources[0]?.where,
      [],
      [],
    ]);
  }
}

/** Tests of contracts that nobody wrote: what is published of them is they themselves, and in a language a part of them. */
export function itIsSoWhateverTheContract(numRuns: number): void {
  it('is the contract that it serves, whatever the contract', async () => {
    await fc.assert(
      fc.asyncProperty(contracts, async (contract) => {
        const again = await imported(contract);
        expect(promised(again)).to.deep.equal(promised(contract));
        expect(again.disagreements).to.deep.equal([]);
      }),
      { numRuns },
    );
  });

  it('says in every language a part of the contract, whatever the contract', async () => {
    await fc.assert(fc.asyncProperty(contracts, expectPartsOf), { numRuns });
  });
}

/* ---- contracts as import writes them ---- */

const words = fc.constantFrom('Red', 'Green', 'Blue', 'Small', 'Large', 'First');
const text = fc.constantFrom('', 'What it is', 'a "quoted" word & more', 'two words');
const scalars = [
  'Boolean',
  'Byte',
  'Int32',
  'Int64',
  'Double',
  'Decimal',
  'Char',
  'Guid',
  'DateTime',
  'DateTimeOffset',
  'TimeSpan',
  'DateOnly',
  'TimeOnly',
];
const references = [
  'String',
  'Uri',
  'Byte[]',
  'Object',
  'List<String>',
  'Int32[]',
  'List<Part>',
  'Part',
  'Dictionary<String,Int32>',
  'Dictionary<String,List<Part>>',
  'List<List<Int32>>',
  'HashSet<Guid>',
];

function memberNamed(property: string, isRequest: boolean, place: ContractMember['in']): fc.Arbitrary<ContractMember> {
  return fc
    .record({
      type: fc.constantFrom(...scalars, ...references, 'Colour'),
      isNullable: fc.boolean(),
      isNeeded: fc.boolean(),
      alias: fc.constantFrom(null, null, null, `the_${property}`),
      description: text,
      allowed: fc.constantFrom(null, null, ['a', 'b']),
      range: fc.constantFrom(null, null, { least: 1, greatest: 100 }),
      validate: fc.constantFrom<readonly string[] | null>(null, null, ['Length(3,10)'], ['NotEmpty']),
    })
    .map(({ type, isNullable, isNeeded, alias, description, allowed, range, validate }) => {
      const isEnforced = validate?.includes('NotEmpty') === true;
      const required = isEnforced ? 'enforced' : isNeeded ? 'documented' : 'no';
      const isValue = scalars.includes(type) || type === 'Colour';
      return {
        name: alias ?? property,
        property,
        type,
        nullable: isValue ? isNullable : required === 'no',
        required,
        in: isRequest ? place : 'form',
        description,
        ...(allowed !== null && { allowed }),
        ...(range !== null && { range }),
        ...(validate !== null && { validate }),
      };
    });
}

const verbs: fc.Arbitrary<'any' | NonEmpty<Verb>> = fc.constantFrom(
  'any' as const,
  ['GET'] as const,
  ['POST'] as const,
  ['PUT', 'PATCH'] as const,
  ['GET', 'DELETE'] as const,
);

const colour = fc
  .record({
    names: fc.uniqueArray(words, { minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom('plain', 'values', 'wires', 'flags'),
  })
  .map(({ names, kind }): ContractType => {
    const all = names.map((name, i) => ({
      name,
      ...((kind === 'values' || kind === 'flags') && { value: 2 ** (i + 3) }),
      ...(kind === 'wires' && { wire: `${name.toLowerCase()}-one` }),
    }));
    const [first, ...others] = all;
    return {
      name: 'Colour',
      description: '',
      enum: { names: [first ?? { name: 'Red' }, ...others], ...(kind === 'flags' && { flags: true as const }) },
      members: [],
    };
  });

const contracts: fc.Arbitrary<Contract> = fc
  .record({
    prefix: fc.constantFrom('', '/api'),
    first: verbs,
    second: verbs,
    own: verbs,
    summary: text,
    notes: text,
    description: text,
  })
  .chain(({ prefix, first, second, own, summary, notes, description }) => {
    const routes: NonEmpty<Route> = [
      {
        name: 'things',
        path: `${prefix}/things`,
        verbs: first,
        ...(summary !== '' && { summary }),
        ...(notes !== '' && { notes }),
      },
      { name: 'things-Key', path: `${prefix}/things/{Key}`, verbs: second },
    ];
    const writes = [first, second].some((each) => each !== 'any' && (each.includes('POST') || each.includes('PUT')));
    const place = writes ? 'body' : 'query';
    return fc
      .record({
        key: fc.constantFrom('Guid', 'Int32', 'String'),
        one: memberNamed('One', true, place),
        two: memberNamed('Two', true, place),
        answered: memberNamed('Answered', false, 'form'),
        part: memberNamed('Size', false, 'form'),
        colour,
        response: fc.constantFrom('dto', 'list', 'raw', 'none', 'scalar'),
        authentication: fc.constantFrom('required' as const, 'none' as const),
        challenged: fc.boolean(),
        isMarked: fc.boolean(),
        roles: fc.constantFrom(null, null, ['Admin'] as const, ['Admin', 'Boss'] as const),
      })
      .map((given): Contract => {
        const plain: Omit<ContractMember, 'name' | 'property' | 'type' | 'in'> = {
          nullable: false,
          required: 'no',
          description: '',
        };
        const types: ContractType[] = [
          {
            name: 'DoThing',
            description,
            members: [
              { ...plain, name: 'Key', property: 'Key', type: given.key, in: 'path', nullable: given.key === 'String' },
              given.one,
              given.two,
            ],
          },
          {
            name: 'DoThingResponse',
            description: 'An answer',
            members: [given.answered, { ...plain, name: 'Count', property: 'Count', type: 'Int32', in: 'form' }],
          },
          {
            name: 'Part',
            description: '',
            members: [
              {
                ...given.part,
                type: given.part.type.includes('Part') ? 'String' : given.part.type,
                nullable: given.part.type.includes('Part') ? given.part.required === 'no' : given.part.nullable,
              },
            ],
          },
          given.colour,
        ];
        const response: Contract['response'] =
          given.response === 'dto'
            ? { kind: 'dto', type: 'DoThingResponse' }
            : given.response === 'list'
              ? { kind: 'list', type: 'Part' }
              : given.response === 'raw'
                ? { kind: 'raw', type: 'Byte[]' }
                : given.response === 'none'
                  ? { kind: 'none' }
                  : { kind: 'scalar', type: 'Int32' };
        return {
          operation: 'DoThing',
          description,
          prefix,
          routes,
          verbs: own,
          authentication: given.authentication,
          ...(given.authentication === 'required' && { challenged: given.challenged }),
          ...(given.authentication === 'required' && given.roles !== null && { roles: given.roles }),
          request: 'DoThing',
          response,
          effect: 'changes',
          subject: null,
          types: inOrder(
            types.map((type) => marked(type, given.isMarked)),
            response,
          ),
          formats: someOf(frameworkFormats),
          xmlNamespace: 'http://schemas.datacontract.org/2004/07/Things.ServiceModel',
          exchanges: [],
          hosts: [],
          sources: [],
          unknown: [],
          disagreements: [],
          documentationErrors: [],
        };
      });
  });

/** A DTO as a data contract, where it is to be one or has an alias. */
function marked(type: ContractType, isMarked: boolean): ContractType {
  const isContract = isMarked || type.members.some(({ name, property }) => name !== property);
  return isContract && type.enum === undefined ? { ...type, dataContract: true } : type;
}

/** The types that are spoken of, in the order of the page. */
function inOrder(types: readonly ContractType[], response: Contract['response']): NonEmpty<ContractType> {
  const found: ContractType[] = [];
  const follow = (name: string): void => {
    const type = types.find((each) => each.name === name);
    if (type === undefined || found.includes(type)) return;
    found.push(type);
    for (const member of type.members) for (const word of member.type.match(/\w+/g) ?? []) follow(word);
  };
  follow('DoThing');
  if ('type' in response) for (const word of response.type.match(/\w+/g) ?? []) follow(word);
  return someOf(found);
}

function someOf<T>(items: readonly T[]): NonEmpty<T> {
  const some = nonEmpty(items);
  if (some === null) throw new Error('there is none');
  return some;
}
