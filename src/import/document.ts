import { isObject, whereNotJson, type JsonObject } from '../values/json.ts';
import { csharp } from './csharp.ts';
import { dtoDocument } from './dto-source.ts';
import { unreadable, type ReadDocument } from './facts.ts';
import { readJsonSchema } from './json-schema.ts';
import { readMetadata } from './metadata.ts';
import { isPageText, readPageText } from './page-text.ts';
import { readPage } from './page.ts';
import { python } from './python.ts';
import { typescript } from './typescript.ts';

/** The metadata of the largest hosts known has 6 million characters; what is longer than this is no document of an operation. */
const longest = 32_000_000;

/**
 * Reads a document of a service, whichever of them it is: told by what it says, not by its name.
 *
 * @param raw its text, without a byte-order mark
 * @param where its file or address, for messages and for what the contract says of its sources
 * @throws UnreadableSource when it is none, or cannot be read as the one that it is
 */
export function readDocument(raw: string, where: string): ReadDocument {
  if (raw.length > longest)
    return unreadable(
      where,
      `is longer than ${longest / 1_000_000} million characters, which no document of an operation is`,
    );
  const text = raw.replace(/\r\n?/g, '\n').replace(/^\ufeff/, '');
  const start = text.trimStart();
  if (start === '') return unreadable(where, 'is empty');
  // Markdown may begin with a link, which no JSON does.
  if (/^[{[]/.test(start) && !/^\[[^\]\n]*\]\(/.test(start)) return jsonDocument(text, where);
  if (/^\/\*\s*Options:/.test(start)) return dtoSource(text, start, where);
  if (/^"""\s*Options:/.test(start)) return dtoDocument(text, python, where);
  if (/^<(?:!doctype\s|html\b|head\b|body\b|!--|\?xml)/i.test(start) || /<h2>[^<]*<\/h2>/i.test(text.slice(0, 20_000)))
    return readPage(text, where);
  if (isPageText(text)) return readPageText(text, where);
  if (/^(?:export|import|\/\/ ?@ts-)/m.test(start)) return dtoDocument(text, typescript, where);
  if (/^(?:using\s|namespace\s|public\s)/m.test(start)) return dtoDocument(text, csharp, where);
  if (/^(?:class\s+\w.*:|@dataclass)\s*$/m.test(start)) return dtoDocument(text, python, where);
  return unreadable(
    `${where}:1`,
    'is none of what is read here: types/metadata.json, metadata/app.json, an operation page, DTOs in TypeScript, C# or Python, /schema/Name',
    start.split('\n')[0],
  );
}

function dtoSource(text: string, start: string, where: string): ReadDocument {
  const code = start
    .slice(start.indexOf('*/') + 2)
    .split('\n')
    .map((line) => line.trimStart());
  const begins = (...words: readonly string[]): boolean =>
    code.some((line) => words.some((word) => line.startsWith(word)));
  if (begins('export ')) return dtoDocument(text, typescript, where);
  if (begins('using ', 'namespace ')) return dtoDocument(text, csharp, where);
  return unreadable(
    `${where}:1`,
    'is a DTO source in a language that is not read here: give TypeScript, C# or Python',
    code.find((line) => line !== ''),
  );
}

function jsonDocument(text: string, where: string): ReadDocument {
  const value = jsonIn(text, where);
  if (isObject(value) && typeof value['$schema'] === 'string' && 'properties' in value)
    return readJsonSchema(value, where);
  return readMetadata(value, where);
}

function jsonIn(text: string, where: string): unknown {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    return unreadable(where, `is no JSON: ${whereNotJson(text, error)}`);
  }
}
