-- Windows of before there were other kinds say none: they come every week. // rollout-and-trust §2.7
update deployment.maintenance_group
set windows = (
  select coalesce(jsonb_agg('{"kind": "weekly"}'::jsonb || listed.one order by listed.place), '[]'::jsonb)
  from jsonb_array_elements(windows) with ordinality as listed (one, place)
);

-- Times in which nothing is done although a window is open, as calendars name them.
create table deployment.freeze_calendar (
  id           uuid primary key,
  name         text not null,
  -- Maintenance groups that it holds for; null: all of them, also those to come.
  groups       text[],
  -- [{"uid": "…", "title": "Year end", "freeze": {"kind": "local", "from": "2026-12-20T00:00", "until": …}}]
  freezes      jsonb not null,
  -- What repeats was followed until then, and comes again after it.
  known_until  timestamptz not null,
  goes_on      boolean not null,
  imported_at  timestamptz not null,
  imported_by  text not null,
  -- What held under this name before; it holds again when this one is taken back.
  replaces     uuid references deployment.freeze_calendar (id),
  ended_at     timestamptz
);
-- Of each name one holds.
create unique index freeze_calendar_in_force on deployment.freeze_calendar (name) where ended_at is null;

-- A single time agreed to for some hosts of one campaign beside the windows of their groups.
create table deployment.extraordinary_window (
  id            uuid primary key,
  campaign      uuid not null,
  assets        uuid[] not null,
  opens_at      timestamptz not null,
  closes_at     timestamptz not null check (closes_at > opens_at),
  why           text not null,
  asked_by      text not null,
  asked_at      timestamptz not null,
  withdrawn_at  timestamptz
);
create index extraordinary_window_by_campaign on deployment.extraordinary_window (campaign) where withdrawn_at is null;
