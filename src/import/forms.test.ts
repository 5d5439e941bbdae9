import { expect } from 'chai';
import type { Contract } from '../model/contract.ts';
import { modelOf } from '../schema/types.ts';
import { contractIn } from './documents.fixture.ts';
import { readDocument } from './document.ts';
import { csharp, metadata, python, typescript } from './forms.fixture.ts';

const truth = readDocument(metadata, 'metadata.json');
const said = (operation: string): Contract => contractIn(operation, truth);
const membersOf = (contract: Contract, name: string): readonly string[] =>
  modelOf(contract)
    .find((dto) => dto.name === name)
    ?.members.map((m) => m.name) ?? [];

describe('the forms of metadata', () => {
  it('AutoQuery inherits what the framework knows, and answers a page of what is found', () => {
    const contract = said('FindAccounts');
    expect(contract.response).to.deep.equal({ kind: 'dto', type: 'QueryResponse<Account>' });
    expect(contract.types[0].base).to.equal('QueryDb<Account>');
    expect(membersOf(contract, 'FindAccounts')).to.deep.equal([
      'Skip',
      'Take',
      'OrderBy',
      'OrderByDesc',
      'Include',
      'Fields',
      'Meta',
      'OwnerContains',
    ]);
    expect(membersOf(contract, 'QueryResponseOfAccount')).to.deep.equal([
      'Offset',
      'Total',
      'Results',
      'Meta',
      'ResponseStatus',
    ]);
  });

  it('generic types are described once and derived for each use; inherited members and aliases are kept', () => {
    const contract = said('PageAccounts');
    expect(contract.types.map(({ name }) => name)).to.include.members(['Page<T>', 'Account', 'Audited']);
    expect(membersOf(contract, 'PageOfAccount')).to.deep.equal(['Items', 'Next', 'Total']);
    expect(membersOf(contract, 'Account')).to.deep.equal(['Created', 'Id', 'owner_name', 'Tags']);
    expect([contract.authentication, contract.roles, contract.anyPermission]).to.deep.equal([
      'required',
      ['Admin', 'Boss'],
      ['a', 'b'],
    ]);
  });

  it('answers are what they are', () => {
    expect(['CountThem', 'MapThem', 'StreamIt', 'ListNumbers'].map((name) => said(name).response)).to.deep.equal([
      { kind: 'scalar', type: 'Int32' },
      { kind: 'scalar', type: 'Dictionary<String,Account>' },
      { kind: 'raw', type: 'Stream' },
      { kind: 'list', type: 'Int32' },
    ]);
  });

  it('a component of a route is a placeholder only if it begins with a brace', () => {
    const { types, routes } = said('StreamIt');
    expect(types[0].members.map((m) => [m.property, m.in])).to.deep.equal([
      ['Before', 'path'],
      ['Ext', 'path'],
      ['Version', 'query'],
      ['Id', 'path'],
      ['File', 'query'],
    ]);
    expect(routes.map(({ path }) => path)).to.deep.equal([
      '/api/x/{before*}/y',
      '/api/file.{Ext}',
      '/api/v{Version}/x',
      '/api/z/{Id:int}',
    ]);
    expect(said('ListNumbers').types.find(({ name }) => name === 'Account')?.members[0]).to.include({
      property: 'Id',
      in: 'path',
    });
  });

  it('a type that nobody describes is named, kept as unknown, and its member is not generated', () => {
    const contract = said('StreamIt');
    expect(contract.unknown.map(({ path }) => path)).to.include('types.StreamIt.File.type');
    expect(contract.types[0].members[4]?.type).to.equal('IHttpFile');
    expect(membersOf(contract, 'StreamIt')).not.to.include('File');
  });

  it('a reference that may not be null is called required, by no attribute', () => {
    expect(said('Register').types[0].members.map((m) => [m.name, m.required, m.nullable])).to.deep.equal([
      ['Name', 'documented', false],
      ['Nick', 'no', true],
    ]);
  });

  for (const [language, text] of [
    ['C#', csharp],
    ['TypeScript', typescript],
    ['Python', python],
  ] as const) {
    it(`${language} says nothing else`, () => {
      const document = readDocument(text, 'dtos');
      expect(document.operations).not.to.be.empty;
      for (const operation of document.operations) {
        expect(contractIn(operation, truth, document).disagreements, operation).to.deep.equal([]);
        const contract = contractIn(operation, document);
        const whole = said(operation);
        expect(contract.routes.map(({ path }) => path)).to.deep.equal(whole.routes.map(({ path }) => path));
        expect([contract.types[0].base, contract.prefix, contract.hosts]).to.deep.equal([
          whole.types[0].base,
          whole.prefix,
          whole.hosts,
        ]);
        if (contract.response.kind !== 'unknown')
          expect(contract.response.kind, operation).to.equal(whole.response.kind);
        for (const type of contract.types) {
          const its = whole.types.find(({ name }) => name === type.name);
          expect(
            type.members.map((m) => m.name),
            `${operation} ${type.name}`,
          ).to.deep.equal(its?.members.map((m) => m.name));
        }
      }
    });
  }
});

