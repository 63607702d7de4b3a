import type { VersionOrder } from '../versions/index.ts';
import {
  type IndexSnapshot,
  type OfferedUpdate,
  type OriginId,
  type Origins,
  type PackageSet,
  type Reason,
  reasonOf,
  type UpdateOffers,
} from '../vocabulary/index.ts';
import { type Finding, keptReason } from './finding.ts';
import { hasFix } from './offers.ts';
import { type KindVerdict, kindOfChange, type UpdateKind } from './update-kind.ts';

/** An offered version beside what is installed; without a vulnerability it is an update still. // SOP S2 */
export interface Update {
  readonly name: string;
  readonly architecture: string;
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly origins: readonly OriginId[];
  readonly kind: UpdateKind;
  readonly kindWhy: string;
  /** The vulnerabilities that it removes from this package, sorted. */
  readonly fixes: readonly string[];
  readonly hold: boolean;
  /** The pin that keeps it away, in its own words. */
  readonly pin?: string;
  readonly phased: boolean;
  /** Of an rpm of a module. */
  readonly module?: string;
  readonly reasons: readonly Reason[];
}

/** What the configured origins offer this package set, and what each offer is for. // SOP P1.1 P2.1 */
export function updatesOf(
  packageSet: PackageSet,
  offers: UpdateOffers,
  findings: readonly Finding[],
  origins: Origins,
  order: VersionOrder,
): Update[] {
  const held = new Map(packageSet.packages.filter(({ hold }) => hold).map((one) => [keyOf(one), one]));
  const byPackage = Map.groupBy(findings, (finding) => `${finding.package} ${finding.architecture}`);
  const indexes = new Map(origins.origins.map((index) => [index.id, index]));

  return offers.updates.map((offer) => {
    const fixed = (byPackage.get(keyOf(offer)) ?? []).filter((finding) => hasFix(offer, finding, order));
    const kept = held.get(keyOf(offer));
    return {
      name: offer.name,
      architecture: offer.architecture,
      from: offer.from,
      to: offer.to,
      source: offer.source,
      sourceVersion: offer.sourceVersion,
      origins: offer.origins,
      ...kindOf(offer, fixed, indexes),
      fixes: [...new Set(fixed.map(({ vulnerability }) => vulnerability))].sort(),
      hold: kept !== undefined,
      ...(kept?.pin === undefined ? {} : { pin: kept.pin }),
      phased: offer.phased,
      ...(offer.module === undefined ? {} : { module: offer.module }),
      reasons: [
        ...(kept === undefined ? [] : [keptReason(kept)]),
        ...(offer.phased ? [reasonOf('update-phased', offer.name)] : []),
      ],
    };
  });
}

function keyOf({ name, architecture }: { readonly name: string; readonly architecture: string }): string {
  return `${name} ${architecture}`;
}

function kindOf(
  offer: OfferedUpdate,
  fixed: readonly Finding[],
  indexes: ReadonlyMap<OriginId, IndexSnapshot>,
): KindVerdict {
  const advisories = [...new Set(fixed.map(({ advisory }) => advisory))].sort();
  if (fixed.length > 0) {
    const count = fixed.length === 1 ? 'one vulnerability' : `${fixed.length} vulnerabilities`;
    return { kind: 'security', kindWhy: `It fixes ${count} of this package: ${advisories.join(', ')}.` };
  }
  const security = offer.origins.find((origin) => isSecurityIndex(indexes.get(origin)));
  if (security !== undefined) {
    return { kind: 'security', kindWhy: `The security archive ${security} offers it.` };
  }
  return kindOfChange(offer.from, offer.to);
}

/** Debian and Ubuntu name the suites of their security archives `<release>-security`. */
function isSecurityIndex(index: IndexSnapshot | undefined): boolean {
  return index?.suite?.endsWith('-security') === true || index?.label === 'Debian-Security';
}
