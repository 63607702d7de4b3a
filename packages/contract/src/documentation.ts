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
    /** What people call whoever did it: the name of a person or of an asset; null where nobody knows one. */
    actorName: z.string().nullable(),
    kind: z.string(),
    subject: z.string(),
    payload: z.unknown(),
    leafHash: HashText,
  })
  .meta({ id: 'RecordEntry' });
export type RecordEntryBody = z.infer<typeof RecordEntryBody>;

export const RecordEntryPage = page(RecordEntryBody).meta({ id: 'RecordEntryPage' });

const CheckpointBody = z.object({ size: z.number().int(), root: HashText, at: Timestamp, note: z.string() });

/** All that it takes to compute, without the server, that an entry stands under a signature. // RFC 6962 §2.1.1 */
export const RecordProof = z
  .object({
    entry: z.object({
      index: z.number().int(),
      id: Id,
      at: Timestamp,
      actor: z.string(),
      kind: z.string(),
      subject: z.string(),
      payload: z.unknown(),
      /** Base64: hashed before the payload. */
      salt: z.string(),
      leafHash: HashText,
    }),
    /** Base64 of the key that signs checkpoints, as the server says: compare it with one kept elsewhere. */
    key: z.string(),
    checkpoint: CheckpointBody,
    /** The hashes beside the way from the leaf to the root, the lowest first. */
    path: z.array(HashText),
  })
  .meta({ id: 'RecordProof' });
export type RecordProof = z.infer<typeof RecordProof>;

/** That a record of `from` entries is the beginning of the one that the checkpoint signs. // RFC 6962 §2.1.2 */
export const RecordConsistency = z
  .object({ from: z.number().int(), checkpoint: CheckpointBody, path: z.array(HashText) })
  .meta({ id: 'RecordConsistency' });
export type RecordConsistency = z.infer<typeof RecordConsistency>;
