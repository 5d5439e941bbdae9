// One list: the single edits that a document of the host may have got.

import type { Reply } from '../../src/provider/behaviour.ts';
import type { Mutant } from '../../src/provider/mutant.ts';
import type { RequirementId } from '../../src/model/requirement.ts';
import type { Contract } from '../../src/model/contract.ts';
import { hasOwnRoutes, isGuarded, hidesDocuments } from '../../src/provider/faults.ts';
import type { PlainObject, PlainValue } from '../../src/model/value.ts';

/** A document of the host, as it now says something else than what was promised. */
function says(
  name: string,
  what: string,
  kills: RequirementId | null,
  isIt: (path: string) => boolean,
  edit: (text: string) => string,
  appliesTo: (contract: Contract) => boolean = () => true,
): Mutant {
  return {
    name,
    says: what,
    kills: kills === null ? [] : [kills],
    // What takes the paths of documents is answered in their place.
    appliesTo: (contract) => !hidesDocuments(contract) && appliesTo(contract),
    areas: kills === null ? [] : ['documentation'],
    mutate: (b) => ({
      ...b,
      document: (call, page) => {
        const reply = b.document(call, page);
        return reply === null || !isIt(page.join('/').toLowerCase()) ? reply : edited(reply, edit);
      },
    }),
  };
}

function edited(reply: Reply, edit: (text: string) => string): Reply {
  return typeof reply.body === 'string' && reply.status === 200 ? { ...reply, body: edit(reply.body) } : reply;
}

const isTypes = (path: string): boolean => path.startsWith('types/metadata');
const isApp = (path: string): boolean => path.startsWith('metadata/app');
const isPage = (path: string): boolean => path.endsWith('/metadata');

/** An edit of the operation, as either document lists it. */
const inOperation =
  (edit: (operation: PlainObject) => PlainObject) =>
  (text: string): string => {
    const document = JSON.parse(text) as PlainObject;
    const edited = (value: PlainValue, name: string): PlainValue => {
      if (name === 'operations' && Array.isArray(value))
        return value.map((each: PlainValue) => edit(each as PlainObject));
      return name === 'api' ? within(value as PlainObject) : value;
    };
    const within = (object: PlainObject): PlainObject =>
      Object.fromEntries(Object.entries(object).map(([name, value]) => [name, edited(value, name.toLowerCase())]));
    return JSON.stringify(within(document));
  };

/** Whether a page calls a member required. */
const callsRequired = ({ types }: Contract): boolean =>
  types.some(
    ({ name, members }) =>
      !/^Response(?:Status|Error)$/.test(name) &&
      members.some(({ required }) => required === 'enforced' || required === 'documented'),
  );

/** Whether the contract has a sample of an answer with a body, which a page could print otherwise. */
const hasSample = ({ exchanges }: Contract): boolean => exchanges.some(({ response }) => response.body !== '');

/** Whether a page shows a table of an enum. */
const hasEnum = ({ types }: Contract): boolean => types.some(({ enum: names }) => names !== undefined);

/** A page that lacks a table is held against another that had it: other documents say in other ways what they do not know. */
const hasPage = (sources: Contract['sources']): boolean =>
  sources.some(({ kind }) => kind === 'page' || kind === 'text');

/** Whether the last table of a page is that of an answer, or of what an answer holds. */
const hasAnswerTable = ({ request, response, types, sources }: Contract): boolean =>
  hasPage(sources) &&
  response.kind === 'dto' &&
  response.type !== request &&
  types.some(({ name, members }) => name === response.type && members.length > 0);

const demands = ['RequiresAuth', 'RequiredRoles', 'RequiresAnyRole', 'RequiredPermissions', 'RequiresAnyPermission'];

/** A page that demands a role, whether or not it demanded credentials before. */
function demandingRole(text: string): string {
  const role = '<tr><td>Required role:</td><td>Admin</td></tr>';
  const [before = '', after] = text.split(/(?<=<caption><b>Requires Authentication<\/b><\/caption>\n)/);
  return after === undefined
    ? text.replace(
        '<table',
        `<table class='authentication'><caption><b>Requires Authentication</b></caption>\n${role}</table><table`,
      )
    : `${before}${role}${after}`;
}

