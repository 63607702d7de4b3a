-- Room 1: every server keeps the facts of assets that lists ask for in memory, and follows the rows by the transaction
-- that wrote them last. // decisions/0024-assets-in-memory.md

-- A row that is marked with a transaction which an earlier look did not see yet has changed since that look.
create function identification.mark_changed() returns trigger language plpgsql as $$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $$;

alter table identification.asset add column changed_in xid8 not null default pg_current_xact_id();
alter table identification.package_set add column changed_in xid8 not null default pg_current_xact_id();
alter table evaluation.assessment add column changed_in xid8 not null default pg_current_xact_id();
-- Without an index: a check-in that changes nothing else stays on its page. Looking through all of them is cheap.
alter table identification.check_in add column changed_in xid8 not null default pg_current_xact_id();

create trigger asset_is_marked before update on identification.asset
  for each row execute function identification.mark_changed();
create trigger package_set_is_marked before update on identification.package_set
  for each row execute function identification.mark_changed();
create trigger assessment_is_marked before update on evaluation.assessment
  for each row execute function identification.mark_changed();
create trigger check_in_is_marked before update on identification.check_in
  for each row execute function identification.mark_changed();

create index asset_by_change on identification.asset (changed_in);
create index package_set_by_change on identification.package_set (changed_in);
create index assessment_by_change on evaluation.assessment (changed_in);

-- A row that is gone has no mark: whoever sees another transaction here than before begins anew.
create table identification.asset_removal (
  only_row    boolean primary key default true check (only_row),
  removed_in  xid8 not null default pg_current_xact_id()
);
insert into identification.asset_removal default values;

create function identification.note_removal() returns trigger language plpgsql as $$
begin
  update identification.asset_removal set removed_in = pg_current_xact_id();
  return null;
end $$;
create trigger asset_removal_is_noted after delete or truncate on identification.asset
  for each statement execute function identification.note_removal();
create trigger check_in_removal_is_noted after delete or truncate on identification.check_in
  for each statement execute function identification.note_removal();
create trigger assessment_removal_is_noted after delete or truncate on evaluation.assessment
  for each statement execute function identification.note_removal();

-- What a change of many assets is shown by: how many it is about, and its assets in the order of its list.
alter table identification.bulk_change add column assets integer;
update identification.bulk_change as change set assets = (
  select count(*) from identification.bulk_change_asset as item where item.change_id = change.id
);
alter table identification.bulk_change alter column assets set not null;

alter table identification.bulk_change_asset
  -- As it was called when the change began: a place in the list that stays.
  add column name_then  text not null default '',
  -- The refused first, then what was changed: what a person must see.
  add column rank       smallint generated always as (
    case outcome when 'refused' then 1 when 'changed' then 2 else 3 end
  ) stored;
update identification.bulk_change_asset as item set name_then = asset.name
from identification.asset where asset.id = item.asset_id;
create index bulk_change_asset_in_order on identification.bulk_change_asset
  (change_id, rank, name_then collate "C", asset_id);
