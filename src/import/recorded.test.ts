import { expect } from 'chai';
import { unlisted, wrongClaims } from './claims.fixture.ts';
import { contractIn, recordedDocument, recordedIn } from './documents.fixture.ts';

const metadata = recordedDocument('types-metadata.json');
const operations = metadata.operations;
const complete = new Map(operations.map((name) => [name, contractIn(name, metadata)]));

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
