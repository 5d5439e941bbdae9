import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { PlainValue, Reading } from '../../model/value.ts';
import type { Finding } from '../../model/verdict.ts';
import { isObject } from '../../values/json.ts';
import { service } from '../requirement.ts';
import { bodyOf, brief } from './body.ts';

interface Trace {
  readonly says: string;
  readonly isIn: (text: string) => boolean;
}

/**
 * What a text must not hold besides a stack frame. A sentence that says "at" or a JSON path is neither; each needs the whole shape. A target
 * may send megabytes that nearly fit, so no pattern looks at a character twice.
 */
const otherTraces: readonly Trace[] = [
  {
    says: 'a line of a source file',
    isIn: matching(/(?<=\w)\.(?:cs|vb|fs|cshtml|java|js|ts|py):(?:line )?\d/),
  },
  {
    says: 'a stack marker',
    isIn: matching(/--- End of (?:inner exception )?stack trace|Traceback \(most recent call last\)/),
  },
  { says: "the framework's request dump", isIn: matching(/\[REQUEST: \{/) },
  { says: 'a Windows path', isIn: matching(/\b[A-Za-z]:\\[\w .-]+\\/) },
  {
    says: 'a server path',
    isIn: matching(/(?:^|[\s'"(=:])\/(?:home|root|usr|var|opt|etc|srv|app|src|tmp|mnt|build|Users|proc)\/[\w./-]/),
  },
];

const traces: readonly Trace[] = [
  { says: 'a .NET stack frame', isIn: (text) => text.includes('at ') && text.split(lines).some(isStackFrame) },
  ...otherTraces,
];

/** Where a line ends, in a text, in one that is written in JSON, and on a page. */
const lines = /\n|\\n|<\/?(?:pre|code|p|div|br|li|td|span)\b[^<>\n]{0,200}>/i;

function matching(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text);
}

/** `at Name.Space.Type.Method(arguments)`: a type before the last of the dots, a method behind it. */
function isStackFrame(line: string): boolean {
  const frame = line.trimStart();
  if (!frame.startsWith('at ')) return false;
  const [name = ''] = /^[\w.<>`|[\]+,]*/.exec(frame.slice(3)) ?? [];
  const after = 3 + name.length;
  if (frame.charAt(after) !== '(' || !frame.includes(')', after)) return false;
  // A local function has a bar in its method, a generic type a comma in its type.
  const bar = name.indexOf('|');
  const dot = name.lastIndexOf('.', bar < 0 ? name.length - 2 : Math.min(bar - 1, name.length - 2));
  return dot > 0 && dot > name.lastIndexOf(',');
}

/** No text of the body discloses a stack trace or a path of the server, in whatever member it stands. */
export const disclosesNothing: Expectation = {
  says: 'no text of the body holds a stack trace or a path of the server',
  judge: (x) => textsOf(x).flatMap((placed) => tracesIn(placed, traces)),
};

/** What a page holds of its own: addresses of scripts look like paths of the server. */
const addresses: ReadonlySet<string> = new Set(['a line of a source file', 'a server path', 'a Windows path']);

/** A target may say the same to all that is asked, and each answer is looked at. */
const told = new WeakMap<Reading, readonly Finding[]>();

/**
 * As `disclosesNothing`, of any answer: in a page, and in whatever cannot be read, only what is certainly a trace counts.
 */
export function tellsNoTrace(x: Answered): readonly Finding[] {
  return [
    ...tracesInBody(x),
    ...tracesIn({ place: 'reason', text: x.reason }, tracesInHeader),
    ...tracesInHeaders(x.headers),
  ];
}

function tracesInBody(x: Answered): readonly Finding[] {
  if (x.decoded.kind === 'read' && x.decoded.reading.ok) {
    const { format, reading } = x.decoded;
    const before = told.get(reading);
    if (before !== undefined) return before;
    const isClean = format === 'json' && !mayHoldTraces(x.text);
    const found = isClean ? [] : textsOf(x).flatMap((placed) => tracesIn(placed, traces));
    told.set(reading, found);
    return found;
  }
  const certain = traces.filter(({ says }) => !addresses.has(says));
  return tracesIn({ place: 'body', text: x.text }, certain);
}

/** A stack frame wherever it stands: `isStackFrame` finds none where this does not. */
const frame = /at [\w.<>`|[\]+,]*\(/;

/**
 * Whether a body in JSON may hold a trace, by the whole of it: metadata of a host is megabytes, and most hold none. What stands in
 * one of its texts stands in it, with a quotation mark in the place of the beginning.
 */
function mayHoldTraces(body: string): boolean {
  if (!hint.test(body)) return false;
  const text = unescaped(body);
  return frame.test(text) || otherTraces.some(({ isIn }) => isIn(text));
}

/** With the escapes of JSON undone, also where no text stands. */
function unescaped(body: string): string {
  if (!body.includes('\\')) return body;
  return body.replace(
    /\\(?:u([0-9a-fA-F]{4})|([^u]))/g,
    (_, code: string | undefined, character: string | undefined) =>
      code === undefined
        ? (blanks.get(character ?? '') ?? character ?? '')
        : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const blanks: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);

/**
 * What a header must not hold. Addresses, keys of caches and routes look like paths of the server: only a file of code, or what
 * stands below a directory that no site has, is certainly one.
 */
const tracesInHeader: readonly Trace[] = [
  { says: 'a .NET stack frame', isIn: (text) => text.split(/(?<!\S)(?=at )/).some(isStackFrame) },
  { says: 'a line of a source file', isIn: matching(/\w\.(?:cs|vb|fs|cshtml):(?:line )?\d/) },
  ...otherTraces.filter(({ says }) => !addresses.has(says)),
  { says: 'a Windows path', isIn: matching(/\b[A-Za-z]:\\[\w .-]+\\/) },
  {
    says: 'a server path',
    isIn: matching(
      /(?:^|[\s'"(=:])\/(?:(?:root|usr|var|etc|srv|proc)\/[\w-]+\/|[\w./-]{1,300}\.(?:cs|vb|fs|cshtml|dll|pdb)\b)/,
    ),
  },
];

/** Headers whose values are addresses, or made of some. */
const addressed =
  /^(?:location|content-location|link|set-cookie|refresh|.*(?:ur[il]|path|prefix|policy|report|origin).*)$/i;

function tracesInHeaders(headers: Answered['headers']): readonly Finding[] {
  return headers.flatMap(([name, value]) => {
    // Short ones, and most are, have no room for any of it.
    if (value.length < 8 || !hint.test(readable(value))) return [];
    const looked = addressed.test(name)
      ? tracesInHeader.filter(({ says }) => says !== 'a server path')
      : tracesInHeader;
    return tracesIn({ place: `header ${name}`, text: readable(value) }, looked);
  });
}

/** A header as it was before it was escaped for its place. */
function readable(value: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function tracesIn({ place, text }: Placed, looked: readonly Trace[]): readonly Finding[] {
  return looked
    .filter(({ isIn }) => isIn(text))
    .slice(0, 1)
    .map(({ says }) => service(place, 'neither a stack trace nor a server path', `${says}: ${brief(text)}`));
}

interface Placed {
  readonly place: string;
  readonly text: string;
}

/** What every trace has something of, escapes that may hide it included: most bodies have nothing and need no walk. */
const hint = /at |[/&]|:\\|\\u|--- End|Traceback|\[REQUEST|\.(?:cs|vb|fs|cshtml|java|js|ts|py):/;

/** Every text of a readable body; the whole of one that cannot be read, HTML included. */
function textsOf(x: Answered): readonly Placed[] {
  if (!hint.test(x.text)) return [];
  const body = bodyOf(x);
  return body === undefined ? [{ place: 'body', text: x.text }] : within(body, 'body');
}

function within(value: PlainValue, place: string): readonly Placed[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: PlainValue, i) => within(item, `${place}[${String(i)}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => within(member, `${place} ${name}`));
}
