-- Room 1: what there is, what is said about it, and what follows. // SOP P1.1 P1.2, checklist c1 c2 c7
create schema identification;

create table identification.asset (
  id           uuid primary key,
  name         text not null,
  kind         text not null default 'server' check (kind in ('server', 'workstation', 'network-appliance', 'application')),
  criticality  text not null default 'normal' check (criticality in ('low', 'normal', 'high', 'critical')),
  exposure     text not null default 'unknown' check (exposure in ('public', 'internal', 'isolated', 'unknown')),
  environment  text not null default 'unknown' check (environment in ('production', 'non-production', 'unknown')),
  owner        text,
  role         text,
  tags         text[] not null default '{}',
  first_seen   timestamptz not null,
  -- Grows with every change by a person: nobody overwrites what they have not seen.
  version      integer not null default 1
);
create index asset_by_name on identification.asset (name collate "C", id);

-- Single use. Only the hash of the secret is kept.
create table identification.enrollment_token (
  id           uuid primary key,
  secret_hash  text not null unique,
  note         text,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  revoked_at   timestamptz,
  used_at      timestamptz,
  used_by      uuid references identification.asset (id),
  -- The key it was used with: the same host may ask again after a lost answer.
  used_key     text
);

-- The identity of a host is its key, never its name or machine-id. Keys attach to an asset over time.
create table identification.host_key (
  fingerprint     text primary key,
  asset_id        uuid not null references identification.asset (id),
  public_key_pem  text not null,
  bound_at        timestamptz not null,
  revoked_at      timestamptz
);
create index host_key_by_asset on identification.host_key (asset_id);

-- The parts of inventories, addressed by the hash of their canonical JSON and shared by every host that has them.
create table identification.section (
  hash       text primary key,
  name       text not null check (name in ('packages', 'updates', 'origins', 'system')),
  body       jsonb not null,
  stored_at  timestamptz not null
);

-- A section `packages` as the matcher sees it. Findings hang on what is in here, never on a host.
create table identification.package_set (
  id               integer generated always as identity primary key,
  hash             text not null unique references identification.section (hash),
  ecosystem        text not null,
  -- Beside the section body, so that a list of assets need not unpack every package of each.
  release          jsonb not null,
  -- `debian:12`; null where the release has no version, so that no claim can speak of it.
  scope            text,
  packages         integer not null,
  -- Kept by judging: (binary package, vulnerability) pairs, and distinct vulnerabilities known to be exploited.
  findings         integer not null default 0,
  known_exploited  integer not null default 0,
  judged_at        timestamptz,
  -- Its source versions, their judgments or what is known of their vulnerabilities changed since the last count.
  count_needed     boolean not null default true,
  -- Grows with every count: what was computed from the set is out of date when this is newer.
  revision         integer not null default 0
);
create index package_set_by_scope on identification.package_set (scope);
create index package_set_to_count on identification.package_set (id) where count_needed;

-- Distinct source versions: the unit of judging.
create table identification.source_version (
  id           integer generated always as identity primary key,
  scope        text not null,
  source       text not null,
  version      text not null,
  -- memcmp order of the key is the version order of the ecosystem.
  version_key  bytea not null,
  -- Only a third party lists it: the ranges of the distribution do not speak of it.
  third_party  boolean not null,
  -- New, or a claim about its package came or went since it was judged.
  judge_needed boolean not null default true,
  unique (scope, source, version, third_party)
);
create index source_version_to_judge on identification.source_version (id) where judge_needed;

-- Without foreign keys: a set has hundreds of rows, and each would lock, and so rewrite, the row that it refers to.
create table identification.package_set_source (
  set_id             integer not null,
  source_version_id  integer not null,
  -- Names of the binary packages of the set that were built from it, one entry per installed (name, architecture).
  packages           text[] not null,
  primary key (set_id, source_version_id)
);
create index package_set_source_by_source on identification.package_set_source (source_version_id, set_id);

-- A section `updates` as the fleet view sees it.
create table identification.offer (
  id              integer generated always as identity primary key,
  scope           text not null,
  source          text not null,
  source_version  text not null,
  version_key     bytea not null,
  -- When this installation first saw it offered anywhere.
  first_seen      timestamptz not null default now(),
  unique (scope, source, source_version)
);

create table identification.offer_set (
  id       integer generated always as identity primary key,
  -- The same offers mean different things on different releases; a release without a scope has a count alone.
  hash     text not null references identification.section (hash),
  scope    text,
  -- null where the package manager gave no answer.
  updates  integer,
  unique nulls not distinct (hash, scope)
);

create table identification.offer_set_offer (
  set_id    integer not null,
  offer_id  integer not null,
  packages  text[] not null,
  -- What the origins and the change of version say; a fix of a known vulnerability makes any offer a security update.
  kind      text not null check (kind in ('security', 'bugfix', 'feature', 'unknown')),
  primary key (set_id, offer_id)
);
create index offer_set_offer_by_offer on identification.offer_set_offer (offer_id, set_id);

-- The earliest signed index in which we saw a version offered: one side of the vendor's release time.
create table identification.first_listed (
  scope           text not null,
  source          text not null,
  source_version  text not null,
  index_date      timestamptz not null,
  origin          text not null,
  primary key (scope, source, source_version)
);

