import { type PackageSet, type Reason, reasonOf } from '../vocabulary/index.ts';
import { mainScopeOf, scopeOfRelease } from './distribution.ts';

/** A loaded feed of claims and the releases that it speaks of. */
export interface CoveringFeed {
  readonly feed: string;
  readonly scopes: ReadonlySet<string>;
}

/** With no feed for a release the answer is "not judged", never "0 findings". */
export type Coverage =
  | {
      readonly kind: 'judged';
      /** null: a list of components, each of which has a release or registry of its own. */
      readonly scope: string | null;
    }
  | { readonly kind: 'not-judged'; readonly reason: Reason };

export function coverage(
  { ecosystem, release }: Pick<PackageSet, 'ecosystem' | 'release'>,
  feeds: readonly CoveringFeed[],
): Coverage {
  if (feeds.length === 0) return { kind: 'not-judged', reason: reasonOf('no-feed', release.prettyName) };
  if (ecosystem === 'components') return { kind: 'judged', scope: null };

  const scope = scopeOfRelease(release);
  return scope !== null && isCovered(scope, feeds) ? { kind: 'judged', scope } : notCovered(release.prettyName);
}

/** Whether anybody speaks of a release, a registry, or, where the scope is that of products, of the one of this name. */
export type IsCovered = (scope: string, name: string) => boolean;

/** Whether any feed speaks of a release or registry; what speaks of a release speaks of its channels. */
export function isCovered(scope: string, feeds: readonly CoveringFeed[]): boolean {
  const main = mainScopeOf(scope);
  return feeds.some(({ scopes }) => scopes.has(scope) || scopes.has(main));
}

/** Nobody speaks of it, or of anything in it. */
export function notCovered(subject: string): Extract<Coverage, { kind: 'not-judged' }> {
  return { kind: 'not-judged', reason: reasonOf('release-not-covered', subject) };
}
