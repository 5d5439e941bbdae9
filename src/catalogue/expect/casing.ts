import type { Expectation } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import { service } from '../requirement.ts';
import { isObject, pascal } from './body.ts';

/** The members of the response are written in the casing that the profile declares; keys of a Meta map are data. */
export const declaredCasing: Expectation = {
  says: 'the members of the body are written in the declared casing',
  judge: (x, { profile }) => {
    if (x.decoded.kind !== 'read' || !x.decoded.reading.ok) return [];
    const written = profile.casing === 'pascal' ? pascal : camel;
    return namesIn(x.decoded.reading.value)
      .filter((name) => name !== written(name))
      .map((name) => service('body', `a member named ${written(name)}`, `a member named ${name}`));
  },
};

function camel(name: string): string {
  const written = pascal(name);
  return written.charAt(0).toLowerCase() + written.slice(1);
}

function namesIn(value: PlainValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: PlainValue) => namesIn(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...(pascal(name) === 'Meta' ? [] : namesIn(member))]);
}
