-- Feeds as data: which known ones are fetched, and those that an administrator added. // SOP P1.1, checklist c7

alter table identification.feed
  -- null: as the table of known feeds has it.
  add column enabled  boolean,
  -- Of a feed that was added here; null: one of the known ones.
  add column form     text,
  add column url      text,
  add column title    text,
  add column added_at timestamptz,
  -- What it claimed is ended, and nobody sees it any more; its advisories stay, as what was known on a day.
  add column removed_at timestamptz,
  add constraint feed_own_is_whole check (
    (form is null and url is null and title is null and added_at is null)
    or (form is not null and url is not null and title is not null and added_at is not null)
  );

-- The files that were imported: where records have no dates, an old file is known when it comes again.
create table identification.feed_file (
  feed         text not null references identification.feed (id),
  sha256       text not null,
  imported_at  timestamptz not null,
  primary key (feed, sha256)
);

-- A feed in use that fell silent: since when, who was told and when, and when it spoke again.
create table identification.feed_silence (
  id         bigint generated always as identity primary key,
  feed       text not null references identification.feed (id),
  since      timestamptz not null,
  told_at    timestamptz not null,
  -- Logins of the people whose overview shows it.
  told       text[] not null,
  ended_at   timestamptz
);
create unique index feed_silence_open on identification.feed_silence (feed) where ended_at is null;
