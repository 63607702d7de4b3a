import { sql } from 'kysely';
import type { Tx } from '../../packages/server/src/platform/database.ts';
import { COMMON_OLD_OF_SET, dice, type Fleet, RARE_OLD_OF_SET, sectionHash } from './fleet.ts';

const GROUPS = 40;

const SYSTEM = {
  ...{ hostname: 'host', machineId: null, architecture: 'amd64', bootId: null, bootedAt: null },
  ...{ runningKernel: '6.1.0-40-amd64', installedKernels: [], container: false, rebootNeeded: false },
  ...{ rebootReasons: [], restartNeeded: [], agentVersion: '0.1.0' },
};
/** One in so many was enrolled twice. */
const ENROLLED_TWICE = 200;

const assetId = sql`('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid`;

/** Hosts that differ in all that a list filters and sorts by, each with the report of one of the sets. */
export async function fillAssets(tx: Tx, { assets, packageSets }: Fleet, policyVersion: string): Promise<void> {
  await sql`
    insert into deployment.maintenance_group (name, zone, windows)
    select 'group-' || lpad(n::text, 2, '0'), 'Europe/Berlin',
      '[{"kind": "weekly", "weekday": "sun", "start": "02:00", "durationMs": 14400000}]'::jsonb
    from generate_series(0, ${sql.lit(GROUPS - 1)}) as n
  `.execute(tx);
  await sql`
    insert into identification.asset (id, name, criticality, exposure, environment, owner, role, tags, maintenance_group,
      redundancy_groups, ring, first_seen)
    select ${assetId}, 'host-' || lpad(n::text, 6, '0') || '.example.org',
      (array['low', 'normal', 'normal', 'high', 'critical'])[1 + ${dice(sql`'criticality ' || n`, 5)}],
      (array['public', 'internal', 'internal', 'isolated', 'unknown'])[1 + ${dice(sql`'exposure ' || n`, 5)}],
      (array['production', 'production', 'non-production'])[1 + ${dice(sql`'environment ' || n`, 3)}],
      'Team ' || ${dice(sql`'owner ' || n`, 40)}, (array['web', 'database', 'mail', 'cache', 'build', 'proxy', 'queue'])[
        1 + ${dice(sql`'role ' || n`, 7)}],
      array['site-' || ${dice(sql`'site ' || n`, 12)}], 'group-' || lpad(${dice(sql`'group ' || n`, GROUPS)}::text, 2, '0'),
      array['pair-' || n / 2], n % 50 = 0, now() - ${dice(sql`'since ' || n`, 200)} * interval '1 day'
    from generate_series(1, ${assets}::integer) as n
  `.execute(tx);
  await sql`
    insert into identification.section (hash, name, body, stored_at)
    select ${sectionHash(sql`'system ' || n`)}, 'system',
      ${JSON.stringify(SYSTEM)}::jsonb || jsonb_build_object('hostname', 'host-' || n, 'machineId',
        md5('machine ' || case when n % ${sql.lit(ENROLLED_TWICE)} = 0 then n - 1 else n end)), now()
    from generate_series(1, ${assets}::integer) as n
  `.execute(tx);
  await sql`
    insert into identification.check_in (asset_id, seen_at, agent_version, packages_hash, updates_hash, origins_hash,
      system_hash, reboot_needed, package_set_id, offer_set_id)
    select ${assetId}, now() - case when n % 100 = 0 then interval '3 days' else interval '0' end, '0.1.0',
      package_set.hash, offer_set.hash, ${sectionHash(sql`'origins'`)}, ${sectionHash(sql`'system ' || n`)}, n % 9 = 0,
      package_set.id, offer_set.id
    from (
      select n, 1 + ${dice(sql`'set ' || n`, packageSets)} as set_no from generate_series(1, ${assets}::integer) as n
    ) as host
    join identification.package_set on package_set.hash = ${sectionHash(sql`'packages ' || set_no`)}
    join identification.offer_set on offer_set.hash = ${sectionHash(sql`'updates ' || set_no`)}
    order by n
  `.execute(tx);
  await fillAssessments(tx, policyVersion);
}

/** As if everything had been assessed: what an assessment says in full is nothing that a list reads. */
async function fillAssessments(tx: Tx, policyVersion: string): Promise<void> {
  await sql`
    insert into evaluation.assessment (asset_id, policy_version, verdict, lane, due, security_updates, package_set_id,
      set_revision, offer_set_id, asset_version, assessed_at)
    select asset.id, ${policyVersion}, jsonb_build_object('kind', 'proceed', 'value', jsonb_build_object('lane', lane, 'reasons', '[]'::jsonb)),
      lane, now() + (${dice(sql`'due ' || asset.name`, 30)} - 6) * interval '1 day',
      ${sql.lit(COMMON_OLD_OF_SET + RARE_OLD_OF_SET)}, check_in.package_set_id, package_set.revision, check_in.offer_set_id,
      asset.version, now()
    from identification.asset
    join identification.check_in on check_in.asset_id = asset.id
    join identification.package_set on package_set.id = check_in.package_set_id
    cross join lateral (
      select (array['critical', 'critical', 'critical', 'emergency', 'routine', 'mitigation'])[
        1 + ${dice(sql`'lane ' || asset.name`, 6)}] as lane
    ) as drawn
  `.execute(tx);
}
