import type { PlainObject } from '../model/value.ts';
import type { Call, Outcome } from './behaviour.ts';
import { writeJsv } from './rendering/jsv.ts';
import { textOf } from './rendering/json.ts';
import type { Service } from './service.ts';

/** What debug mode adds: a stack trace to everything but validation errors. */
export function debugged(service: Service, call: Call, outcome: Outcome): Outcome {
  if (outcome.kind === 'success' || outcome.error === null || outcome.by === 'validation') return outcome;
  return { ...outcome, error: withTrace(service, call, outcome.error) };
}

/** A ResponseStatus with a stack trace after its message. */
export function withTrace(service: Service, call: Call, status: PlainObject): PlainObject {
  const { ErrorCode: code = '', Message: message = '', ...rest } = status;
  const thrown = `${textOf(code)}: ${textOf(message)}\n   at ${service.codeNamespace}.${service.contract.operation}Service.Any() in /src/Services.cs:line 1`;
  const trace =
    call.subject === null ? thrown : `[${service.contract.request}]:\n[REQUEST: ${writeJsv(call.request)}]\n\n`;
  const inner = textOf(message).startsWith('Nested') ? { Meta: { InnerMessages: 'inner cause' } } : {};
  return { ErrorCode: code, Message: message, StackTrace: trace, ...rest, ...inner };
}
