import { expect } from 'chai';
import { contractFrom } from './contract.ts';
import { contractIn, recordedDocument, recordedIn, recordedText, textOf } from './documents.fixture.ts';
import { readDocument } from './document.ts';

/** The same as Markdown, as converters write it: rows with bars, headings with hashes, a sample on few lines. */
function markdownOf(page: string, kept: 'captions' | 'no captions' = 'captions'): string {
  const lines = textOf(page, '\t').split('\n');
  const name = lines[4] ?? '';
  return lines
    .flatMap((line, i): readonly string[] => {
      const before = lines[i - 1] ?? '';
      if (line === '<back to all web services') return ['[\\<back to all web services](http://a.test/metadata)'];
      if (line === name && i === 4) return [`## ${line}`];
      if (/^HTTP \+ /.test(line)) return [`### ${line}`];
      if (/ (?:Parameters|Enum):$|^The following routes/.test(line))
        return kept === 'captions' ? ['', line.replace(/^(\S+) /, '**$1** '), ''] : [''];
      if (line.startsWith('Metadata\t'))
        return ['[Metadata](?op=X) [C#](?op=X&lang=csharp) [JavaScript](?op=X&lang=mjs)'];
      if (!line.includes('\t')) return [line];
      const row = `| ${line.replaceAll('_', '\\_').split('\t').join(' | ')} |`;
      return before.includes('\t') ? [row] : [row, `|${' --- |'.repeat(line.split('\t').length)}`];
    })
    .join('\n')
    .replace(
      /(HTTP\/1\.1(?: 200 OK)?) ?\n((?:[A-Z][\w-]+: ?\S+ ?\n)+)\n?/g,
      (_, first: string, headers: string) => `${first} ${headers.replace(/ ?\n/g, ' ')}`,
    );
}

const pages = recordedIn('pages').filter((name) => /pages\/\w+\.\w+\.html$/.test(name));

