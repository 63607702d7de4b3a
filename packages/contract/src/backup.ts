import { z } from 'zod';
import { EnvelopeBody } from './envelope.ts';
import { ReasonBody } from './parts.ts';
import { HashText, Id, Timestamp } from './units.ts';

/** What a prober found in a repository, signed by its key of the trust root. // SOP P4, decided 33 */
export const BackupProofRequest = z.strictObject({ envelope: EnvelopeBody }).meta({ id: 'BackupProofRequest' });

export const BackupProof = z
  .object({
    proof: HashText,
    assetId: Id,
    hostname: z.string(),
    provider: z.literal('restic'),
    /** A label of the repository, without secrets. */
    repository: z.string(),
    snapshotId: z.string(),
    takenAt: Timestamp,
    bytes: z.number().int(),
    files: z.number().int(),
    paths: z.array(z.string()),
    /** The last time the repository's integrity was checked; null where never. */
    checkedAt: Timestamp.nullable(),
    probedAt: Timestamp,
    /** Name of the prober in the trust root. */
    prober: z.string(),
    storedAt: Timestamp,
  })
  .meta({ id: 'BackupProof' });
export type BackupProof = z.infer<typeof BackupProof>;

/** The owner lets an asset be changed without a backup, until then. // SOP P4 */
export const BackupWaiver = z
  .object({
    waiver: HashText,
    assetId: Id,
    campaign: Id,
    person: z.string(),
    why: z.string(),
    expiresAt: Timestamp,
    signedAt: Timestamp,
  })
  .meta({ id: 'BackupWaiver' });
export type BackupWaiver = z.infer<typeof BackupWaiver>;

/** The newest of an asset. `reason` says why it would not carry a change now; null where it does. */
export const BackupSummary = z
  .object({
    assetId: Id,
    assetName: z.string(),
    proof: BackupProof.nullable(),
    waiver: BackupWaiver.nullable(),
    reason: ReasonBody.nullable(),
  })
  .meta({ id: 'BackupSummary' });
export type BackupSummary = z.infer<typeof BackupSummary>;

export const AssetBackups = z
  .object({
    assetId: Id,
    assetName: z.string(),
    /** Newest first; the last hundred. */
    proofs: z.array(BackupProof),
    waivers: z.array(BackupWaiver),
    reason: ReasonBody.nullable(),
  })
  .meta({ id: 'AssetBackups' });
export type AssetBackups = z.infer<typeof AssetBackups>;
