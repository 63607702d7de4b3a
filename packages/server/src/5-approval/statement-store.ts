import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

export interface StatementRow {
  readonly statement: Hash;
  readonly campaign: string;
  readonly plan: Hash | null;
  readonly kind: string;
  readonly person: string;
  readonly at: Instant;
  readonly envelope: string;
  readonly storedAt: Instant;
}

/** False where the same word was said before: it is never counted, nor acted on, twice. */
export async function insertStatement(tx: Tx, row: Omit<StatementRow, 'storedAt'>, now: Instant): Promise<boolean> {
  const inserted = await tx
    .insertInto('approval.statement')
    .values({
      hash: row.statement,
      campaign: row.campaign,
      plan: row.plan,
      kind: row.kind,
      person: row.person,
      at: timestamp(row.at),
      envelope: row.envelope,
      stored_at: timestamp(now),
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('hash')
    .execute();
  return inserted.length > 0;
}

/** Oldest first. */
export async function statementsOf(
  db: Reader,
  campaign: string,
  only: { readonly kind: string; readonly since: Instant } | null = null,
): Promise<StatementRow[]> {
  const rows = await db
    .selectFrom('approval.statement')
    .select(['hash as statement', 'campaign', 'plan', 'kind', 'person', 'at', 'envelope', 'stored_at as storedAt'])
    .where('campaign', '=', campaign)
    .$if(only !== null, (query) =>
      query.where('kind', '=', only?.kind ?? '').where('stored_at', '>=', timestamp(only?.since ?? 0)),
    )
    .orderBy('stored_at')
    .orderBy('hash')
    .execute();
  // Hashes were computed here before they were stored; the column type does not say so.
  return rows.map((row) => ({ ...row, statement: row.statement as Hash, plan: row.plan as Hash | null }));
}

/** What one person said in campaigns, and when it was kept. */
export function saidBy(
  db: Reader,
  person: string,
  kinds: readonly string[],
): Promise<{ readonly campaign: string; readonly kind: string; readonly storedAt: Instant }[]> {
  return db
    .selectFrom('approval.statement')
    .innerJoin('campaign.campaign as open', 'open.id', 'approval.statement.campaign')
    .select(['approval.statement.campaign', 'approval.statement.kind', 'approval.statement.stored_at as storedAt'])
    .where('person', '=', person)
    .where('open.ended', '=', false)
    .where('kind', 'in', [...kinds])
    .execute();
}
