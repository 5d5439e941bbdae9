import type { ContractType, Format } from '../../model/contract.ts';
import type { JsonSchema } from '../../model/schema.ts';
import { escapeHtml, writePage } from '../rendering/html.ts';
import type { Service } from '../service.ts';
import { cellType, isValueType } from './dotnet.ts';
import { sampleOf } from './sample.ts';
import { isWritten, sourceIn, written } from './sources.ts';
import { computedPlace, descriptionWithin, enumsIn, isNeeded, typeShown } from './said.ts';

/** The list of operations, with a page for each format. */
export function indexPage(operations: readonly Service[]): string {
  const rows = operations.map(({ contract, prefix }) => {
    const links = contract.formats.map(
      (f) => `<a href="/${prefix}/${f.suffix}/metadata?op=${contract.operation}">${f.suffix}</a>`,
    );
    return `<tr><th>${contract.operation}</th><td>${links.join(' ')}</td></tr>`;
  });
  return writePage('Operations', `<table>${rows.join('')}</table>`);
}

/**
 * The page of the operation in one format, as ServiceStack lays it out (source forms, 2).
 *
 * @param language the language that the DTOs are shown in; null for tables
 * @param baseUrl of the host, with the prefix
 */
export function operationPage(service: Service, format: Format, language: string | null, baseUrl: string): string {
  const { contract } = service;
  const { suffix, query } = format.printed;
  const jsonp =
    format.name === 'json'
      ? '<p>To embed the response in a <b>jsonp</b> callback, append <b>?callback=myCallback</b></p>'
      : '';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<title>Platform API</title>
</head>
<body>
    <h1>Platform API</h1>
    <div class="operation">
    <div>
        <p><a href="${escapeHtml(baseUrl.replace(/\/$/, ''))}/metadata">&lt;back to all web services</a></p>
        <h2>${escapeHtml(contract.operation)}</h2>

		${contract.description === '' ? '' : `<h3 id='desc'>${contract.description}</h3>`}${authenticationTable(service)}${routesTable(service)}
<div class="types-nav"><nav class="flex space-x-4">
<a href='?op=${escapeHtml(contract.operation)}'>Metadata</a>
</nav></div>
${language === null ? typeTables(service) : codeIn(service, language, baseUrl)}<div class="call-info"><p>To override the Content-type in your clients, use the HTTP <b>Accept</b> Header, append  the <b>.${suffix}</b> suffix or  <b>?format=${query}</b></p>${jsonp}</div>

		<div class="example">
        <h3>HTTP + ${suffix.toUpperCase()}</h3>
        <p> The following are sample HTTP requests and responses.
            The placeholders shown need to be replaced with actual values.</p>
${samplePart(service, format, new URL(baseUrl).host)}
        </div>
    </div>
    </div>
</body>
</html>`;
}

/** The DTOs in a language in place of the tables, with the way to the whole source. */
function codeIn(service: Service, language: string, baseUrl: string): string {
  const { operation } = service.contract;
  const code = escapeHtml(typesIn([service], language, null));
  const name = escapeHtml(written[language] ?? language);
  return `<pre><code lang="${escapeHtml(language)}" class="language-${escapeHtml(language)}">${code}</code></pre>
<p><a href="${escapeHtml(baseUrl.replace(/\/$/, ''))}/types/${escapeHtml(language)}?IncludeTypes=${escapeHtml(operation)}.*">${name} ${escapeHtml(operation)} DTOs</a></p>
`;
}

function authenticationTable({ contract }: Service): string {
  if (contract.authentication !== 'required') return '';
  const row = (label: string, names: readonly string[] | undefined): string =>
    names === undefined ? '' : `<tr><td>${label}</td><td>${escapeHtml(names.join(', '))}</td></tr>`;
  const many = (names: readonly string[] | undefined): string => (names !== undefined && names.length > 1 ? 's' : '');
  const { roles, anyRole, permissions, anyPermission } = contract;
  const anyOf = (names: readonly string[] | undefined, one: string, all: string): string =>
    row(many(names) === 's' ? `Requires any of the ${all}:` : `Requires the ${one}:`, names);
  return `<table class='authentication'><caption><b>Requires Authentication</b></caption>
${row(`Required role${many(roles)}:`, roles)}${anyOf(anyRole, 'role', 'roles')}${row(`Required permission${many(permissions)}:`, permissions)}${anyOf(anyPermission, 'permission', 'permissions')}</table>`;
}

function routesTable({ contract, routes }: Service): string {
  if (routes.length === 0) return '';
  const rows = contract.routes.map(
    ({ verbs, path, summary = '', notes = '' }) =>
      `<tr><th>${verbs === 'any' ? 'All Verbs' : verbs.join(' ')}</th><th>${escapeHtml(path)}</th><td>${summary}</td><td><i>${notes}</i></td></tr>`,
  );
  return `<table class='routes'><caption>The following routes are available for this service:</caption><tbody>${rows.join('')}<tbody></tbody></table>`;
}

/** Every type that the operation speaks of, but for ResponseStatus, which no page lists. */
function typeTables(service: Service): string {
  return service.contract.types
    .filter(
      ({ name, members, enum: isEnum }) =>
        !/^Response(?:Status|Error)$/.test(name) && (isEnum !== undefined || members.length > 0),
    )
    .map((type) => (type.enum === undefined ? membersTable(service, type) : enumTable(type.name, type.enum)))
    .join('');
}

function membersTable(service: Service, type: ContractType): string {
  const { contract } = service;
  const isEnum = enumsIn(contract);
  const rows = type.members.map((member) => {
    const own = typeShown(member);
    const shown = cellType(own, member.nullable === true && isValueType(own, isEnum));
    const place = member.in === 'unknown' ? computedPlace(contract, type, member) : member.in;
    const described = descriptionWithin(contract, type, member);
    const allowed =
      member.allowed === undefined
        ? ''
        : `<h4>Allowable Values</h4><ul>${member.allowed.map((value) => `<li>${escapeHtml(value)}</li>`).join('')}</ul>`;
    const range =
      member.range === undefined ? '' : `<h4>Valid Range: ${member.range.least} - ${member.range.greatest}</h4>`;
    const cells = [member.property, place, shown, isNeeded(member) ? 'Yes' : 'No'].map(
      (cell) => `<td>${escapeHtml(cell)}</td>`,
    );
    return `<tr>${cells.join('')}<td>${described}${allowed}${range}</td></tr>`;
  });
  const head = ['Name', 'Parameter', 'Data Type', 'Required', 'Description'].map((cell) => `<th>${cell}</th>`).join('');
  return `<table class='params'><caption><b>${escapeHtml(type.name)}</b> Parameters:</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function enumTable(name: string, { names }: NonNullable<ContractType['enum']>): string {
  const isPlain = names.every(({ value, wire }) => value === undefined && wire === undefined);
  const hasWires = names.some(({ wire }) => wire !== undefined);
  const rows = names.map((each, i) => {
    const value = isPlain
      ? ''
      : `<td>${escapeHtml(hasWires ? (each.wire ?? each.name) : String(each.value ?? i))}</td>`;
    return `<tr><td>${escapeHtml(each.name)}</td>${value}<td></td></tr>`;
  });
  const head = isPlain ? '' : '<thead><tr><th>Name</th><th>Value</th><th></th></tr></thead>';
  return `<table class='enum'><caption><b>${escapeHtml(name)}</b> Enum:</caption>${head}<tbody>${rows.join('')}</tbody></table>`;
}

function samplePart(service: Service, format: Format, host: string): string {
  const { request, response } = sampleOf(service, format);
  const lines = (headers: Readonly<Record<string, string>>): string =>
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${escapeHtml(value)}\n`)
      .join('');
  const body = (text: string): string => (text === '' ? '' : `Content-Length: length\n\n${escapeHtml(text)}\n`);
  const asked = `${request.method} ${escapeHtml(request.path)} HTTP/1.1 \nHost: ${escapeHtml(host)} \n${lines(request.headers)}${body(request.body)}`;
  const answered =
    response === null
      ? ''
      : `<div class="response">\n<pre>\nHTTP/1.1 ${response.status} OK\n${lines(response.headers)}${body(response.body)}</pre>\n</div>\n`;
  return `\n<div class="request">\n<pre>\n${asked}</pre>\n</div>\n\n${answered}`;
}

/** Languages that the host writes DTOs in. */
export const languages = [
  'csharp',
  'typescript',
  'typescript.d',
  'mjs',
  'python',
  'dart',
  'php',
  'java',
  'kotlin',
  'swift',
  'fsharp',
  'vbnet',
  'go',
  'ruby',
  'zig',
];

/**
 * The DTOs of operations in a language; as an outline in those of which nobody reads the code here.
 *
 * @param baseUrl of the host, with the prefix; null for the code on a page
 */
export function typesIn(services: readonly [Service, ...Service[]], language: string, baseUrl: string | null): string {
  if (isWritten(language)) return sourceIn(services, language, baseUrl);
  return `Options: ${language}\n\n${services.flatMap(outlineOf).join('\n')}`;
}

function outlineOf({ contract, schemas, responseType }: Service): readonly string[] {
  const answered = responseType?.kind === 'object' ? responseType.name : '';
  return [answered, contract.request].map((name) => {
    const schema = schemas[name] ?? {};
    const members = Object.entries(schema.properties ?? {}).map(([member, of]) => {
      const mark = schema.required?.includes(member) === true ? '' : '?';
      return `    ${member}: ${typeOf(of)}${mark}`;
    });
    return `class ${name}\n${members.join('\n')}\n`;
  });
}

function typeOf(schema: JsonSchema): string {
  return referenceOf(schema) ?? (schema.format === 'uuid' ? 'Guid' : 'String');
}

/** The DTO that a schema refers to, directly or as one of two. */
function referenceOf(schema: JsonSchema): string | null {
  const ref = schema.$ref ?? schema.anyOf?.find((s) => s.$ref !== undefined)?.$ref;
  return ref === undefined ? null : ref.slice(ref.lastIndexOf('/') + 1).replace(/\.schema\.json$/, '');
}