/** An edit of a list within an object, by its name in PascalCase or camelCase. */
function withList(
  object: PlainObject,
  name: string,
  edit: (items: readonly PlainValue[]) => readonly PlainValue[],
): PlainObject {
  const entries = Object.entries(object).map(([key, value]): [string, PlainValue] =>
    key.toLowerCase() === name.toLowerCase() && Array.isArray(value)
      ? [key, edit(value as readonly PlainValue[])]
      : [key, value],
  );
  return Object.fromEntries(entries);
}

const inRequest = (edit: (request: PlainObject) => PlainObject) =>
  inOperation((operation) =>
    Object.fromEntries(
      Object.entries(operation).map(([name, value]) => [
        name,
        name.toLowerCase() === 'request' ? edit(value as PlainObject) : value,
      ]),
    ),
  );

const properties = (edit: (all: readonly PlainValue[]) => readonly PlainValue[]) =>
  inRequest((request) => withList(request, 'Properties', edit));

const withFirst =
  (given: PlainObject) =>
  (items: readonly PlainValue[]): readonly PlainValue[] =>
    items.map((item, i) => (i === items.length - 1 ? { ...(item as PlainObject), ...given } : item));

const without =
  (...names: readonly string[]) =>
  (object: PlainObject): PlainObject =>
    Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** The first place of a text is replaced; the page is as it was where it has none. */
const put =
  (from: RegExp, to: string) =>
  (text: string): string =>
    text.replace(from, to);

