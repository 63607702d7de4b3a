import type { UpdateOffers } from './inventory-offers.ts';
import type { Origins } from './inventory-origins.ts';
import type { PackageSet } from './inventory-packages.ts';
import type { SystemState } from './inventory-system.ts';

/** The parts of an inventory, each addressed by the hash of its canonical JSON and sent only when it is new. */
export const SECTION_NAMES = ['packages', 'updates', 'origins', 'system'] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** Everything an agent says of its host. // SOP P1.2, checklist c1 */
export interface InventorySections {
  readonly packages: PackageSet;
  readonly updates: UpdateOffers;
  readonly origins: Origins;
  readonly system: SystemState;
}
