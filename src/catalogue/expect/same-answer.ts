import type { Answered, Subject } from '../../model/exchange.ts';
import type { Expectation } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import { service } from '../requirement.ts';
import { withoutFigures } from './volatile.ts';

/** Members that differ between answers of one kind without telling the caller anything. */
const volatile: ReadonlySet<string> = new Set(['stacktrace', 'meta']);

/**
 * Two answers of a script cannot be told apart: status, media type, challenge and body agree.
 *
 * Not compared, as they tell a caller nothing: the subjects' own ids, words with figures, nonces, StackTrace and Meta.
 *
 * @param first index of the step that sets the measure
 * @param second index of the step that is held against it
 */
export const sameAnswer = (first: number, second: number): Expectation => ({
  says: `answers ${first + 1} and ${second + 1} are alike in status, media type, challenge and body`,
  judge: (_, { steps, subjects }) => {
    const [measure, held] = [steps.at(first), steps.at(second)];
    if (measure === undefined || held === undefined) return [service('answers', 'both', 'one is missing')];
    const [expected, actual] = [featuresOf(measure, subjects), featuresOf(held, subjects)];
    return Object.entries(expected).flatMap(([where, value]) => {
      const other = actual[where] ?? '';
      return other === value ? [] : [service(`answer ${second + 1}: ${where}`, value || 'none', other || 'none')];
    });
  },
});

function featuresOf(x: Answered, subjects: readonly Subject[]): Readonly<Record<string, string>> {
  const challenge = (x.header('WWW-Authenticate') ?? '').replace(/\b(nonce|opaque)="[^"]*"/gi, '$1');
  return {
    status: `${x.status}`,
    'header Content-Type': x.mediaType,
    'header WWW-Authenticate': masked(challenge, subjects),
    body: masked(bodyOf(x), subjects),
  };
}

function bodyOf(x: Answered): string {
  return x.decoded.kind === 'read' && x.decoded.reading.ok ? JSON.stringify(steady(x.decoded.reading.value)) : x.text;
}

function steady(value: PlainValue): PlainValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(steady);
  const kept = Object.entries(value).filter(([name]) => !volatile.has(name.toLowerCase()));
  return Object.fromEntries(kept.map(([name, member]) => [name, steady(member)]));
}

function masked(text: string, subjects: readonly Subject[]): string {
  const ids = subjects.flatMap((s) => Object.entries(s)).filter(([, id]) => id !== '');
  const named = ids.reduce((t, [member, id]) => replaceIgnoringCase(t, id, `{${member}}`), text);
  return withoutFigures(named);
}

function replaceIgnoringCase(text: string, part: string, by: string): string {
  const at = text.toLowerCase().indexOf(part.toLowerCase());
  return at === -1 ? text : text.slice(0, at) + by + replaceIgnoringCase(text.slice(at + part.length), part, by);
}
