-- What still runs although it was replaced: the clock goes on until what runs is fixed, not what is installed. // SOP S1

-- [{version, packages, users}]: source versions that are installed no more and still run, with what is to be restarted.
-- Empty on almost every host, and so a column of its report and no table.
alter table identification.check_in add column lingering jsonb not null default '[]';
alter table identification.inventory_history add column lingering jsonb not null default '[]';

create or replace function identification.keep_inventory() returns trigger language plpgsql as $$
begin
  -- Reports in one millisecond, and a clock that was set back, leave one row.
  delete from identification.inventory_history where asset_id = new.asset_id and valid_from >= new.seen_at;
  update identification.inventory_history set valid_to = new.seen_at
    where asset_id = new.asset_id and (valid_to is null or valid_to > new.seen_at);
  insert into identification.inventory_history
    (asset_id, valid_from, package_set_id, packages_hash, system_hash, running_source_version_id, shares_kernel, lingering)
  values (new.asset_id, new.seen_at, new.package_set_id, new.packages_hash, new.system_hash,
    new.running_source_version_id, new.shares_kernel, new.lingering);
  return null;
end $$;
