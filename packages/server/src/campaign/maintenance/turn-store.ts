import type { MaintenanceTurn, StandingBody } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import type { RoutineOffer } from '../../1-identification/routine-offers-store.ts';
import { json, plainJson, timestamp } from '../../platform/column-types.ts';
import type { Reader, Tx } from '../../platform/database.ts';

/** What became of an update of a frozen list. */
export interface StandingUpdate {
  readonly scope: string;
  readonly source: string;
  readonly standing: StandingBody;
}

/** One time that a plan came round. */
export interface TurnRow {
  readonly plan: string;
  readonly day: string;
  readonly opensAt: Instant;
  readonly toldAt: Instant;
  readonly state: MaintenanceTurn['state'];
  readonly updates: readonly RoutineOffer[];
  /** When it was taken; null where it was not. */
  readonly standings: readonly StandingUpdate[] | null;
  readonly campaign: string | null;
  readonly decided: { readonly at: Instant; readonly by: string; readonly why: string | null } | null;
}

/** Two years of weekly turns. */
const TURNS_MAX = 104;

/** The newest first. */
export async function readTurns(reader: Reader, plan: string): Promise<TurnRow[]> {
  const rows = await reader
    .selectFrom('campaign.maintenance_turn')
    .selectAll()
    .where('plan', '=', plan)
    .orderBy('opens_at', 'desc')
    .limit(TURNS_MAX)
    .execute();
  return rows.map(rowOf);
}

export async function readTurn(reader: Reader, plan: string, day: string): Promise<TurnRow | undefined> {
  const row = await reader
    .selectFrom('campaign.maintenance_turn')
    .selectAll()
    .where('plan', '=', plan)
    .where('day', '=', day)
    .executeTakeFirst();
  return row === undefined ? undefined : rowOf(row);
}

/** Those that wait for an answer. */
export async function readProposedTurns(reader: Reader): Promise<TurnRow[]> {
  const rows = await reader
    .selectFrom('campaign.maintenance_turn')
    .selectAll()
    .where('state', '=', 'proposed')
    .execute();
  return rows.map(rowOf);
}

interface StoredRow extends Pick<TurnRow, 'plan' | 'day' | 'state' | 'campaign'> {
  readonly opens_at: Instant;
  readonly told_at: Instant;
  readonly updates: unknown;
  readonly left_out: unknown;
  readonly decided_at: Instant | null;
  readonly decided_by: string | null;
  readonly why: string | null;
}

function rowOf(row: StoredRow): TurnRow {
  const { plan, day, state, campaign, decided_at, decided_by, why } = row;
  return {
    ...{ plan, day, state, campaign, opensAt: row.opens_at, toldAt: row.told_at },
    // Only insertTurn and decideTurn write them.
    updates: row.updates as TurnRow['updates'],
    standings: row.left_out as TurnRow['standings'],
    decided: decided_at === null ? null : { at: decided_at, by: decided_by ?? '', why },
  };
}

/** False: this day was told already, and is never told again. */
export async function insertTurn(
  tx: Tx,
  turn: Pick<TurnRow, 'plan' | 'day' | 'opensAt' | 'toldAt' | 'state' | 'updates'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('campaign.maintenance_turn')
    .values({
      ...{ plan: turn.plan, day: turn.day, state: turn.state },
      opens_at: timestamp(turn.opensAt),
      told_at: timestamp(turn.toldAt),
      updates: json(turn.updates.map((update) => ({ ...update }))),
    })
    .onConflict((conflict) => conflict.columns(['plan', 'day']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Nobody answered before another one came; the day of the one that waited. */
export async function lapseTurn(tx: Tx, plan: string): Promise<string | undefined> {
  const row = await tx
    .updateTable('campaign.maintenance_turn')
    .set({ state: 'lapsed' })
    .where('plan', '=', plan)
    .where('state', '=', 'proposed')
    .returning('day')
    .executeTakeFirst();
  return row?.day;
}

export async function storeAnswer(
  tx: Tx,
  { plan, day, state, standings, campaign, decided }: Omit<TurnRow, 'updates' | 'opensAt' | 'toldAt'>,
): Promise<void> {
  await tx
    .updateTable('campaign.maintenance_turn')
    .set({
      ...{ state, campaign, decided_by: decided?.by ?? null, why: decided?.why ?? null },
      left_out: standings === null ? null : json(plainJson(standings)),
      decided_at: decided === null ? null : timestamp(decided.at),
    })
    .where('plan', '=', plan)
    .where('day', '=', day)
    .execute();
}