describe('the text of a page', () => {
  for (const [what, cell] of [
    ['with tabs', '\t'],
    ['glued', ''],
  ] as const) {
    for (const name of pages) {
      it(`${what} says what the page says: ${name}`, () => {
        const page = recordedDocument(name);
        const operation = page.operations[0] ?? '';
        const text = textOf(recordedText(name), cell);
        const isOpen = cell === '' && /Grade Enum:|Priority Enum:/.test(text);
        const read = (): unknown => contractIn(operation, readDocument(text, 'page.txt'));
        if (isOpen) {
          expect(read).to.throw('page.txt:').with.property('message').that.includes('can be parted in two ways');
          return;
        }
        const [said, full] = [contractIn(operation, readDocument(text, 'page.txt')), contractIn(operation, page)];
        expect(
          said.types.map((type) => [
            type.name,
            type.enum?.names,
            type.members.map((m) => [m.name, m.type, m.required, m.in, m.range]),
          ]),
        ).to.deep.equal(
          full.types.map((type) => [
            type.name,
            type.enum?.names,
            type.members.map((m) => [m.name, m.type, m.required, m.in, m.range]),
          ]),
        );
        expect(said.routes.map(({ path, verbs }) => [path, verbs])).to.deep.equal(
          full.routes.map(({ path, verbs }) => [path, verbs]),
        );
        expect([said.response, said.authentication, said.description, said.exchanges]).to.deep.equal([
          full.response,
          full.authentication,
          full.description,
          full.exchanges,
        ]);
      });
    }
  }

  for (const name of ['pages/SaveTool.json.html', 'pages/GetTool.json.html', 'pages/DeleteTool.json.html'])
    it(`as Markdown says what the page says, and lists what is lost: ${name}`, () => {
      const page = recordedDocument(name);
      const operation = page.operations[0] ?? '';
      const [said, full] = [
        contractIn(operation, readDocument(markdownOf(recordedText(name)), 'page.md')),
        contractIn(operation, page),
      ];
      for (const part of ['types', 'routes', 'response', 'exchanges', 'verbs'] as const)
        expect(said[part], part).to.deep.equal(full[part]);
      if (full.authentication === 'none') {
        expect(said.authentication).to.equal('unknown');
        expect(said.unknown.map(({ path }) => path)).to.include('authentication');
      }
    });

  const markdown = markdownOf(recordedText('pages/SaveTool.json.html'));
  for (const [what, text, says] of [
    [
      'a table whose caption is lost',
      markdownOf(recordedText('pages/SaveTool.json.html'), 'no captions'),
      /^page\.md:\d+: begins a table of members whose caption is lost/,
    ],
    ['a row that goes on', markdown.replace('| No |', '| No'), /^page\.md:\d+: is a row of a table that goes on/],
    [
      'half a table of HTML',
      markdown.replace('**Colour** Enum:', '<table class="enum"><tr><td>Red</td>'),
      /^page\.md:\d+: is no whole table of HTML/,
    ],
    [
      'routes that are lost',
      markdown.replace(/\n.*The[^]*?\/rename.*\n/, '\n'),
      /^page\.md:\d+: is sent to a route, and no table of routes can be read above it: "POST \/tools HTTP\/1.1"/,
    ],
    [
      'a summary that stands apart',
      markdown.replace(/\| PUT,PATCH[^]*?\/rename.*\n/, 'PUT\n\n/tools\n\nSaves\n\nPOST\n\n/tools\n'),
      /^page\.md:\d+: stands on a line of its own among routes/,
    ],
  ] as const) {
    it(`as Markdown is refused for ${what}`, () => {
      expect(() => contractIn('SaveTool', readDocument(text, 'page.md'))).to.throw(says);
    });
  }

  it('as Markdown takes routes whose cells stand on lines of their own, and tables that were left in HTML', () => {
    const apart = markdown
      .replace(
        /\| PUT,PATCH[^]*?\/rename.*\n/,
        'PUT,PATCH\n\n/tools/{Id}\n\nPOST PUT\n\n/tools\n\nPOST\n\n/tools/{Id}/rename\n',
      )
      .replace(
        /\*\*Colour\*\* Enum:[^]*?Blue.*\n/,
        "<table class='enum'><caption><b>Colour</b> Enum:</caption><tbody><tr><td>Red</td><td></td></tr><tr><td>Green</td></tr><tr><td>Blue</td></tr></tbody></table>\n",
      );
    const [said, full] = [apart, markdown].map((text) => contractIn('SaveTool', readDocument(text, 'page.md')));
    expect([said?.routes, said?.types]).to.deep.equal([full?.routes, full?.types]);
  });

  const page = recordedText('operation-page.txt');
  const route = 'All Verbs/api/connections/{ConnectionId}/remove';
  const edited = (from: string, to: string) => (): unknown =>
    contractFrom([readDocument(page.replace(from, to), 'page.txt').facts('ConnectionStatusUpdate')]);

  it('parts a summary from a path where a brace closes it', () => {
    const contract = edited(route, 'GET/api/connections/{ConnectionId}Get a connection')() as {
      readonly routes: readonly { readonly path: string }[];
      readonly unknown: readonly { readonly path: string }[];
    };
    expect(contract.routes[1]?.path).to.equal('/api/connections/{ConnectionId}');
    expect(contract.unknown.map(({ path }) => path)).to.include('routes /api/connections/{ConnectionId}');
  });

  for (const [what, to, says] of [
    [
      'a path with a summary that could be part of it',
      'GET/api/connections/allGets all of them',
      'page.txt:12: a path and a summary stand glued together',
    ],
    ['a verb that there is not', 'FETCH/api/connections', 'page.txt:12: is no verb of HTTP: "FETCH"'],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(edited(route, to)).to.throw(says);
    });
  }

  it('reads roles and tags', () => {
    const read = edited(
      'Requires Authentication',
      'Requires Authentication\nRequired role:REGISUserRole\nRequires any of the permissions:a, b',
    )() as { readonly roles: unknown; readonly anyPermission: unknown };
    expect([read.roles, read.anyPermission]).to.deep.equal([['REGISUserRole'], ['a', 'b']]);
    const tagged = edited('\nUpdate the status', '\nUsersAdmin\nUpdate the status')() as {
      readonly description: string;
    };
    expect(tagged.description).to.equal('Update the status of the specified connection');
  });

  const found = textOf(recordedText('pages/FindTools.json.html'), '');
  const withRows = (...edits: readonly (readonly [from: RegExp, to: string])[]): unknown =>
    contractIn(
      'FindTools',
      readDocument(
        edits.reduce((text, [from, to]) => text.replace(from, to), found),
        'page.txt',
      ),
    )
      .types[0].members.filter(({ name }) => ['Name', 'Take', 'OrderBy'].includes(name))
      .map(({ description, allowed, range }) => ({ description, allowed, range }));

  it('keeps what a description says in further lines, and the values and the range that stand below it', () => {
    expect(
      withRows(
        [/^Namepath.*$/m, 'NamepathstringNoHow it is called\nand goes on\nfor long'],
        [/^Takequery.*$/m, 'Takequeryint?NoHow many at most\nValid Range: 1 - 5'],
        [/^OrderByquery.*\n(?:\w+\n)*/m, 'OrderByquerystringNo\nAllowable Values\nA b\nC-d\n'],
      ),
    ).to.deep.equal([
      { description: 'How it is called\nand goes on\nfor long', allowed: undefined, range: undefined },
      { description: 'How many at most', allowed: undefined, range: { least: 1, greatest: 5 } },
      { description: '', allowed: ['A b', 'C-d'], range: undefined },
    ]);
  });

  it('refuses a row whose type it does not know, and takes it for no further line of the one before', () => {
    expect(() => withRows([/^Takequery.*?No/m, 'TakequeryMysteryNo'])).to.throw(
      /^page\.txt:\d+: a row of a table stands glued together, and can be parted in no way/,
    );
  });

  const withEnum = (...values: readonly string[]): string =>
    textOf(recordedText('pages/EchoScalars.json.html'), '')
      .replace(/Grade Enum:\nNameValue\n.*\n.*\n/, '')
      .replace(/^Grade(?:query|form|body).*\n/gm, '')
      .replace(/(Priority Enum:\nNameValue\n).*\n.*\n.*\n/, `$1${values.join('\n')}\n`);

  it('parts the name of a glued enum from its value where one reading is left', () => {
    const read = contractIn('EchoScalars', readDocument(withEnum('None-10', 'Low0', 'Level07'), 'page.txt'));
    expect(read.types.find(({ name }) => name === 'Priority')?.enum).to.deep.include({
      names: [
        { name: 'None', value: -10 },
        { name: 'Low', value: 0 },
        { name: 'Level0', value: 7 },
      ],
    });
    for (const row of ['High10', 'X12'])
      expect(() => readDocument(withEnum(row), 'page.txt').facts('EchoScalars')).to.throw('can be parted in two ways');
  });
});
