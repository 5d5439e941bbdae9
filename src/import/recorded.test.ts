import { expect } from 'chai';
import type { Contract, ContractMember } from '../model/contract.ts';
import { contractIn, recordedDocument, recordedIn } from './documents.fixture.ts';

const metadata = recordedDocument('types-metadata.json');
const operations = metadata.operations;
const complete = new Map(operations.map((name) => [name, contractIn(name, metadata)]));

/** Claims of one contract that another does not make. */
function wrongClaims(said: Contract, truth: Contract): readonly string[] {
  const wrong: string[] = [];
  const held = (what: string, value: unknown, of: unknown): void => {
    if (JSON.stringify(value) !== JSON.stringify(of))
      wrong.push(`${what} ${JSON.stringify(value)}, not ${JSON.stringify(of)}`);
  };
  const isOpen = (path: string): boolean => said.unknown.some((each) => each.path === path);
  if (said.description !== '') held('description', said.description, truth.description);
  if (!isOpen('routes')) held('routes', routesOf(said), routesOf(truth));
  if (said.verbs !== undefined) held('verbs', said.verbs, truth.verbs);
  if (said.authentication !== 'unknown') held('authentication', said.authentication, truth.authentication);
  if (said.response.kind !== 'unknown') {
    held('response', said.response.kind, truth.response.kind);
    if ('type' in said.response && !isOpen('response')) held('response', said.response, truth.response);
  }
  for (const type of said.types) {
    const its = truth.types.find(({ name }) => name === type.name);
    if (its === undefined) {
      wrong.push(`type ${type.name}`);
      continue;
    }
    held(`enum ${type.name}`, type.enum?.names, its.enum?.names);
    if (!isOpen(`types.${type.name}.enum.flags`)) held(`flags of ${type.name}`, type.enum?.flags, its.enum?.flags);
    for (const member of type.members) {
      const real = its.members.find(({ name }) => name === member.name);
      const path = `${type.name}.${member.name}`;
      if (real === undefined) wrong.push(`member ${path}`);
      else wrong.push(...wrongOf(path, member, real));
    }
  }
  return wrong;
}

function wrongOf(path: string, said: ContractMember, truth: ContractMember): readonly string[] {
  return Object.entries({ ...said, json: 'unknown' }).flatMap(([name, value]) => {
    const real = truth[name as keyof ContractMember];
    // A page says only that a member is required, not by what.
    const isSame = JSON.stringify(value) === JSON.stringify(real) || (value === 'documented' && real === 'enforced');
    return value === 'unknown' || value === '' || isSame
      ? []
      : [`${path}.${name} ${JSON.stringify(value)}, not ${JSON.stringify(real)}`];
  });
}

function routesOf({ routes }: Contract): readonly string[] {
  return routes.map(({ name, path, verbs }) => `${name}: ${String(verbs)} ${path}`).sort();
}

/** Paths of all that a contract calls unknown must be listed, and the other way round. */
function unlisted(contract: Contract): readonly string[] {
  const listed = new Set(contract.unknown.map(({ path }) => path));
  return contract.types.flatMap(({ name, members }) =>
    members.flatMap((member) =>
      (['type', 'nullable', 'required', 'in'] as const)
        .filter((field) => member[field] === 'unknown')
        .map((field) => `types.${name}.${member.property}.${field}`)
        .filter((path) => !listed.has(path)),
    ),
  );
}

describe('the recorded documents of ten operations', () => {
  it('metadata states everything but what only pages print', () => {
    for (const contract of complete.values()) {
      expect(contract.unknown.map(({ path }) => path)).to.have.members(['formats', 'xmlNamespace']);
      expect(contract.disagreements).to.deep.equal([]);
    }
  });

  it('metadata keeps the types of .NET', () => {
    const types = (name: string): readonly string[] => complete.get(name)?.types[0].members.map((m) => m.type) ?? [];
    expect(types('EchoScalars').join(' ')).to.equal(
      'Boolean Byte Int16 Int32 Int64 UInt32 UInt64 Single Double Decimal Char String Guid DateTime DateTimeOffset TimeSpan DateOnly TimeOnly Uri Byte[] Colour Priority Access Grade Level',
    );
    expect(types('EchoCollections').join(' ')).to.equal(
      'List<String> Int32[] List<Guid> HashSet<String> List<DateTime> List<Colour> Dictionary<String,String> Dictionary<String,Int32> Dictionary<Int32,String> Dictionary<String,List<Part>> Part List<Part> List<List<Int32>> Assembly KeyValuePair<String,String> Object Dictionary<String,Object>',
    );
  });

  it('metadata tells answers, verbs and who may call', () => {
    const of = (name: string): readonly unknown[] => {
      const contract = complete.get(name);
      return [contract?.response, contract?.verbs, contract?.authentication];
    };
    expect(of('FindTools')).to.deep.equal([{ kind: 'list', type: 'Tool' }, ['GET'], 'none']);
    expect(of('ReadFile')).to.deep.equal([{ kind: 'raw', type: 'Byte[]' }, 'any', 'none']);
    expect(of('WriteLog')).to.deep.equal([{ kind: 'none' }, ['POST'], 'none']);
    expect(of('DeleteTool')).to.deep.equal([{ kind: 'none' }, ['DELETE'], 'required']);
    expect(complete.get('CountTools')?.routes).to.deep.equal([
      { name: 'CountTools', path: '/json/reply/CountTools', verbs: 'any' },
    ]);
    expect(complete.get('SaveTool')?.routes.map(({ name }) => name)).to.deep.equal(['tools', 'tools-Id', 'rename']);
    const { validate, required } = complete.get('SaveTool')?.types[0].members[1] ?? {};
    expect([validate, required]).to.deep.equal([['NotEmpty', 'Length(3,10)'], 'enforced']);
  });

  const sources = ['metadata-app.json', ...recordedIn('dtos'), ...recordedIn('pages'), ...recordedIn('schema')].filter(
    (name) => !name.includes('operation-page'),
  );
  for (const source of sources) {
    it(`${source} makes no claim that metadata does not make, and lists what it leaves open`, () => {
      const document = recordedDocument(source);
      for (const operation of operations.filter((name) => document.operations.includes(name))) {
        const contract = contractIn(operation, document);
        expect(wrongClaims(contract, complete.get(operation) ?? contract), operation).to.deep.equal([]);
        expect(unlisted(contract), operation).to.deep.equal([]);
      }
    });
  }

  it('agree with each other', () => {
    for (const operation of operations) {
      const all = ['types-metadata.json', ...sources]
        .map(recordedDocument)
        .filter((each) => each.operations.includes(operation));
      expect(contractIn(operation, ...all).disagreements, operation).to.deep.equal([]);
    }
  });
});
