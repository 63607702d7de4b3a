import type { Target, TransactionProposal } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { type JsonValue, json, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

/** What is wanted of a host: these targets, on the package set of its last check-in. */
export interface WantedTransaction {
  readonly assetId: string;
  readonly packagesHash: Hash;
  readonly targets: readonly Target[];
}

export interface ProposalRow {
  readonly id: string;
  readonly assetId: string;
  readonly packagesHash: Hash;
  readonly targetsHash: Hash;
  readonly targets: readonly Target[];
  readonly answer: TransactionProposal['answer'] | null;
  readonly transactionHash: Hash | null;
}

export async function insertQuestion(
  tx: Tx,
  question: WantedTransaction & { readonly id: string; readonly targetsHash: Hash },
  at: Instant,
): Promise<void> {
  const { id, assetId, packagesHash, targetsHash, targets } = question;
  await tx
    .insertInto('testing.proposal')
    .values({
      ...{ id, asset_id: assetId, packages_hash: packagesHash, targets_hash: targetsHash },
      targets: json(targets.map((target) => ({ ...target }))),
      asked_at: timestamp(at),
    })
    .onConflict((conflict) => conflict.columns(['asset_id', 'packages_hash', 'targets_hash']).doNothing())
    .execute();
}

interface Question {
  readonly assetId: string;
  readonly packagesHash: Hash;
  readonly targetsHash: Hash;
}

/** What the host answered before stays until it answers anew. */
export async function reopenQuestion(tx: Tx, question: Question, at: Instant): Promise<void> {
  await tx
    .updateTable('testing.proposal')
    .set({ asked_at: timestamp(at), answered_at: null })
    .where('asset_id', '=', question.assetId)
    .where('packages_hash', '=', question.packagesHash)
    .where('targets_hash', '=', question.targetsHash)
    .execute();
}

/** The same, where an answer from before that instant leads nowhere. */
export async function reopenFutile(tx: Tx, question: Question, before: Instant, at: Instant): Promise<void> {
  await tx
    .updateTable('testing.proposal')
    .set({ asked_at: timestamp(at), answered_at: null })
    .where('asset_id', '=', question.assetId)
    .where('packages_hash', '=', question.packagesHash)
    .where('targets_hash', '=', question.targetsHash)
    .where('answered_at', '<', timestamp(before))
    .where(
      sql<boolean>`(answer ->> 'kind' = 'impossible' or exists (
        select from testing.verification as verification
        where verification.transaction_hash = proposal.transaction_hash and verification.state = 'failed'
      ))`,
    )
    .execute();
}

/** Questions about another package set than the host has now: nobody needs their answers. */
export async function withdrawOutdated(tx: Tx, assetId: string, packagesHash: Hash): Promise<void> {
  await tx
    .deleteFrom('testing.proposal')
    .where('asset_id', '=', assetId)
    .where('packages_hash', '<>', packagesHash)
    .where('answered_at', 'is', null)
    .execute();
}

export async function readOpenQuestions(db: Reader, assetId: string, count: number): Promise<ProposalRow[]> {
  const rows = await db
    .selectFrom('testing.proposal')
    .selectAll()
    .where('asset_id', '=', assetId)
    .where('answered_at', 'is', null)
    .orderBy('asked_at')
    .limit(count)
    .execute();
  return rows.map(proposalOf);
}

export async function lockProposal(tx: Tx, id: string, assetId: string): Promise<ProposalRow | undefined> {
  const row = await tx
    .selectFrom('testing.proposal')
    .selectAll()
    .where('id', '=', id)
    .where('asset_id', '=', assetId)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? undefined : proposalOf(row);
}

export async function storeAnswer(
  tx: Tx,
  id: string,
  answered: { readonly answer: TransactionProposal['answer']; readonly transactionHash: Hash | null },
  at: Instant,
): Promise<void> {
  await tx
    .updateTable('testing.proposal')
    .set({
      answered_at: timestamp(at),
      // A readonly value of ours is JSON; its interface only lacks the index signature of it.
      answer: json(answered.answer as unknown as JsonValue),
      transaction_hash: answered.transactionHash,
    })
    .where('id', '=', id)
    .execute();
}

export async function readProposals(db: Reader, assetIds: readonly string[]): Promise<ProposalRow[]> {
  if (assetIds.length === 0) return [];
  const rows = await db.selectFrom('testing.proposal').selectAll().where('asset_id', 'in', assetIds).execute();
  return rows.map(proposalOf);
}

/** The hosts that would run a transaction. */
export async function readAssetsOf(db: Reader, transactionHash: Hash): Promise<string[]> {
  const rows = await db
    .selectFrom('testing.proposal')
    .select('asset_id')
    .distinct()
    .where('transaction_hash', '=', transactionHash)
    .orderBy('asset_id')
    .execute();
  return rows.map((row) => row.asset_id);
}

function proposalOf(row: {
  readonly id: string;
  readonly asset_id: string;
  readonly packages_hash: string;
  readonly targets_hash: string;
  readonly targets: JsonValue;
  readonly answer: JsonValue | null;
  readonly transaction_hash: string | null;
}): ProposalRow {
  // Values that this file wrote from the types they are read as.
  return {
    id: row.id,
    assetId: row.asset_id,
    packagesHash: row.packages_hash as Hash,
    targetsHash: row.targets_hash as Hash,
    targets: row.targets as unknown as readonly Target[],
    answer: row.answer as unknown as TransactionProposal['answer'] | null,
    transactionHash: row.transaction_hash as Hash | null,
  };
}
