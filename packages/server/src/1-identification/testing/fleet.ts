import { sql } from 'kysely';
import type { Db } from '../../platform/database.ts';

/**
 * A fleet made by SQL, without the reports of its hosts: assets with check-ins, package sets of two releases of which
 * one is judged, assessments. Every figure follows from the number of the asset, so that a test can count by itself.
 */
export async function fillFleet(db: Db, assets: number): Promise<void> {
  await sql`
    insert into identification.feed (id) values ('debian-osv') on conflict do nothing;
  `.execute(db);
  await sql`insert into identification.feed_scope (feed, scope) values ('debian-osv', 'debian:12')`.execute(db);
  await sql`
    insert into identification.section (hash, name, body, stored_at)
    select 'sha256:' || lpad(n::text, 64, '0'), case when n <= 40 then 'packages' else 'updates' end, '{}', now()
    from generate_series(1, 41) as n
  `.execute(db);
  await sql`
    insert into identification.package_set
      (hash, ecosystem, release, scope, packages, findings, known_exploited, judged_at, count_needed)
    select 'sha256:' || lpad(n::text, 64, '0'), 'deb',
      case when n % 4 = 0
        then '{"id": "debian", "versionId": "13", "codename": "trixie", "prettyName": "Debian GNU/Linux 13 (trixie)"}'::jsonb
        else '{"id": "debian", "versionId": "12", "codename": "bookworm", "prettyName": "Debian GNU/Linux 12 (bookworm)"}'::jsonb
      end,
      case when n % 4 = 0 then 'debian:13' else 'debian:12' end, 500, n * 10, n % 3, now(), false
    from generate_series(1, 40) as n order by n
  `.execute(db);
  await sql`
    insert into identification.offer_set (hash, scope, updates) values ('sha256:' || lpad('41', 64, '0'), 'debian:12', 20)
  `.execute(db);
  await sql`
    insert into identification.asset
      (id, name, first_seen, criticality, exposure, environment, owner, tags, redundancy_groups, ring)
    select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'host-' || lpad(n::text, 5, '0'),
      now() - interval '9 days', (array['low', 'normal', 'high', 'critical'])[n % 4 + 1],
      (array['public', 'internal'])[n % 2 + 1], (array['production', 'non-production'])[(n % 5 = 0)::integer + 1],
      case when n % 10 = 0 then null else 'Team ' || n % 20 end, array['t' || n % 7, 'all'],
      case when n % 50 = 0 then array['pair-' || n / 50 % 9] else '{}' end, n % 5 = 0
    from generate_series(1, ${assets}::integer) as n
  `.execute(db);
  await sql`
    insert into identification.check_in (
      asset_id, seen_at, agent_version, packages_hash, updates_hash, origins_hash, system_hash, reboot_needed,
      package_set_id, offer_set_id
    )
    select asset.id, now() - case when n % 25 = 0 then interval '3 days' else (n % 600 || ' seconds')::interval end,
      '0.1.0', package_set.hash, offer_set.hash, offer_set.hash, offer_set.hash, n % 6 = 0, package_set.id, offer_set.id
    from generate_series(1, ${assets}::integer) as n
    join identification.asset on asset.name = 'host-' || lpad(n::text, 5, '0')
    join identification.package_set on package_set.hash = 'sha256:' || lpad((n % 40 + 1)::text, 64, '0')
    cross join identification.offer_set
    where n % 100 <> 0
  `.execute(db);
  await sql`
    insert into evaluation.assessment (
      asset_id, policy_version, verdict, lane, due, security_updates, package_set_id, set_revision, offer_set_id,
      asset_version, assessed_at
    )
    select asset.id, 'p', '{}', case when n % 8 = 0 then 'critical' else 'routine' end,
      '2026-12-01'::timestamptz + (n % 500 || ' minutes')::interval, 3, check_in.package_set_id, 0, check_in.offer_set_id, 1, now()
    from generate_series(1, ${assets}::integer) as n
    join identification.asset on asset.name = 'host-' || lpad(n::text, 5, '0')
    join identification.check_in on check_in.asset_id = asset.id
    where n % 3 <> 0
  `.execute(db);
  await sql`
    analyze identification.asset, identification.check_in, identification.package_set, evaluation.assessment
  `.execute(db);
}

/** The id of the asset with this number. */
export function fleetId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}
