import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';

const scripts: ReadonlySet<string> = new Set(['text/javascript', 'application/javascript']);

/** The answer is a script that hands a JSON value to the callback. */
export const carriedInCallback = (name: string): Expectation => ({
  says: `the body is a script that calls ${name} with a JSON value`,
  judge: (x) => {
    if (!scripts.has(x.mediaType)) {
      return [service('header Content-Type', [...scripts].join(' or '), x.mediaType || 'absent')];
    }
    const text = x.text.trim();
    const argument = text.startsWith(`${name}(`) ? text.slice(name.length + 1).replace(/\);?$/, '') : undefined;
    return argument !== undefined && isJson(argument) ? [] : [service('body', `${name}(…)`, text.slice(0, 160))];
  },
});

/** A callback that is no identifier does not come back as it was sent, where a browser would run it. */
export const reflectsNothing = (callback: string): Expectation => ({
  says: 'a callback that is no identifier is not reflected as it was sent',
  judge: (x) =>
    x.mediaType !== 'application/json' && x.text.includes(callback)
      ? [service('body', `no ${callback} in it`, x.text.slice(0, 160))]
      : [],
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
