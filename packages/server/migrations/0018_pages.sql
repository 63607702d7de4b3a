-- Lists of findings, updates and proposals as their pages ask for them: what a search looks through is stored beside the
-- row, and what a page would have to add up is added up when the fleet is counted.

-- array_to_string is only stable, as it takes arrays of anything; of text it always gives the same.
create function identification.words_of(words text[]) returns text language sql immutable parallel safe
  as $$ select array_to_string(words, ' ') $$;

-- In small letters, and compared byte by byte: a search compares its words in small letters too.
alter table identification.fleet_finding add column words text collate "C" not null generated always as
  (lower(vulnerability || ' ' || source || ' ' || advisory || ' ' || scope)) stored;

alter table identification.fleet_update add column words text collate "C" not null generated always as
  (lower(source || ' ' || source_version || ' ' || scope || ' ' || identification.words_of(packages) || ' '
    || identification.words_of(fixes))) stored;

alter table identification.fleet_group add column words text collate "C" not null generated always as
  (lower(name || ' ' || identification.words_of(sources) || ' ' || identification.words_of(advisories) || ' '
    || identification.words_of(scopes))) stored;

-- What a list or a search looks at stands together, instead of all releases of a name.
cluster identification.fleet_group using fleet_group_by_urgency;

-- Everything that is offered of a source package, on one release or on all (''). It is counted anew.
drop table identification.fleet_update_source;
create table identification.fleet_update_source (
  source           text not null,
  -- '': of any release.
  scope            text not null,
  -- Distinct: one that is offered two versions counts once.
  assets           integer not null,
  scopes           text[] not null,
  versions         text[] not null,
  kind             text not null check (kind in ('security', 'bugfix', 'feature', 'unknown')),
  -- Of the version that ends most.
  fixes            integer not null,
  known_exploited  integer not null,
  -- Of the most urgent of its versions; null where none has a due time.
  lane             text,
  due              timestamptz,
  words            text collate "C" not null,
  primary key (source, scope)
);
create index fleet_update_source_by_urgency on identification.fleet_update_source
  (scope, coalesce(due, 'infinity'), (-assets), source);

-- What could be opened as a campaign: the newest version that is offered of a source package on a release, and how
-- urgent it is on the assets to which it is offered. What a campaign has already is left out when a page is read.
create table identification.fleet_proposal (
  scope            text not null,
  source           text not null,
  source_version   text not null,
  kind             text not null check (kind in ('security', 'bugfix', 'feature', 'unknown')),
  packages         text[] not null,
  -- Distinct vulnerabilities that it ends on these assets, sorted.
  fixes            text[] not null,
  known_exploited  integer not null,
  assets           integer not null,
  test_assets      integer not null,
  lane             text not null,
  released_at      timestamptz not null,
  first_seen       timestamptz not null,
  due              timestamptz not null,
  why              text not null,
  -- [{code, subject, by}], alike ones put together; that its due time has passed is said when it is read.
  reasons          jsonb not null,
  words            text collate "C" not null generated always as
    (lower(source || ' ' || source_version || ' ' || scope || ' ' || identification.words_of(packages) || ' '
      || identification.words_of(fixes))) stored,
  primary key (scope, source)
);
create index fleet_proposal_by_urgency on identification.fleet_proposal
  ((kind <> 'security'), (-known_exploited), (-cardinality(fixes)), (-assets), source, scope);

-- A search among campaigns need not unpack the whole story of each.
alter table campaign.campaign add column words text collate "C" not null generated always as
  (lower(title || ' ' || state || ' ' || coalesce(lane, '') || ' ' || requester || ' ' || coalesce(fold ->> 'updates', '')))
  stored;

-- What there is now is counted once more, into what is new here, and at once; until then nothing has been counted.
update identification.fleet_count set counted_at = '-infinity', duration_ms = 0;
insert into campaign.outbox (kind, key, payload, created_at, not_before)
select 'fleet', 'fleet', 'null', now(), now() where exists (select from identification.check_in)
on conflict (kind, key) do update set not_before = excluded.not_before, attempts = 0, last_error = null,
  generation = outbox.generation + 1;
