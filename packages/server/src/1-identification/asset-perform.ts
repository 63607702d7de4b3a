import type { AssetChange } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Actor, Corridor } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { decideAssetChange } from './asset-change.ts';
import { lockAsset, lockMaintenanceGroup, markByHand, updateAsset } from './asset-store.ts';
import { revokeHostKeys } from './host-key-store.ts';

export interface By {
  readonly actor: Actor;
  readonly at: Instant;
}

export async function changeAsset(corridor: Corridor, id: string, wished: AssetChange, by: By): Promise<void> {
  await corridor.change(by, async (tx) => {
    const asset = await lockAsset(tx, id);
    if (asset === undefined) throw noSuchAsset(id);
    const decision = decideAssetChange(asset, wished);
    switch (decision.kind) {
      case 'conflict':
        throw new Refusal(
          'conflict',
          `The asset is at version ${decision.version}, the change was made for version ${wished.version}.`,
        );
      case 'unchanged':
        return { value: undefined };
      case 'change':
        await requireGroup(tx, decision.fields.maintenanceGroup);
        await updateAsset(tx, id, decision.fields, decision.version);
        await markByHand(tx, id, Object.keys(decision.changes));
        return { value: undefined, leaves: decision.leaves, wishes: decision.wishes };
    }
  });
}

async function requireGroup(tx: Tx, name: string | null): Promise<void> {
  if (name === null || (await lockMaintenanceGroup(tx, name))) return;
  throw new Refusal('bad-request', `There is no maintenance group ${name}.`, {
    details: [{ path: 'body.maintenanceGroup', problem: 'make it first, or name another' }],
  });
}

/** Asked twice, it is done once. */
export async function revokeAgent(corridor: Corridor, id: string, by: By): Promise<void> {
  await corridor.change(by, async (tx) => {
    if ((await lockAsset(tx, id)) === undefined) throw noSuchAsset(id);
    const keys = await revokeHostKeys(tx, id, by.at);
    return {
      value: undefined,
      leaves: keys.length === 0 ? [] : [{ kind: 'agent.revoked', subject: id, payload: { keys } }],
    };
  });
}

export function noSuchAsset(id: string): Refusal {
  return new Refusal('not-found', `There is no asset ${id}.`);
}
