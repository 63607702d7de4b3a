-- Room 1: what Security says of severities, and the fleet's findings and updates as screens ask for them. // SOP P2.1 P2.2

-- Every word of Security on how severe a vulnerability is; the newest counts. Append-only.
create table identification.severity_judgment (
  id             bigint generated always as identity primary key,
  vulnerability  text not null,
  -- null: the judgment before is withdrawn.
  severity       text check (severity in ('none', 'low', 'medium', 'high', 'critical')),
  why            text not null,
  -- Login and name as they were: people are renamed.
  person         text not null,
  person_name    text not null,
  at             timestamptz not null
);
create index severity_judgment_by_vulnerability on identification.severity_judgment (vulnerability, id);

create function identification.refuse_judgment_change() returns trigger language plpgsql as $$
begin
  raise exception 'judgments are append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger judgment_is_append_only before update or delete on identification.severity_judgment
  for each row execute function identification.refuse_judgment_change();
create trigger judgment_is_never_emptied before truncate on identification.severity_judgment
  for each statement execute function identification.refuse_judgment_change();

-- The judgments that stand: what findings are read with.
create table identification.said_severity (
  vulnerability  text primary key,
  severity       text not null check (severity in ('none', 'low', 'medium', 'high', 'critical')),
  why            text not null,
  person         text not null,
  person_name    text not null,
  at             timestamptz not null,
  judgment       bigint not null references identification.severity_judgment (id)
);

-- null until the next count of the fleet.
alter table identification.fleet_finding
  add column lane      text,
  add column due       timestamptz,
  add column severity  text,
  add column fix       text check (fix in ('offered', 'not-offered', 'no-fix'));
create index fleet_finding_by_source on identification.fleet_finding (source, vulnerability);

alter table identification.fleet_update
  add column lane  text,
  add column due   timestamptz;
create index fleet_update_by_source on identification.fleet_update (source);

-- How many assets are offered anything of a source package: one that is offered two versions counts once.
create table identification.fleet_update_source (
  source  text not null,
  -- '': of any release.
  scope   text not null,
  assets  integer not null,
  primary key (source, scope)
);

-- Findings over the fleet by vulnerability or by source package, for each release and environment and over all ('').
create table identification.fleet_group (
  kind             text not null check (kind in ('vulnerability', 'source')),
  name             text not null,
  scope            text not null,
  environment      text not null,
  -- Distinct, as everywhere here: an asset with two kernels counts once.
  assets           integer not null,
  vulnerabilities  integer not null,
  sources          text[] not null,
  scopes           text[] not null,
  feeds            text[] not null,
  advisories       text[] not null,
  -- Of the most urgent of its findings on any of its assets.
  lane             text not null,
  due              timestamptz not null,
  -- The gravest; unknown where nothing worse than high is known beside it.
  severity         text not null,
  known_exploited  boolean not null,
  epss             real not null,
  fixes            text[] not null,
  primary key (kind, scope, environment, name)
);
create index fleet_group_by_urgency on identification.fleet_group
  (kind, scope, environment, due, (not known_exploited), (-assets), name);
