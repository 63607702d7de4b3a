-- Which machine reported last, beside the report: who is in the inventory twice is asked of all assets at once, and the
-- section that says it is a document that would be opened for each. // machine-id(5)
alter table identification.check_in add column machine_id text;

-- A trigger, so that whoever writes what an asset reports says it as well.
create function identification.name_machine() returns trigger language plpgsql as $$
begin
  new.machine_id := (select body ->> 'machineId' from identification.section where hash = new.system_hash);
  return new;
end $$;
create trigger check_in_begins_with_machine before insert on identification.check_in
  for each row execute function identification.name_machine();
create trigger check_in_goes_on_with_machine before update of system_hash on identification.check_in
  for each row when (old.system_hash <> new.system_hash)
  execute function identification.name_machine();

-- Who reports already is named as well; the mark of the change lets each server read it.
update identification.check_in set machine_id = section.body ->> 'machineId'
from identification.section
where section.hash = check_in.system_hash and section.body ->> 'machineId' is not null;

-- Lists that give two assets one id are asked about together.
create index asset_listing_by_external_id on identification.asset_listing (substr(entry, 4), asset_id)
  where entry like 'id %';
