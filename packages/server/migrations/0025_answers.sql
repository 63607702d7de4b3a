-- What answers need beyond the present: which asset had which packages when, which of its kernels ran, and what stands in
-- the way of a fix that is on offer.

-- The source version of the kernel that runs; null: not known, or no kernel of this asset runs (a container, a list).
alter table identification.check_in add column running_source_version_id integer references identification.source_version (id);
-- The asset shares its kernel with a host: none of its own runs.
alter table identification.check_in add column shares_kernel boolean not null default false;

update identification.check_in set
  shares_kernel = (section.body ->> 'container')::boolean,
  running_source_version_id = (
    select placed.source_version_id
    from jsonb_to_recordset(section.body -> 'installedKernels') as kernel (release text, package text, version text)
    join identification.package_set_source as placed
      on placed.set_id = check_in.package_set_id and kernel.package = any(placed.packages)
    join identification.source_version as version on version.id = placed.source_version_id
    where kernel.release = section.body ->> 'runningKernel'
    order by version.version = kernel.version desc limit 1
  )
from identification.section where section.hash = check_in.system_hash;

-- A row per change of an asset's packages or running system, never one per check-in. // SOP P1.2 P7.2
create table identification.inventory_history (
  asset_id                   uuid not null references identification.asset (id) on delete cascade,
  -- When it was reported; it may have been so for one poll before.
  valid_from                 timestamptz not null,
  -- null: it is so now.
  valid_to                   timestamptz,
  package_set_id             integer not null references identification.package_set (id),
  packages_hash              text not null,
  system_hash                text not null,
  running_source_version_id  integer references identification.source_version (id),
  shares_kernel              boolean not null default false,
  primary key (asset_id, valid_from)
);
create index inventory_history_by_time on identification.inventory_history (valid_from);
create index inventory_history_by_set on identification.inventory_history (package_set_id, asset_id);

-- The record has named both hashes since the first report. What its kernel was then is not looked up again.
insert into identification.inventory_history (asset_id, valid_from, valid_to, package_set_id, packages_hash, system_hash)
select asset_id, at, lead(at) over (partition by asset_id order by at), set.id, reported.packages, reported.system
from (
  select distinct on (asset.id, leaf.at) asset.id as asset_id, leaf.at,
    (select payload -> 'sections' -> 'packages' ->> 'after' from documentation.leaf as before
      where before.subject = leaf.subject and before.kind = leaf.kind and before.at <= leaf.at
        and before.payload -> 'sections' ? 'packages' order by before.at desc, before.serial desc limit 1) as packages,
    (select payload -> 'sections' -> 'system' ->> 'after' from documentation.leaf as before
      where before.subject = leaf.subject and before.kind = leaf.kind and before.at <= leaf.at
        and before.payload -> 'sections' ? 'system' order by before.at desc, before.serial desc limit 1) as system
  from documentation.leaf
  join identification.asset on asset.id::text = leaf.subject
  where leaf.kind = 'inventory.changed' and leaf.payload -> 'sections' ?| array['packages', 'system']
  order by asset.id, leaf.at, leaf.serial desc
) as reported
join identification.package_set as set on set.hash = reported.packages
where reported.system is not null;

update identification.inventory_history as history set
  running_source_version_id = check_in.running_source_version_id, shares_kernel = check_in.shares_kernel
from identification.check_in
where check_in.asset_id = history.asset_id and history.valid_to is null;

-- A trigger, so that whoever writes what an asset reports leaves its history behind.
create function identification.keep_inventory() returns trigger language plpgsql as $$
begin
  -- Reports in one millisecond, and a clock that was set back, leave one row.
  delete from identification.inventory_history where asset_id = new.asset_id and valid_from >= new.seen_at;
  update identification.inventory_history set valid_to = new.seen_at
    where asset_id = new.asset_id and (valid_to is null or valid_to > new.seen_at);
  insert into identification.inventory_history
    (asset_id, valid_from, package_set_id, packages_hash, system_hash, running_source_version_id, shares_kernel)
  values (new.asset_id, new.seen_at, new.package_set_id, new.packages_hash, new.system_hash,
    new.running_source_version_id, new.shares_kernel);
  return null;
end $$;
create trigger check_in_begins_history after insert on identification.check_in
  for each row execute function identification.keep_inventory();
create trigger check_in_goes_on_history after update of package_set_id, system_hash on identification.check_in
  for each row when (old.package_set_id <> new.package_set_id or old.system_hash <> new.system_hash)
  execute function identification.keep_inventory();

-- Claims of the past: those of today have indexes of their own, which stay as small as they are.
create index claim_closed_by_vulnerability on identification.claim (vulnerability) where valid_to is not null;
create index claim_closed_by_package on identification.claim (scope, package_name) where valid_to is not null;

-- An advisory is found by the other names of what it is about.
create index advisory_by_id on identification.advisory (id);
create index advisory_by_alias on identification.advisory using gin (aliases);

-- What stands between an offer and the host, beside the offer itself.
alter table identification.offer_set_offer add column origins text[] not null default '{}';
alter table identification.offer_set_offer add column phased boolean not null default false;
update identification.offer_set_offer as listed set origins = found.origins, phased = found.phased
from (
  select set.id as set_id, offer.id as offer_id, array_agg(distinct origin.id) filter (where origin.id is not null) as origins,
    bool_and(update.phased) as phased
  from identification.offer_set as set
  join identification.section on section.hash = set.hash
  cross join jsonb_to_recordset(section.body -> 'updates')
    as update (source text, "sourceVersion" text, phased boolean, origins jsonb)
  join identification.offer on offer.scope = set.scope and offer.source = update.source
    and offer.source_version = update."sourceVersion"
  left join lateral jsonb_array_elements_text(update.origins) as origin (id) on true
  group by set.id, offer.id
) as found
where listed.set_id = found.set_id and listed.offer_id = found.offer_id and found.origins is not null;

-- Names of packages that their administrator told the package manager to keep.
alter table identification.package_set_source add column held text[] not null default '{}';
update identification.package_set_source as placed set held = found.held
from (
  select set.id as set_id, version.id as source_version_id, array_agg(distinct package.name order by package.name) as held
  from identification.package_set as set
  join identification.section on section.hash = set.hash
  cross join jsonb_to_recordset(section.body -> 'packages')
    as package (name text, source text, "sourceVersion" text, hold boolean)
  join identification.source_version as version on version.scope = set.scope and version.source = package.source
    and version.version = package."sourceVersion"
  where package.hold
  group by set.id, version.id
) as found
where placed.set_id = found.set_id and placed.source_version_id = found.source_version_id;