describe('a page of 4.0.44', () => {
  const old = `<html><body><h1>Bank</h1><div><p><a href="http://bank.example.org/api/metadata">&lt;back to all web services</a></p><h2>CountThem</h2>
<table class='authentication'><caption><b>Requires Authentication</b></caption><tr><td>Required role:</td><td>Admin</td></tr></table>
<table class='routes'><caption>The following routes are available for this service:</caption><tbody><tr><th>GET</th><th>/api/count</th><td>Counts</td><td><i>all</i></td></tr></tbody></table>
<table class='params'><caption><b>CountThem</b> Parameters:</caption><thead><tr><th>Name</th></tr></thead><tbody><tr><td>Since</td><td>query</td><td>DateTime?</td><td>No</td><td>from &<br />when</td></tr></tbody></table>
<div class="call-info"><p>To override the Content-type in your clients, use the HTTP <b>Accept</b> Header, append the <b>.json</b> suffix or <b>?format=json</b></p></div>
<h3>HTTP + JSON</div>
<div class="request"><pre>
GET /api/count HTTP/1.1
Host: bank.example.org
Accept: application/json
</pre></div>
<div class="response"><pre>
HTTP/1.1 200 OK
Content-Type: application/json
Content-Length: length

0
</pre></div></div></body></html>`;

  it('is read, and states authentication; without the table it does not', () => {
    const contract = contractIn('CountThem', readDocument(old, 'old.html'));
    expect([contract.authentication, contract.roles, contract.prefix]).to.deep.equal(['required', ['Admin'], '/api']);
    expect(contract.routes).to.deep.equal([
      { name: 'count', path: '/api/count', verbs: ['GET'], summary: 'Counts', notes: 'all' },
    ]);
    expect(contract.types[0].members[0]).to.include({ name: 'Since', type: 'DateTime', nullable: true, in: 'query' });
    expect(contract.response).to.deep.equal({ kind: 'scalar', type: 'unknown' });
    const silent = contractIn(
      'CountThem',
      readDocument(old.replace(/<table class='authentication'>.*?<\/table>/s, ''), 'old.html'),
    );
    expect(silent.authentication).to.equal('unknown');
  });
});

