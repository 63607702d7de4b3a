import { z } from 'zod';
import { HashText, Id, page, Timestamp } from './units.ts';

/** What the record is now, and the key that signs it. */
export const RecordState = z
  .object({
    entries: z.number().int(),
    /** Base64 of the Ed25519 key that signs checkpoints and exports: pin it where the server cannot write. */
    key: z.string(),
    origin: z.string(),
    /** The last signed word on what the record is; null before the first. // C2SP tlog-checkpoint */
    checkpoint: z.object({ size: z.number().int(), root: HashText, at: Timestamp, note: z.string() }).nullable(),
  })
  .meta({ id: 'RecordState' });
export type RecordState = z.infer<typeof RecordState>;

export const RecordEntryBody = z
  .object({
    /** null: committed moments ago, it has no place in the sequence yet. */
    index: z.number().int().nullable(),
    id: Id,
    at: Timestamp,
    actor: z.string(),
    kind: z.string(),
    subject: z.string(),
    payload: z.unknown(),
    leafHash: HashText,
  })
  .meta({ id: 'RecordEntry' });
export type RecordEntryBody = z.infer<typeof RecordEntryBody>;

export const RecordEntryPage = page(RecordEntryBody).meta({ id: 'RecordEntryPage' });
