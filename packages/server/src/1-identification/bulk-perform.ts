import type { AssetsChange, AssetsChanged } from '@patchsteward/contract';
import type { Policy } from '@patchsteward/core/policy';
import { DAY_MS, type Instant } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { plainJson } from '../platform/column-types.ts';
import type { Corridor } from '../platform/corridor.ts';
import type { Db, Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import type { ListMoment } from './asset-conditions.ts';
import { findAssetIds } from './asset-list-store.ts';
import type { By } from './asset-perform.ts';
import { bulkBody, previewBody } from './bulk-body.ts';
import { type BulkItem, type BulkOutcome, decideBulkItem } from './bulk-decision.ts';
import {
  type BulkChange,
  changedItems,
  closeWaiting,
  countOutcomes,
  insertBulkChange,
  lockAssets,
  lockBulkChange,
  lockMaintenanceGroups,
  readBulkAssets,
  readBulkChange,
  readMaintenanceGroups,
  removeBulkChangesBefore,
  storeOutcomes,
  waitingItems,
} from './bulk-store.ts';

/** One transaction holds the locks of so many assets: a check-in of one of them waits a fraction of a second. */
const STEP_ASSETS = 500;
/** A request answers within some seconds, so that its sender can show how far it is. */
const STEPS_PER_REQUEST = 2;
/** Until then a change can be taken back; the record keeps what it did for ever. */
const KEPT_MS = 30 * DAY_MS;
/** Far above any fleet that one server serves. */
const ITEMS_MAX = 200_000;

export interface BulkParts {
  readonly db: Db;
  readonly corridor: Corridor;
}

/** What may be changed by a filter as well. */
export interface ChangeParts extends BulkParts {
  readonly policy: Pick<Policy, 'endOfLife'>;
}

/** Changes many assets alike, in steps; the same request again goes on where this one stops. */
export async function changeMany(parts: ChangeParts, request: AssetsChange, by: By): Promise<AssetsChanged> {
  const { key, of, set, preview } = request;
  const wanted = { id: key, kind: 'set', requestHash: hashOf({ of, set }), undoes: null } as const;
  const items = async (db: Db | Tx) =>
    (await idsOf(db, of, { now: by.at, warnMs: parts.policy.endOfLife.warnMs })).map((assetId) => ({
      assetId,
      fields: set,
      versionExpected: null,
      byHand: null,
    }));
  if (preview) return previewOf(parts.db, wanted, { items: await items(parts.db), keptByHand: 0 }, by.at);
  await begin(parts, wanted, async (tx) => ({ items: await items(tx), keptByHand: 0 }), by);
  return goOn(parts, key, by);
}

/** Gives assets what they had before a change. What somebody changed since is refused and stays. */
export async function undoMany(parts: BulkParts, undone: string, key: string, by: By): Promise<AssetsChanged> {
  const wanted = { id: key, kind: 'undo', requestHash: hashOf({ undone }), undoes: undone } as const;
  await begin(
    parts,
    wanted,
    async (tx) => {
      await lockBulkChange(tx, undone);
      if ((await readBulkChange(tx, undone)) === undefined) throw noSuchChange(undone);
      const { undoneBy } = await countOutcomes(tx, undone);
      if (undoneBy !== null) throw new Refusal('conflict', 'This change was taken back already.');
      // What it has not done yet it shall not do.
      await closeWaiting(tx, undone);
      const items = await changedItems(tx, undone);
      if (items.length === 0)
        throw new Refusal('conflict', 'This change changed nothing; there is nothing to take back.');
      return { items, keptByHand: 0 };
    },
    by,
  );
  return goOn(parts, key, by);
}

type Wanted = Pick<BulkChange, 'id' | 'kind' | 'requestHash' | 'undoes'>;
export interface BulkWork {
  readonly items: readonly BulkItem[];
  readonly keptByHand: number;
}

export async function begin(
  { db, corridor }: BulkParts,
  wanted: Wanted,
  work: (tx: Tx) => Promise<BulkWork>,
  by: By,
): Promise<void> {
  const begun = await readBulkChange(db, wanted.id);
  if (begun !== undefined) return requireSame(begun, wanted);
  const inserted = await corridor.change(by, async (tx) => {
    await removeBulkChangesBefore(tx, by.at - KEPT_MS);
    const { items, keptByHand } = await work(tx);
    const change = { ...wanted, actor: by.actor, begunAt: by.at, keptByHand };
    return { value: await insertBulkChange(tx, change, items) };
  });
  if (inserted) return;
  // The same request came twice at once.
  const other = await readBulkChange(db, wanted.id);
  if (other !== undefined) requireSame(other, wanted);
}

function requireSame(begun: BulkChange, wanted: Wanted): void {
  if (begun.kind === wanted.kind && begun.requestHash === wanted.requestHash) return;
  throw new Refusal('conflict', 'This key belongs to another change; take a new one.', {
    details: [{ path: 'body.key', problem: 'was used for another change' }],
  });
}

export async function goOn(parts: BulkParts, id: string, by: By): Promise<AssetsChanged> {
  for (let step = 0; step < STEPS_PER_REQUEST; step += 1) {
    if ((await takeStep(parts, id, by)) < STEP_ASSETS) break;
  }
  const change = await readBulkChange(parts.db, id);
  if (change === undefined) throw noSuchChange(id);
  return bulkBody(parts.db, change);
}

/** One transaction: the next assets, each with an entry of its own in the record. Gives how many there were. */
async function takeStep({ corridor }: BulkParts, id: string, by: By): Promise<number> {
  return corridor.change(by, async (tx) => {
    await lockBulkChange(tx, id);
    const items = await waitingItems(tx, id, STEP_ASSETS);
    if (items.length === 0) return { value: 0 };
    const assets = await lockAssets(
      tx,
      items.map(({ assetId }) => assetId),
    );
    const maintenanceGroups = await lockMaintenanceGroups(tx, groupsIn(items));
    const terms = { maintenanceGroups, because: { change: id } };
    const done = items.map((item) => [item, decideBulkItem(assets.get(item.assetId), item, terms)] as const);
    await storeOutcomes(tx, id, done, assets);
    const changed = done.flatMap(([, outcome]) => (outcome.outcome === 'changed' ? [outcome] : []));
    return {
      value: items.length,
      leaves: changed.flatMap(({ leaves }) => leaves),
      wishes: changed.flatMap(({ wishes }) => wishes),
    };
  });
}

function groupsIn(items: readonly BulkItem[]): string[] {
  return [...new Set(items.flatMap(({ fields }) => fields.maintenanceGroup ?? []))];
}

/** What a change would do, from what stands now. */
export async function previewOf(
  db: Db,
  { id, kind }: Pick<Wanted, 'id' | 'kind'>,
  { items, keptByHand }: BulkWork,
  now: Instant,
): Promise<AssetsChanged> {
  const terms = { maintenanceGroups: await readMaintenanceGroups(db), because: {} };
  const found: { assetId: string; name: string | null; outcome: BulkOutcome }[] = [];
  for (let start = 0; start < items.length; start += STEP_ASSETS) {
    const step = items.slice(start, start + STEP_ASSETS);
    const assets = await readBulkAssets(
      db,
      step.map(({ assetId }) => assetId),
    );
    for (const item of step) {
      const asset = assets.get(item.assetId);
      found.push({ assetId: item.assetId, name: asset?.name ?? null, outcome: decideBulkItem(asset, item, terms) });
    }
  }
  return previewBody({ id, kind, begunAt: now, keptByHand }, found);
}

async function idsOf(db: Db | Tx, of: AssetsChange['of'], moment: ListMoment): Promise<string[]> {
  if (of.kind === 'ids') return [...new Set(of.ids)];
  const ids = await findAssetIds(db, of.filter, moment, ITEMS_MAX);
  if (ids.length === of.total) return ids;
  throw new Refusal('conflict', `The filter finds ${ids.length} assets now, not ${of.total}; look again.`, {
    details: [{ path: 'body.of.total', problem: `is ${ids.length} now` }],
  });
}

export function hashOf(request: object): string {
  return sha256(canonicalJson(plainJson(request)));
}

export function noSuchChange(id: string): Refusal {
  return new Refusal('not-found', `There is no change ${id}; changes can be seen and taken back for 30 days.`);
}
