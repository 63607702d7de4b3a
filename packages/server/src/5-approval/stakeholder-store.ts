import type { Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { StakeholderEntry } from './notice-recipients.ts';

export function listStakeholders(db: Reader): Promise<StakeholderEntry[]> {
  return db
    .selectFrom('approval.stakeholder')
    .select(['maintenance_group as group', 'channel', 'address', 'name'])
    .orderBy('maintenance_group')
    .orderBy('channel')
    .orderBy('address')
    .execute();
}

/** False where it was there already, under the same name. */
export async function putStakeholder(tx: Tx, entry: StakeholderEntry, now: Instant): Promise<boolean> {
  const { group, channel, address, name } = entry;
  const changed = await tx
    .insertInto('approval.stakeholder')
    .values({ maintenance_group: group, channel, address, name, added_at: timestamp(now) })
    .onConflict((conflict) =>
      conflict
        .columns(['maintenance_group', 'channel', 'address'])
        .doUpdateSet({ name })
        .where('approval.stakeholder.name', 'is distinct from', name),
    )
    .returning('address')
    .execute();
  return changed.length > 0;
}

/** False where there was none. */
export async function deleteStakeholder(tx: Tx, entry: Omit<StakeholderEntry, 'name'>): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('approval.stakeholder')
    .where('maintenance_group', '=', entry.group)
    .where('channel', '=', entry.channel)
    .where('address', '=', entry.address)
    .returning('address')
    .execute();
  return deleted.length > 0;
}
