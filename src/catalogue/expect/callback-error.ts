import type { Expectation } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import { service } from '../requirement.ts';
import { canonical, isObject } from './body.ts';

const call = /^[A-Za-z_$][\w$.]*\((.*)\);?\s*$/s;

/** A script can only read a 200; so a refusal may be one, if its callback is handed an ErrorCode. */
export const refusedToScripts: Expectation = {
  says: 'the status is not 2xx, or the callback is handed an ErrorCode',
  judge: (x) => {
    if (x.status >= 300) return [];
    const body = argumentOf(x.text);
    const status = isObject(body) ? body['ResponseStatus'] : undefined;
    const code = isObject(status) ? status['ErrorCode'] : undefined;
    return typeof code === 'string' && code !== ''
      ? []
      : [
          service(
            'body ResponseStatus.ErrorCode',
            'a non-empty string in the callback',
            x.text.slice(0, 80) || 'an empty body',
          ),
        ];
  },
};

function argumentOf(text: string): PlainValue | undefined {
  const argument = call.exec(text)?.[1];
  if (argument === undefined) return undefined;
  try {
    return canonical(JSON.parse(argument) as PlainValue);
  } catch {
    return undefined;
  }
}
