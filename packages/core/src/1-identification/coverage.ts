import { type Reason, type Release, reasonOf } from '../vocabulary/index.ts';
import { scopeOfRelease } from './distribution.ts';

/** A loaded feed of claims and the releases that it speaks of. */
export interface CoveringFeed {
  readonly feed: string;
  readonly scopes: ReadonlySet<string>;
}

/** With no feed for a release the answer is "not judged", never "0 findings". */
export type Coverage =
  | { readonly kind: 'judged'; readonly scope: string }
  | { readonly kind: 'not-judged'; readonly reason: Reason };

export function coverage(release: Release, feeds: readonly CoveringFeed[]): Coverage {
  if (feeds.length === 0) return { kind: 'not-judged', reason: reasonOf('no-feed', release.prettyName) };

  const scope = scopeOfRelease(release);
  if (scope === null || !feeds.some(({ scopes }) => scopes.has(scope))) {
    return { kind: 'not-judged', reason: reasonOf('release-not-covered', release.prettyName) };
  }
  return { kind: 'judged', scope };
}
