import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** What a prober saw in a repository, read from the bytes that it signed. // SOP P4, decided 33 */
export interface ProofFacts {
  readonly proof: Hash;
  readonly assetId: string;
  readonly hostname: string;
  readonly provider: 'restic';
  readonly repository: string;
  readonly snapshotId: string;
  readonly takenAt: Instant;
  readonly bytes: number;
  readonly files: number;
  readonly paths: readonly string[];
  readonly checkedAt: Instant | null;
  readonly probedAt: Instant;
  readonly prober: string;
}

export interface ProofRow extends ProofFacts {
  readonly storedAt: Instant;
}

/** What a person looks back on. */
const PROOFS_SHOWN_MAX = 100;

const COLUMNS = [
  'hash as proof',
  'asset_id as assetId',
  'hostname',
  'provider',
  'repository',
  'snapshot_id as snapshotId',
  'taken_at as takenAt',
  'bytes',
  'files',
  'paths',
  'checked_at as checkedAt',
  'probed_at as probedAt',
  'prober',
  'stored_at as storedAt',
] as const;

/** False where these bytes are known already. */
export async function insertProof(tx: Tx, proof: ProofFacts, envelope: string, now: Instant): Promise<boolean> {
  const inserted = await tx
    .insertInto('backup.proof')
    .values({
      hash: proof.proof,
      asset_id: proof.assetId,
      hostname: proof.hostname,
      provider: proof.provider,
      repository: proof.repository,
      snapshot_id: proof.snapshotId,
      taken_at: timestamp(proof.takenAt),
      bytes: proof.bytes,
      files: proof.files,
      paths: [...proof.paths],
      checked_at: proof.checkedAt === null ? null : timestamp(proof.checkedAt),
      probed_at: timestamp(proof.probedAt),
      prober: proof.prober,
      envelope,
      stored_at: timestamp(now),
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('hash')
    .execute();
  return inserted.length > 0;
}

/** Of the snapshots of an asset the newest, as its latest probe saw it. */
export async function newestProofs(db: Reader, assetIds: readonly string[]): Promise<ReadonlyMap<string, ProofRow>> {
  if (assetIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('backup.proof')
    .distinctOn('asset_id')
    .select(COLUMNS)
    .where('asset_id', '=', sql<string>`any(${assetIds}::uuid[])`)
    .orderBy('asset_id')
    .orderBy('taken_at', 'desc')
    .orderBy('probed_at', 'desc')
    .orderBy('hash')
    .execute();
  return new Map(rows.map((row) => [row.assetId, proofRow(row)]));
}

/** These very proofs: what a plan names stays what it was, also once there are newer ones. */
export async function proofsByHash(db: Reader, hashes: readonly string[]): Promise<ReadonlyMap<string, ProofRow>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('backup.proof')
    .select(COLUMNS)
    .where('hash', 'in', [...hashes])
    .execute();
  return new Map(rows.map((row) => [row.proof, proofRow(row)]));
}

export async function proofsOf(db: Reader, assetId: string): Promise<ProofRow[]> {
  const rows = await db
    .selectFrom('backup.proof')
    .select(COLUMNS)
    .where('asset_id', '=', assetId)
    .orderBy('taken_at', 'desc')
    .orderBy('probed_at', 'desc')
    .orderBy('hash')
    .limit(PROOFS_SHOWN_MAX)
    .execute();
  return rows.map(proofRow);
}

/** How far back "usual" reaches. */
const EARLIER_SNAPSHOTS_MAX = 10;

/** Of each proof the sizes of the snapshots before it, the newest first; nothing where there are none. // rollout-and-trust §2.7 */
export async function earlierBytes(
  db: Reader,
  proofs: readonly Pick<ProofRow, 'assetId' | 'snapshotId' | 'takenAt'>[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (proofs.length === 0) return new Map();
  const { rows } = await sql<{ assetId: string; bytes: number }>`
    select proof.asset_id as "assetId", earlier.bytes
    from unnest(
      ${proofs.map(({ assetId }) => assetId)}::uuid[], ${proofs.map(({ snapshotId }) => snapshotId)}::text[],
      ${proofs.map(({ takenAt }) => new Date(takenAt).toISOString())}::timestamptz[]
    ) as proof (asset_id, snapshot_id, taken_at)
    cross join lateral (
      select distinct on (taken_at, snapshot_id) taken_at, snapshot_id, bytes from backup.proof as one
      where one.asset_id = proof.asset_id and one.taken_at < proof.taken_at and one.snapshot_id <> proof.snapshot_id
      order by taken_at desc, snapshot_id, probed_at desc
      limit ${sql.lit(EARLIER_SNAPSHOTS_MAX)}
    ) as earlier
    order by proof.asset_id, earlier.taken_at desc, earlier.snapshot_id
  `.execute(db);
  const byAsset = Map.groupBy(rows, ({ assetId }) => assetId);
  return new Map([...byAsset].map(([assetId, own]) => [assetId, own.map(({ bytes }) => bytes)]));
}

type StoredProof = Omit<ProofRow, 'proof' | 'provider'> & { readonly proof: string; readonly provider: string };

/** Hash and provider were written from a verified proof and a constraint holds them; the column types do not say so. */
function proofRow({ proof, provider, ...row }: StoredProof): ProofRow {
  return { ...row, proof: proof as Hash, provider: provider as ProofRow['provider'] };
}