-- The last accepted check-in of an asset: the one row that an unchanged host writes. No index on what changes, so
-- that the update stays on its page.
create table identification.check_in (
  asset_id        uuid primary key references identification.asset (id),
  seen_at         timestamptz not null,
  boot_id         text,
  agent_version   text not null,
  packages_hash   text not null,
  updates_hash    text not null,
  origins_hash    text not null,
  system_hash     text not null,
  -- From the section `system`, for lists.
  reboot_needed   boolean not null,
  package_set_id  integer not null references identification.package_set (id),
  offer_set_id    integer not null references identification.offer_set (id)
) with (fillfactor = 70);
create index check_in_by_package_set on identification.check_in (package_set_id);
create index check_in_by_offer_set on identification.check_in (offer_set_id);

-- Where advisories come from and how fresh they are. // checklist c7
create table identification.feed (
  id             text primary key,
  -- What the data says of its own age, and when its origin last confirmed that it is current.
  data_as_of     timestamptz,
  confirmed_at   timestamptz,
  imported_at    timestamptz,
  -- Of the bytes as they came, and the entity tag under which the origin served them.
  sha256         text,
  etag           text,
  -- The reader that made records of the bytes: a better one reads the same bytes again.
  reader         integer,
  records        integer not null default 0,
  quarantined    integer not null default 0,
  quarantine     jsonb not null default '[]',
  attempted_at   timestamptz,
  -- Failed attempts in a row, and what the last of them met.
  failures       integer not null default 0,
  last_error     text
);

-- The releases that a feed of advisories speaks of: elsewhere the answer is "not judged".
create table identification.feed_scope (
  feed   text not null references identification.feed (id),
  scope  text not null,
  primary key (feed, scope)
);

create table identification.advisory (
  feed                 text not null references identification.feed (id),
  id                   text not null,
  summary              text not null,
  published            timestamptz,
  published_precision  text not null check (published_precision in ('time', 'day')),
  modified             timestamptz,
  withdrawn            timestamptz,
  aliases              text[] not null,
  reference_urls       text[] not null,
  -- Hash of the record as it was read: equal means unchanged.
  revision             text not null,
  -- When we first knew of it: the identification lag is this less the release.
  first_seen           timestamptz not null,
  primary key (feed, id)
);

-- Append-only with validity: "what did we know on that day" is a query.
create table identification.claim (
  id                   bigint generated always as identity primary key,
  feed                 text not null,
  advisory             text not null,
  vulnerability        text not null,
  scope                text not null,
  package_kind         text not null check (package_kind in ('source', 'binary')),
  package_name         text not null,
  status               text not null,
  ranges               jsonb not null,
  versions             text[] not null,
  -- Whose word it is: the strongest wins.
  authority            text not null,
  withdrawn            timestamptz,
  published            timestamptz,
  published_precision  text not null check (published_precision in ('time', 'day')),
  modified             timestamptz,
  valid_from           timestamptz not null,
  valid_to             timestamptz,
  foreign key (feed, advisory) references identification.advisory (feed, id)
);
create index claim_by_package on identification.claim (scope, package_name) where valid_to is null;
create index claim_by_vulnerability on identification.claim (vulnerability) where valid_to is null;
create index claim_by_advisory on identification.claim (feed, advisory) where valid_to is null;

-- Judgments that somebody must see, per distinct source version: never a row per host and finding.
create table identification.finding (
  source_version_id   integer not null references identification.source_version (id),
  vulnerability       text not null,
  -- false: fixed, but a later advisory of the same vendor names it again with a higher version. Shown, never counted.
  affected            boolean not null,
  claim_id            bigint not null references identification.claim (id),
  status              text not null,
  fixed               text,
  fixed_key           bytea,
  why                 text not null,
  -- Claims that lost, and to what: [[claim id, cause], ...].
  losing              jsonb not null,
  -- The earliest advisory of the vendor that announces the fix: one side of the vendor's release time.
  released_at         timestamptz,
  released_precision  text check (released_precision in ('time', 'day')),
  judged_at           timestamptz not null,
  primary key (source_version_id, vulnerability)
);
create index finding_by_vulnerability on identification.finding (vulnerability, source_version_id);

create table identification.known_exploited (
  vulnerability  text primary key,
  added          date not null,
  due            date,
  ransomware     boolean not null,
  name           text not null
);

-- Scores of different models do not compare; the model is kept with each. // EPSS model change 2026
create table identification.epss (
  vulnerability  text primary key,
  score          real not null,
  percentile     real not null,
  model          text not null,
  score_date     date not null
);

-- Findings and updates over the fleet, computed in the background from the tables above: a list reads one page of an
-- index. // counting assets at every request takes two seconds at 20,000 of them
create table identification.fleet_finding (
  vulnerability    text not null,
  source           text not null,
  scope            text not null,
  feed             text not null,
  advisory         text not null,
  fixed            text,
  assets           integer not null,
  known_exploited  boolean not null,
  -- 0 where there is no score, so that every row has its place.
  epss             real not null,
  primary key (vulnerability, source, scope)
);
create index fleet_finding_by_urgency on identification.fleet_finding
  (known_exploited, epss, assets, vulnerability, source, scope);

create table identification.fleet_update (
  scope            text not null,
  source           text not null,
  source_version   text not null,
  packages         text[] not null,
  kind             text not null check (kind in ('security', 'bugfix', 'feature', 'unknown')),
  fixes            text[] not null,
  known_exploited  integer not null,
  assets           integer not null,
  primary key (scope, source, source_version)
);
create index fleet_update_by_urgency on identification.fleet_update
  ((kind <> 'security'), (-known_exploited), (-cardinality(fixes)), (-assets), source, source_version, scope);

-- When and how long: a fleet that takes seconds to count is not counted at every report.
create table identification.fleet_count (
  only_row     boolean primary key default true check (only_row),
  counted_at   timestamptz not null,
  duration_ms  integer not null
);
