import { z } from 'zod';
import { AssetFilter } from './asset-filter.ts';
import { AssetChange } from './identification.ts';
import { Id, page, Timestamp } from './units.ts';

/** Ids in one request: what a person chose by hand, and some. A filter may find more. */
export const CHANGED_IDS_MAX = 5_000;
/** 5,000 ids of 39 bytes each, and what is to be set. */
export const CHANGES_BYTES_MAX = 512 * 1024;

/** What one step sets on many. Name, kind and version are each asset's own. */
export const AssetsSet = AssetChange.omit({ version: true, name: true, kind: true })
  .extend({
    /** Beside the tags that an asset has. */
    addTags: AssetChange.shape.tags,
    removeTags: AssetChange.shape.tags,
  })
  .refine((set) => Object.values(set).some((value) => value !== undefined), 'must name at least one field')
  .refine(
    ({ tags, addTags, removeTags }) => tags === undefined || (addTags === undefined && removeTags === undefined),
    'must either replace the tags or add and remove some',
  )
  .meta({ id: 'AssetsSet' });
export type AssetsSet = z.infer<typeof AssetsSet>;

/** One change of many assets. Sent again with the same key it goes on where it stopped, and does nothing twice. */
export const AssetsChange = z
  .strictObject({
    key: Id,
    of: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('ids'), ids: z.array(Id).min(1).max(CHANGED_IDS_MAX) }),
      z.strictObject({
        kind: z.literal('filter'),
        filter: AssetFilter,
        /** As many as the person saw; where it finds another number, nothing is changed. */
        total: z.number().int().min(1),
      }),
    ]),
    set: AssetsSet,
    /** Say what would change, and change nothing. */
    preview: z.boolean().default(false),
  })
  .meta({ id: 'AssetsChange' });
export type AssetsChange = z.output<typeof AssetsChange>;

export const CHANGE_REFUSALS = ['gone', 'changed-since', 'group-gone', 'too-many-tags'] as const;
export type ChangeRefusal = (typeof CHANGE_REFUSALS)[number];

export const AssetOutcome = z
  .object({
    assetId: Id,
    name: z.string().nullable(),
    outcome: z.enum(['changed', 'unchanged', 'refused', 'waiting']),
    why: z.enum(CHANGE_REFUSALS).nullable(),
    /** Why it was refused, as one sentence. */
    sentence: z.string().nullable(),
    /** What differs, field by field. */
    changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  })
  .meta({ id: 'AssetOutcome' });
export type AssetOutcome = z.infer<typeof AssetOutcome>;
export const AssetOutcomePage = page(AssetOutcome).meta({ id: 'AssetOutcomePage' });

/** How a change of many assets stands. */
export const AssetsChanged = z
  .object({
    id: Id,
    kind: z.enum(['set', 'rules', 'undo']),
    /** `running`: send the same request again for the rest. */
    state: z.enum(['preview', 'running', 'done']),
    begunAt: Timestamp,
    total: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
    remaining: z.number().int(),
    /** Some of them, the refused first; all of them come in pages from the change's own address. */
    items: z.array(AssetOutcome),
    /** Fields that rules would set otherwise, left because a person set them. */
    keptByHand: z.number().int(),
    /** It was taken back by this change. */
    undoneBy: Id.nullable(),
  })
  .meta({ id: 'AssetsChanged' });
export type AssetsChanged = z.infer<typeof AssetsChanged>;

export const AssetsUndo = z.strictObject({ key: Id }).meta({ id: 'AssetsUndo' });
