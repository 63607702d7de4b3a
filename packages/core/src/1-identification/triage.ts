import type { VersionOrder } from '../versions/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import type { Claim, Precision, VersionRange } from './claim.ts';
import { claimScopeOf, packageTypeOf } from './distribution.ts';
import { orderOfScope } from './order-of-packages.ts';
import { packageKey } from './package-key.ts';
import { PRODUCT_SCOPE, productKey } from './product-key.ts';

/** What an announcement is about: a product by its names, or a package of a release or a registry. */
export type TriageTarget =
  | { readonly kind: 'product'; readonly vendor: string; readonly product: string }
  /** `release`: `debian:12`, `bookworm`, or a registry by the type that purl gives it: `npm`, `pypi`. */
  | { readonly kind: 'package'; readonly release: string; readonly name: string };

/** What a person read out of an announcement. // SOP P1.1 */
export interface TriagedClaim {
  readonly targets: readonly TriageTarget[];
  /** None: every version is affected. */
  readonly ranges: readonly VersionRange[];
  /** None: the announcement names no CVE, and its own id stands for what it is about. */
  readonly vulnerabilities: readonly string[];
}

/** What the announcement itself says, whoever reads it. */
export interface AnnouncementFacts {
  readonly feed: string;
  readonly id: string;
  readonly published: Instant;
  readonly publishedPrecision: Precision;
  readonly provenance: string;
}

export type TriageFault =
  | { readonly kind: 'release-unknown'; readonly release: string }
  | { readonly kind: 'product-without-name'; readonly vendor: string; readonly product: string }
  | { readonly kind: 'version-impossible'; readonly version: string; readonly place: string }
  /** It ends where it begins, or before. */
  | { readonly kind: 'range-empty'; readonly introduced: string; readonly end: string; readonly place: string };

export type TriageReading =
  | { readonly kind: 'claims'; readonly claims: readonly Claim[] }
  | { readonly kind: 'impossible'; readonly faults: readonly TriageFault[] };

/** Registries by the types that purl gives them: whatever is installed from one meets its claims under that name. */
const REGISTRIES: ReadonlySet<string> = new Set([
  ...['npm', 'pypi', 'maven', 'golang', 'cargo', 'gem', 'nuget', 'composer', 'hex', 'pub', 'cran', 'hackage'],
]);

interface Place {
  readonly scope: string;
  readonly packageKind: Claim['packageKind'];
  readonly packageName: string;
  readonly order: VersionOrder;
}

/** The claims that follow from what a person read, or why nothing could be judged by it. */
export function readTriage(triaged: TriagedClaim, facts: AnnouncementFacts, at: Instant): TriageReading {
  const places = triaged.targets.map(placeOf);
  const faults = places.flatMap((place) => ('kind' in place ? [place] : faultsOf(triaged.ranges, place)));
  if (faults.length > 0) return { kind: 'impossible', faults };
  const ids = triaged.vulnerabilities.length === 0 ? [facts.id] : [...new Set(triaged.vulnerabilities)];
  const claims = places.flatMap((place) =>
    'kind' in place ? [] : ids.map((vulnerability) => claimOf(place, vulnerability, triaged, facts, at)),
  );
  return { kind: 'claims', claims };
}

function claimOf(
  { scope, packageKind, packageName }: Place,
  vulnerability: string,
  { ranges }: TriagedClaim,
  { feed, id, published, publishedPrecision, provenance }: AnnouncementFacts,
  at: Instant,
): Claim {
  return {
    ...{ feed, advisory: id, authority: 'triaged', vulnerability, scope, packageKind, packageName },
    ...{ status: 'affected', ranges, versions: [], modified: at, withdrawn: null, provenance },
    // Some date what they announce in the future.
    ...{ published: Math.min(published, at), publishedPrecision },
  };
}

function placeOf(target: TriageTarget): Place | TriageFault {
  if (target.kind === 'product') return placeOfProduct(target);
  const { release, name } = target;
  const registry = release.trim().toLowerCase();
  const scope = claimScopeOf(release) ?? (REGISTRIES.has(registry) ? registry : null);
  const order = scope === null ? null : orderOfScope(scope);
  if (scope === null || order === null) return { kind: 'release-unknown', release };
  const type = packageTypeOf(scope);
  // Debian and Ubuntu speak of source packages, as does Alpine; others of what is installed.
  const packageKind = type === 'deb' || type === 'apk' ? 'source' : 'binary';
  return { scope, packageKind, packageName: packageKey(type ?? scope, name.trim()), order };
}

function placeOfProduct({ vendor, product }: Extract<TriageTarget, { kind: 'product' }>): Place | TriageFault {
  const packageName = productKey(vendor, product);
  const order = orderOfScope(PRODUCT_SCOPE);
  if (packageName === '' || order === null) return { kind: 'product-without-name', vendor, product };
  return { scope: PRODUCT_SCOPE, packageKind: 'binary', packageName, order };
}

function faultsOf(ranges: readonly VersionRange[], { scope, packageName, order }: Place): TriageFault[] {
  const place = `${packageName} (${scope})`;
  return ranges.flatMap(({ introduced, fixed, lastAffected }): TriageFault[] => {
    const named = [introduced, fixed, lastAffected].filter((version) => version !== null);
    const impossible = named.filter((version) => !order.isValid(version));
    if (impossible.length > 0) return impossible.map((version) => ({ kind: 'version-impossible', version, place }));
    const end = fixed ?? lastAffected;
    if (introduced === null || end === null) return [];
    const isEmpty = order.compare(introduced, end) > (fixed === null ? 0 : -1);
    return isEmpty ? [{ kind: 'range-empty', introduced, end, place }] : [];
  });
}
