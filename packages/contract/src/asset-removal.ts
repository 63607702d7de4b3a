import { z } from 'zod';
import { AssetSummary } from './identification.ts';
import { Id, Timestamp, textOf } from './units.ts';

const Why = textOf(1_000).min(1);

/** Takes an asset out of the inventory; the record keeps what it was, and it can be brought back. */
export const AssetRemoval = z.strictObject({ why: Why }).meta({ id: 'AssetRemoval' });

/** One machine under two names: this asset goes into another, which keeps the words of both. */
export const AssetMerge = z
  .strictObject({
    into: Id,
    why: Why,
    /** Say what would change, and change nothing. */
    preview: z.boolean().default(false),
  })
  .meta({ id: 'AssetMerge' });
export type AssetMerge = z.output<typeof AssetMerge>;

export const AssetMerged = z
  .object({
    from: z.object({ id: Id, name: z.string() }),
    into: z.object({ id: Id, name: z.string() }),
    state: z.enum(['preview', 'done']),
    /** What the other is said to be by this, which nobody had said of it before. */
    changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
    /** Lists that name the other from now on. */
    lists: z.array(z.string()),
  })
  .meta({ id: 'AssetMerged' });
export type AssetMerged = z.infer<typeof AssetMerged>;

const RemovedAsset = z.object({
  id: Id,
  name: z.string(),
  origin: AssetSummary.shape.origin,
  removedAt: Timestamp,
  /** A login; the actor itself where nobody is known by it. */
  removedBy: z.string(),
  why: z.string(),
  mergedInto: z.object({ id: Id, name: z.string() }).nullable(),
});
export type RemovedAsset = z.infer<typeof RemovedAsset>;

export const RemovedAssetList = z
  .object({
    /** The last first, at most 500. */
    items: z.array(RemovedAsset),
    total: z.number().int(),
  })
  .meta({ id: 'RemovedAssetList' });

export const AssetRestored = z
  .object({
    id: Id,
    name: z.string(),
    /** What could not be as before, as sentences. */
    problems: z.array(z.string()),
  })
  .meta({ id: 'AssetRestored' });
export type AssetRestored = z.infer<typeof AssetRestored>;

export const DOUBLE_CAUSES = ['machine-id', 'external-id', 'name'] as const;

/** Assets that may be one machine. A person decides. */
const AssetDouble = z.object({
  cause: z.enum(DOUBLE_CAUSES),
  /** What they share. */
  shared: z.string(),
  sentence: z.string(),
  assets: z.array(
    z.object({
      id: Id,
      name: z.string(),
      origin: AssetSummary.shape.origin,
      /** When its host or a list spoke of it last; null: never. */
      lastHeard: Timestamp.nullable(),
    }),
  ),
  /** Which of them to keep where they are one; null: they are not, and none should go. */
  keep: Id.nullable(),
});
export type AssetDouble = z.infer<typeof AssetDouble>;
export const AssetDoubles = z
  .object({ items: z.array(AssetDouble), total: z.number().int() })
  .meta({ id: 'AssetDoubles' });

const KeptImport = z.object({
  id: Id,
  source: z.string(),
  at: Timestamp,
  by: z.string(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  undoneAt: Timestamp.nullable(),
});

export const AssetImportList = z
  .object({
    /** The last first, at most 100. */
    items: z.array(KeptImport),
    total: z.number().int(),
  })
  .meta({ id: 'AssetImportList' });

export const AssetImportUndone = z
  .object({
    id: Id,
    removed: z.number().int(),
    restored: z.number().int(),
    /** What stays as it is, and why. */
    kept: z.array(z.object({ line: z.number().int(), name: z.string(), problem: z.string() })),
  })
  .meta({ id: 'AssetImportUndone' });
export type AssetImportUndone = z.infer<typeof AssetImportUndone>;
