import { type Labels, offeredAs, stricterLabels } from '@patchsteward/core/1-identification';
import type { CampaignUpdate, ScopedAsset } from '@patchsteward/core/campaign';
import type { Target } from '@patchsteward/core/plan';
import type { Hash, OriginId } from '@patchsteward/core/vocabulary';
import type { Reader } from '../platform/database.ts';
import { readStoredSection } from './section-store.ts';

/** The assets as a campaign holds them. `pinnedOf`: null for a host that says nothing of itself. */
export async function readScopedAssets(
  reader: Reader,
  assetIds: readonly string[],
  pinnedOf: (assetId: string) => Labels | null,
): Promise<ScopedAsset[]> {
  if (assetIds.length === 0) return [];
  const rows = await reader
    .selectFrom('identification.asset')
    .select(['id', 'name', 'criticality', 'environment', 'owner', 'redundancy_groups', 'maintenance_group'])
    .where('id', 'in', assetIds)
    .orderBy('id')
    .execute();
  return rows.map((row) => {
    const pinned = pinnedOf(row.id);
    const said = { criticality: row.criticality, environment: row.environment };
    return {
      assetId: row.id,
      name: row.name,
      ...(pinned === null ? said : stricterLabels(said, pinned)),
      owner: row.owner,
      redundancyGroups: [...row.redundancy_groups].sort(),
      maintenanceGroup: row.maintenance_group,
    };
  });
}

/** The packages of one source version that the package managers of these hosts offer. */
export async function readUpdate(
  reader: Reader,
  version: { readonly scope: string; readonly source: string; readonly sourceVersion: string },
  updatesHashes: readonly string[],
  fixes: readonly string[],
): Promise<CampaignUpdate> {
  const targets = new Map<string, Target>();
  for (const hash of new Set(updatesHashes)) {
    const { updates } = await readStoredSection(reader, 'updates', hash);
    for (const update of updates) {
      const { source, sourceVersion } = offeredAs(update, version.scope);
      if (source !== version.source || sourceVersion !== version.sourceVersion) continue;
      const { name, architecture, to } = update;
      targets.set(`${name} ${architecture} ${to}`, { name, architecture, to });
    }
  }
  const sorted = [...targets.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, target]) => target);
  return { ...version, targets: sorted, fixes };
}

export async function readAssetNames(
  reader: Reader,
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (assetIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom('identification.asset')
    .select(['id', 'name'])
    .where('id', 'in', assetIds)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The origins that a host takes packages from, by its last report; null: it has not reported. */
export async function readOriginsOf(reader: Reader, assetId: string): Promise<readonly OriginId[] | null> {
  const row = await reader
    .selectFrom('identification.check_in')
    .select('origins_hash')
    .where('asset_id', '=', assetId)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { origins } = await readStoredSection(reader, 'origins', row.origins_hash);
  return origins.map(({ id }) => id);
}

/** Whose packages a package set is made of; null: nobody reported it. */
export async function readEcosystemOf(reader: Reader, packagesHash: Hash): Promise<string | null> {
  const row = await reader
    .selectFrom('identification.package_set')
    .select('ecosystem')
    .where('hash', '=', packagesHash)
    .executeTakeFirst();
  return row?.ecosystem ?? null;
}
