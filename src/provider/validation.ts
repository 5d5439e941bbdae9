import type { PlainObject } from '../model/value.ts';
import type { Call, Refusal } from './behaviour.ts';
import { refusal } from './errors.ts';
import { zeroGuid } from './guid.ts';
import type { Service } from './service.ts';

/** Every required member must hold something: all at fault are named, code and message repeat the first. */
export function validate(service: Service, call: Call): Refusal | null {
  const errors: PlainObject[] = [];
  for (const member of service.members) {
    if (!member.required) continue;
    const value = call.request[member.name] ?? '';
    if (member.kind === 'guid' ? value !== zeroGuid : value.trim() !== '') continue;
    errors.push({
      ErrorCode: 'NotEmpty',
      FieldName: member.name,
      Message: `'${member.words}' must not be empty.`,
      Meta: { PropertyName: member.words, ...(member.kind === 'guid' && { PropertyValue: zeroGuid }) },
    });
  }
  const [first] = errors;
  if (first === undefined) return null;
  return refusal('validation', 400, 'NotEmpty', `${String(first['Message'])}`, { Errors: errors });
}
