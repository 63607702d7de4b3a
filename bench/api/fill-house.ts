import { sql } from 'kysely';
import type { Tx } from '../../packages/server/src/platform/database.ts';

/** Rules by name that a large house has; the most that the contract allows is 200. */
const RULES = 100;
const TOKENS = 500;
const STAKEHOLDERS = 80;
/** One change of many assets, so that its list can be asked for. */
export const BULK_CHANGE = '01890000-0000-7000-8000-b00000000001';
/** One of as many as a large house has, each with two years of weekly turns. */
export const MAINTENANCE_PLAN = 'plan-1';
const MAINTENANCE_PLANS = 40;
const TURNS = 104;
const TURN_UPDATES = 50;

/** What people of a large house have set up beside the fleet itself. */
export async function fillHouse(tx: Tx): Promise<void> {
  await sql`
    insert into identification.asset_rule (id, position, pattern, fields)
    select gen_random_uuid(), n, 'host-' || lpad(n::text, 3, '0') || '*', '{"role": "web"}'::jsonb
    from generate_series(1, ${sql.lit(RULES)}) as n
  `.execute(tx);
  await sql`
    insert into identification.bulk_change (id, kind, actor, begun_at, request_hash, assets)
    select ${BULK_CHANGE}, 'set', 'ada', now(), 'sha256:' || repeat('0', 64), count(*) from identification.asset
  `.execute(tx);
  await sql`
    insert into identification.bulk_change_asset (change_id, asset_id, name_then, fields, outcome, changes, by_hand_before, version_after)
    select ${BULK_CHANGE}, id, name, '{"role": "web"}'::jsonb, 'changed',
      jsonb_build_object('role', jsonb_build_object('before', null, 'after', 'web')), '{}'::text[], 1
    from identification.asset
  `.execute(tx);
  await sql`
    insert into identification.enrollment_token (id, secret_hash, note, created_at, expires_at)
    select gen_random_uuid(), 'token ' || n, 'for host ' || n, now() - n * interval '1 minute', now() + interval '1 day'
    from generate_series(1, ${sql.lit(TOKENS)}) as n
  `.execute(tx);
  await sql`
    insert into approval.stakeholder (maintenance_group, channel, address, name, added_at)
    select 'group-' || lpad((n % 40)::text, 2, '0'), 'mail', 'team-' || n || '@example.org', 'Team ' || n, now()
    from generate_series(1, ${sql.lit(STAKEHOLDERS)}) as n
  `.execute(tx);
  await sql`
    insert into campaign.maintenance_plan (name, groups, zone, rule, lead_days, opens_at, asked, version, followed_until)
    select 'plan-' || n, array['group-01'], 'Europe/Berlin', '{"kind": "weekly", "weekday": "mon"}'::jsonb, 0, '09:00',
      '{}'::text[], 1, now()
    from generate_series(1, ${sql.lit(MAINTENANCE_PLANS)}) as n
  `.execute(tx);
  await sql`
    insert into campaign.maintenance_turn (plan, day, opens_at, told_at, state, updates)
    select plan.name, (current_date - 7 * n)::text, now() - n * interval '7 days', now() - n * interval '7 days', 'lapsed', (
      select jsonb_agg(jsonb_build_object('scope', 'debian:12', 'source', 'source-' || u, 'sourceVersion', '1.0', 'assets', 9))
      from generate_series(1, ${sql.lit(TURN_UPDATES)}) as u
    )
    from campaign.maintenance_plan as plan, generate_series(1, ${sql.lit(TURNS)}) as n
  `.execute(tx);
}
