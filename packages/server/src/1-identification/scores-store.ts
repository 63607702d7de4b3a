import { predictedLikelihood } from '@patchsteward/core/2-evaluation';
import type { Policy } from '@patchsteward/core/policy';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { mergeCatalog } from './entries-store.ts';
import type { FeedRows } from './feeds-rows.ts';
import type { MergeCounts } from './feeds-store.ts';
import { markSetsWith } from './severity-store.ts';

/** The scores are those of another model than before. A type, since only such goes into an entry of the record. */
type Rebased = { readonly from: string; readonly to: string };

/**
 * Brings the scores of EPSS to what their publisher says today, and marks who must be assessed again: whoever has
 * something of which an attack became likelier or less likely by the steps of the policy. They order work of equal
 * urgency; no lane and no due time hangs on them, so that another model moves nothing.
 */
export async function mergeScores(
  tx: Tx,
  rows: FeedRows,
  { priority: { epss } }: Pick<Policy, 'priority'>,
): Promise<MergeCounts & { readonly rebased?: Rebased }> {
  await sql`
    create temporary table staged (vulnerability text, score real, percentile real, model text, score_date date)
    on commit drop
  `.execute(tx);
  await stageScores(tx, rows);
  const likelihoods = async () =>
    new Map((await readLiveScores(tx)).map((one) => [one.vulnerability, predictedLikelihood(one, epss)]));
  const [from, before] = [await readModel(tx), await likelihoods()];
  const counts = await mergeCatalog(tx, rows, {
    table: 'identification.epss',
    columns: ['score', 'percentile', 'model', 'score_date'],
    isNoted: false,
  });
  const [to, after] = [await readModel(tx), await likelihoods()];
  const known = new Set([...before.keys(), ...after.keys()]);
  const moved = [...known].filter((id) => (before.get(id) ?? 0) !== (after.get(id) ?? 0));
  if (moved.length > 0) await markSetsWith(tx, moved);
  return from === null || to === null || from === to ? counts : { ...counts, rebased: { from, to } };
}

async function stageScores(tx: Tx, { rows }: FeedRows): Promise<void> {
  for (const batch of rows) {
    await sql`
      insert into staged
      select one.vulnerability, one.score, one.percentile, said.model, said.score_date
      from json_to_record(${batch}::json)
        as said (model text, score_date date, vulnerability text[], score real[], percentile real[])
      cross join unnest(said.vulnerability, said.score, said.percentile) as one (vulnerability, score, percentile)
    `.execute(tx);
  }
  await sql`analyze staged (vulnerability)`.execute(tx);
}

interface LiveScoreRow {
  readonly vulnerability: string;
  readonly score: number;
  readonly percentile: number;
  readonly model: string;
}

/** Of what some source version is affected by: a few thousand of some hundred thousand. */
async function readLiveScores(tx: Tx): Promise<LiveScoreRow[]> {
  const { rows } = await sql<LiveScoreRow>`
    select vulnerability, score, percentile, model from identification.epss
    where vulnerability in (select vulnerability from identification.finding where affected)
  `.execute(tx);
  return rows;
}

/** The model of the newest scores; null: there is none. */
async function readModel(tx: Tx): Promise<string | null> {
  const { rows } = await sql<{ model: string }>`
    select model from identification.epss order by score_date desc limit 1
  `.execute(tx);
  return rows[0]?.model ?? null;
}
