import type { BackupProof, BackupWaiver } from '@patchsteward/contract';
import { checkBackups } from '@patchsteward/core/4-backup';
import type { LanePolicy } from '@patchsteward/core/policy';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { Db } from '../platform/database.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { reasonBody } from '../platform/http/reason-body.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { prepareBackup } from './prepare.ts';
import { acceptProof, type NamedAsset, type ProofParts } from './proof-accept.ts';
import { newestProofs, type ProofRow, proofsOf } from './proof-store.ts';
import { longestWaivers, type Waiver, waiversOf } from './waiver-store.ts';

type BackupRouteId = 'backup.prove' | 'backup.list' | 'backup.show';

export interface BackupParts extends ProofParts {
  readonly db: Db;
  /** By what a backup is measured where no campaign says otherwise: the routine lane. */
  readonly lane: LanePolicy;
  /** A page of assets by name, as the inventory has them. */
  readonly listAssets: (query: {
    readonly search?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  }) => Promise<{ readonly items: readonly NamedAsset[]; readonly next: string | null; readonly total: number }>;
}

export function backupRoutes(parts: BackupParts): Handlers<BackupRouteId> {
  const { db } = parts;
  return {
    'backup.prove': async ({ body, now, log }) => {
      const proof = await acceptProof(parts, body.envelope, now);
      log.info({ assetId: proof.assetId, prober: proof.prober, snapshot: proof.snapshotId }, 'backup proved');
      return proofBody(proof);
    },
    'backup.list': async ({ query, now }) => {
      const { items, next, total } = await parts.listAssets(query);
      const ids = items.map(({ assetId }) => assetId);
      const [proofs, waivers, reasons] = await Promise.all([
        newestProofs(db, ids),
        longestWaivers(db, ids, null),
        reasonsOf(parts, items, now),
      ]);
      return {
        items: items.map(({ assetId, name }) => ({
          assetId,
          assetName: name,
          proof: bodyOrNull(proofs.get(assetId), proofBody),
          waiver: bodyOrNull(waivers.get(assetId), waiverBody),
          reason: reasons.get(assetId) ?? null,
        })),
        next,
        total,
      };
    },
    'backup.show': async ({ params, now }) => {
      const asset = await parts.findAsset(db, params.id);
      if (asset === undefined) throw new Refusal('not-found', `There is no asset ${params.id}.`);
      const [proofs, waivers, reasons] = await Promise.all([
        proofsOf(db, asset.assetId),
        waiversOf(db, asset.assetId),
        reasonsOf(parts, [asset], now),
      ]);
      return {
        assetId: asset.assetId,
        assetName: asset.name,
        proofs: proofs.map(proofBody),
        waivers: waivers.map(waiverBody),
        reason: reasons.get(asset.assetId) ?? null,
      };
    },
  };
}

/** The first reason of each asset whose newest proof would not do; a waiver is for one campaign and does not count here. */
async function reasonsOf({ db, lane }: BackupParts, assets: readonly NamedAsset[], now: Instant) {
  const facts = await prepareBackup(db, assets, null);
  return new Map(
    facts.flatMap((fact) => {
      const [reason] = checkBackups([{ ...fact, waiver: null }], lane, now).missing;
      return reason === undefined ? [] : [[fact.assetId, reasonBody(reason)] as const];
    }),
  );
}

function bodyOrNull<Row, Body>(row: Row | undefined, body: (row: Row) => Body): Body | null {
  return row === undefined ? null : body(row);
}

function proofBody({ takenAt, checkedAt, probedAt, storedAt, paths, ...proof }: ProofRow): BackupProof {
  return {
    ...proof,
    paths: [...paths],
    takenAt: timestampOf(takenAt),
    checkedAt: checkedAt === null ? null : timestampOf(checkedAt),
    probedAt: timestampOf(probedAt),
    storedAt: timestampOf(storedAt),
  };
}

function waiverBody({ signedAt, expiresAt, ...waiver }: Waiver): BackupWaiver {
  return { ...waiver, signedAt: timestampOf(signedAt), expiresAt: timestampOf(expiresAt) };
}

function timestampOf(instant: Instant): string {
  return new Date(instant).toISOString();
}
