import type { CampaignState } from '@patchsteward/core/campaign';
import { isClosed, type PlanLeaf } from '@patchsteward/core/plan';
import { DAY_MS, type Instant, type Reason, reasonOf } from '@patchsteward/core/vocabulary';
import { readExtraordinary } from '../../6-deployment/extraordinary-store.ts';
import { windowsOfGroups } from '../../6-deployment/group-windows.ts';
import type { Tx } from '../../platform/database.ts';

/**
 * The assets whose signed spans are not open any more, by the windows, freezes and rules of zones of now: what owners
 * agreed to is not what would happen; and those that were late and were given a time since. // rollout-and-trust §2.7
 */
export async function closedWindows(
  tx: Tx,
  { id, assets, plan }: CampaignState,
  leaves: readonly PlanLeaf[],
  now: Instant,
): Promise<Reason[]> {
  const ends = leaves.flatMap(({ intervals }) => intervals.map(({ until }) => until));
  const windows = await windowsOfGroups(tx, now, Math.max(now, ...ends) + DAY_MS);
  const extraordinary = await readExtraordinary(tx, id);
  const planned = new Map(leaves.map((leaf) => [leaf.assetId, leaf]));
  return assets.flatMap(({ assetId, name, maintenanceGroup }) => {
    const leaf = planned.get(assetId);
    const single = extraordinary.filter((one) => one.assets.includes(assetId));
    const isLate = plan?.infeasible.includes(assetId) === true;
    if (isLate && single.some(({ at }) => at > plan.compiledAt)) return [reasonOf('window-moved', name)];
    if (leaf === undefined) return [];
    const open = [...(windows[maintenanceGroup ?? ''] ?? []), ...single];
    return isClosed(leaf.intervals, open, now) ? [reasonOf('window-moved', name)] : [];
  });
}
