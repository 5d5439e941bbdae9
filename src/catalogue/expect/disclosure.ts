import type { Answered } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import { isObject } from '../../values/json.ts';
import { service } from '../requirement.ts';
import { bodyOf, brief } from './body.ts';

/** What a text must not hold. A sentence that says "at" or a JSON path is neither; each pattern needs the whole shape. */
const traces: readonly { readonly says: string; readonly pattern: RegExp }[] = [
  { says: 'a .NET stack frame', pattern: /(?:^|\n|\\n)\s*at [\w.<>`[\]+,]+\.[\w.<>`|[\]+]+\([^)\n]*\)/ },
  { says: 'a line of a source file', pattern: /\b[\w-]+\.(?:cs|vb|fs|cshtml|java|js|ts|py):(?:line )?\d+/ },
  {
    says: 'a stack marker',
    pattern: /--- End of (?:inner exception )?stack trace|Traceback \(most recent call last\)/,
  },
  { says: "the framework's request dump", pattern: /\[REQUEST: \{/ },
  { says: 'a Windows path', pattern: /\b[A-Za-z]:\\(?:[\w .-]+\\)+[\w.-]*/ },
  {
    says: 'a server path',
    pattern: /(?:^|[\s'"(=:])\/(?:home|root|usr|var|opt|etc|srv|app|src|tmp|mnt|build|Users|proc)\/[\w./-]+/,
  },
];

/** No text of the body discloses a stack trace or a path of the server, in whatever member it stands. */
export const disclosesNothing: Expectation = {
  says: 'no text of the body holds a stack trace or a path of the server',
  judge: (x) =>
    textsOf(x).flatMap(({ place, text }) =>
      traces
        .filter(({ pattern }) => pattern.test(text))
        .slice(0, 1)
        .map(({ says }) => service(place, 'neither a stack trace nor a server path', `${says}: ${brief(text)}`)),
    ),
};

interface Placed {
  readonly place: string;
  readonly text: string;
}

/** Every text of a readable body; the whole of one that cannot be read, HTML included. */
function textsOf(x: Answered): readonly Placed[] {
  const body = bodyOf(x);
  return body === undefined ? [{ place: 'body', text: x.text }] : within(body, 'body');
}

function within(value: PlainValue, place: string): readonly Placed[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: PlainValue, i) => within(item, `${place}[${String(i)}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => within(member, `${place} ${name}`));
}
