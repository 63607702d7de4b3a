import type { Criticality, Environment } from './asset.ts';
import type { SignedBy } from './signed-by.ts';

/** An asset in scope of a campaign, as it was when scope was computed. // decided 24 */
export interface ScopedAsset {
  readonly assetId: string;
  readonly name: string;
  readonly criticality: Criticality;
  readonly environment: Environment;
  /** A login of the trust root; null: nobody was named, and any owner speaks for it. */
  readonly owner: string | null;
  readonly redundancyGroups: readonly string[];
  readonly maintenanceGroup: string | null;
  /** Login of the person who works on it by hand; absent: the agent of the host does. */
  readonly person?: string;
}

/** What nobody called non-production is production: the strict side. // SOP P3.1, decided 14 */
export function isProduction(asset: Pick<ScopedAsset, 'environment'>): boolean {
  return asset.environment !== 'non-production';
}

/** Roles are given by the trust root; whose asset it is, by the inventory. // SOP R2, decided 25 */
export function speaksFor({ person, roles }: Pick<SignedBy, 'person' | 'roles'>, asset: ScopedAsset): boolean {
  return roles.includes('owner') && (asset.owner === null || asset.owner === person);
}