/** Documents that have drifted from the contract while the service itself still does as it was promised. */
export const driftMutants: readonly Mutant[] = [
  says(
    'doc-metadata-route-gone',
    'metadata lists a route less',
    'DOC-006',
    isTypes,
    inOperation((o) => withList(o, 'Routes', (all) => all.slice(1))),
    hasOwnRoutes,
  ),
  says(
    'doc-metadata-route-renamed',
    'metadata gives a route another path',
    'DOC-006',
    isTypes,
    inOperation((o) => withList(o, 'Routes', withFirst({ Path: '/elsewhere' }))),
    hasOwnRoutes,
  ),
  says(
    'doc-metadata-verbs',
    'metadata gives a route fewer verbs',
    'DOC-006',
    isTypes,
    inOperation((o) => withList(o, 'Routes', withFirst({ Verbs: 'HEAD' }))),
    hasOwnRoutes,
  ),
  says(
    'doc-metadata-no-authentication',
    'metadata no longer demands authentication',
    'DOC-006',
    isTypes,
    inOperation(without(...demands)),
    isGuarded,
  ),
  says(
    'doc-metadata-role',
    'metadata demands a role',
    'DOC-006',
    isTypes,
    inOperation((o) => ({ ...o, RequiredRoles: ['Admin'] })),
  ),
  says(
    'doc-metadata-member-gone',
    'metadata lists a member less',
    'DOC-006',
    isTypes,
    properties((all) => all.slice(0, -1)),
  ),
  says(
    'doc-metadata-member-renamed',
    'metadata gives a member another name',
    'DOC-006',
    isTypes,
    properties(withFirst({ Name: 'Renamed' })),
  ),
  says(
    'doc-metadata-member-new',
    'metadata lists a new member that is required',
    'DOC-006',
    isTypes,
    properties((all) => [...all, { Name: 'Further', Type: 'String', IsRequired: true }]),
  ),
  says(
    'doc-metadata-type',
    'metadata gives a member another type',
    'DOC-006',
    isTypes,
    properties(withFirst({ Type: 'Double', GenericArgs: [] })),
  ),
  says(
    'doc-metadata-alias',
    'metadata gives a member another name on the wire',
    'DOC-006',
    isTypes,
    properties(withFirst({ DataMember: { Name: 'alias' } })),
  ),
  says(
    'doc-metadata-answer',
    'metadata names another answer',
    'DOC-006',
    isTypes,
    inOperation((o) => ({ ...without('ReturnsVoid')(o), ReturnType: { Name: 'Int32', Namespace: 'System' } })),
  ),
  says(
    'doc-metadata-enum-gone',
    'metadata lists no values of any enum',
    'DOC-006',
    isTypes,
    (text) => text.replaceAll('"EnumNames"', '"EnumNamesOf"').replaceAll('"enumNames"', '"enumNamesOf"'),
    hasEnum,
  ),
  says(
    'doc-app-route-gone',
    'app.json lists a route less',
    'DOC-007',
    isApp,
    inOperation((o) => withList(o, 'Routes', (all) => all.slice(1))),
    hasOwnRoutes,
  ),
  says(
    'doc-app-no-authentication',
    'app.json no longer demands authentication',
    'DOC-007',
    isApp,
    inOperation(without(...demands)),
    isGuarded,
  ),
  says(
    'doc-app-member-gone',
    'app.json lists a member less',
    'DOC-007',
    isApp,
    properties((all) => all.slice(0, -1)),
  ),
  says(
    'doc-app-type',
    'app.json gives a member another type',
    'DOC-007',
    isApp,
    properties(withFirst({ Type: 'Double', GenericArgs: [] })),
  ),
  says(
    'doc-page-route-gone',
    'the page lists a route less',
    'DOC-008',
    isPage,
    put(/<tr><th>[^<]*<\/th><th>[^<]*<\/th>.*?<\/tr>(?=<tbody>)/, ''),
    hasOwnRoutes,
  ),
  says(
    'doc-page-verbs',
    'the page gives a route fewer verbs',
    'DOC-008',
    isPage,
    put(/<tr><th>[^<]*<\/th>/, '<tr><th>HEAD</th>'),
    hasOwnRoutes,
  ),
  says(
    'doc-page-no-authentication',
    'the page no longer demands authentication',
    'DOC-008',
    isPage,
    put(/<table class='authentication'>[\s\S]*?<\/table>/, ''),
    isGuarded,
  ),
  says('doc-page-role', 'the page demands a role', 'DOC-008', isPage, demandingRole),
  says(
    'doc-page-type',
    'the page gives a member another type',
    'DOC-008',
    isPage,
    put(/<td>(?:Guid|s?byte|u?short|u?int|u?long|bool|decimal|string)<\/td>/, '<td>double</td>'),
  ),
  says(
    'doc-page-required',
    'the page no longer calls a member required',
    'DOC-008',
    isPage,
    put(/<td>Yes<\/td>/, '<td>No</td>'),
    callsRequired,
  ),
  says(
    'doc-page-table-gone',
    'the page no longer shows what is answered',
    'DOC-008',
    isPage,
    put(/<table class='params'>(?![\s\S]*<table class='params'>)[\s\S]*?<\/table>/, ''),
    hasAnswerTable,
  ),
  says(
    'doc-page-enum-gone',
    'the page no longer shows the values of an enum',
    'DOC-008',
    isPage,
    put(/<table class='enum'>[\s\S]*?<\/table>/, ''),
    (contract) => hasPage(contract.sources) && hasEnum(contract),
  ),
  says(
    'doc-page-suffix',
    'the page prints another suffix',
    'DOC-008',
    isPage,
    put(/the <b>\.\w+<\/b> suffix/, 'the <b>.txt</b> suffix'),
  ),
  says(
    'doc-page-answer',
    'the sample of the page has another status',
    'DOC-008',
    isPage,
    put(/HTTP\/1\.1 200 OK/, 'HTTP/1.1 202 Accepted'),
    hasSample,
  ),
  says(
    'doc-page-sample-answer',
    'the page in CSV prints an answer with a member of another name',
    'DOC-008',
    (path) => path === 'csv/metadata',
    put(/(HTTP\/1\.1 200 OK[^{]*\{&quot;)\w+/, '$1Renamed'),
    hasSample,
  ),
  says('doc-metadata-reordered', 'metadata lists members and routes in another order', null, isTypes, (text) =>
    inOperation((o) => withList(o, 'Routes', (all) => [...all].reverse()))(
      properties((all) => [...all].reverse())(text),
    ),
  ),
  says('doc-app-version', 'app.json tells another version and date', null, isApp, put(/"10\.15"/, '"10.16"')),
];
