// One table of single edits, each with the one difference that it is told as.

import { expect } from 'chai';
import type { Difference } from '../model/published.ts';
import { differences } from './compare.ts';
import { contractIn, recordedDocument, recordedText } from './documents.fixture.ts';
import { metadata, typescript } from './forms.fixture.ts';
import { readDocument } from './document.ts';

const sources = ['types-metadata.json', 'metadata-app.json'];
const pagesOf = (operation: string): readonly string[] =>
  operation === 'SaveTool'
    ? ['json', 'xml', 'csv', 'jsv', 'jsonl'].map((format) => `pages/SaveTool.${format}.html`)
    : [`pages/${operation}.json.html`];

/** What is different once one document has been edited, the others being as they were. */
function afterEdit(operation: string, document: string, edit: (text: string) => string): readonly Difference[] {
  const names = [...sources, ...pagesOf(operation)];
  const contract = contractIn(operation, ...names.map(recordedDocument));
  const text = recordedText(document);
  const edited = edit(text);
  if (edited === text) throw new Error('the edit changes nothing');
  const all = names.map((name) => (name === document ? readDocument(edited, name) : recordedDocument(name)));
  return differences(
    contract,
    all.map((each) => each.facts(operation)),
  );
}

type Json = Record<string, unknown>;

/** An edit of an operation in the metadata. */
function inMetadata(operation: string, edit: (operation: Json, request: Json) => void): (text: string) => string {
  return (text) => {
    const value = JSON.parse(text) as { Operations: (Json & { Request: Json })[] };
    const its = value.Operations.find(({ Request }) => Request['Name'] === operation);
    if (its === undefined) throw new Error(`no ${operation}`);
    edit(its, its.Request);
    return JSON.stringify(value);
  };
}

const inTypes = (type: string, edit: (type: Json) => void) => (text: string) => {
  const value = JSON.parse(text) as { Types: Json[] };
  const its = value.Types.find(({ Name }) => Name === type);
  if (its === undefined) throw new Error(`no ${type}`);
  edit(its);
  return JSON.stringify(value);
};

const properties = (of: Json): Json[] => of['Properties'] as Json[];
const routes = (of: Json): Json[] => of['Routes'] as Json[];
const put = (of: Json | undefined, name: string, value: unknown): void =>
  void Object.assign(of ?? {}, { [name]: value });
const swap = (from: string, to: string) => (text: string) => text.replace(from, to);
const page = 'pages/SaveTool.json.html';
const types = 'types-metadata.json';
const find = 'pages/FindTools.json.html';

