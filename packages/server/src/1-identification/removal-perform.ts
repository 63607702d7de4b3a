import type { AssetMerge, AssetMerged, AssetRestored } from '@patchsteward/contract';
import type { Corridor, Wish } from '../platform/corridor.ts';
import type { Db, Reader, Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { type By, noSuchAsset } from './asset-perform.ts';
import { changesBody } from './bulk-body.ts';
import type { ListedTarget } from './import-decision.ts';
import { mergedChanges } from './merge-decision.ts';
import { giveBackMerged, giveMerged, listingsOf } from './merge-store.ts';
import { bringBack, lockRemoved, takeOut } from './removal-store.ts';
import { readTargets } from './target-store.ts';

export interface RemovalParts {
  readonly db: Db;
  readonly corridor: Corridor;
  /** The titles of the open campaigns that an asset is in. */
  readonly openCampaignsOf: (reader: Reader, assetId: string) => Promise<readonly string[]>;
}

/** The lists over the fleet count without it, or with it, from now on. */
const COUNT_AGAIN: Wish = { kind: 'fleet', key: 'fleet', payload: null };

/** Takes an asset out of the inventory. The record, past campaigns and its backups keep it. // SOP P1.2, P7.2 */
export async function removeAsset(parts: RemovalParts, id: string, why: string, by: By): Promise<void> {
  await parts.corridor.change(by, async (tx) => {
    const { name } = await requireThere(tx, id);
    await refuseInCampaign(parts, tx, { id, name });
    const keys = await takeOut(tx, { assetId: id, at: by.at, by: by.actor, why, mergedInto: null, into: null });
    return {
      value: undefined,
      leaves: [{ kind: 'asset.removed', subject: id, payload: { name, why, keys } }],
      wishes: [COUNT_AGAIN],
    };
  });
}

async function requireThere(db: Reader, id: string, lock = true): Promise<ListedTarget> {
  const target = (await readTargets(db, [id], lock)).get(id);
  if (target === undefined || target.removed) throw noSuchAsset(id);
  return target;
}

/** A plan that people signed names its hosts: none of them vanishes from under it. // SOP P5.2 */
async function refuseInCampaign(
  { openCampaignsOf }: Pick<RemovalParts, 'openCampaignsOf'>,
  reader: Reader,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  const [title] = await openCampaignsOf(reader, id);
  if (title === undefined) return;
  throw new Refusal('conflict', `${name} is in the open campaign “${title}”: let it end, or withdraw it first.`);
}

/** One machine under two names. Keys stay with the asset that they were bound to; words and lists go over. */
export async function mergeAssets(
  parts: RemovalParts,
  fromId: string,
  { into: intoId, why, preview }: AssetMerge,
  by: By,
): Promise<AssetMerged> {
  if (fromId === intoId) throw new Refusal('bad-request', 'An asset cannot go into itself; name another.');
  if (preview) {
    const [from, into] = [await requireThere(parts.db, fromId, false), await requireThere(parts.db, intoId, false)];
    await refuseInCampaign(parts, parts.db, from);
    return mergedBody(from, into, await listingsOf(parts.db, fromId), 'preview');
  }
  return parts.corridor.change(by, async (tx) => {
    const targets = await readTargets(tx, [fromId, intoId], true);
    const from = thereIn(targets, fromId);
    const into = thereIn(targets, intoId);
    await refuseInCampaign(parts, tx, from);
    const listings = await listingsOf(tx, fromId);
    const changes = mergedChanges(from, into);
    const given = await giveMerged(tx, { from, into, changes, listings });
    const removal = { assetId: fromId, at: by.at, by: by.actor, why, mergedInto: intoId, into: given };
    const keys = await takeOut(tx, removal);
    const lists = listings.map(([source]) => source);
    return {
      value: mergedBody(from, into, listings, 'done'),
      leaves: [
        { kind: 'asset.removed', subject: fromId, payload: { name: from.name, why, keys, into: intoId } },
        { kind: 'asset.merged', subject: intoId, payload: { from: fromId, name: from.name, why, changes, lists } },
      ],
      wishes: [COUNT_AGAIN, { kind: 'assess', key: `asset:${intoId}`, payload: { assetId: intoId } }],
    };
  });
}

function thereIn(targets: ReadonlyMap<string, ListedTarget>, id: string): ListedTarget {
  const target = targets.get(id);
  if (target === undefined || target.removed) throw noSuchAsset(id);
  return target;
}

function mergedBody(
  from: ListedTarget,
  into: ListedTarget,
  listings: readonly (readonly [source: string, entry: string])[],
  state: AssetMerged['state'],
): AssetMerged {
  return {
    from: { id: from.id, name: from.name },
    into: { id: into.id, name: into.name },
    state,
    changes: changesBody(mergedChanges(from, into)),
    lists: [...new Set(listings.map(([source]) => source))].sort(),
  };
}

/** Takes a removal back: all is as before, but for what is there no more. */
export async function restoreAsset({ corridor }: RemovalParts, id: string, by: By): Promise<AssetRestored> {
  return corridor.change(by, async (tx) => {
    const removed = await lockRemoved(tx, id);
    if (removed === undefined) throw new Refusal('not-found', `No asset ${id} was taken out of the inventory.`);
    const { name, kept, mergedInto } = removed;
    const problems = await givenBack(tx, id, removed);
    const gone = await bringBack(tx, id, kept);
    if (gone !== null) problems.push(`The maintenance group ${gone} is there no more; ${name} is in none.`);
    return {
      value: { id, name, problems },
      leaves: [{ kind: 'asset.restored', subject: id, payload: { name, keys: kept.keys, outOf: mergedInto } }],
      wishes: [COUNT_AGAIN, { kind: 'assess', key: `asset:${id}`, payload: { assetId: id } }],
    };
  });
}

async function givenBack(
  tx: Tx,
  id: string,
  { mergedInto, kept }: NonNullable<Awaited<ReturnType<typeof lockRemoved>>>,
): Promise<string[]> {
  if (mergedInto === null || kept.into === null) return [];
  const into = (await readTargets(tx, [mergedInto], true)).get(mergedInto);
  if (into === undefined) return [];
  await giveBackMerged(tx, { id, into, kept: kept.into });
  return into.version === kept.into.versionAfter
    ? []
    : [`Somebody changed ${into.name} since; what it got by the merge stays there.`];
}
