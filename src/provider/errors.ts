import type { PlainObject } from '../model/value.ts';
import type { Refusal } from './behaviour.ts';

/** An exception of the framework or the service, as the host turns it into an answer. */
export function refusal(
  by: Refusal['by'],
  status: number,
  code: string,
  message: string,
  rest: PlainObject = {},
): Refusal {
  return { kind: 'refusal', by, status, error: { ErrorCode: code, Message: message, Errors: [], ...rest } };
}

/** One item of `Errors`. */
export function fieldError(code: string, field: string, message: string): PlainObject {
  return { ErrorCode: code, FieldName: field, Message: message };
}

export function invalidValues(
  operation: string,
  bad: readonly { readonly member: string; readonly value: string }[],
): Refusal {
  return refusal('binding', 400, 'SerializationException', `Unable to bind to request '${operation}'`, {
    Errors: bad.map(({ member, value }) =>
      fieldError('SerializationException', member, `'${value}' is an Invalid value for '${member}'`),
    ),
  });
}

/** A body that cannot be read: no FieldName, no items. */
export function unreadable(mediaType: string, typeName: string, problem: string): Refusal {
  return refusal(
    'binding',
    400,
    'SerializationException',
    `Could not deserialize '${mediaType}' request using ${typeName}'\nError: ${problem}`,
  );
}

/** Raised by the readers of bodies; `bind` turns it into a refusal. */
export class UnreadableBody extends Error {
  override readonly name = 'UnreadableBody';
}
