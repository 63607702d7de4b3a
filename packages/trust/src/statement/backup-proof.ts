import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { PAYLOAD_BYTES_MAX, PAYLOAD_TYPES, payloadOf, readEnvelope } from '../dsse/index.ts';
import { sha256 } from '../hash.ts';
import { accepted, type Outcome, refused, unreadable } from '../refusal.ts';
import { assertUsable, type KnownRoot, verifiedSigners } from '../root/index.ts';
import { checked, list, nullable, type Read, record } from '../strict/decoder.ts';
import { decodeDocument, encodeDocument } from '../strict/document.ts';
import { word } from '../strict/names.ts';
import { form, instant, instantText, oneOf, saying, uuid, whole } from '../strict/scalars.ts';
import { CLOCK_SKEW_MS_MAX } from './verify-statement.ts';

const PATHS_MAX = 1_000;

const wireProof = checked(
  record({
    type: oneOf(['backup-proof']),
    assetId: uuid,
    hostname: form(/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/),
    provider: oneOf(['restic']),
    /** A name for people; never a password, never an address with one. */
    repository: saying,
    snapshotId: form(/^[0-9a-f]{64}$/),
    takenAt: instant,
    bytes: whole(0, Number.MAX_SAFE_INTEGER),
    files: whole(0, Number.MAX_SAFE_INTEGER),
    paths: list(form(/^\/[^\p{Cc}]{0,4095}$/u), { countMin: 1, countMax: PATHS_MAX, rising: (path) => path }),
    /** When the repository was last checked for damage; null: not known. */
    checkedAt: nullable(instant),
    probedAt: instant,
    prober: word,
  }),
  ({ takenAt, checkedAt, probedAt }) => takenAt <= probedAt && (checkedAt ?? 0) <= probedAt,
);

/** What a prober found in a backup repository. // SOP P4.1, decided 33 */
export type BackupProof = Omit<Read<typeof wireProof>, 'type'>;

export interface VerifiedBackupProof {
  readonly proof: BackupProof;
  readonly hash: Hash;
}

export function encodeBackupProof(proof: BackupProof): Uint8Array {
  const wire = {
    type: 'backup-proof',
    ...proof,
    takenAt: instantText(proof.takenAt),
    checkedAt: proof.checkedAt === null ? null : instantText(proof.checkedAt),
    probedAt: instantText(proof.probedAt),
  };
  return encodeDocument(wire, wireProof, PAYLOAD_BYTES_MAX);
}

/** Signed by the very machine that it names, and that machine is a prober of the root. */
export function verifyBackupProof(given: unknown, known: KnownRoot, now: Instant): Outcome<VerifiedBackupProof> {
  const envelope = readEnvelope(given);
  if (!envelope.ok) return envelope;
  const { payloadType } = envelope.value;
  if (payloadType !== PAYLOAD_TYPES.backupProof) return refused('payload-type-wrong', payloadType);
  const usable = assertUsable(known, now);
  if (!usable.ok) return usable;
  const signers = verifiedSigners(envelope.value, known.root);
  if (!signers.ok) return signers;
  const payload = payloadOf(envelope.value);
  const read = decodeDocument(payload, wireProof, PAYLOAD_BYTES_MAX);
  if (!read.ok) return unreadable('payload-unreadable', read.fault);
  const { type: _, ...proof } = read.value;
  const byProber = signers.value.every((signer) => signer.kind === 'machine' && signer.machine.name === proof.prober);
  if (!byProber) return refused('signer-not-named', `only the prober ${proof.prober} may sign this`);
  if (proof.probedAt > now + CLOCK_SKEW_MS_MAX) return refused('not-yet-valid', instantText(proof.probedAt));
  return accepted({ proof, hash: sha256(payload) });
}
