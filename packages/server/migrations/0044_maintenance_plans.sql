-- A maintenance plan asks for the routine campaign of its groups again and again. // SOP S2, decided 22
create table campaign.maintenance_plan (
  name            text primary key,
  -- Maintenance groups whose hosts it keeps up to date.
  groups          text[] not null,
  zone            text not null,
  -- {"kind": "monthly", "nth": 2, "weekday": "tue", "offsetDays": 0, "months": [1, …, 12]}
  rule            jsonb not null,
  -- So many days before the day of a turn, at this time in the zone, its list is frozen and people are asked.
  lead_days       integer not null check (lead_days >= 0),
  opens_at        text not null,
  -- Logins of the people who are asked.
  asked           text[] not null,
  version         integer not null,
  -- Turns that opened until then were proposed, or told as missed.
  followed_until  timestamptz not null,
  paused_at       timestamptz,
  paused_by       text,
  paused_why      text,
  check ((paused_at is null) = (paused_by is null) and (paused_at is null) = (paused_why is null))
);

-- One time that it came round; of one day there is never a second one.
create table campaign.maintenance_turn (
  plan        text not null references campaign.maintenance_plan (name) on delete cascade,
  day         text not null,
  -- When it was to open, and when somebody was there to open it.
  opens_at    timestamptz not null,
  told_at     timestamptz not null,
  state       text not null check (state in ('proposed', 'taken', 'dismissed', 'lapsed', 'empty', 'missed', 'paused')),
  -- What was offered when the list was frozen: [{"scope": "debian:12", "source": "openssl", "sourceVersion": …, "assets": 4}]
  updates     jsonb not null,
  -- What of it did not get into the campaign, and why.
  left_out    jsonb,
  campaign    uuid references campaign.campaign (id),
  decided_at  timestamptz,
  decided_by  text,
  why         text,
  primary key (plan, day)
);
-- Of each plan one waits for an answer at most.
create unique index maintenance_turn_proposed on campaign.maintenance_turn (plan) where state = 'proposed';
