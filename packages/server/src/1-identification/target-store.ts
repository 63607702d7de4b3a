import { sql } from 'kysely';
import { json, plainJson } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';
import type { ListedTarget } from './import-decision.ts';

/** An asset with everything that lists and people say of it. */
export const TARGET_COLUMNS = sql`
  id, name, kind, criticality, exposure, environment, owner, role, tags, version, ring,
  maintenance_group as "maintenanceGroup", redundancy_groups as "redundancyGroups", set_by_hand as "setByHand",
  origin, vendor, product, product_version as "productVersion", build, removed_at is not null as removed`;

/** In the order in which everybody locks them. */
export async function readTargets(
  db: Reader,
  ids: readonly string[],
  lock: boolean,
): Promise<ReadonlyMap<string, ListedTarget>> {
  const { rows } = await sql<ListedTarget>`
    select ${TARGET_COLUMNS} from identification.asset where id = any(${ids}::uuid[]) order by id
    ${lock ? sql`for update` : sql``}
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** As a statement takes them from JSON. */
export const TARGET_RECORD = sql`
  id uuid, name text, kind text, criticality text, exposure text, environment text, owner text, role text, tags text[],
  ring boolean, "maintenanceGroup" text, "redundancyGroups" text[], version integer, "setByHand" text[], origin text,
  vendor text, product text, "productVersion" text, build text`;

export async function writeTargets(tx: Tx, targets: readonly ListedTarget[]): Promise<void> {
  await sql`
    update identification.asset as asset set
      name = row.name, kind = row.kind, criticality = row.criticality, exposure = row.exposure,
      environment = row.environment, owner = row.owner, role = row.role, tags = row.tags, version = row.version,
      maintenance_group = row."maintenanceGroup", redundancy_groups = row."redundancyGroups",
      set_by_hand = row."setByHand", vendor = row.vendor, product = row.product,
      product_version = row."productVersion", build = row.build
    from jsonb_to_recordset(${json(plainJson(targets))}) as row (${TARGET_RECORD})
    where asset.id = row.id
  `.execute(tx);
}
