// One command: what it writes, what it refuses and what it checks, from the same recorded documents.

import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readDocument } from '../src/import/document.ts';
import { contractIn } from '../src/import/documents.fixture.ts';
import type { Contract } from '../src/model/contract.ts';
import { conform } from './console.fixture.ts';
import { recorded, recordedHost, withFolder, withHost } from './import.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = join(recorded, 'operation-page.txt');
const name = 'ConnectionStatusUpdate';
const shipped = join(root, 'contracts/connection-status-update');
const contractAt = (folder: string): Contract =>
  JSON.parse(readFileSync(join(folder, 'contract.json'), 'utf8')) as Contract;

describe('conform import', () => {
  it('of the text of the page gives the shipped contract and its schemas, byte for byte', async () => {
    await withFolder(async (folder) => {
      const { code } = await conform(['import', page, '--operation', name, '--out', folder]);
      expect(code).to.equal(0);
      const schemas = readdirSync(join(root, 'schemas')).filter((file) => file.endsWith('.schema.json'));
      expect(readdirSync(folder)).to.have.members([
        ...schemas,
        'contract.json',
        'dtos.ts',
        'profile.json',
        'said.json',
      ]);
      for (const file of schemas)
        expect(readFileSync(join(folder, file), 'utf8')).to.equal(readFileSync(join(root, 'schemas', file), 'utf8'));
      for (const file of ['contract.json', 'dtos.ts'])
        expect(readFileSync(join(folder, file), 'utf8')).to.equal(readFileSync(join(shipped, file), 'utf8'));
    });
  });

  it('of a host reads its metadata and its pages, and protects it and what they name', async () => {
    await withHost(recordedHost, async (url, asked) => {
      await withFolder(async (folder) => {
        const { code, err } = await conform(['import', url, '--operation', 'savetool', '--out', folder]);
        expect(code, err).to.equal(0);
        const contract = contractAt(folder);
        expect(contract.hosts).to.deep.equal(['127.0.0.1', 'workshop.example']);
        expect(contract.sources.map(({ kind }) => kind)).to.deep.equal([
          'metadata',
          'app',
          'page',
          'page',
          'page',
          'page',
          'page',
        ]);
        expect(contract.unknown).to.deep.equal([]);
        expect(contract.disagreements).to.deep.equal([]);
        expect([contract.effect, contract.subject]).to.deep.equal(['changes', null]);
        expect(asked.every((each) => each.startsWith('GET '))).to.be.true;
        expect(asked).not.to.include('GET /schema/SaveTool');
      });
    });
  });

  it('writes no secret, though the host tells it back in its documents', async () => {
    const secret = 'gAteway.kEy.93hGf7Dq';
    const telling = (path: string): string | null =>
      recordedHost(path)?.replaceAll('Every scalar there is', `Every scalar there is, ${secret}`) ?? null;
    await withHost(telling, async (url) => {
      await withFolder(async (folder) => {
        const argv = ['import', url, '--operation', 'EchoScalars', '--out', folder, '--add-header', 'X-Key: ${KEY}'];
        const { code, err } = await conform(argv, { env: { KEY: secret } });
        expect(code, err).to.equal(0);
        for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file), 'utf8')).not.to.contain(secret);
        expect(contractAt(folder).description).to.match(/^Every scalar there is, \S*redacted/i);
      });
    });
  });

  it('never edits what a person has said, and takes away a schema that is no more', async () => {
    await withFolder(async (folder) => {
      const said = '{ "effect": { "value": "reads", "reason": "it looks" } }\n';
      writeFileSync(join(folder, 'said.json'), said);
      writeFileSync(
        join(folder, 'Old.schema.json'),
        '{ "$id": "https://platform-api.example/schemas/Old.schema.json" }',
      );
      writeFileSync(join(folder, 'Own.schema.json'), '{}');
      const { code } = await conform([
        'import',
        join(recorded, 'types-metadata.json'),
        '--operation',
        'GetTool',
        '--out',
        folder,
      ]);
      expect(code).to.equal(0);
      expect(readFileSync(join(folder, 'said.json'), 'utf8')).to.equal(said);
      expect(readdirSync(folder)).to.include('Own.schema.json').and.not.to.include('Old.schema.json');
    });
  });

  it('of all operations writes a folder for each', async () => {
    await withFolder(async (folder) => {
      const { code } = await conform(['import', join(recorded, 'metadata-app.json'), '--all', '--out', folder]);
      expect(code).to.equal(0);
      expect(readdirSync(folder))
        .to.have.length(11)
        .and.to.include.members(['EchoScalars', 'DeleteTool', 'profile.json']);
    });
  });

  it('writes the profile that it learnt, Guids, dates and version among it', async () => {
    await withFolder(async (folder) => {
      const sources = [join(recorded, 'metadata-app.json'), join(recorded, 'pages', 'EchoScalars.json.html')];
      const { code } = await conform(['import', ...sources, '--operation', 'EchoScalars', '--out', folder]);
      expect(code).to.equal(0);
      expect(JSON.parse(readFileSync(join(folder, 'profile.json'), 'utf8'))).to.include({
        casing: 'pascal',
        serializer: 'servicestack',
        guids: 'compact',
        dates: 'ms',
        frameworkVersion: '10.15',
      });
    });
  });

  it('of all operations learns of Guids from whichever shows one, and says how to go on with all or one of them', async () => {
    await withFolder(async (folder) => {
      const echo = readFileSync(join(recorded, 'pages', 'EchoScalars.json.html'), 'utf8');
      writeFileSync(join(folder, 'e.html'), echo.replaceAll('0'.repeat(32), '00000000-0000-0000-0000-000000000000'));
      const sources = [
        join(recorded, 'metadata-app.json'),
        join(recorded, 'pages', 'SaveTool.json.html'),
        join(folder, 'e.html'),
      ];
      const out = join(folder, 'all');
      const all = await conform(['import', ...sources, '--all', '--out', out]);
      expect(all.code).to.equal(0);
      expect(all.err).to.match(
        /^next: say in .*OPERATION\/said\.json whether a call only reads, then conform plan --contracts /m,
      );
      expect(JSON.parse(readFileSync(join(out, 'profile.json'), 'utf8'))).to.include({ guids: 'dashed', dates: 'ms' });
      const { err } = await conform(['import', ...sources, '--operation', 'SaveTool', '--out', join(folder, 'one')]);
      expect(err).to.match(/^next: say in .*said\.json whether a call only reads, then conform plan --contract /m);
    });
  });

  it('of an imported folder can be run at once', async () => {
    await withFolder(async (folder) => {
      await conform(['import', join(recorded, 'types-metadata.json'), '--operation', 'GetTool', '--out', folder]);
      const { code, out } = await conform(['explain', '--contract', folder]);
      expect(code).to.equal(0);
      expect(out).to.include('ROUTE-');
    });
  });

  describe('--check', () => {
    it('holds a page against the exchanges that a person has documented', async () => {
      await withFolder(async (folder) => {
        const page = join(recorded, 'pages', 'SaveTool.json.html');
        await conform(['import', join(recorded, 'types-metadata.json'), '--operation', 'SaveTool', '--out', folder]);
        const { exchanges } = contractIn('SaveTool', readDocument(readFileSync(page, 'utf8'), 'SaveTool.json.html'));
        const write = (body: (text: string) => string): void => {
          const value = exchanges.map((each) => ({
            ...each,
            request: { ...each.request, body: body(each.request.body) },
          }));
          writeFileSync(
            join(folder, 'said.json'),
            JSON.stringify({ exchanges: { reason: 'As the page has them.', value } }),
          );
        };
        write((text) => text);
        expect((await conform(['import', '--check', folder, page])).code).to.equal(0);
        write((text) => text.replace('"Contact":"String",', ''));
        const { code, out } = await conform(['import', '--check', folder, page]);
        expect(code).to.equal(1);
        expect(out.split('\n').slice(0, 2)).to.deep.equal([
          'breaks  SaveTool.json.html  exchanges json request: was …"String","Price":0,"Rating":0,"Colour":"Red"}; is …"String","Price":0,"Contact":"String","Rating":0,"Colour":"R…',
          'import --check: 1 differ, 1 of which break a consumer',
        ]);
      });
    });

    const metadata = join(recorded, 'types-metadata.json');

    it('says nothing of documents that promise the same', async () => {
      await withFolder(async (folder) => {
        await conform(['import', metadata, '--operation', 'SaveTool', '--out', folder]);
        const { code, out } = await conform(['import', '--check', folder, metadata]);
        expect([code, out]).to.deep.equal([0, 'import --check: the documents promise what the contract says\n']);
      });
    });

    it('of a host names document, place and both values, and exits 1 where a consumer breaks', async () => {
      await withFolder(async (folder) => {
        await withHost(recordedHost, async (url) => {
          await conform(['import', url, '--operation', 'SaveTool', '--out', folder]);
        });
        await withHost(
          (path) =>
            recordedHost(path)
              ?.replace('<th>POST PUT</th>', '<th>POST</th>')
              .replace('"Length(3,10)"', '"Length(3,9)"') ?? null,
          async (url) => {
            const { code, out } = await conform(['import', url, '--check', join(folder, 'contract.json')]);
            expect(code).to.equal(1);
            expect(out.replaceAll(url, 'URL').split('\n')).to.include.members([
              'breaks  URL/json/metadata?op=SaveTool, URL/xml/metadata?op=SaveTool, URL/csv/metadata?op=SaveTool, URL/jsv/metadata?op=SaveTool, URL/jsonl/metadata?op=SaveTool  routes /tools verbs: was POST PUT; is POST',
              'import --check: 2 differ, 2 of which break a consumer',
            ]);
          },
        );
      });
    });

    it('takes no options that write', async () => {
      const { code, err } = await conform(['import', metadata, '--check', shipped, '--out', 'x']);
      expect([code, err.includes('--check writes nothing')]).to.deep.equal([2, true]);
    });
  });

  describe('refuses in one sentence, with exit code 2 and nothing written', () => {
    const html = readFileSync(join(recorded, 'pages/SaveTool.json.html'), 'utf8');
    const text = readFileSync(page, 'utf8');
    const deep = `{"Operations":${'['.repeat(10_000)}${']'.repeat(10_000)}}`;
    const nested = JSON.stringify({
      Operations: [
        {
          Request: {
            Name: 'A',
            Properties: [{ Name: 'B', Type: `${'List<'.repeat(10_000)}Int32${'>'.repeat(10_000)}` }],
          },
          Method: 'GET',
        },
      ],
    });
    const cases: readonly (readonly [what: string, source: string, says: string])[] = [
      ['nothing', '', 'is empty'],
      ['prose', 'Dear all,\nplease find enclosed', 'source.txt:1: is none of what is read here'],
      ['JSON that is cut off', '{"Operations":[', 'is no JSON'],
      ['JSON of something else', '{"a":1}', 'it lists no Operations'],
      ['an operation that is not there', '{"Operations":[]}', 'does not speak of SaveTool'],
      ['a page without its end', html.slice(0, -300), 'it is cut off'],
      [
        'a page without its sample',
        `${html.slice(0, html.indexOf('<div class="example">'))}</body></html>`,
        'ends before its sample',
      ],
      [
        'a table that a description ends',
        html.replace('<td>No</td><td></td>', '<td>No</td><td>see </table> there</td>'),
        'a description has ended its own',
      ],
      [
        'an exception in place of code',
        html.replace(
          /<table class='params'>.*<\/table>/s,
          '<pre><code lang="csharp">System.FormatException: bad\n   at ServiceStack.X()</code></pre>',
        ),
        'shows an exception in place of code',
      ],
      [
        'code in another language',
        html.replace(/<table class='params'>.*<\/table>/s, '<pre><code lang="dart">class SaveTool {}</code></pre>'),
        'in a language that is not read here',
      ],
      ['elements without end', html.replace('<div class="operation">', '<div>'.repeat(10_000)), 'nested deeper than'],
      ['a text that is cut off', text.slice(0, 900), 'it is cut off'],
      ['lists without end', deep, 'Operations[0]: is no object'],
      ['a type without end', nested.replaceAll('"A"', '"SaveTool"'), 'nested deeper than'],
      [
        'a line that is no C#',
        '/* Options:\nVersion: 10.15\n*/\nnamespace X\n{\n    public partial class SaveTool : IReturnVoid\n    {\n        ???\n    }\n}\n',
        'source.txt:8: is no line of a DTO in C#: "???"',
      ],
      [
        'a source that is cut off',
        '/* Options:\nVersion: 10.15\n*/\nexport class SaveTool implements IReturnVoid\n{\n    public Id: number;\n',
        'it is cut off',
      ],
    ];
    for (const [what, source, says] of cases) {
      it(what, async () => {
        await withFolder(async (folder) => {
          const file = join(folder, 'source.txt');
          writeFileSync(file, source);
          const { code, out, err } = await conform([
            'import',
            file,
            '--operation',
            'SaveTool',
            '--out',
            join(folder, 'new', 'out'),
          ]);
          expect([code, out], err).to.deep.equal([2, '']);
          expect(err).to.include('source.txt').and.include(says);
          expect(err.trim().split('\n')).to.have.length(1);
          expect(readdirSync(folder)).to.deep.equal(['source.txt']);
        });
      });
    }

    it('50 million characters', async () => {
      await withFolder(async (folder) => {
        const file = join(folder, 'large.json');
        writeFileSync(file, `{"Operations":[],"x":"${'x'.repeat(50_000_000)}"}`);
        const { code, err } = await conform(['import', file, '--operation', 'A', '--out', join(folder, 'out')]);
        expect([code, existsSync(join(folder, 'out'))]).to.deep.equal([2, false]);
        expect(err).to.include('is longer than 32 million characters');
      });
    });

    it('a host that sends elsewhere', async () => {
      await withHost(
        () => '302 https://elsewhere.example/login',
        async (url) => {
          await withFolder(async (folder) => {
            const { code, err } = await conform(['import', url, '--operation', 'A', '--out', join(folder, 'out')]);
            expect(code).to.equal(2);
            expect(err).to.include('shows no metadata of ServiceStack');
          });
        },
      );
    });

    it('a folder that is a file', async () => {
      await withFolder(async (folder) => {
        writeFileSync(join(folder, 'out'), '');
        const { code, err } = await conform(['import', page, '--operation', name, '--out', join(folder, 'out')]);
        expect(code).to.equal(2);
        expect(err).to.include('cannot be written');
        expect(readFileSync(join(folder, 'out'), 'utf8')).to.equal('');
      });
    });
  });

  describe('reads alike', () => {
    const metadata = readFileSync(join(recorded, 'types-metadata.json'), 'utf8');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(metadata, 'utf16le')]);
    const text = readFileSync(page, 'utf8');
    for (const [what, operation, plain, other] of [
      ['CRLF', name, text, text.replaceAll('\n', '\r\n')],
      ['a byte-order mark', 'SaveTool', metadata, `\ufeff${metadata}`],
      ['UTF-16', 'SaveTool', metadata, utf16],
    ] as const) {
      it(what, async () => {
        await withFolder(async (folder) => {
          const imported = async (source: string | Buffer): Promise<string> => {
            mkdirSync(join(folder, 'in'), { recursive: true });
            writeFileSync(join(folder, 'in', 'source'), source);
            const { code, err } = await conform([
              'import',
              join(folder, 'in', 'source'),
              '--operation',
              operation,
              '--out',
              join(folder, 'out'),
            ]);
            expect(code, err).to.equal(0);
            return readFileSync(join(folder, 'out', 'contract.json'), 'utf8');
          };
          expect(await imported(other)).to.equal(await imported(plain));
        });
      });
    }
  });

  it('takes members by whatever name, and types that contain themselves', async () => {
    await withFolder(async (folder) => {
      const properties = ['__proto__', 'constructor', 'Self'].map((each) => ({ Name: each, Type: 'Loop' }));
      const loop = { Name: 'Loop', Properties: properties, Inherits: { Name: 'Loop' } };
      writeFileSync(
        join(folder, 'in.json'),
        JSON.stringify({
          Types: [loop],
          Operations: [
            { Request: { Name: 'Go', Properties: properties }, Method: 'POST', ReturnType: { Name: 'Loop' } },
          ],
        }),
      );
      const { code, err } = await conform([
        'import',
        join(folder, 'in.json'),
        '--operation',
        'Go',
        '--out',
        join(folder, 'out'),
      ]);
      expect(code, err).to.equal(0);
      const schema = JSON.parse(readFileSync(join(folder, 'out', 'Loop.schema.json'), 'utf8')) as {
        readonly properties: object;
      };
      expect(Object.keys(schema.properties)).to.deep.equal(['__proto__', 'constructor', 'Self']);
    });
  });
});
