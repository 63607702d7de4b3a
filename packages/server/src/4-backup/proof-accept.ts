import type { EnvelopeBody, ErrorCode } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { KnownRoot } from '@patchsteward/trust/root';
import { verifyBackupProof } from '@patchsteward/trust/statement';
import type { Corridor, Wish } from '../platform/corridor.ts';
import type { Reader, Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { isSameHost } from './host-match.ts';
import { insertProof, type ProofFacts, type ProofRow } from './proof-store.ts';

/** An asset under all names that a backup may know it by. */
export interface NamedAsset {
  readonly assetId: string;
  readonly name: string;
  /** What its host calls itself; null until it reported. */
  readonly hostname: string | null;
}

export interface ProofParts {
  readonly corridor: Corridor;
  /** The trust root that signatures are measured by now. Throws the refusal where there is none. */
  readonly usableRoot: (db: Reader, now: Instant) => Promise<KnownRoot>;
  readonly findAsset: (db: Reader, assetId: string) => Promise<NamedAsset | undefined>;
  /** What is to go on now that this asset has a new proof. */
  readonly wishesFor: (tx: Tx, assetId: string) => Promise<readonly Wish[]>;
}

/**
 * Takes the word of a prober: its signature, by a machine of the trust root, is all the sign-in it needs. Whether it is
 * young enough is looked at when it is used, not now. // SOP P4, decided 33
 */
export async function acceptProof(parts: ProofParts, envelope: EnvelopeBody, now: Instant): Promise<ProofRow> {
  return parts.corridor.change({ actor: 'system', at: now }, async (tx) => {
    const root = await parts.usableRoot(tx, now);
    const proof = openProof(envelope, root, now);
    const asset = await parts.findAsset(tx, proof.assetId);
    if (asset === undefined) throw new Refusal('backup-proof-wrong', `There is no asset ${proof.assetId}.`);
    const names = asset.hostname === null ? [asset.name] : [asset.name, asset.hostname];
    if (!isSameHost(proof.hostname, names)) {
      throw new Refusal(
        'backup-host-mismatch',
        `The snapshot is of ${proof.hostname}, the asset is ${names.join(', ')}.`,
      );
    }
    const added = await insertProof(tx, proof, JSON.stringify(envelope), now);
    if (!added) return { value: { ...proof, storedAt: now } };
    const { provider, repository, snapshotId, prober, bytes } = proof;
    const takenAt = new Date(proof.takenAt).toISOString();
    return {
      value: { ...proof, storedAt: now },
      leaves: [
        {
          kind: 'backup.proved',
          subject: asset.assetId,
          payload: {
            proof: proof.proof,
            provider,
            repository,
            snapshotId,
            takenAt,
            bytes,
            prober,
            envelope: { ...envelope },
          },
        },
      ],
      wishes: await parts.wishesFor(tx, asset.assetId),
    };
  });
}

/** What a refusal of the trust code is called on the wire. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  'signature-wrong': 'signature-wrong',
  'signature-missing': 'signer-unknown',
  'signer-unknown': 'signer-unknown',
  'signer-not-named': 'signer-unknown',
  'envelope-unreadable': 'envelope-unreadable',
  'payload-type-wrong': 'envelope-unreadable',
};

function openProof(envelope: EnvelopeBody, root: KnownRoot, now: Instant): ProofFacts {
  const verified = verifyBackupProof(envelope, root, now);
  if (!verified.ok) {
    const { code, detail } = verified.refusal;
    throw new Refusal(CODES[code] ?? 'backup-proof-wrong', `${code}: ${detail}.`);
  }
  const { proof, hash } = verified.value;
  if (proof.bytes === 0 || proof.files === 0) {
    throw new Refusal(
      'backup-proof-wrong',
      `The snapshot ${proof.snapshotId} is empty, so nothing could come back from it.`,
    );
  }
  return { ...proof, proof: hash };
}
