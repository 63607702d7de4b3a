import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';

/** Who may call: anybody, a signed-in person, a person with a role (listed), or an agent by its certificate. */
export type Access =
  | 'anybody'
  | 'person'
  | 'operator'
  | 'administrator'
  | 'security'
  | 'triager'
  | 'agent'
  | 'agent-enrolling'
  | 'agent-renewing';

/** One way in. The same value binds the handler, writes the OpenAPI document and types the client. */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  /** `asset.list`: noun and verb, unique. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{name}` for each parameter. */
  readonly path: string;
  readonly summary: string;
  readonly access: Access;
  readonly params: Params;
  readonly query: Query;
  /** `none` where there is no body; `bytes` where the body is a stream that the handler reads itself. */
  readonly body: Body | 'none' | 'bytes';
  /** `bytes` where the answer is a file, `events` where it goes on; every other answer is JSON. // HTML §9.2 */
  readonly answer: Answer | 'bytes' | 'events';
  /**
   * The answer shows a secret once. It is never compressed: beside text that somebody else chose, its length would tell
   * of the secret. // CVE-2013-3587 (BREACH)
   */
  readonly secret?: true;
  /** Codes of its own; every route may also answer with the general ones. */
  readonly errors: readonly ErrorCode[];
  /** Largest body in bytes, after decompression. */
  readonly bodyBytesMax: number;
}

/** Bodies typed by hand or by a form: far above any real one, far below what hurts. */
export const SMALL_BODY_BYTES_MAX = 64 * 1024;
