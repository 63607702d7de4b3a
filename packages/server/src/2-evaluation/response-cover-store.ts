import type { AssetAnswers, FallenFinding, RiskAnswer, RiskCover } from '@patchsteward/core/2-evaluation';
import { isRaise, type ResponseState } from '@patchsteward/core/2-evaluation';
import type { Instant, Lane } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { CoveredFinding } from './response-target.ts';

export async function storeCover(tx: Tx, response: string, covered: readonly CoveredFinding[]): Promise<void> {
  await sql`
    insert into evaluation.response_cover (response, asset_id, vulnerability, source, lane, exploited, fixless)
    select ${response}, * from unnest(
      ${covered.map(({ assetId }) => assetId)}::uuid[], ${covered.map(({ vulnerability }) => vulnerability)}::text[],
      ${covered.map(({ source }) => source)}::text[], ${covered.map(({ lane }) => lane)}::text[],
      ${covered.map(({ exploited }) => exploited)}::boolean[], ${covered.map(({ fixless }) => fixless)}::boolean[])
  `.execute(tx);
}

/** What rests on a response is out of date; whoever assesses finds it by that. */
export async function outdateAssessments(tx: Tx, response: string): Promise<void> {
  await sql`
    update evaluation.assessment set set_revision = -1
    where asset_id in (
      select asset_id from evaluation.assessment
      where asset_id in (select asset_id from evaluation.response_cover where response = ${response})
      order by asset_id for update
    )
  `.execute(tx);
}

interface CoverRow {
  readonly response: string;
  readonly asset_id: string;
  readonly vulnerability: string;
  readonly source: string;
  readonly lane: Lane;
  readonly exploited: boolean;
  readonly fixless: boolean;
}

export const NO_ANSWERS: AssetAnswers = { covers: [], fallen: [] };

/** What people answered on these assets, in the past too; assets of which nobody said anything are left out. */
export async function readAnswers(reader: Reader, assetIds: readonly string[]): Promise<Map<string, AssetAnswers>> {
  if (assetIds.length === 0) return new Map();
  const { rows: covers } = await sql<CoverRow>`
    select cover.response, asset_id, vulnerability, source, lane, exploited, fixless
    from evaluation.response_cover as cover
    join evaluation.response on response.id = cover.response
    where asset_id = any(${assetIds}::uuid[]) and stood_from is not null
  `.execute(reader);
  if (covers.length === 0) return new Map();
  const answerOf = await readResponsesOf(reader, covers);
  const { rows: fallen } = await sql<Omit<CoverRow, 'lane'> & { readonly at: Instant }>`
    select response, asset_id, vulnerability, source, at from evaluation.response_fallen
    where asset_id = any(${assetIds}::uuid[])
  `.execute(reader);
  const fallenOf = Map.groupBy(fallen, (row) => row.asset_id);
  const byAsset = Map.groupBy(covers, (row) => row.asset_id);
  return new Map(
    [...byAsset].map(([asset, rows]) => [
      asset,
      { covers: rows.flatMap((row) => coverOf(row, answerOf)), fallen: fallenOf.get(asset) ?? [] },
    ]),
  );
}

/** Of all assets: lists over the fleet count lanes and due times by it. */
export async function readAllAnswers(reader: Reader): Promise<Map<string, AssetAnswers>> {
  const { rows } = await sql<{ asset_id: string }>`
    select distinct asset_id from evaluation.response_cover
    where response in (select id from evaluation.response where stood_from is not null)
  `.execute(reader);
  return readAnswers(
    reader,
    rows.map((row) => row.asset_id),
  );
}

async function readResponsesOf(
  reader: Reader,
  covers: readonly CoverRow[],
): Promise<ReadonlyMap<string, ResponseState>> {
  const ids = [...new Set(covers.map(({ response }) => response))];
  const rows = await reader
    .selectFrom('evaluation.response')
    .select(['id', 'fold'])
    .where('id', '=', sql<string>`any(${ids}::uuid[])`)
    .execute();
  // Only storeEvent writes it.
  return new Map(rows.map(({ id, fold }) => [id, fold as unknown as ResponseState]));
}

function coverOf(row: CoverRow, states: ReadonlyMap<string, ResponseState>): RiskCover[] {
  const state = states.get(row.response);
  if (state === undefined || state.stoodFrom === null) return [];
  const { vulnerability, source, lane, exploited, fixless } = row;
  const { terms, basis, stoodFrom, endedAt } = state;
  const answer: RiskAnswer = {
    ...{ response: row.response, kind: terms.kind, from: stoodFrom, until: terms.until, endedAt },
    ...{ lane: terms.lane, due: terms.due, raise: isRaise(terms, basis), basis: { lane, exploited, fixless } },
  };
  const any = (text: string): string | null => (text === '' ? null : text);
  return [{ vulnerability: any(vulnerability), source: any(source), answer }];
}

/** Those that were not written down before. */
export async function storeFallen(
  tx: Tx,
  assetId: string,
  fallen: readonly FallenFinding[],
  at: Instant,
): Promise<FallenFinding[]> {
  if (fallen.length === 0) return [];
  const stored = await tx
    .insertInto('evaluation.response_fallen')
    .values(fallen.map((one) => ({ ...one, asset_id: assetId, at: timestamp(at) })))
    .onConflict((conflict) => conflict.doNothing())
    .returning(['response', 'vulnerability', 'source'])
    .execute();
  const keyOf = (one: Omit<FallenFinding, 'cause'>) => `${one.response} ${one.vulnerability} ${one.source}`;
  const written = new Set(stored.map(keyOf));
  return fallen.filter((one) => written.has(keyOf(one)));
}
