import { expect } from 'chai';
import { contractFrom } from './contract.ts';
import { contractIn, recordedDocument, recordedIn, recordedText } from './documents.fixture.ts';
import { readDocument } from './document.ts';
import { decoded } from './elements.ts';

/** The text of a recorded page, as innerText gives it where `cell` is nothing, or as copied from a browser with tabs. */
function textOf(page: string, cell: '' | '\t'): string {
  const html = page.replaceAll('\r\n', '\n');
  const plain = (part: string): string =>
    decoded(
      part
        .replace(/<h4>/g, cell === '' ? '' : ' ')
        .replace(/<\/h4>|<\/li>/g, '\n')
        .replace(/<[^>]*>/g, ''),
    ).trimEnd();
  const rows = (table: string): string =>
    [...table.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .map(([, row = '']) =>
        [...row.matchAll(/<t[hd]>(.*?)<\/t[hd]>/gs)]
          .map(([, each = '']) => plain(each))
          .join(cell)
          .trimEnd(),
      )
      .filter((row) => row !== '')
      .join('\n');
  const tables = [...html.matchAll(/<table class='(\w+)'>\s*<caption>(.*?)<\/caption>(.*?)<\/table>/gs)];
  const shown = (kind: string): string =>
    tables
      .filter(([, name]) => name === kind)
      .map(([, , caption = '', table = '']) => `${plain(caption)}\n${rows(table)}`)
      .join('\n');
  const params = tables
    .filter(([, name]) => name === 'params' || name === 'enum')
    .map(([, , caption = '', table = '']) => `${plain(caption)}\n${rows(table)}`)
    .join('\n');
  const [, operation = ''] = /<h2>(.*?)<\/h2>/.exec(html) ?? [];
  const [, description] = /<h3 id='desc'>(.*?)<\/h3>/s.exec(html) ?? [];
  const info = [...html.matchAll(/<div class="call-info">(.*?)<\/div>/gs)]
    .map(([, each = '']) => plain(each.replaceAll('</p>', '\n')))
    .join('\n');
  const samples = [...html.matchAll(/<pre>\n(.*?)<\/pre>/gs)].map(([, each = '']) => plain(each)).join('\n');
  const [, heading = ''] = /<h3>(HTTP \+ \w+)<\/h3>/.exec(html) ?? [];
  return [
    'Workshop API',
    '<back to all web services',
    operation,
    ...(description === undefined ? [] : [plain(description)]),
    `${shown('authentication')}\n${shown('routes')}`.trim(),
    'Metadata\tC#\tJavaScript',
    params,
    info,
    heading,
    samples,
  ]
    .filter((part) => part.trim() !== '')
    .join('\n\n');
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
});
