-- Room 6: work orders on hosts, who may be down, what hosts reported. // SOP P6
create schema deployment;

-- Grows with every plan: a host never acts on an older one than it acted on before. // decided 9
create sequence deployment.epoch as bigint minvalue 1 maxvalue 9007199254740991;

-- What the server knows of an agent that can act.
create table deployment.host (
  asset_id       uuid primary key,
  -- What the host is pinned to, by its own file; null: it only reads.
  runner         jsonb,
  runner_at      timestamptz,
  -- Its reports form one chain.
  instance       uuid,
  last_sequence  bigint not null default 0,
  last_hash      text,
  -- Two hosts spoke with its key: nothing is granted until people have looked.
  forked_at      timestamptz
);

-- One plan on one host. `fold` is what its events come to.
create table deployment.job (
  key            text primary key,
  plan           text not null,
  plan_kind      text not null check (plan_kind in ('test', 'production', 'rollback')),
  campaign       uuid not null references campaign.campaign (id),
  asset_id       uuid not null,
  wave           integer not null,
  epoch          bigint not null,
  -- Redundancy groups of its host when it was made.
  groups         text[] not null,
  state          text not null,
  -- Nothing more will come of it.
  ended          boolean not null default false,
  -- It counts as down in each of its groups: granted, silent, going back or broken.
  down           boolean not null default false,
  -- Granted and silent: the host counts as down until it, or a person who signs, says otherwise.
  unknown_since  timestamptz,
  version        integer not null,
  fold           jsonb not null,
  updated_at     timestamptz not null,
  unique (plan, asset_id)
);
create index job_by_campaign on deployment.job (campaign, wave);
create index job_open_by_asset on deployment.job (asset_id) where not ended;
create index job_down on deployment.job using gin (groups) where down;

-- A row to be held by whoever grants or gives back: who of a group is down is said by the jobs of all campaigns, and
-- two servers must not count them at once. // rollout §2.1
create table deployment.ledger (
  "group"  text primary key
);

-- Permission to go down once. It ends by the host's own word alone.
create table deployment.grant (
  id          uuid primary key,
  -- A host that hands one back unused may get another.
  job         text not null references deployment.job (key),
  asset_id    uuid not null,
  boot_id     text not null,
  granted_at  timestamptz not null,
  -- The host may start before this; counted by itself from when it asked.
  start_by    timestamptz not null
);

create index grant_by_job on deployment.grant (job, granted_at);

-- Every report of a host as it signed it.
create table deployment.report (
  asset_id     uuid not null,
  sequence     bigint not null,
  hash         text not null,
  job          text not null,
  body         jsonb not null,
  accepted_at  timestamptz not null,
  primary key (asset_id, sequence)
);
create index report_by_job on deployment.report (job, sequence);

create function deployment.refuse_report_change() returns trigger language plpgsql as $$
begin
  raise exception 'reports are append-only' using errcode = 'integrity_constraint_violation';
end $$;
create trigger report_is_append_only before update or delete on deployment.report
  for each row execute function deployment.refuse_report_change();
create trigger report_is_never_emptied before truncate on deployment.report
  for each statement execute function deployment.refuse_report_change();

-- What must run on an asset for it to count as healthy. Names and numbers only. // rollout §2.5
create table deployment.health_profile (
  asset_id  uuid primary key references identification.asset (id),
  units     text[] not null,
  ports     integer[] not null,
  urls      text[] not null,
  watch_ms  integer not null,
  version   integer not null default 1
);
