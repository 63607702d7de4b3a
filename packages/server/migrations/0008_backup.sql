-- Room 4: what backups there are, as probers swear and as owners waive. // SOP P4, checklist c14
create schema backup;

-- One word of a prober about one host. The signed bytes are kept as they came; columns are read from them.
create table backup.proof (
  -- SHA-256 of the signed bytes: the same word twice is one row.
  hash         text primary key,
  asset_id     uuid not null references identification.asset (id),
  hostname     text not null,
  provider     text not null check (provider in ('restic')),
  -- A label, without secrets.
  repository   text not null,
  snapshot_id  text not null,
  taken_at     timestamptz not null,
  bytes        bigint not null check (bytes > 0),
  files        bigint not null check (files > 0),
  paths        text[] not null,
  -- The last integrity check of the repository; null where it never had one.
  checked_at   timestamptz,
  probed_at    timestamptz not null,
  prober       text not null,
  envelope     text not null,
  stored_at    timestamptz not null
);
create index proof_by_asset on backup.proof (asset_id, taken_at desc);

-- An owner's signed word that an asset may be changed without a backup, until it expires.
create table backup.waiver (
  hash        text primary key,
  asset_id    uuid not null references identification.asset (id),
  campaign    uuid not null,
  person      text not null,
  why         text not null,
  signed_at   timestamptz not null,
  expires_at  timestamptz not null,
  envelope    text not null,
  stored_at   timestamptz not null
);
create index waiver_by_asset on backup.waiver (asset_id, expires_at desc);
