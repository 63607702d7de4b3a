import type { RunnerFacts } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface HostRow {
  /** null: nothing on the host may change it. */
  readonly runner: RunnerFacts | null;
  readonly instance: string | null;
  readonly lastSequence: number;
  readonly lastHash: string | null;
  readonly forkedAt: Instant | null;
}

/** Whoever takes reports of a host or grants it something comes here first. */
export async function lockHost(tx: Tx, assetId: string): Promise<HostRow> {
  // The row must be there to be locked.
  await tx
    .insertInto('deployment.host')
    .values({ asset_id: assetId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom('deployment.host')
    .select(['runner', 'instance', 'last_sequence', 'last_hash', 'forked_at'])
    .where('asset_id', '=', assetId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return {
    runner: runnerOf(row.runner),
    instance: row.instance,
    lastSequence: row.last_sequence,
    lastHash: row.last_hash,
    forkedAt: row.forked_at,
  };
}

export async function storeLastReport(
  tx: Tx,
  assetId: string,
  last: { readonly instance: string; readonly sequence: number; readonly hash: string },
): Promise<void> {
  await tx
    .updateTable('deployment.host')
    .set({ instance: last.instance, last_sequence: last.sequence, last_hash: last.hash })
    .where('asset_id', '=', assetId)
    .execute();
}

export async function storeFork(tx: Tx, assetId: string, at: Instant): Promise<void> {
  await tx
    .updateTable('deployment.host')
    .set({ forked_at: timestamp(at) })
    .where('asset_id', '=', assetId)
    .execute();
}

/** Those of these assets as which two machines report. // rollout S20 */
export async function readForked(reader: Reader, assetIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (assetIds.length === 0) return new Set();
  const rows = await reader
    .selectFrom('deployment.host')
    .select('asset_id')
    .where('asset_id', 'in', assetIds)
    .where('forked_at', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.asset_id));
}

export async function storeRunner(tx: Tx, assetId: string, runner: RunnerFacts | null, at: Instant): Promise<void> {
  await lockHost(tx, assetId);
  await tx
    .updateTable('deployment.host')
    .set({ runner: runner === null ? null : json(plainJson(runner)), runner_at: timestamp(at) })
    .where('asset_id', '=', assetId)
    .execute();
}

export async function readRunner(reader: Reader, assetId: string): Promise<RunnerFacts | null> {
  const row = await reader
    .selectFrom('deployment.host')
    .select('runner')
    .where('asset_id', '=', assetId)
    .executeTakeFirst();
  return runnerOf(row?.runner ?? null);
}

export async function readRunners(
  reader: Reader,
  assetIds: readonly string[],
): Promise<ReadonlyMap<string, RunnerFacts>> {
  if (assetIds.length === 0) return new Map();
  const rows = await reader
    .selectFrom('deployment.host')
    .select(['asset_id', 'runner'])
    .where('asset_id', 'in', assetIds)
    .where('runner', 'is not', null)
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const runner = runnerOf(row.runner);
      return runner === null ? [] : [[row.asset_id, runner] as const];
    }),
  );
}

function runnerOf(stored: unknown): RunnerFacts | null {
  // Only storeRunner writes it, after the contract took it.
  return stored as RunnerFacts | null;
}
