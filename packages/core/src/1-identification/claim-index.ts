import type { Claim } from './claim.ts';
import type { CoveringFeed } from './coverage.ts';
import { mainScopeOf } from './distribution.ts';
import { subscriberScopeOf } from './subscription.ts';

/** Claims by the package they speak of, with the feeds they came from and the releases each of these covers. */
export interface ClaimIndex {
  readonly feeds: readonly CoveringFeed[];
  of(scope: string, packageName: string): readonly Claim[];
}

export function indexClaims(claims: Iterable<Claim>): ClaimIndex {
  const byPackage = new Map<string, Claim[]>();
  const scopes = new Map<string, Set<string>>();
  for (const claim of claims) {
    const key = keyOf(claim.scope, claim.packageName);
    const known = byPackage.get(key);
    if (known === undefined) byPackage.set(key, [claim]);
    else known.push(claim);

    const covered = scopes.get(claim.feed) ?? new Set<string>();
    scopes.set(claim.feed, covered.add(claim.scope));
    // What is said to subscribers of a release is judged on every host of it.
    if (claim.scope === subscriberScopeOf(claim.scope)) covered.add(mainScopeOf(claim.scope));
  }
  return {
    feeds: [...scopes].map(([feed, covered]) => ({ feed, scopes: covered })),
    of: (scope, packageName) => byPackage.get(keyOf(scope, packageName)) ?? [],
  };
}

/** Neither a scope nor the name of a package contains a space. */
function keyOf(scope: string, packageName: string): string {
  return `${scope} ${packageName}`;
}
