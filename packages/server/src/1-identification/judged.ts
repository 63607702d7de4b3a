import type { Judged } from '@patchsteward/contract';
import { type CoveringFeed, coverage } from '@patchsteward/core/1-identification';
import { type Instant, type PackageSet, type Reason, reasonOf } from '@patchsteward/core/vocabulary';
import { reasonBody } from '../platform/http/reason-body.ts';

/** Whether "no findings" may be said of a set. An empty answer is never a clean one. */
export function judgedOf(
  set: Pick<PackageSet, 'ecosystem' | 'release'>,
  feeds: readonly CoveringFeed[],
  judgedAt: Instant | null,
): Judged {
  const covered = coverage(set, feeds);
  if (covered.kind === 'not-judged') return notJudged(covered.reason);
  if (judgedAt !== null) return { kind: 'judged' };
  // A list of components stays unjudged where nobody speaks of anything in it.
  const code = set.ecosystem === 'components' ? 'release-not-covered' : 'not-judged-yet';
  return notJudged(reasonOf(code, set.release.prettyName));
}

export function notJudged(reason: Reason): Judged {
  return { kind: 'not-judged', reason: reasonBody(reason) };
}
