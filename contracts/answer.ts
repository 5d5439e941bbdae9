import type { ConnectionStatusUpdateResponse, ResponseStatus } from './connection-status-update/dtos.ts';
import { ServiceError } from './service-error.ts';
import { isObject } from '../src/values/json.ts';

/** What came back of one call, kept because the library re-cases errors and hides statuses. */
export class Answer {
  readonly #call: string;
  #response: Response | undefined;
  #text: string | undefined;

  constructor(call: string) {
    this.#call = call;
  }

  begins(response: Response): void {
    this.#response = response;
    const type = response.headers.get('content-type') ?? '';
    if (response.ok && !/^application\/json\s*(;|$)/i.test(type)) {
      throw this.#error(`answered ${type === '' ? 'no content type' : type} instead of application/json`, null);
    }
  }

  async read(response: Response): Promise<unknown> {
    this.#text = await response.text();
    return this.#text === '' ? null : JSON.parse(this.#text);
  }

  /** @throws ServiceError when a 2xx answer is no response DTO, or one that carries an error */
  success(): ConnectionStatusUpdateResponse {
    const body = recased(parsed(this.#text));
    if (!isObject(body)) throw this.#error('answered without a JSON object', null);
    const status = statusIn(body);
    if (isError(status)) throw this.#error(sentence(status), status);
    return body;
  }

  /** The library rejects with an Error, a Response or a plain object; what was received says more than any of them. */
  refusal(thrown: unknown): ServiceError {
    if (thrown instanceof ServiceError) return thrown;
    if (this.#response === undefined) return this.#error(`was not answered: ${reasonOf(thrown)}`, null, thrown);
    const body = recased(parsed(this.#text));
    const status = isObject(body) ? statusIn(body) : null;
    if (this.#response.ok) return this.#error(`answered unreadably: ${reasonOf(thrown)}`, status, thrown);
    return this.#error(isError(status) ? sentence(status) : 'answered without a readable ResponseStatus', status);
  }

  #error(what: string, status: ResponseStatus | null, cause?: unknown): ServiceError {
    const code = this.#response?.status ?? null;
    return new ServiceError(`${this.#call}${code === null ? '' : ` (${String(code)})`} ${what}`, code, status, cause);
  }
}

/** Members of DTOs start with a capital in every casing the framework writes but one; names in Meta are data. */
function recased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(recased);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const pascal = name.charAt(0).toUpperCase() + name.slice(1);
      return [pascal, pascal === 'Meta' ? member : recased(member)];
    }),
  );
}

function statusIn(body: { readonly ResponseStatus?: unknown }): ResponseStatus | null {
  const status = body.ResponseStatus;
  return isObject(status) ? status : null;
}

/** An ErrorCode is what makes a ResponseStatus an error. */
function isError(status: ResponseStatus | null): status is ResponseStatus {
  return status?.ErrorCode !== undefined && status.ErrorCode !== null && status.ErrorCode !== '';
}

function sentence(status: ResponseStatus): string {
  return `answered ${String(status.ErrorCode)}${status.Message ? `: ${status.Message}` : ''}`;
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.cause instanceof Error && thrown.cause.message !== '' ? thrown.cause.message : thrown.message;
}
