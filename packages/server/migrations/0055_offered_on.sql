-- On how many of the affected assets a fix is on offer, and where it comes to subscribers alone. // SOP P2.2

-- null: it was not counted, or assets have it in several versions of which some are offered their fix and some are not.
alter table identification.fleet_group add column offered_on integer;
alter table identification.fleet_finding
  add column offered_on integer,
  drop constraint fleet_finding_fix_check,
  add constraint fleet_finding_fix_check check (fix in ('offered', 'not-offered', 'needs-subscription', 'no-fix'));

insert into campaign.outbox (kind, key, payload, created_at, not_before)
select 'fleet', 'fleet', 'null', now(), now() where exists (select from identification.check_in)
on conflict (kind, key) do update set not_before = excluded.not_before, attempts = 0, last_error = null,
  generation = outbox.generation + 1;
