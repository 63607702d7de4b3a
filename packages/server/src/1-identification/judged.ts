import type { Judged } from '@patchsteward/contract';
import { type CoveringFeed, coverage, scopeOfRelease } from '@patchsteward/core/1-identification';
import { type Instant, type PackageSet, type Reason, type Release, reasonOf } from '@patchsteward/core/vocabulary';
import { feedFor } from '@patchsteward/feeds';
import { reasonBody } from '../platform/http/reason-body.ts';

/** Whether "no findings" may be said of a set. An empty answer is never a clean one. */
export function judgedOf(
  set: Pick<PackageSet, 'ecosystem' | 'release'>,
  feeds: readonly CoveringFeed[],
  { judgedAt, unjudged }: { readonly judgedAt: Instant | null; readonly unjudged: number },
): Judged {
  const covered = coverage(set, feeds);
  if (covered.kind === 'not-judged') return proposing(notJudged(covered.reason), set.release);
  if (judgedAt !== null) return { kind: 'judged', unjudgedPackages: unjudged };
  return notJudged(unjudgedReason(set));
}

/** Of a set that a feed covers and nobody judged. A list of components stays so where nobody speaks of anything in it. */
export function unjudgedReason({ ecosystem, release }: Pick<PackageSet, 'ecosystem' | 'release'>): Reason {
  return reasonOf(ecosystem === 'components' ? 'release-not-covered' : 'not-judged-yet', release.prettyName);
}

/** Names the feed that would cover it, and the command: whoever reads that nothing is judged acts next. */
function proposing(judged: ReturnType<typeof notJudged>, release: Release): Judged {
  const scope = scopeOfRelease(release);
  const feed = scope === null ? null : feedFor(scope);
  if (feed === null) return judged;
  const command = `patchsteward feeds ${feed.byDefault ? 'fetch' : 'enable'} ${feed.id}`;
  const sentence = `${judged.reason.sentence} ${feed.title}: "${command}".`;
  return { ...judged, reason: { ...judged.reason, sentence } };
}

export function notJudged(reason: Reason): Extract<Judged, { kind: 'not-judged' }> {
  return { kind: 'not-judged', reason: reasonBody(reason) };
}
