-- Room 1: judging in all ecosystems. // SOP P1.1 P1.2

-- Of which architectures a claim speaks; null: of all.
alter table identification.claim add column architectures text[];

-- The first three come from a host's package manager; components have a release or registry each, and no scope together.
alter table identification.package_set
  add constraint package_set_ecosystem_check check (ecosystem in ('deb', 'rpm', 'apk', 'components'));

alter table identification.source_version
  -- Orders without keys (npm, PyPI, Maven …) have none. Nothing compares theirs in the database: what is offered, and so
  -- compared there, comes from package managers, whose orders all have keys.
  alter column version_key drop not null,
  -- Of an rpm; '' and true for all others. Advisories may speak of one architecture alone, or of what it was built from.
  add column architecture text not null default '',
  add column built_from text not null default '',
  add column has_version_of_source boolean not null default true,
  drop constraint source_version_scope_source_version_third_party_key,
  add constraint source_version_is_distinct
    unique (scope, source, version, architecture, built_from, has_version_of_source, third_party),
  -- Servers may keep versions in memory and follow them as they follow assets: claims that come or go mark the versions
  -- that they speak of. // decisions/0024-assets-in-memory.md
  add column changed_in xid8 not null default pg_current_xact_id();
create index source_version_by_what_it_was_built_from on identification.source_version (scope, built_from)
  where built_from <> '';

create trigger source_version_is_marked before update on identification.source_version
  for each row execute function identification.mark_changed();
create index source_version_by_change on identification.source_version (changed_in);
