// One table of single edits, each with the one difference that it is told as.

import { expect } from 'chai';
import type { Contract } from '../model/contract.ts';
import type { Difference } from '../model/published.ts';
import { differences } from './compare.ts';
import { contractIn, recordedDocument, recordedText } from './documents.fixture.ts';
import { metadata, typescript } from './forms.fixture.ts';
import { readDocument } from './document.ts';
import { keyOf, type ReadDocument } from './facts.ts';

const sources = ['types-metadata.json', 'metadata-app.json'];
const languages = ['csharp', 'typescript', 'python'].map((language) => `dtos/${language}.txt`);
const pagesOf = (operation: string): readonly string[] =>
  operation === 'SaveTool'
    ? ['json', 'xml', 'csv', 'jsv', 'jsonl'].map((format) => `pages/SaveTool.${format}.html`)
    : [`pages/${operation}.json.html`];

const operations = [
  'SaveTool',
  'FindTools',
  'EchoScalars',
  'EchoCollections',
  'DeleteTool',
  'ReadFile',
  'CountTools',
  'WriteLog',
  'GetTool',
];
const documentsOf = (operation: string): readonly ReadDocument[] =>
  [...sources, ...pagesOf(operation), ...languages].map(recordedDocument);
const contracts = new Map<string, Contract>();

/** What all recorded documents say of an operation. */
function contractOf(operation: string): Contract {
  const known = contracts.get(operation);
  if (known !== undefined) return known;
  const contract = contractIn(operation, ...documentsOf(operation));
  contracts.set(operation, contract);
  return contract;
}

