import type { ResponseStatus } from './connection-status-update/dtos.ts';

/** A call that did not succeed, whatever stood in its way. */
export class ServiceError extends Error {
  /** The HTTP status of the answer; null when none came. */
  readonly status: number | null;
  /** What the service says of the error, members in the casing of the DTOs; null when it says nothing readable. */
  readonly responseStatus: ResponseStatus | null;

  constructor(message: string, status: number | null, responseStatus: ResponseStatus | null, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'ServiceError';
    this.status = status;
    this.responseStatus = responseStatus;
  }
}
