-- Room 1: assets that no agent speaks for, and an inventory that can be trusted. // SOP P1.2, checklist c1 c2
-- // decisions/0032-assets-without-an-agent.md
alter table identification.asset
  -- Who brought it here: its agent, a list that a person imported, a program over the API.
  add column origin           text not null default 'agent' check (origin in ('agent', 'import', 'api')),
  -- What it is, where nobody but a list says so.
  add column vendor           text,
  add column product          text,
  add column product_version  text,
  add column build            text,
  -- When a list named it last; null: none ever did.
  add column listed_at        timestamptz,
  -- Taken out of the inventory by a person. The row stays: the record, campaigns and backups speak of it for ever.
  add column removed_at       timestamptz;
create index asset_removed on identification.asset (removed_at) where removed_at is not null;

-- One import of a list. Its id is chosen by who asks, so that asking again does nothing twice.
create table identification.asset_import (
  id            uuid primary key,
  -- The name of the list: what is in it is known again by this name and the entry's own.
  source        text not null,
  actor         text not null,
  at            timestamptz not null,
  -- Of the request: the same key with another list is refused.
  request_hash  text not null,
  added         integer not null,
  changed       integer not null,
  unchanged     integer not null,
  refused       integer not null,
  -- Taken back: when, and by whom.
  undone_at     timestamptz,
  undone_by     text
);
create index asset_import_by_time on identification.asset_import (at, id);

-- What it did line by line: all that taking it back needs.
create table identification.asset_import_line (
  import_id      uuid not null references identification.asset_import (id) on delete cascade,
  line           integer not null,
  name           text not null,
  outcome        text not null check (outcome in ('added', 'changed', 'unchanged', 'refused')),
  -- Sentences: why it was refused, or what stands otherwise here and stays.
  problems       text[] not null,
  asset_id       uuid,
  -- {field: {before, after}}, the marks before, and the version after.
  changes        jsonb,
  by_hand_before text[],
  version_after  integer,
  -- What the list had said of it before; null: it had not named it.
  listed_before  jsonb,
  primary key (import_id, line)
);

-- An asset's place in a list, and what the list said of it last: a person's word that came later stands.
create table identification.asset_listing (
  source    text not null,
  -- The id that the list gives it; where it gives none, `name ` and the name in small letters.
  entry     text not null,
  asset_id  uuid not null references identification.asset (id),
  listed    jsonb not null,
  primary key (source, entry)
);
create index asset_listing_by_asset on identification.asset_listing (asset_id);

-- Who took an asset out of the inventory, and what is needed to bring it back.
create table identification.removed_asset (
  asset_id     uuid primary key references identification.asset (id),
  removed_by   text not null,
  why          text not null,
  -- It was the same machine as this one.
  merged_into  uuid references identification.asset (id),
  -- The last check-in, the keys that were refused with it, its places in lists, what the other asset had before.
  kept         jsonb not null
);

-- What an asset is made of beside what its package manager says: a bill of materials, or the product that a list names.
create table identification.asset_bill (
  id              uuid primary key,
  asset_id        uuid not null references identification.asset (id),
  -- What it is of: `shop`, `nginx:1.27`. A newer one of the same name takes its place.
  name            text not null,
  kind            text not null check (kind in ('application', 'image', 'product')),
  -- Of the image.
  digest          text,
  package_set_id  integer not null references identification.package_set (id),
  -- Where it comes from: the file, its form, and the tool that wrote it.
  file_hash       text not null,
  form            text not null,
  tool            text,
  packages        integer not null,
  -- Entries that name no package that could be judged: [{entry, problem}], the first of them.
  refused         jsonb not null,
  refused_total   integer not null,
  actor           text not null,
  valid_from      timestamptz not null,
  valid_to        timestamptz
);
create unique index asset_bill_now on identification.asset_bill (asset_id, name) where valid_to is null;
create index asset_bill_by_package_set on identification.asset_bill (package_set_id) where valid_to is null;
create index asset_bill_by_asset on identification.asset_bill (asset_id, valid_from);
