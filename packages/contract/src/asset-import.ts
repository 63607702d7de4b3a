import { z } from 'zod';
import { AssetChange } from './identification.ts';
import { Id, Timestamp, textOf } from './units.ts';

/** One transaction adds or changes them all; a larger list is imported in parts. */
export const IMPORT_LINES_MAX = 5_000;
/** Five thousand lines of eight hundred characters. */
export const IMPORT_BYTES_MAX = 4 * 1024 * 1024;
/** In JSON every quotation mark and line break of it takes two characters; and the rest of the body. */
export const IMPORT_BODY_BYTES_MAX = 2 * IMPORT_BYTES_MAX;
/** Lines that an answer shows, the refused first. */
export const IMPORT_LINES_SHOWN = 500;

const Words = textOf(255).min(1);
const { kind, criticality, exposure, environment, tags } = AssetChange.shape;

/** What a list says of an asset; what is absent it does not say. // SOP P1.2, checklist c1 c2 */
export const ListedAsset = z
  .strictObject({
    name: Words,
    /** By which the list knows it; without one, it is known by its name. */
    externalId: Words.optional(),
    kind,
    vendor: Words.optional(),
    product: Words.optional(),
    version: Words.optional(),
    build: Words.optional(),
    criticality,
    exposure,
    environment,
    owner: Words.optional(),
    role: Words.optional(),
    tags,
  })
  .meta({ id: 'ListedAsset' });
export type ListedAsset = z.output<typeof ListedAsset>;

/** A list of assets that no agent speaks for. Sent again with the same key it does nothing twice. */
export const AssetImport = z
  .strictObject({
    key: Id,
    /** The name of the list: what it named before is known again. */
    source: textOf(64).min(1),
    list: z.discriminatedUnion('form', [
      z.strictObject({ form: z.literal('csv'), text: textOf(IMPORT_BYTES_MAX).min(1) }),
      z.strictObject({ form: z.literal('items'), items: z.array(ListedAsset).min(1).max(IMPORT_LINES_MAX) }),
    ]),
    /** Say what would change, and change nothing. */
    preview: z.boolean().default(false),
  })
  .meta({ id: 'AssetImport' });
export type AssetImport = z.output<typeof AssetImport>;

const ImportedLine = z.object({
  /** In the file, its header being line 1; of items, their number from 1. */
  line: z.number().int(),
  name: z.string(),
  outcome: z.enum(['added', 'changed', 'unchanged', 'refused']),
  /** Why it was refused, or what stands otherwise here and stays; sentences. */
  problems: z.array(z.string()),
  assetId: Id.nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
});
export type ImportedLine = z.infer<typeof ImportedLine>;

export const AssetImported = z
  .object({
    id: Id,
    source: z.string(),
    state: z.enum(['preview', 'done']),
    at: Timestamp,
    /** What each column of a file was taken for; null: for nothing, and it was left out. */
    columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
    total: z.number().int(),
    added: z.number().int(),
    changed: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
    /** The first of them: the refused, then what has a problem, then what changes. */
    items: z.array(ImportedLine),
    undone: z.boolean(),
  })
  .meta({ id: 'AssetImported' });
export type AssetImported = z.infer<typeof AssetImported>;
