import { sql } from 'kysely';
import type { Reader } from '../../packages/server/src/platform/database.ts';
import { BenchError } from '../bench-error.ts';
import type { Fleet } from './fleet.ts';

/** What is in the filled database, counted in it. */
export interface Totals {
  readonly assets: number;
  /** Distinct (asset, vulnerability). */
  readonly findings: number;
  readonly vulnerabilities: number;
  readonly packageSets: number;
  readonly sourceVersions: number;
  readonly offered: number;
}

export async function readTotals(reader: Reader): Promise<Totals> {
  const { rows } = await sql<Totals>`
    with found as (
      select placed.set_id, finding.vulnerability
      from identification.package_set_source as placed
      join identification.finding on finding.source_version_id = placed.source_version_id and finding.affected
      group by placed.set_id, finding.vulnerability
    ), held as materialized (
      select found.vulnerability, count(*) as assets
      from identification.check_in join found on found.set_id = check_in.package_set_id
      group by found.vulnerability
    )
    select (select count(*) from identification.asset) as assets,
      (select coalesce(sum(assets), 0)::integer from held) as findings,
      (select count(*) from held) as vulnerabilities,
      (select count(*) from identification.package_set) as "packageSets",
      (select count(*) from identification.source_version) as "sourceVersions",
      (select count(*) from identification.check_in
        join identification.offer_set_offer as listed on listed.set_id = check_in.offer_set_id) as offered
  `.execute(reader);
  const [row] = rows;
  if (row === undefined) throw new TypeError('a query without a table has one row');
  return row;
}

/** A figure about another fleet than it says would be worth nothing. */
export function refuseOtherThan(fleet: Fleet, { assets, findings }: Pick<Totals, 'assets' | 'findings'>): void {
  if (assets === fleet.assets && findings === fleet.findings) return;
  throw new BenchError(
    `the filled database has ${assets} assets and ${findings} findings, not ${fleet.assets} and ${fleet.findings}`,
    'mend bench/api/fill.ts: it does not make the fleet that it is asked for',
  );
}
