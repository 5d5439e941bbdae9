import type { PlainObject } from '../model/value.ts';
import type { Call, Refusal } from './behaviour.ts';
import { refusal } from './errors.ts';
import { zeroGuid } from './guid.ts';
import type { Service } from './service.ts';

/** Every required member must hold something: all at fault are named, code and message repeat the first. */
export function validate(service: Service, call: Call): Refusal | null {
  const errors: PlainObject[] = [];
  let first: string | null = null;
  for (const member of service.members) {
    if (!member.required) continue;
    const value = call.request[member.name] ?? '';
    if (member.kind === 'text' ? value.trim() !== '' : value !== member.value.initial) continue;
    const message = `'${member.words}' must not be empty.`;
    first ??= message;
    errors.push({
      ErrorCode: 'NotEmpty',
      FieldName: member.name,
      Message: message,
      Meta: { PropertyName: member.words, ...(member.kind === 'guid' && { PropertyValue: zeroGuid }) },
    });
  }
  if (first === null) return null;
  return refusal('validation', 400, 'NotEmpty', first, { Errors: errors });
}
