import { z } from 'zod';
import { HashText, Id, Timestamp, textOf } from './units.ts';

/** The largest bill of an image that we know is a quarter of it. */
export const BILL_CHARACTERS_MAX = 16 * 1024 * 1024;
/** In JSON a quotation mark takes two characters, and a character up to three bytes. */
export const BILL_BODY_BYTES_MAX = 3 * BILL_CHARACTERS_MAX;
/** Entries that could not be used, as many as somebody looks at. */
export const REFUSED_ENTRIES_MAX = 100;

const BillKind = z.enum(['application', 'image']);

/** What an asset without an agent is made of; one of the same name takes the place of the former. // SOP P1.2 */
export const BillRequest = z
  .strictObject({
    /** What it is of: `shop`, `registry.example/shop`. */
    name: textOf(255).min(1),
    kind: BillKind.default('application'),
    /** Of the image. */
    digest: HashText.nullable().default(null),
    /** CycloneDX as JSON or XML, SPDX 2 as JSON or tags, or SPDX 3 as JSON, as it was written. */
    text: textOf(BILL_CHARACTERS_MAX).min(1),
  })
  .meta({ id: 'BillRequest' });
export type BillRequest = z.output<typeof BillRequest>;

export const BillBody = z
  .object({
    id: Id,
    name: z.string(),
    kind: BillKind,
    digest: HashText.nullable(),
    /** Of the file as it came. */
    fileHash: HashText,
    form: z.enum(['cyclonedx', 'spdx']),
    /** What wrote it, where it says so. */
    tool: z.string().nullable(),
    packages: z.number().int(),
    refused: z.array(z.object({ entry: z.string(), problem: z.string() })),
    refusedTotal: z.number().int(),
    /** A login; the actor itself where nobody is known by it. */
    by: z.string(),
    from: Timestamp,
    /** null: it holds now. */
    until: Timestamp.nullable(),
  })
  .meta({ id: 'Bill' });
export type BillBody = z.infer<typeof BillBody>;

export const BillList = z
  .object({
    /** What holds now first, then the former, the last first; at most 100. */
    items: z.array(BillBody),
    total: z.number().int(),
  })
  .meta({ id: 'BillList' });
