import type { Claim } from './claim.ts';
import { type CoveringFeed, type IsCovered, isCovered } from './coverage.ts';
import { mainScopeOf } from './distribution.ts';
import { PRODUCT_SCOPE, vendorOf } from './product-key.ts';
import { subscriberScopeOf } from './subscription.ts';

/** Claims by the package they speak of, with the feeds they came from and the releases each of these covers. */
export interface ClaimIndex {
  readonly feeds: readonly CoveringFeed[];
  of(scope: string, packageName: string): readonly Claim[];
  /** Nobody speaks of all products: of one somebody speaks who names it, or its own vendor, whose silence says something. */
  readonly speaksOf: IsCovered;
}

export function indexClaims(claims: Iterable<Claim>): ClaimIndex {
  const byPackage = new Map<string, Claim[]>();
  const scopes = new Map<string, Set<string>>();
  const vendors = new Set<string>();
  for (const claim of claims) {
    const key = keyOf(claim.scope, claim.packageName);
    const known = byPackage.get(key);
    if (known === undefined) byPackage.set(key, [claim]);
    else known.push(claim);

    const covered = scopes.get(claim.feed) ?? new Set<string>();
    scopes.set(claim.feed, covered.add(claim.scope));
    // What is said to subscribers of a release is judged on every host of it.
    if (claim.scope === subscriberScopeOf(claim.scope)) covered.add(mainScopeOf(claim.scope));
    if (isWordOfVendor(claim)) vendors.add(vendorOf(claim.packageName));
  }
  const feeds = [...scopes].map(([feed, covered]) => ({ feed, scopes: covered }));
  return {
    feeds,
    of: (scope, packageName) => byPackage.get(keyOf(scope, packageName)) ?? [],
    speaksOf: (scope, name) =>
      scope === PRODUCT_SCOPE
        ? vendors.has(vendorOf(name)) || (byPackage.get(keyOf(scope, name)) ?? []).some(stands)
        : isCovered(scope, feeds),
  };
}

/** A vendor whose advisories are read here speaks of its other products as well, in that it names none of them. */
function isWordOfVendor(claim: Claim): boolean {
  const { scope, authority, packageName } = claim;
  if (scope !== PRODUCT_SCOPE || !stands(claim) || vendorOf(packageName) === '') return false;
  return authority === 'vendor-status' || authority === 'vendor-advisory';
}

function stands({ withdrawn }: Claim): boolean {
  return withdrawn === null;
}

/** Neither a scope nor the name of a package contains a space. */
function keyOf(scope: string, packageName: string): string {
  return `${scope} ${packageName}`;
}