const edits: readonly (readonly [
  what: string,
  operation: string,
  document: string,
  edit: (text: string) => string,
  place: string,
  breaks: boolean,
])[] = [
  [
    'a route gone',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => routes(o).pop()),
    'routes /tools/{Id}/rename',
    true,
  ],
  [
    'a route new',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => routes(o).push({ Path: '/tools/new', Verbs: 'POST' })),
    'routes /tools/new',
    false,
  ],
  [
    'another path',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      put(routes(o)[2], 'Path', '/tools/{Id}/name');
    }),
    'routes /tools/{Id}/rename',
    true,
  ],
  [
    'a verb less',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      put(routes(o)[0], 'Verbs', 'POST');
    }),
    'routes /tools verbs',
    true,
  ],
  [
    'a verb more',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      put(routes(o)[1], 'Verbs', 'PUT,PATCH,DELETE');
    }),
    'routes /tools/{Id} verbs',
    false,
  ],
  [
    'fewer actions',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      put(o, 'Actions', ['POST']);
    }),
    'verbs',
    true,
  ],
  [
    'authentication demanded',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      put(o, 'RequiresAuth', true);
    }),
    'authentication',
    true,
  ],
  [
    'authentication no more',
    'DeleteTool',
    types,
    inMetadata('DeleteTool', (o, request) => {
      delete o['RequiresAuth'];
      delete request['Attributes'];
    }),
    'authentication',
    false,
  ],
  [
    'a role',
    'DeleteTool',
    types,
    inMetadata('DeleteTool', (o) => {
      put(o, 'RequiredRoles', ['Admin']);
    }),
    'roles',
    true,
  ],
  [
    'a member gone',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => properties(r).splice(3, 1)),
    'types.SaveTool.Contact',
    true,
  ],
  [
    'a member renamed',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => {
      put(properties(r)[3], 'Name', 'Mail');
    }),
    'types.SaveTool.Contact',
    true,
  ],
  [
    'an optional member new',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => properties(r).push({ Name: 'Note', Type: 'String' })),
    'types.SaveTool.Note',
    false,
  ],
  [
    'a required member new',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => properties(r).push({ Name: 'Note', Type: 'String', IsRequired: true })),
    'types.SaveTool.Note',
    true,
  ],
  [
    'a member required',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => {
      put(properties(r)[3], 'IsRequired', true);
    }),
    'types.SaveTool.Contact.required',
    true,
  ],
  [
    'another type',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => {
      put(properties(r)[2], 'Type', 'Double');
    }),
    'types.SaveTool.Price.type',
    true,
  ],
  [
    'null no more',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => {
      put(properties(r)[4], 'Type', 'Int32');
      delete properties(r)[4]?.['GenericArgs'];
    }),
    'types.SaveTool.Rating.nullable',
    true,
  ],
  [
    'another alias',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => {
      put(properties(r)[3], 'DataMember', { Name: 'e_mail' });
    }),
    'types.SaveTool.Contact.name',
    true,
  ],
  ['a validator', 'SaveTool', types, swap('Length(3,10)', 'Length(5,10)'), 'types.SaveTool.Name.validate', true],
  [
    'an enum value gone',
    'SaveTool',
    types,
    inTypes('Colour', (t) => {
      put(t, 'EnumNames', ['Red', 'Green']);
    }),
    'types.Colour.enum',
    true,
  ],
  [
    'an enum value new',
    'EchoScalars',
    types,
    inTypes('Level', (t) => {
      put(t, 'EnumNames', ['Ground', 'Upper', 'Top']);
      put(t, 'EnumValues', ['0', '7', '8']);
    }),
    'types.Level.enum',
    true,
  ],
  [
    'another answer',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      put(o, 'ReturnType', { Name: 'Tool', Namespace: 'Workshop.ServiceModel.Types' });
    }),
    'response',
    true,
  ],
  ['a format gone', 'SaveTool', 'metadata-app.json', swap('"csv": "text/csv", ', ''), 'formats csv', true],
  [
    'another description',
    'EchoScalars',
    types,
    inMetadata('EchoScalars', (_, r) => {
      put(r, 'Description', 'Some scalars');
      put(r, 'Attributes', []);
    }),
    'description',
    false,
  ],
  [
    'another summary',
    'GetTool',
    types,
    swap('"Reads a tool"', '"Looks a tool up"'),
    'routes /tools/{Id} summary',
    false,
  ],
  [
    'a route gone from a page',
    'SaveTool',
    page,
    swap('<tr><th>POST</th><th>/tools/{Id}/rename</th><td></td><td><i></i></td></tr>', ''),
    'routes /tools/{Id}/rename',
    true,
  ],
  ['a verb of a page', 'SaveTool', page, swap('<th>POST PUT</th>', '<th>POST</th>'), 'routes /tools verbs', true],
  [
    'authentication of a page',
    'SaveTool',
    page,
    swap(
      "<table class='routes'>",
      "<table class='authentication'><caption><b>Requires Authentication</b></caption><tr></tr></table><table class='routes'>",
    ),
    'authentication',
    true,
  ],
  [
    'a member gone from a page',
    'SaveTool',
    page,
    swap('<tr><td>Contact</td><td>body</td><td>string</td><td>No</td><td></td></tr>', ''),
    'types.SaveTool.Contact',
    true,
  ],
  [
    'a type of a page',
    'SaveTool',
    page,
    swap('<td>decimal</td>', '<td>double</td>'),
    'types.SaveTool.Price.type',
    true,
  ],
  [
    'a member required by a page',
    'SaveTool',
    page,
    swap('<td>int?</td><td>No</td>', '<td>int?</td><td>Yes</td>'),
    'types.SaveTool.Id.required',
    true,
  ],
  [
    'an enum value gone from a page',
    'SaveTool',
    page,
    swap('<tr><td>Blue</td><td></td></tr>', ''),
    'types.Colour.enum',
    true,
  ],
  [
    'a range of a page',
    'FindTools',
    find,
    swap('Valid Range: 1 - 100', 'Valid Range: 1 - 50'),
    'types.FindTools.Take.range',
    true,
  ],
  [
    'an allowed value of a page',
    'FindTools',
    find,
    swap('<li>Price</li>', '<li>Cost</li>'),
    'types.FindTools.OrderBy.allowed',
    true,
  ],
  [
    'a description of a page',
    'FindTools',
    find,
    swap('How many at most', 'How many'),
    'types.FindTools.Take.description',
    false,
  ],
  [
    'a suffix of a page',
    'SaveTool',
    page,
    swap('append  the <b>.json</b> suffix', 'append  the <b>.js</b> suffix'),
    'formats json suffix',
    true,
  ],
  [
    'a value of a sample',
    'SaveTool',
    page,
    swap('&quot;Price&quot;:0,&quot;Contact&quot;', '&quot;Price&quot;:1,&quot;Contact&quot;'),
    'exchanges json request',
    false,
  ],
  [
    'a member of a sample',
    'SaveTool',
    page,
    swap('&quot;Contact&quot;:&quot;String&quot;,', ''),
    'exchanges json request',
    true,
  ],
  [
    'the answer of a sample',
    'SaveTool',
    page,
    swap('HTTP/1.1 200 OK', 'HTTP/1.1 201 Created'),
    'exchanges json response',
    true,
  ],
  [
    'an answer gone',
    'SaveTool',
    page,
    (text) => text.replace(/<div class="response">[^]*?<\/div>/, ''),
    'exchanges json response',
    true,
  ],
  [
    'any of two roles',
    'DeleteTool',
    types,
    swap('"RequiresAuth": true', '"RequiresAuth": true, "RequiresAnyRole": ["A", "B"]'),
    'anyRole',
    true,
  ],
  [
    'a member of the answer gone',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      properties(o['Response'] as Json).splice(1, 1);
    }),
    'types.SaveToolResponse.Result',
    true,
  ],
  [
    'a value of an enum written otherwise',
    'EchoScalars',
    types,
    inTypes('Grade', (t) => {
      put(t, 'EnumMemberValues', ['first', 'second-class']);
    }),
    'types.Grade.enum',
    true,
  ],
  [
    'the rest of a path no more',
    'ReadFile',
    types,
    swap('/files/{Path*}', '/files/{Path}'),
    'routes /files/{Path*}',
    true,
  ],
  [
    'a namespace',
    'SaveTool',
    'pages/SaveTool.xml.html',
    (text) =>
      text.replaceAll(
        'xmlns=&quot;http://schemas.datacontract.org/2004/07/Workshop.ServiceModel&quot;',
        'xmlns=&quot;urn:other&quot;',
      ),
    'xmlNamespace',
    true,
  ],
];