describe('a page that says less than it seems to', () => {
  const page = (tables: string, answer: string): Contract =>
    contractIn(
      'Look',
      readDocument(
        `<html><body><h1>Bank</h1><p><a href="http://bank.example.org/metadata">&lt;back to all web services</a></p><h2>Look</h2>
<table class='routes'><caption>The following routes are available for this service:</caption><tbody><tr><th>GET</th><th>/look</th></tr></tbody></table>
${tables}<div class="call-info"><p>append the <b>.json</b> suffix or <b>?format=json</b></p></div><h3>HTTP + JSON</h3>
<div class="request"><pre>
GET /look HTTP/1.1
Host: bank.example.org
Accept: application/json
</pre></div><div class="response"><pre>
HTTP/1.1 200 OK
Content-Type: application/json

${answer}
</pre></div></body></html>`,
        'look.html',
      ),
    );
  const table = (caption: string, ...rows: readonly (readonly [name: string, type: string])[]): string =>
    `<table class='params'><caption><b>${caption}</b> Parameters:</caption><tbody>${rows.map(([name, type]) => `<tr><td>${name}</td><td>form</td><td>${type}</td><td>No</td><td></td></tr>`).join('')}</tbody></table>`;
  const open = ({ unknown }: Contract): readonly string[] => unknown.map(({ path }) => path);

  it('gives the only name that a sample has in place of one to its member, and lists that it is not sure', () => {
    const contract = page(table('LookResponse', ['Id', 'int'], ['Number', 'string']), '{"Id":0,"invoice_no":"String"}');
    expect(contract.types.find(({ name }) => name === 'LookResponse')?.members.map(({ name }) => name)).to.deep.equal([
      'Id',
      'invoice_no',
    ]);
    expect(open(contract)).to.include('types.LookResponse.Number.name');
  });

  it('spells a member that the sample leaves out as it spells the others', () => {
    const contract = page(table('LookResponse', ['Id', 'int'], ['Link', 'Uri']), '{"id":0}');
    expect(contract.types.find(({ name }) => name === 'LookResponse')?.members.map(({ name }) => name)).to.deep.equal([
      'id',
      'link',
    ]);
  });

  it('gives none of several, and lists types that no sample shows', () => {
    const contract = page(
      table('LookResponse', ['Id', 'int'], ['One', 'string'], ['Two', 'string']),
      '{"Id":0,"a":"String","b":"String"}',
    );
    expect(open(contract)).to.include.members(['types.LookResponse.One.name', 'types.LookResponse.Two.name']);
    expect(open(page(table('Other', ['Id', 'int']), '0'))).to.include('types.Other.members');
  });

  it('takes what an object says of its type for no member, and finds its answer and its members all the same', () => {
    const tables =
      table('Beast', ['Name', 'string'], ['Legs', 'int']) +
      table('Found', ['Count', 'int'], ['Seen', 'Animal']) +
      table('Animal', ['Name', 'string']) +
      table('Dog', ['Nick', 'string'], ['Size', 'int']);
    const contract = page(
      tables,
      '{"__type":"Zoo.Found, Zoo","Count":0,"Seen":{"__type":"Zoo.Dog, Zoo","nick":"String","size":0}}',
    );
    expect(contract.response).to.deep.equal({ kind: 'dto', type: 'Found' });
    const names = contract.types.flatMap(({ members }) => members.map(({ name }) => name));
    expect(names).not.to.include('__type');
    expect(open(contract).filter((path) => path.endsWith('.name'))).to.deep.equal([]);
    // Its own type tells how its members are spelled, where the member has another.
    expect(contract.types.find(({ name }) => name === 'Dog')?.members.map(({ name }) => name)).to.deep.equal([
      'nick',
      'size',
    ]);
  });

  it('does not say with which arguments a generic type is answered', () => {
    const contract = page(
      `${table('Page&lt;T&gt;', ['Items', 'List&lt;T&gt;'], ['Next', 'T'])}${table('Part', ['Id', 'int'])}`,
      '{"Items":[{"Id":0}],"Next":{"Id":0}}',
    );
    expect(contract.response).to.deep.equal({ kind: 'unknown' });
    expect(open(contract)).to.include.members(['response', 'types.Page<T>.Next.nullable']);
  });
});

describe('a language that keeps too little', () => {
  const source = `/* Options:
Version: 10.15
*/
export class Audited<T> { public Key: T; }
export class Mine extends Audited<string> { public Id: number; }
export interface IReturn<T> { }
// @Route("/look")
export class Look implements IReturn<Mine> { }
// @Route("/all")
export class All implements IReturn<Audited<number>> { }
`
    .replaceAll(' { ', '\n{\n    ')
    .replaceAll('; }', ';\n}')
    .replaceAll('{\n    }', '{\n}');

  it('claims neither a base nor an answer with arguments that it does not tell', () => {
    const document = readDocument(source, 'dtos.ts');
    const look = contractIn('Look', document);
    expect(look.types.find(({ name }) => name === 'Mine')?.base).to.equal(undefined);
    expect(look.unknown.map(({ path }) => path)).to.include('types.Mine.base');
    expect(contractIn('All', document).response).to.deep.equal({ kind: 'unknown' });
  });
});
