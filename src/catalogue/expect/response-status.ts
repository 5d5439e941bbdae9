import type { Expectation } from '../../model/requirement.ts';
import type { PlainObject, PlainValue } from '../../model/value.ts';
import type { Finding } from '../../model/verdict.ts';
import { errorOf } from '../../values/contract.ts';
import { isObject } from '../../values/json.ts';
import { service } from '../requirement.ts';
import { brief, describeBody, isNothing, tellsNoErrorCode } from './body.ts';
import { errorsOf, statusOf } from './errors.ts';
import { isErrorWithoutRows } from './rows.ts';

const at = 'body ResponseStatus';

/** Judges the ResponseStatus; an answer without one is judged by `errorCode` alone, so that one fault is one finding. */
function ofStatus(says: string, judge: (status: PlainObject) => readonly Finding[]): Expectation {
  return {
    says,
    judge: (x) => {
      const status = statusOf(x);
      return status === undefined ? [] : judge(status);
    },
  };
}

/** The body carries a ResponseStatus whose ErrorCode is a string that is not empty. */
export const errorCode: Expectation = {
  says: 'the body carries a ResponseStatus with an ErrorCode, a string that is not empty',
  judge: (x, { contract }) => {
    const status = statusOf(x);
    if (isErrorWithoutRows(x, contract)) return [];
    if (status === undefined)
      // An error DTO without a ResponseStatus has nothing to tell; one of another name may be left out.
      return errorOf(contract).status !== 'ResponseStatus' || tellsNoErrorCode(x, contract)
        ? []
        : [service(at, 'an object', describeBody(x))];
    const code = status['ErrorCode'];
    return typeof code === 'string' && code.trim() !== ''
      ? []
      : [service(`${at}.ErrorCode`, 'a string that is not empty', brief(code))];
  },
};

/** Message is a string that is not empty. */
export const message: Expectation = ofStatus('Message is a string that is not empty', (status) =>
  typeof status['Message'] === 'string' && status['Message'].trim() !== ''
    ? []
    : [service(`${at}.Message`, 'a string that is not empty', brief(status['Message']))],
);

/** Message is a string where it is present. */
export const messageIfAny: Expectation = ofStatus('Message, when present, is a string', (status) =>
  isNothing(status['Message']) || typeof status['Message'] === 'string'
    ? []
    : [service(`${at}.Message`, 'a string, null or absent', brief(status['Message']))],
);

/** Errors is absent, null or a list of objects. */
export const errorsList: Expectation = ofStatus('Errors is absent, null or a list of objects', ({ Errors: errors }) => {
  if (isNothing(errors)) return [];
  if (!Array.isArray(errors)) return [service(`${at}.Errors`, 'a list, null or absent', brief(errors))];
  return errors.flatMap((item: PlainValue, i) =>
    isObject(item) ? [] : [service(`${at}.Errors[${String(i)}]`, 'an object', brief(item))],
  );
});

/** Every item of Errors has an ErrorCode and a Message, both strings. */
export const errorItems: Expectation = {
  says: 'every item of Errors has an ErrorCode and a Message, both strings',
  judge: (x) =>
    errorsOf(x).flatMap((item, i) =>
      ['ErrorCode', 'Message']
        .filter((name) => typeof item[name] !== 'string')
        .map((name) => service(`${at}.Errors[${String(i)}].${name}`, 'a string', brief(item[name]))),
    ),
};

/** Meta, of the status and of each item, is absent, null or a map from string to string. */
export const metaMaps: Expectation = {
  says: 'Meta is absent, null or a map from string to string, in the status and in every item of Errors',
  judge: (x) =>
    [statusOf(x), ...errorsOf(x)].flatMap((holder, i) => {
      const meta = holder?.['Meta'];
      if (isNothing(meta)) return [];
      const place = i === 0 ? `${at}.Meta` : `${at}.Errors[${String(i - 1)}].Meta`;
      if (!isObject(meta)) return [service(place, 'an object, null or absent', brief(meta))];
      return Object.entries(meta)
        .filter(([, value]) => value !== null && typeof value !== 'string')
        .map(([name, value]) => service(`${place}.${name}`, 'a string', brief(value)));
    }),
};

/** StackTrace is absent, null or nil. */
export const noStackTraceMember: Expectation = ofStatus('StackTrace is absent or null', (status) =>
  isNothing(status['StackTrace']) ? [] : [service(`${at}.StackTrace`, 'absent or null', brief(status['StackTrace']))],
);
