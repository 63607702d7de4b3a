import type { SignedReport } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';

export async function storeReport(tx: Tx, report: SignedReport, hash: string, at: Instant): Promise<void> {
  await tx
    .insertInto('deployment.report')
    .values({
      asset_id: report.assetId,
      sequence: report.sequence,
      hash,
      job: report.job,
      body: json(plainJson(report)),
      accepted_at: timestamp(at),
    })
    .execute();
}

export async function readReportHash(tx: Tx, assetId: string, sequence: number): Promise<string | undefined> {
  const row = await tx
    .selectFrom('deployment.report')
    .select('hash')
    .where('asset_id', '=', assetId)
    .where('sequence', '=', sequence)
    .executeTakeFirst();
  return row?.hash;
}

/** The key by which a host signs, as it was bound to its asset. */
export async function readHostKeyPem(tx: Tx, fingerprint: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('identification.host_key')
    .select('public_key_pem')
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst();
  return row?.public_key_pem;
}
