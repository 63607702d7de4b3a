import type { Instant } from '@patchsteward/core/vocabulary';
import { hashLeaf, SALT_BYTES } from '../7-documentation/leaf.ts';
import { appendLeaves } from '../7-documentation/store.ts';
import type { Actor, Changed, Corridor } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { tellChange } from '../platform/live/tell.ts';
import { inTransaction } from '../platform/transaction.ts';
import { putTimers, putWishes } from './store.ts';
import { touchedBy } from './touched.ts';

/** Dice and names, passed in. */
export interface Mint {
  readonly newId: () => string;
  readonly randomBytes: (count: number) => Uint8Array;
}

/** What a commit brought, for those who wait for it. */
export interface Committed {
  readonly leaves: boolean;
  readonly wishes: boolean;
  readonly timers: boolean;
}

export function createCorridor(db: Db, mint: Mint, announce: (committed: Committed) => void): Corridor {
  return {
    change: async (by, work) => {
      const changed = await inTransaction(db, async (tx) => {
        const result = await work(tx);
        await writeBeside(tx, mint, by, result);
        return result;
      });
      announce(committedOf(changed));
      changed.begin?.();
      return changed.value;
    },
  };
}

/** Leaves, timers and wishes of a change, and who hears of it, in its transaction. Always in this order: nobody waits in a circle. */
export async function writeBeside(
  tx: Tx,
  mint: Mint,
  by: { readonly actor: Actor; readonly at: Instant },
  changed: Changed<unknown>,
): Promise<void> {
  const leaves = (changed.leaves ?? []).map((leaf) => {
    const header = { id: leaf.id ?? mint.newId(), at: by.at, actor: by.actor };
    const salt = mint.randomBytes(SALT_BYTES);
    return { ...leaf, ...header, salt, ...hashLeaf(header, leaf, salt) };
  });
  await appendLeaves(tx, leaves);
  await putTimers(tx, changed.timers ?? []);
  await putWishes(tx, changed.wishes ?? [], by.at);
  await tellChange(tx, new Set([...touchedBy(leaves), ...(changed.touched ?? [])]));
}

export function committedOf(changed: Changed<unknown>): Committed {
  return {
    leaves: (changed.leaves ?? []).length > 0,
    wishes: (changed.wishes ?? []).length > 0,
    timers: (changed.timers ?? []).length > 0,
  };
}
