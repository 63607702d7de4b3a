-- Room 3: whose packages are genuine, and the evidence for it. // SOP P3, checklist c8
create schema testing;

-- Where packages may come from. An administrator says so; what an agent names is compared with this and never fetched.
create table testing.origin (
  id            uuid primary key,
  -- As hosts name it, without scheme and credentials: `deb.debian.org/debian-security`.
  place         text not null,
  url           text not null,
  -- Fetched from here instead, where there is one.
  mirror        text,
  suite         text not null,
  -- Empty for a repository without components.
  components    text[] not null,
  architectures text[] not null,
  -- The pins. `keys` holds the certificates that they name, armored.
  fingerprints  text[] not null,
  keys          text not null,
  added_at      timestamptz not null,
  removed_at    timestamptz,
  -- The newest signed date seen, and the text that bore it: an origin never goes back behind it.
  newest_date   timestamptz,
  newest_signed text,
  -- The verified index in force.
  snapshot_id   uuid,
  checked_at    timestamptz,
  failures      integer not null default 0,
  -- Why the last attempt brought nothing.
  problem_code  text,
  problem       text
);
create unique index origin_by_place on testing.origin (place, suite) where removed_at is null;

-- A Release file that a pinned key signed. Never changed: it is what later evidence points to.
create table testing.index_snapshot (
  id            uuid primary key,
  origin_id     uuid not null references testing.origin (id),
  -- Of the bytes as they came, and of the text that is signed in them.
  release_hash  text not null,
  signed_hash   text not null,
  signed_by     text[] not null,
  date          timestamptz not null,
  valid_until   timestamptz,
  publisher     text,
  suite         text,
  codename      text,
  fetched_at    timestamptz not null,
  unique (origin_id, release_hash)
);
alter table testing.origin add foreign key (snapshot_id) references testing.index_snapshot (id);

-- The package indexes that a Release file names and that we keep.
create table testing.package_index (
  snapshot_id   uuid not null references testing.index_snapshot (id),
  path          text not null,
  -- null in a repository without components.
  component     text,
  hash          text not null,
  size_bytes    bigint not null,
  primary key (snapshot_id, path)
);
create index package_index_by_hash on testing.package_index (hash);

-- Names that were looked for in an index, found or not: an index of 60,000 packages is kept as a file, not as rows.
create table testing.looked_up (
  index_hash    text not null,
  name          text not null,
  primary key (index_hash, name)
);

create table testing.listed_package (
  index_hash    text not null,
  name          text not null,
  architecture  text not null,
  version       text not null,
  file_hash     text not null,
  size_bytes    bigint not null,
  -- Below the address of the origin.
  path          text not null,
  primary key (index_hash, name, architecture, version, file_hash)
);
create index listed_package_by_version on testing.listed_package (name, version);

-- What lies in the byte store. The hash is the address and says whether the bytes are what they were.
create table testing.artifact (
  hash          text primary key,
  kind          text not null check (kind in ('release', 'index', 'package', 'report')),
  size_bytes    bigint not null,
  -- Of a package.
  name          text,
  version       text,
  architecture  text,
  stored_at     timestamptz not null
);

-- What a host was asked, and what its package manager answered. // decided 17
create table testing.proposal (
  id                uuid primary key,
  asset_id          uuid not null,
  packages_hash     text not null,
  targets_hash      text not null,
  targets           jsonb not null,
  asked_at          timestamptz not null,
  answered_at       timestamptz,
  answer            jsonb,
  transaction_hash  text,
  unique (asset_id, packages_hash, targets_hash)
);
create index proposal_open on testing.proposal (asset_id) where answered_at is null;
create index proposal_by_transaction on testing.proposal (transaction_hash);

-- One answer for all hosts that would run the same transaction. `stalled`: tried again by itself.
create table testing.verification (
  transaction_hash  text primary key,
  transaction       jsonb not null,
  state             text not null check (state in ('pending', 'stalled', 'verified', 'failed')),
  -- The authenticity report in the byte store.
  evidence          text references testing.artifact (hash),
  rollback          jsonb,
  problems          jsonb not null,
  checked_at        timestamptz,
  failures          integer not null default 0
);
