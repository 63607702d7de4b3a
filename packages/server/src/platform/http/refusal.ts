import { ERRORS, type ErrorBody, type ErrorCode } from '@patchsteward/contract';

export interface RefusalDetail {
  readonly path: string;
  readonly problem: string;
}

/** An expected refusal of a request: a code of the contract and a sentence that names the case. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: readonly RefusalDetail[];
  /** For `too-many-attempts` and `rate-limited`: when it makes sense to come back. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { details?: readonly RefusalDetail[]; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'Refusal';
    this.code = code;
    this.details = more.details ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export function statusOf(code: ErrorCode): number {
  return ERRORS[code].status;
}

export function errorBody(
  code: ErrorCode,
  message: string,
  requestId: string,
  details: readonly RefusalDetail[] = [],
): ErrorBody {
  return {
    error: {
      code,
      message,
      whatToDo: ERRORS[code].whatToDo,
      requestId,
      ...(details.length === 0 ? {} : { details: [...details] }),
    },
  };
}
