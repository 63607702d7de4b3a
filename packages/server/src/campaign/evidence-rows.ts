import type { PackLine, Row } from '@patchsteward/trust/record';
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

type RowLine = Extract<PackLine, { readonly line: 'row' }>;

/**
 * The tables that say something about a campaign, and which of their rows do. A finished campaign is sealed with the
 * hash of each; `campaign.event` is not among them, since each of its rows is an entry of the record already.
 */
const EVIDENCE: readonly (readonly [table: string, where: string, order: string])[] = [
  ['campaign.campaign', 't.id = $campaign', 't.id'],
  ['campaign.document', 't.campaign = $campaign', 't.hash'],
  ['approval.plan', 't.campaign = $campaign', 't.hash'],
  ['approval.plan_leaf', 't.plan in (select hash from approval.plan where campaign = $campaign)', 't.plan, t.index'],
  [
    'approval.plan_signature',
    't.plan in (select hash from approval.plan where campaign = $campaign)',
    't.plan, t.keyid',
  ],
  ['approval.statement', 't.campaign = $campaign', 't.hash'],
  ['approval.notice', 't.campaign = $campaign', 't.id'],
  ['backup.waiver', 't.campaign = $campaign', 't.hash'],
  [
    'backup.proof',
    `t.hash in (select proof ->> 'evidence' from campaign.event,
       jsonb_array_elements(body -> 'event' -> 'proofs') proof where campaign = $campaign and kind = 'backup.checked')`,
    't.hash',
  ],
  ['deployment.job', 't.campaign = $campaign', 't.key'],
  ['deployment.grant', 't.job in (select key from deployment.job where campaign = $campaign)', 't.id'],
  [
    'deployment.report',
    't.job in (select key from deployment.job where campaign = $campaign)',
    't.asset_id, t.sequence',
  ],
];

/** The rows about one campaign, by table, each table in the order of its key. */
export async function* evidenceRows(
  tx: Tx,
  campaign: string,
): AsyncIterable<{ readonly table: string; readonly row: Row }> {
  for (const [table, where, order] of EVIDENCE) {
    for (const row of await rowsOf(tx, campaign, table, where, order)) yield { table, row };
  }
}

/** What an export carries beside the record: every event, and the evidence of every campaign that was sealed. */
export async function* exportedRows(tx: Tx): AsyncIterable<RowLine> {
  const { rows: campaigns } = await sql<{ id: string; sealed: boolean }>`
    select id::text as id, bool_or(sealed) as sealed from (
      select id, false as sealed from campaign.campaign
      union all select campaign, false from campaign.event
      union all select subject::uuid, true from documentation.leaf where kind = 'campaign.sealed' and index is not null
    ) as known group by id order by id
  `.execute(tx);
  for (const { id, sealed } of campaigns) {
    for (const row of await eventRows(tx, id)) yield { line: 'row', campaign: id, table: 'campaign.event', row };
    if (!sealed) continue;
    for await (const { table, row } of evidenceRows(tx, id)) yield { line: 'row', campaign: id, table, row };
  }
}

/** Only those whose entry is in the sequence: the rest belongs to the next export. */
async function eventRows(tx: Tx, campaign: string): Promise<Row[]> {
  const waiting = 'exists (select from documentation.leaf where id = t.leaf and index is null)';
  return rowsOf(
    tx,
    campaign,
    'campaign.event',
    `t.campaign = $campaign and not ${waiting}`,
    't.stream collate "C", t.version',
  );
}

async function rowsOf(tx: Tx, campaign: string, table: string, where: string, order: string): Promise<Row[]> {
  // The texts are those of the list above, never a stranger's; the id of the campaign is a parameter.
  const [before = '', ...rest] = where.split('$campaign');
  const condition = rest.reduce(
    (built, part) => sql`${built}${campaign}::uuid${sql.raw(part)}`,
    sql`${sql.raw(before)}`,
  );
  const { rows } = await sql<{ row: Row }>`
    select to_jsonb(t) as row from ${sql.raw(table)} as t where ${condition} order by ${sql.raw(order)}
  `.execute(tx);
  return rows.map(({ row }) => row);
}
