import type { Judged } from '@patchsteward/contract';
import { type CoveringFeed, coverage } from '@patchsteward/core/1-identification';
import { type Instant, type Reason, type Release, reasonOf } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';

/** Whether "no findings" may be said of a set. An empty answer is never a clean one. */
export function judgedOf(release: Release, feeds: readonly CoveringFeed[], judgedAt: Instant | null): Judged {
  const covered = coverage(release, feeds);
  if (covered.kind === 'not-judged') return notJudged(covered.reason);
  return judgedAt === null ? notJudged(reasonOf('not-judged-yet', release.prettyName)) : { kind: 'judged' };
}

export function notJudged(reason: Reason): Judged {
  return { kind: 'not-judged', reason: reasonBody(reason) };
}
