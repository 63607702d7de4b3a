import type { ReasonBody } from '@patchsteward/contract';
import { type Reason, sentenceOf } from '@patchsteward/core/vocabulary';

/** A reason as it leaves: instants as RFC 3339, and the sentence that every client shows. */
export function reasonBody(reason: Reason): ReasonBody {
  return {
    code: reason.code,
    subject: reason.subject,
    clearableBy: [...reason.clearableBy],
    by: reason.by === undefined ? null : new Date(reason.by).toISOString(),
    sentence: sentenceOf(reason),
  };
}
