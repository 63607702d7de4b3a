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

/** A question to one host. */
export interface Question {
  readonly assetId: string;
  readonly packagesHash: Hash;
  readonly targetsHash: Hash;
}

/** What is asked already stays as it is. Questions come in the order of their assets: nobody waits crosswise for a row. */
export async function insertQuestions(
  tx: Tx,
  questions: readonly (Question & { readonly id: string; readonly targets: readonly Target[] })[],
  at: Instant,
): Promise<void> {
  const texts = questions.map(({ targets }) => JSON.stringify(targets));
  await sql`
    insert into testing.proposal (id, asset_id, packages_hash, targets_hash, targets, asked_at)
    select id, asset_id, packages_hash, targets_hash, targets::jsonb, ${timestamp(at)}
    from unnest(
      ${questions.map(({ id }) => id)}::uuid[], ${questions.map(({ assetId }) => assetId)}::uuid[],
      ${questions.map(({ packagesHash }) => packagesHash)}::text[],
      ${questions.map(({ targetsHash }) => targetsHash)}::text[], ${texts}::text[]
    ) with ordinality as asked (id, asset_id, packages_hash, targets_hash, targets, place)
    order by place
    on conflict (asset_id, packages_hash, targets_hash) do nothing
  `.execute(tx);
}

/** What the hosts answered before stays until they answer anew. */
export async function reopenQuestions(tx: Tx, questions: readonly Question[], at: Instant): Promise<void> {
  await reopen(tx, questions, at, sql`true`);
}

/** The same, where an answer from before that instant leads nowhere. */
export async function reopenFutile(
  tx: Tx,
  questions: readonly Question[],
  before: Instant,
  at: Instant,
): Promise<void> {
  const isFutile = sql`proposal.answered_at < ${timestamp(before)} and (
    proposal.answer ->> 'kind' = 'impossible' or exists (
      select from testing.verification as verification
      where verification.transaction_hash = proposal.transaction_hash and verification.state = 'failed'
    ))`;
  await reopen(tx, questions, at, isFutile);
}

async function reopen(
  tx: Tx,
  questions: readonly Question[],
  at: Instant,
  which: ReturnType<typeof sql>,
): Promise<void> {
  await sql`
    update testing.proposal set asked_at = ${timestamp(at)}, answered_at = null
    where id in (
      select proposal.id from testing.proposal
      join unnest(
        ${questions.map(({ assetId }) => assetId)}::uuid[], ${questions.map(({ packagesHash }) => packagesHash)}::text[],
        ${questions.map(({ targetsHash }) => targetsHash)}::text[]
      ) as asked (asset_id, packages_hash, targets_hash) using (asset_id, packages_hash, targets_hash)
      where ${which}
      order by proposal.asset_id, proposal.id
      for update of proposal
    )
  `.execute(tx);
}

/** Questions about other package sets than the hosts have now: nobody needs their answers. */
export async function withdrawOutdated(
  tx: Tx,
  hosts: readonly Pick<Question, 'assetId' | 'packagesHash'>[],
): Promise<void> {
  await sql`
    delete from testing.proposal where id in (
      select proposal.id from testing.proposal
      join unnest(
        ${hosts.map(({ assetId }) => assetId)}::uuid[], ${hosts.map(({ packagesHash }) => packagesHash)}::text[]
      ) as now (asset_id, packages_hash) on now.asset_id = proposal.asset_id
      where proposal.packages_hash <> now.packages_hash and proposal.answered_at is null
      order by proposal.asset_id, proposal.id
      for update of proposal
    )
  `.execute(tx);
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
