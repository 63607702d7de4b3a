import type { Instant } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import { z } from 'zod';
import { json, plainJson, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { AssetDifferences } from './asset-change.ts';
import type { LineDecision, Listed, ListedTarget } from './import-decision.ts';
import { TARGET_COLUMNS, TARGET_RECORD, writeTargets } from './target-store.ts';

/** An import as it is kept. */
export interface KeptImport {
  readonly id: string;
  readonly source: string;
  readonly actor: string;
  readonly at: Instant;
  readonly requestHash: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly undoneAt: Instant | null;
}

export async function readImport(db: Reader, id: string): Promise<KeptImport | undefined> {
  return db
    .selectFrom('identification.asset_import')
    .select(['id', 'source', 'actor', 'at', 'request_hash as requestHash', 'added', 'changed', 'unchanged', 'refused'])
    .select('undone_at as undoneAt')
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Two imports of lists wait for each other: the second sees what the first has added. */
export async function lockImports(tx: Tx): Promise<void> {
  await sql`lock table identification.asset_import in share row exclusive mode`.execute(tx);
}

/** What the list named before, by the entry, and what is called as its entries are. */
export async function readListedTargets(
  db: Reader,
  source: string,
  entries: readonly { readonly entry: string; readonly name: string }[],
  lock: boolean,
) {
  const { rows: listings } = await sql<{ entry: string; asset_id: string; listed: Listed }>`
    select entry, asset_id, listed from identification.asset_listing
    where source = ${source} and entry = any(${entries.map(({ entry }) => entry)}::text[])
  `.execute(db);
  const { rows } = await sql<ListedTarget & { readonly isListed: boolean }>`
    select ${TARGET_COLUMNS},
      id in (select asset_id from identification.asset_listing where source = ${source}) as "isListed"
    from identification.asset
    where id = any(${listings.map((listing) => listing.asset_id)}::uuid[])
      or (removed_at is null and lower(name) collate "C" = any(${entries.map(({ name }) => name.toLowerCase())}::text[]))
    order by id ${lock ? sql`for update` : sql``}
  `.execute(db);
  const targets = new Map(rows.map((row) => [row.id, targetOf(row)]));
  const known = listings.flatMap(({ entry, asset_id, listed }) => {
    const asset = targets.get(asset_id);
    return asset === undefined ? [] : [[entry, { asset, listed }] as const];
  });
  const unlisted = rows.filter(({ isListed }) => !isListed).map(targetOf);
  return { known: new Map(known), byName: Map.groupBy(unlisted, ({ name }) => name.toLowerCase()) };
}

function targetOf(row: ListedTarget & { readonly isListed: boolean }): ListedTarget {
  const { isListed: _, ...target } = row;
  return target;
}

/** Assets, places in the list and what became of each line, in a statement each. */
export async function storeImport(
  tx: Tx,
  kept: Omit<KeptImport, 'added' | 'changed' | 'unchanged' | 'refused' | 'undoneAt'>,
  decisions: readonly LineDecision[],
): Promise<void> {
  const count = (outcome: LineDecision['outcome']) => decisions.filter((one) => one.outcome === outcome).length;
  await tx
    .insertInto('identification.asset_import')
    .values({
      ...{
        id: kept.id,
        source: kept.source,
        actor: kept.actor,
        at: timestamp(kept.at),
        request_hash: kept.requestHash,
      },
      ...{ added: count('added'), changed: count('changed'), unchanged: count('unchanged'), refused: count('refused') },
    })
    .execute();
  await insertAssets(tx, decisions, kept.at);
  await writeTargets(
    tx,
    decisions.flatMap((one) => (one.outcome === 'changed' ? [one.asset] : [])),
  );
  await storeListings(tx, kept, decisions);
  await insertLines(tx, kept.id, decisions);
}

async function insertAssets(tx: Tx, decisions: readonly LineDecision[], at: Instant): Promise<void> {
  const rows = decisions.flatMap((one) => (one.outcome === 'added' ? [one.asset] : []));
  await sql`
    insert into identification.asset (
      id, name, kind, criticality, exposure, environment, owner, role, tags, first_seen, version, ring,
      maintenance_group, redundancy_groups, set_by_hand, origin, vendor, product, product_version, build
    )
    select id, name, kind, criticality, exposure, environment, owner, role, tags, ${timestamp(at)}, version, ring,
      "maintenanceGroup", "redundancyGroups", "setByHand", origin, vendor, product, "productVersion", build
    from jsonb_to_recordset(${json(plainJson(rows))}) as row (${TARGET_RECORD})
  `.execute(tx);
}

async function storeListings(
  tx: Tx,
  { source, at }: Pick<KeptImport, 'source' | 'at'>,
  decisions: readonly LineDecision[],
): Promise<void> {
  const rows = decisions.flatMap((one) =>
    one.outcome === 'refused' ? [] : [{ id: one.assetId, entry: one.entry, listed: one.listed }],
  );
  await sql`
    insert into identification.asset_listing (source, entry, asset_id, listed)
    select ${source}, row.entry, row.id, row.listed
    from jsonb_to_recordset(${json(plainJson(rows))}) as row (id uuid, entry text, listed jsonb)
    on conflict (source, entry) do update set asset_id = excluded.asset_id, listed = excluded.listed
  `.execute(tx);
  await sql`
    update identification.asset set listed_at = ${timestamp(at)} where id = any(${rows.map(({ id }) => id)}::uuid[])
  `.execute(tx);
}

async function insertLines(tx: Tx, importId: string, decisions: readonly LineDecision[]): Promise<void> {
  const rows = decisions.map((one) => {
    const isKnown = one.outcome !== 'refused';
    const isWritten = one.outcome === 'changed' || one.outcome === 'added';
    return {
      ...{ line: one.line, name: one.name, outcome: one.outcome, problems: one.problems },
      asset_id: isKnown ? one.assetId : null,
      listed_before: isKnown ? one.listedBefore : null,
      changes: isWritten ? one.changes : null,
      by_hand_before: isWritten ? one.byHandBefore : null,
      version_after: isWritten ? one.asset.version : null,
    };
  });
  await sql`
    insert into identification.asset_import_line
      (import_id, line, name, outcome, problems, asset_id, changes, by_hand_before, version_after, listed_before)
    select ${importId}, line, name, outcome, problems, asset_id, changes, by_hand_before, version_after, listed_before
    from jsonb_to_recordset(${json(plainJson(rows))}) as row (
      line integer, name text, outcome text, problems text[], asset_id uuid, changes jsonb, by_hand_before text[],
      version_after integer, listed_before jsonb
    )
  `.execute(tx);
}

export interface KeptLine {
  readonly line: number;
  readonly name: string;
  readonly outcome: LineDecision['outcome'];
  readonly problems: readonly string[];
  readonly assetId: string | null;
  readonly changes: AssetDifferences | null;
}

const Differences = z.record(z.string(), z.object({ before: z.json(), after: z.json() })).nullable();

/** What a person must see comes first. */
export async function readLines(db: Reader, importId: string, limit: number): Promise<KeptLine[]> {
  const rows = await db
    .selectFrom('identification.asset_import_line')
    .select(['line', 'name', 'outcome', 'problems', 'asset_id as assetId', 'changes'])
    .where('import_id', '=', importId)
    .orderBy(
      sql`case when outcome = 'refused' then 1 when problems <> '{}' then 2 when outcome = 'unchanged' then 4 else 3 end`,
    )
    .orderBy('line')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, changes: Differences.parse(row.changes) }));
}