const harmless: readonly (readonly [
  what: string,
  operation: string,
  document: string,
  edit: (text: string) => string,
])[] = [
  ['members in another order', 'SaveTool', types, inMetadata('SaveTool', (_, r) => properties(r).reverse())],
  ['routes in another order', 'SaveTool', types, inMetadata('SaveTool', (o) => routes(o).reverse())],
  [
    'types in another order',
    'SaveTool',
    types,
    (text) => {
      const value = JSON.parse(text) as { Types: Json[] };
      value.Types.reverse();
      return JSON.stringify(value);
    },
  ],
  ['another date', 'SaveTool', 'metadata-app.json', swap('/Date(', '/Date(1')],
  ['another version', 'SaveTool', 'metadata-app.json', swap('"10.15"', '"10.16"')],
  ['verbs in other letters', 'SaveTool', types, swap('"PUT,PATCH"', '"patch put"')],
  ['verbs of a page apart', 'SaveTool', page, swap('<th>PUT,PATCH</th>', '<th>PATCH PUT</th>')],
  [
    'a new operation beside it',
    'SaveTool',
    types,
    (text) => text.replace(/"Operations":\s*\[/, '$&{"Request":{"Name":"Other"}},'),
  ],
  ['another host', 'SaveTool', page, (text) => text.replaceAll('workshop.example', 'staging.example')],
];

describe('what documents promise, compared with a contract', () => {
  it('is the same where nothing has changed', () => {
    for (const operation of [
      'SaveTool',
      'FindTools',
      'EchoScalars',
      'EchoCollections',
      'DeleteTool',
      'ReadFile',
      'CountTools',
      'WriteLog',
      'GetTool',
    ]) {
      const all = [...sources, ...pagesOf(operation)].map(recordedDocument);
      expect(
        differences(
          contractIn(operation, ...all),
          all.map((each) => each.facts(operation)),
        ),
        operation,
      ).to.deep.equal([]);
    }
  });

  for (const [what, operation, document, edit, place, breaks] of edits) {
    it(`differs once: ${what}`, () => {
      const found = afterEdit(operation, document, edit);
      expect(found.map((each) => [each.document, each.place, each.breaks])).to.deep.equal([[document, place, breaks]]);
      expect(found[0]?.promised).not.to.equal(found[0]?.found);
    });
  }

  for (const [what, operation, document, edit] of harmless) {
    it(`does not differ: ${what}`, () => {
      expect(afterEdit(operation, document, edit)).to.deep.equal([]);
    });
  }
});

describe('a contract of other forms differs once', () => {
  type Json = Record<string, unknown>;
  const edited = (operation: string, edit: (of: Json) => void): string => {
    const document = JSON.parse(metadata) as {
      readonly Operations: readonly { readonly Request: { readonly Name: string } }[];
    };
    const its = document.Operations.find(({ Request }) => Request.Name === operation);
    if (its !== undefined) edit(its);
    return JSON.stringify(document);
  };
  const found = (operation: string, was: string, now: string): readonly unknown[] => {
    const contract = contractIn(operation, readDocument(was, 'was'));
    return differences(contract, [readDocument(now, 'now').facts(operation)]).map((each) => [
      each.place,
      each.promised,
      each.found,
      each.breaks,
    ]);
  };

  it('where roles of which any would do are now all demanded', () => {
    const now = edited('PageAccounts', (of) => {
      of['RequiredPermissions'] = of['RequiresAnyPermission'];
      delete of['RequiresAnyPermission'];
    });
    expect(found('PageAccounts', metadata, now)).to.deep.equal([['permissions', 'any of a, b', 'a, b', true]]);
  });

  it('where it no longer inherits, or newly does', () => {
    const without = edited('ListNumbers', ({ Request }) => {
      delete (Request as Json)['Inherits'];
    });
    expect(found('ListNumbers', metadata, without)).to.deep.equal([
      ['types.ListNumbers.base', 'Account', 'none', true],
    ]);
    expect(found('ListNumbers', without, metadata)).to.deep.equal([
      ['types.ListNumbers.base', 'none', 'Account', false],
    ]);
  });

  it('where a language says that JSON writes a member otherwise', () => {
    const now = typescript.replace('public Level: number;', 'public Level: string;');
    for (const was of [metadata, typescript])
      expect(found('ListNumbers', was, now).map((each) => (each as readonly unknown[])[0])).to.deep.equal([
        'types.ListNumbers.Level.type',
      ]);
  });
});
