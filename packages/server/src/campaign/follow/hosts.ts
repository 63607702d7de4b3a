import { PRODUCT_SCOPE } from '@patchsteward/core/1-identification';
import { type CampaignState, type CampaignUpdate, productionOf, type ScopedAsset } from '@patchsteward/core/campaign';
import type { Target } from '@patchsteward/core/plan';
import type { Exposure, Hash, Instant, PackageSet } from '@patchsteward/core/vocabulary';
import { readStoredSection } from '../../1-identification/section-store.ts';
import type { WantedTransaction } from '../../3-testing/index.ts';
import type { Reader } from '../../platform/database.ts';

/** What an asset in scope said of itself last. */
export interface ReportedHost {
  readonly asset: ScopedAsset;
  readonly exposure: Exposure;
  readonly role: string | null;
  /** `debian:12`; of an asset without an agent `product`. */
  readonly scope: string;
  readonly packagesHash: Hash;
  readonly systemHash: string;
  readonly seenAt: Instant;
  readonly packages: PackageSet;
}

/** Hosts of a campaign that have reported, by asset id. One package set is read once, however many hosts have it. */
export async function readHosts(reader: Reader, assets: readonly ScopedAsset[]): Promise<ReportedHost[]> {
  if (assets.length === 0) return [];
  const rows = await reader
    .selectFrom('identification.check_in as check_in')
    .innerJoin('identification.asset as asset', 'asset.id', 'check_in.asset_id')
    .innerJoin('identification.package_set as package_set', 'package_set.id', 'check_in.package_set_id')
    .select([
      'asset.id',
      'asset.exposure',
      'asset.role',
      'package_set.scope',
      'check_in.packages_hash as packagesHash',
      'check_in.system_hash as systemHash',
      'check_in.seen_at as seenAt',
    ])
    .where(
      'asset.id',
      'in',
      assets.map(({ assetId }) => assetId),
    )
    .orderBy('asset.id')
    .execute();
  const byId = new Map(assets.map((asset) => [asset.assetId, asset]));
  const sets = new Map<string, PackageSet>();
  const hosts: ReportedHost[] = [];
  for (const { id, scope, packagesHash, ...row } of rows) {
    const asset = byId.get(id);
    if (asset === undefined) continue;
    const packages = sets.get(packagesHash) ?? (await readStoredSection(reader, 'packages', packagesHash));
    sets.set(packagesHash, packages);
    // Hashes are computed here when a section is stored; the column type does not say so.
    hosts.push({ ...row, asset, scope: scope ?? PRODUCT_SCOPE, packagesHash: packagesHash as Hash, packages });
  }
  return hosts;
}

/** When each of these assets last reported; who never did is not among them. */
export async function readSeen(reader: Reader, assetIds: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
  if (assetIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom('identification.check_in')
    .select(['asset_id', 'seen_at'])
    .where('asset_id', 'in', assetIds)
    .execute();
  return new Map(rows.map(({ asset_id, seen_at }) => [asset_id, seen_at]));
}

/** What is still to be done there: the targets of updates of its release of which the host has another version. */
export function targetsOf({ packages, scope }: ReportedHost, updates: readonly CampaignUpdate[]): Target[] {
  const targets = updates.filter((update) => update.scope === scope).flatMap((update) => update.targets);
  const installed = versionsOf(packages);
  return targets.filter(({ name, architecture, to }) => {
    const version = installed.get(`${name} ${architecture}`);
    return version !== undefined && version !== to;
  });
}

/** Production assets that say they still lack something of it. */
export async function leftToPlan(reader: Reader, state: CampaignState): Promise<readonly string[]> {
  const hosts = await readHosts(reader, productionOf(state));
  return hosts.filter((host) => targetsOf(host, state.updates).length > 0).map(({ asset }) => asset.assetId);
}

/** Thousands of hosts share a set: it is looked through once, for as long as somebody holds it. */
const versionsOfSets = new WeakMap<PackageSet, ReadonlyMap<string, string>>();

/** The version by `name architecture`. */
function versionsOf(set: PackageSet): ReadonlyMap<string, string> {
  const known = versionsOfSets.get(set);
  if (known !== undefined) return known;
  const versions = new Map(set.packages.map((one) => [`${one.name} ${one.architecture}`, one.version]));
  versionsOfSets.set(set, versions);
  return versions;
}

/** Where a person does the work no package manager is asked. */
export function isByHand({ person }: ScopedAsset): boolean {
  return person !== undefined;
}

/** The questions to the package managers of these hosts; a host that has everything is asked nothing. */
export function wantedOf(hosts: readonly ReportedHost[], updates: readonly CampaignUpdate[]): WantedTransaction[] {
  return hosts.flatMap((host) => {
    const own = targetsOf(host, updates);
    const { asset, packagesHash } = host;
    return own.length === 0 || isByHand(asset) ? [] : [{ assetId: asset.assetId, packagesHash, targets: own }];
  });
}
