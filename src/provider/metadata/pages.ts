import type { DocumentedExchange, Format } from '../../model/contract.ts';
import type { JsonSchema } from '../../model/schema.ts';
import { escapeHtml, writePage } from '../rendering/html.ts';
import type { Service } from '../service.ts';
import { referenceOf } from './types.ts';

/** The list of operations, with a page for each format. */
export function indexPage(service: Service): string {
  const { contract, prefix } = service;
  const links = contract.formats.map(
    (f) => `<a href="/${prefix}/${f.suffix}/metadata?op=${contract.operation}">${f.suffix}</a>`,
  );
  return writePage('Operations', `<table><tr><th>${contract.operation}</th><td>${links.join(' ')}</td></tr></table>`);
}

/**
 * The page of the operation in one format: what it does, its routes, its DTOs, how to ask for the format, and a sample.
 *
 * @param language the language that the DTOs are shown in
 */
export function operationPage(service: Service, format: Format, language: string): string {
  const { contract } = service;
  const routes = contract.routes.map(
    (r) => `<tr><th>${r.verbs === 'any' ? 'All Verbs' : r.verbs.join(', ')}</th><td>${escapeHtml(r.path)}</td></tr>`,
  );
  const sample = contract.exchanges.find((x) => x.format === format.name);
  const jsonp = format.name === 'json' ? '<p>Append ?callback=myCallback for jsonp.</p>' : '';
  return writePage(
    contract.operation,
    [
      `<p>${escapeHtml(contract.description)}</p>`,
      contract.authentication === 'required' ? '<p>Requires Authentication</p>' : '',
      `<p>Routes of this service:</p><table>${routes.join('')}</table>`,
      `<pre>${escapeHtml(typesIn(service, language))}</pre>`,
      `<p>Choose the Content-type by the HTTP Accept header, the .${format.printed.suffix} suffix or ?format=${format.printed.query}</p>`,
      jsonp,
      `<h2>HTTP + ${format.printed.suffix.toUpperCase()}</h2>`,
      sample === undefined ? '' : samplePart(sample),
    ].join('\n'),
  );
}

function samplePart(sample: DocumentedExchange): string {
  const { request, response } = sample;
  const lines = (headers: Readonly<Record<string, string>>): string =>
    Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\n`)
      .join('');
  const asked = `${request.method} ${request.path} HTTP/1.1\n${lines(request.headers)}Content-Length: length\n\n${request.body}`;
  const answered = `HTTP/1.1 ${response.status} OK\n${lines(response.headers)}Content-Length: length\n\n${response.body}`;
  return `<p>Placeholders stand for actual values.</p><pre>${escapeHtml(asked)}</pre><pre>${escapeHtml(answered)}</pre>`;
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

/** The DTOs as an outline: names, members, types, required ones marked. */
export function typesIn(service: Service, language: string): string {
  const { contract, schemas } = service;
  const outline = [service.response, contract.request].map((name) => {
    const schema = schemas[name] ?? {};
    const members = Object.entries(schema.properties ?? {}).map(([member, of]) => {
      const mark = schema.required?.includes(member) === true ? '' : '?';
      return `    ${member}: ${typeOf(of)}${mark}`;
    });
    return `class ${name}\n${members.join('\n')}\n`;
  });
  return `Options: ${language}\n\n${outline.join('\n')}`;
}

function typeOf(schema: JsonSchema): string {
  return referenceOf(schema) ?? (schema.format === 'uuid' ? 'Guid' : 'String');
}