/** What is different once one document has been edited; the others say what they said. */
function afterEdit(operation: string, document: string, edit: (text: string) => string): readonly Difference[] {
  const text = recordedText(document);
  const edited = edit(text);
  if (edited === text) throw new Error('the edit changes nothing');
  return differences(contractOf(operation), [readDocument(edited, document).facts(operation)]);
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

const without = (type: string) => (text: string) => {
  const value = JSON.parse(text) as { Types: Json[] };
  value.Types = value.Types.filter(({ Name }) => Name !== type);
  return JSON.stringify(value);
};
const properties = (of: Json): Json[] => of['Properties'] as Json[];
const routes = (of: Json): Json[] => of['Routes'] as Json[];
const put = (of: Json | undefined, name: string, value: unknown): void =>
  void Object.assign(of ?? {}, { [name]: value });
const swap = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
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

/** What a document no longer shows at all, or shows in one of two places only. */
const further: typeof edits = [
  [
    'a table of an enum gone from a page',
    'SaveTool',
    page,
    (text) => text.replace(/<table class='enum'>[^]*?<\/table>/, ''),
    'types.Colour',
    true,
  ],
  [
    'a table of a type gone from a page',
    'SaveTool',
    page,
    (text) => text.replace(/<table class='params'><caption><b>Tool<\/b>[^]*?<\/table>/, ''),
    'types.Tool',
    true,
  ],
  [
    'the table of the answer gone from a page',
    'SaveTool',
    page,
    (text) => text.replace(/<table class='params'><caption><b>SaveToolResponse<\/b>[^]*?<\/table>/, ''),
    'types.SaveToolResponse',
    true,
  ],
  [
    'the table of the request gone from a page',
    'SaveTool',
    page,
    (text) => text.replace(/<table class='params'><caption><b>SaveTool<\/b>[^]*?<\/table>/, ''),
    'types.SaveTool.members',
    true,
  ],
  [
    'the table of routes gone from a page',
    'SaveTool',
    page,
    (text) => text.replace(/<table class='routes'>[^]*?<\/table>/, ''),
    'routes',
    true,
  ],
  [
    'a row of the answer, which is the request again',
    'EchoScalars',
    'pages/EchoScalars.json.html',
    (text) => {
      const at = text.lastIndexOf('<tr><td>Guid</td>');
      return text.slice(0, at) + text.slice(text.indexOf('</tr>', at) + 5);
    },
    'types.EchoScalars.Guid',
    true,
  ],
  [
    'a name of an enum on the wire',
    'EchoScalars',
    'pages/EchoScalars.json.html',
    swap('<td>first-class</td>', '<td>First</td>'),
    'types.Grade.enum',
    true,
  ],
  [
    'a type of a page that nothing describes',
    'SaveTool',
    page,
    swap('<td>decimal</td>', '<td>Money</td>'),
    'types.SaveTool.Price.type',
    true,
  ],
  [
    'the description of a page gone',
    'GetTool',
    'pages/GetTool.json.html',
    (text) => text.replace(/<h3 id='desc'>[^]*?<\/h3>/, ''),
    'description',
    false,
  ],
  [
    'what a page says of its suffix gone',
    'SaveTool',
    page,
    (text) => text.replace(/<div class="call-info">[^]*?<\/div>/, ''),
    'formats json suffix',
    false,
  ],
  [
    'a header of a sample gone',
    'SaveTool',
    page,
    swap(/Accept: application\/json\s*?\n/, ''),
    'exchanges json request',
    true,
  ],
  ['a type gone', 'SaveTool', types, without('Colour'), 'types.Colour', true],
  [
    'all values of an enum gone',
    'SaveTool',
    types,
    inTypes('Colour', (t) => {
      delete t['EnumNames'];
    }),
    'types.Colour.enum',
    true,
  ],
  [
    'an enum that is none any more',
    'SaveTool',
    types,
    inTypes('Colour', (t) => {
      delete t['IsEnum'];
    }),
    'types.Colour.enum',
    true,
  ],
  [
    'no names of an enum on the wire',
    'EchoScalars',
    types,
    inTypes('Grade', (t) => {
      delete t['EnumMemberValues'];
    }),
    'types.Grade.enum',
    true,
  ],
  [
    'flags that are written by name',
    'EchoScalars',
    types,
    inTypes('Access', (t) => {
      delete t['IsEnumInt'];
    }),
    'types.Access.enum.flags',
    true,
  ],
  [
    'all members gone',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => {
      delete r['Properties'];
    }),
    'types.SaveTool.members',
    true,
  ],
  [
    'all routes gone',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      delete o['Routes'];
    }),
    'routes',
    true,
  ],
  [
    'a first route',
    'CountTools',
    types,
    inMetadata('CountTools', (o) => {
      put(o, 'Routes', [{ Path: '/count', Verbs: 'GET' }]);
    }),
    'routes /count',
    false,
  ],
  [
    'no actions',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      delete o['Actions'];
    }),
    'verbs',
    true,
  ],
  [
    'an answer that nothing declares',
    'SaveTool',
    types,
    inMetadata('SaveTool', (o) => {
      delete o['ReturnType'];
    }),
    'response',
    true,
  ],
  [
    'an answer where there was none',
    'WriteLog',
    types,
    inMetadata('WriteLog', (o) => {
      delete o['ReturnsVoid'];
    }),
    'response',
    true,
  ],
  [
    'a login that a validator alone demands',
    'DeleteTool',
    types,
    inMetadata('DeleteTool', (o) => {
      delete o['RequiresAuth'];
    }),
    'authentication',
    false,
  ],
  [
    'a login with a challenge',
    'DeleteTool',
    types,
    inMetadata('DeleteTool', (_, r) => {
      delete r['Attributes'];
    }),
    'challenged',
    false,
  ],
  [
    'a login and a role at once',
    'GetTool',
    types,
    inMetadata('GetTool', (o) => {
      put(o, 'RequiredRoles', ['Admin']);
    }),
    'authentication',
    true,
  ],
  [
    'a member that a validator alone calls required',
    'SaveTool',
    types,
    inMetadata('SaveTool', (_, r) => {
      delete properties(r)[1]?.['IsRequired'];
    }),
    'types.SaveTool.Name.required',
    false,
  ],
  [
    'all members of an answer but its status',
    'CountTools',
    types,
    inMetadata('CountTools', (o) => {
      properties(o['Response'] as Json).shift();
    }),
    'types.CountToolsResponse.Count',
    true,
  ],
  [
    'a member of the answer, which is the request again',
    'EchoScalars',
    types,
    inMetadata('EchoScalars', (o) => {
      properties(o['Response'] as Json).shift();
    }),
    'types.EchoScalars.Bool',
    true,
  ],
  ...(['csharp', 'typescript', 'python'] as const).map(
    (language) =>
      [
        `an enum gone from ${language}`,
        'SaveTool',
        `dtos/${language}.txt`,
        (text) =>
          text.replace(/(?: {4}public enum|export enum) Colour\s[^}]*\}|class Colour\(str, Enum\):\n(?: .*\n)+/, ''),
        'types.Colour',
        true,
      ] satisfies (typeof edits)[number],
  ),
  [
    'a type gone from C#',
    'SaveTool',
    'dtos/csharp.txt',
    swap(/ {4}public partial class Tool\s[^]*?\n {4}\}/, ''),
    'types.Tool',
    true,
  ],
  ['an answer gone from C#', 'GetTool', 'dtos/csharp.txt', swap(': IReturn<Tool>, IGet', ': IGet'), 'response', true],
  [
    'an answer gone from C#',
    'DeleteTool',
    'dtos/csharp.txt',
    swap('[ValidateRequest("IsAuthenticated")]', ''),
    'authentication',
    false,
  ],
  [
    'a comment gone from TypeScript',
    'GetTool',
    'dtos/typescript.txt',
    swap('/** @description One tool by its number */\n', ''),
    'description',
    false,
  ],
  [
    'items of another type in TypeScript',
    'EchoCollections',
    'dtos/typescript.txt',
    swap('public Ints?: number[];', 'public Ints?: string[];'),
    'types.EchoCollections.Ints.type',
    true,
  ],
  [
    'values of another type in Python',
    'EchoCollections',
    'dtos/python.txt',
    swap('counts: Optional[Dict[str, int]]', 'counts: Optional[Dict[str, str]]'),
    'types.EchoCollections.Counts.type',
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
    for (const operation of operations) {
      const all = documentsOf(operation);
      expect(
        differences(
          contractOf(operation),
          all.map((each) => each.facts(operation)),
        ),
        operation,
      ).to.deep.equal([]);
    }
  });

  for (const [what, operation, document, edit, place, breaks] of [...edits, ...further]) {
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

describe('a document of another form than those of the contract', () => {
  it('is held to nothing that one of the two forms cannot say', () => {
    for (const operation of operations) {
      const documents = documentsOf(operation);
      for (const one of documents) {
        const contract = contractIn(operation, one);
        const found = documents.flatMap((other) => differences(contract, [other.facts(operation)]));
        expect(found, `${operation} as ${one.source.where} has it`).to.deep.equal([]);
      }
    }
  });
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

  /** An operation of that host with a member that the wire calls otherwise than the code. */
  const aliased = (): readonly [operation: string, type: { name: string; property: string }, alias: string] => {
    const document = readDocument(metadata, 'metadata');
    for (const operation of document.operations)
      for (const { name, members } of contractIn(operation, document).types)
        for (const member of members)
          if (keyOf(member.name) !== keyOf(member.property))
            return [operation, { name, property: member.property }, member.name];
    throw new Error('no member has an alias');
  };

  it('where the code calls a member otherwise, or the wire does', () => {
    const [operation, type, alias] = aliased();
    const rename = (edit: (member: Json) => void): string => {
      const document = JSON.parse(metadata) as {
        readonly Operations: readonly Json[];
        readonly Types: readonly Json[];
      };
      const all = [...document.Types, ...document.Operations.map(({ Request }) => Request as Json)];
      const members = all.flatMap(({ Properties }) => (Properties ?? []) as readonly Json[]);
      members.filter(({ DataMember }) => (DataMember as Json | undefined)?.['Name'] === alias).forEach(edit);
      return JSON.stringify(document);
    };
    const code = rename((member) => {
      member['Name'] = 'Otherwise';
    });
    const wire = rename((member) => {
      member['DataMember'] = { Name: 'otherwise' };
    });
    expect(found(operation, metadata, code)).to.deep.equal([
      [`types.${type.name}.${type.property}.property`, type.property, 'Otherwise', false],
    ]);
    expect(found(operation, metadata, wire)).to.deep.equal([
      [`types.${type.name}.${type.property}.name`, alias, 'otherwise', true],
    ]);
  });

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
