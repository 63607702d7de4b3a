import type { AssetChange, AssetsSet, ChangeRefusal } from '@patchsteward/contract';
import type { JsonValue } from '../platform/column-types.ts';
import type { NewLeaf, Wish } from '../platform/corridor.ts';
import { type AssetDifferences, type AssetFields, decideAssetChange } from './asset-change.ts';
import type { AssetRow } from './asset-store.ts';

/** As many as one asset may have when it is changed by itself. */
const TAGS_MAX = 50;

/** What is to become of one of many. */
export interface BulkItem {
  readonly assetId: string;
  readonly fields: AssetsSet;
  /** Set where the asset must be as it was seen. */
  readonly versionExpected: number | null;
  /** The marks of what people set, as they shall be after; null: a person sets this, and it is marked so. */
  readonly byHand: readonly string[] | null;
}

export interface BulkAsset extends AssetRow {
  readonly setByHand: readonly string[];
}

export type BulkOutcome =
  | { readonly outcome: 'refused'; readonly why: ChangeRefusal }
  | { readonly outcome: 'unchanged' }
  | {
      readonly outcome: 'changed';
      readonly fields: AssetFields;
      readonly version: number;
      readonly setByHand: readonly string[];
      readonly changes: AssetDifferences;
      readonly leaves: readonly NewLeaf[];
      readonly wishes: readonly Wish[];
    };

/** One asset of many: what the same change by itself would do to it. */
export function decideBulkItem(
  asset: BulkAsset | undefined,
  item: BulkItem,
  { maintenanceGroups, because }: BulkTerms,
): BulkOutcome {
  if (asset === undefined) return { outcome: 'refused', why: 'gone' };
  if (item.versionExpected !== null && item.versionExpected !== asset.version) {
    return { outcome: 'refused', why: 'changed-since' };
  }
  const { maintenanceGroup } = item.fields;
  if (typeof maintenanceGroup === 'string' && !maintenanceGroups.has(maintenanceGroup)) {
    return { outcome: 'refused', why: 'group-gone' };
  }
  const wished = wishedOf(asset, item.fields);
  if ((wished.tags?.length ?? 0) > TAGS_MAX) return { outcome: 'refused', why: 'too-many-tags' };

  const decision = decideAssetChange(asset, wished, because);
  if (decision.kind !== 'change') return { outcome: 'unchanged' };
  const { fields, version, changes, leaves, wishes } = decision;
  const setByHand = item.byHand ?? [...new Set([...asset.setByHand, ...Object.keys(changes)])].sort();
  return { outcome: 'changed', fields, version, setByHand, changes, leaves, wishes };
}

interface BulkTerms {
  /** Those that there are, of those that are named. */
  readonly maintenanceGroups: ReadonlySet<string>;
  readonly because: { readonly [name: string]: JsonValue };
}

function wishedOf(asset: BulkAsset, { addTags, removeTags, ...fields }: AssetsSet): AssetChange {
  if (addTags === undefined && removeTags === undefined) return { ...fields, version: asset.version };
  const left = asset.tags.filter((tag) => removeTags?.includes(tag) !== true);
  return { ...fields, version: asset.version, tags: [...new Set([...left, ...(addTags ?? [])])] };
}
