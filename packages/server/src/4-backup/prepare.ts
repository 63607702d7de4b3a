import type { BackupFact } from '@patchsteward/core/4-backup';
import type { Reader } from '../platform/database.ts';
import { isSameHost } from './host-match.ts';
import type { NamedAsset } from './proof-accept.ts';
import { earlierBytes, newestProofs, type ProofRow } from './proof-store.ts';
import { longestWaivers } from './waiver-store.ts';

/** What there is of backups of these assets; whether that is enough is decided in core. // SOP P4, checklist c14 */
export async function prepareBackup(
  db: Reader,
  assets: readonly NamedAsset[],
  campaign: string | null,
): Promise<BackupFact[]> {
  const ids = assets.map(({ assetId }) => assetId);
  const [proofs, waivers] = await Promise.all([newestProofs(db, ids), longestWaivers(db, ids, campaign)]);
  const earlier = await earlierBytes(db, [...proofs.values()]);
  return assets.map((asset) => {
    const proof = proofs.get(asset.assetId);
    const waiver = waivers.get(asset.assetId);
    return {
      assetId: asset.assetId,
      name: asset.name,
      hostname: hostnameFor(asset, proof),
      proof: proof === undefined ? null : proofFact(proof, earlier.get(asset.assetId) ?? []),
      waiver: waiver === undefined ? null : { statement: waiver.waiver, expiresAt: waiver.expiresAt },
    };
  });
}

/** The asset may have been renamed since its proof came, so the names are compared again at every use. */
function hostnameFor({ name, hostname }: NamedAsset, proof: ProofRow | undefined): string {
  const names = hostname === null ? [name] : [hostname, name];
  return proof !== undefined && isSameHost(proof.hostname, names) ? proof.hostname : (hostname ?? name);
}

function proofFact(proof: ProofRow, earlier: readonly number[]): BackupFact['proof'] {
  return {
    evidence: proof.proof,
    hostname: proof.hostname,
    takenAt: proof.takenAt,
    bytes: proof.bytes,
    earlierBytes: [...earlier],
    checkedAt: proof.checkedAt,
  };
}
