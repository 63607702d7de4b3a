import type { Instant } from './units.ts';

/** How much the organization loses when the asset is lost. // checklist c2 c5 */
export const CRITICALITIES = ['low', 'normal', 'high', 'critical'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** Who can reach it. `unknown` is treated as public until somebody says otherwise. // BOD 26-04: publicly exposed */
export const EXPOSURES = ['public', 'internal', 'isolated', 'unknown'] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** // SOP scope: all systems - servers, workstations, applications and network appliances */
export const ASSET_KINDS = ['server', 'workstation', 'network-appliance', 'application'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

export const ENVIRONMENTS = ['production', 'non-production', 'unknown'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** What evaluation needs to know of an asset. */
export interface AssetFacts {
  readonly criticality: Criticality;
  readonly exposure: Exposure;
  /** When the server first saw the asset: nothing can be due on it before. */
  readonly firstSeen: Instant;
}
