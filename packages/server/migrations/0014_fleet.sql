-- Room 1 at the size of a fleet: what people said by hand, rules by name, changes of many assets. // checklist c2
alter table identification.asset
  -- Names of the fields that a person set on this very asset: rules leave them.
  add column set_by_hand  text[] not null default '{}';

-- Who set what before is not known here; whatever differs from how an asset begins was set by somebody.
update identification.asset set set_by_hand = array_remove(array[
  case when criticality <> 'normal' then 'criticality' end,
  case when environment <> 'unknown' then 'environment' end,
  case when exposure <> 'unknown' then 'exposure' end,
  case when maintenance_group is not null then 'maintenanceGroup' end,
  case when owner is not null then 'owner' end,
  case when redundancy_groups <> '{}' then 'redundancyGroups' end,
  case when ring then 'ring' end,
  case when role is not null then 'role' end,
  case when tags <> '{}' then 'tags' end
], null);

-- How many hosts a rule speaks of; names know no upper and lower case. // RFC 4343
create index asset_by_lower_name on identification.asset (lower(name) collate "C");

create table identification.asset_rule (
  id        uuid primary key,
  -- The first that speaks of a field decides it.
  position  integer not null,
  pattern   text not null,
  note      text,
  fields    jsonb not null,
  -- Grows with every change: nobody overwrites what they have not seen.
  version   integer not null default 1
);

-- One wish about many assets. Its id is chosen by who asks, so that asking again goes on instead of beginning anew.
create table identification.bulk_change (
  id            uuid primary key,
  kind          text not null check (kind in ('set', 'rules', 'undo')),
  actor         text not null,
  begun_at      timestamptz not null,
  -- Of the request: the same key with other words is refused.
  request_hash  text not null,
  -- Fields that rules would have set otherwise.
  kept_by_hand  integer not null default 0,
  undoes        uuid references identification.bulk_change (id) on delete cascade
);
create index bulk_change_by_begun on identification.bulk_change (begun_at);
create unique index bulk_change_by_undoes on identification.bulk_change (undoes);

-- What it is to do to each, and then what it did.
create table identification.bulk_change_asset (
  change_id         uuid not null references identification.bulk_change (id) on delete cascade,
  -- Without a foreign key: an id that names no asset is answered, not stumbled over.
  asset_id          uuid not null,
  -- What is to be set on it.
  fields            jsonb not null,
  -- Set where the asset must be as it was seen.
  version_expected  integer,
  -- The marks of what people set, as they shall be after; null: what is set here is set by a person.
  by_hand           text[],
  -- null: not done yet.
  outcome           text check (outcome in ('changed', 'unchanged', 'refused')),
  why               text,
  -- {field: {before, after}}, the marks before, and the version after: all that taking it back needs.
  changes           jsonb,
  by_hand_before    text[],
  version_after     integer,
  primary key (change_id, asset_id)
);
create index bulk_change_asset_to_do on identification.bulk_change_asset (change_id, asset_id) where outcome is null;
