import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import ts from 'typescript';
import { createValidator } from '../schema/validator.ts';
import { deriveSchemas, schemasUri } from '../schema/derive.ts';
import { modelOf } from '../schema/types.ts';
import { contractIn, recordedDocument } from './documents.fixture.ts';
import { readDocument } from './document.ts';
import { filesOf } from './files.ts';
import { metadata, typescript } from './forms.fixture.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the files of an imported contract', () => {
  const sources = [
    recordedDocument('types-metadata.json'),
    recordedDocument('dtos/typescript.txt'),
    readDocument(metadata, 'metadata.json'),
    readDocument(typescript, 'dtos.ts'),
  ];
  const contracts = sources.flatMap((source) => source.operations.map((operation) => contractIn(operation, source)));

  it('are the same each time', () => {
    for (const contract of contracts)
      expect([...filesOf(contract)]).to.deep.equal([...filesOf(structuredClone(contract))]);
  });

  it('hold DTOs that compile under the strict configuration', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'conform-dtos-'));
    try {
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      const names = contracts.map((contract, i) => {
        const name = join(folder, String(i), 'dtos.ts');
        mkdirSync(join(folder, String(i)));
        writeFileSync(name, filesOf(contract).get('dtos.ts') ?? '');
        return name;
      });
      const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')) as {
        readonly config: object;
      };
      const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root);
      const program = ts.createProgram(names, { ...options, noEmit: true, types: [] });
      expect(
        ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
      ).to.deep.equal([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('hold schemas that the validator takes, and that a sample of the host fits', () => {
    for (const operation of ['EchoScalars', 'EchoNullables', 'EchoCollections', 'SaveTool']) {
      const contract = contractIn(
        operation,
        recordedDocument('types-metadata.json'),
        recordedDocument(`pages/${operation}.json.html`),
      );
      const validator = createValidator(deriveSchemas(modelOf(contract), schemasUri));
      const [sample] = contract.exchanges;
      const type = 'type' in contract.response ? (contract.response.type ?? '') : '';
      expect(
        validator.violations(type, JSON.parse(sample?.response.body ?? '{}') as never, {
          guids: 'compact',
          dates: 'ms',
        }),
        operation,
      ).to.deep.equal([]);
    }
  });
});

describe('documents that disagree', () => {
  it('keep both values with their places, and the stronger counts', () => {
    const weaker = recordedDocument('dtos/csharp.txt');
    const edited = readDocument(
      JSON.stringify({
        Types: [],
        Operations: [
          {
            Request: { Name: 'GetTool', Properties: [{ Name: 'Id', Type: 'Int64', IsValueType: true }] },
            Method: 'GET',
            Actions: ['GET'],
            Routes: [{ Path: '/tools/{Id}', Verbs: 'PUT' }],
          },
        ],
      }),
      'metadata.json',
    );
    const contract = contractIn('GetTool', weaker, edited);
    expect(contract.types[0].members[0]?.type).to.equal('Int64');
    expect(contract.routes[0].verbs).to.deep.equal(['PUT']);
    const type = contract.disagreements.find(({ path }) => path === 'types.GetTool.Id.type');
    expect(type?.values).to.deep.equal([
      { value: 'Int64', source: 'metadata', at: 'metadata.json Operations[0].Request.Properties[0].Type' },
      { value: 'Int32', source: 'csharp', at: 'dtos/csharp.txt:172' },
    ]);
    expect(contract.disagreements.map(({ path }) => path)).to.include('routes');
  });
});
