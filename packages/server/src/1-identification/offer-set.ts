import { offeredAs, scopeOfRelease, type Update, updatesOf } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { Instant, Origins, PackageSet, UpdateOffers } from '@patchsteward/core/vocabulary';
import { inOrder } from './package-set.ts';

type UpdateKind = Update['kind'];

/** A distinct offered source version, with the binary packages offered from it. */
export interface SetOffer {
  readonly source: string;
  readonly sourceVersion: string;
  readonly versionKey: Uint8Array;
  readonly packages: readonly string[];
  readonly kind: UpdateKind;
  /** That list any of these packages in this version, sorted. */
  readonly origins: readonly string[];
  /** None of these packages is offered to this machine yet. */
  readonly phased: boolean;
}

/** The earliest signed index, of those that this host has, that lists a version. */
export interface Listing {
  readonly source: string;
  readonly sourceVersion: string;
  readonly indexDate: Instant;
  readonly origin: string;
}

/** The release and package manager of a set of packages, as its row keeps them. */
export type SetPlace = Pick<PackageSet, 'ecosystem' | 'release'>;

/** Offers by source version, as installed packages are: the fix of a signed kernel is found under the kernel's source. */
export function offersOf(section: UpdateOffers, origins: Origins, place: SetPlace): SetOffer[] {
  const scope = scopeOfRelease(place.release);
  const { ecosystem } = place;
  // Nothing offers updates to a list of components.
  if (scope === null || ecosystem === 'components') return [];
  // Neither what is held nor what is found says what an offer is for; origins and the change of version do.
  const nothing = { ...place, packages: [], publishers: [] };
  const found = new Map<string, Omit<SetOffer, 'packages' | 'versionKey'> & { packages: string[] }>();
  for (const update of updatesOf(nothing, section, [], origins, VERSION_ORDERS[ecosystem])) {
    const { source, sourceVersion } = offeredAs(update, scope);
    const known = found.get(`${source} ${sourceVersion}`);
    const packages = [...(known?.packages ?? []), update.name];
    const kind = strongerKind(known?.kind ?? 'unknown', update.kind);
    const listing = [...new Set([...(known?.origins ?? []), ...update.origins])].sort();
    const phased = update.phased && known?.phased !== false;
    found.set(`${source} ${sourceVersion}`, { source, sourceVersion, kind, packages, origins: listing, phased });
  }
  return inOrder(found).map((offer) => ({
    ...offer,
    packages: offer.packages.sort(),
    versionKey: VERSION_ORDERS[ecosystem].key(offer.sourceVersion),
  }));
}

const KINDS_BY_STRENGTH: readonly UpdateKind[] = ['unknown', 'bugfix', 'feature', 'security'];

function strongerKind(one: UpdateKind, other: UpdateKind): UpdateKind {
  return KINDS_BY_STRENGTH.indexOf(one) < KINDS_BY_STRENGTH.indexOf(other) ? other : one;
}

/** Only a signed index with a date is a witness of when a version was there. // SOP P1.1: release of the vendor */
export function listingsOf(section: UpdateOffers, origins: Origins, scope: string): Listing[] {
  const dates = new Map<string, Instant>();
  for (const index of origins.origins) {
    if (index.signed && index.date !== null) dates.set(index.id, index.date);
  }
  const earliest = new Map<string, Listing>();
  for (const update of section.updates) {
    const { source, sourceVersion } = offeredAs(update, scope);
    for (const origin of update.origins) {
      const indexDate = dates.get(origin);
      const known = earliest.get(`${source} ${sourceVersion}`);
      if (indexDate === undefined || (known !== undefined && known.indexDate <= indexDate)) continue;
      earliest.set(`${source} ${sourceVersion}`, { source, sourceVersion, indexDate, origin });
    }
  }
  return inOrder(earliest);
}
