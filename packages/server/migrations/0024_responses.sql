-- What people answer to risks instead of patching in time: accepted, mitigated, transferred, avoided, or another lane or
-- due time, until a day. // SOP P2.1, SP 800-40r4 §2.2

-- For lists and for the next event; `fold` is what the events come to, and can be made from them again.
create table evaluation.response (
  id            uuid primary key,
  state         text not null
    check (state in ('requested', 'standing', 'refused', 'withdrawn', 'revoked', 'expired', 'renewed')),
  kind          text not null check (kind in ('accept', 'mitigate', 'transfer', 'avoid', 'override')),
  title         text not null,
  requester     text not null,
  until         timestamptz not null,
  requested_at  timestamptz not null,
  stood_from    timestamptz,
  ended_at      timestamptz,
  -- The one that it goes on with, and at whose end it begins.
  renews        uuid references evaluation.response (id),
  -- What was named, to name the same again.
  target        jsonb not null,
  version       integer not null check (version > 0),
  fold          jsonb not null,
  words         text collate "C" not null generated always as
    (lower(title || ' ' || state || ' ' || kind || ' ' || requester || ' ' || coalesce(fold -> 'terms' ->> 'owner', '')))
    stored
);
create index response_by_end on evaluation.response (until, id) where state in ('requested', 'standing');
create index response_by_renewed on evaluation.response (renews) where renews is not null;

create table evaluation.response_event (
  response  uuid not null references evaluation.response (id),
  -- 1 for the first; two servers cannot both write the next one.
  version   integer not null check (version > 0),
  at        timestamptz not null,
  actor     text not null,
  kind      text not null,
  body      jsonb not null,
  -- The entry of the record that says the same.
  leaf      uuid not null unique,
  primary key (response, version)
);

-- The findings that a response answers for: those that there were, each as it was then. What is found later is not in it.
create table evaluation.response_cover (
  response       uuid not null references evaluation.response (id),
  asset_id       uuid not null,
  -- '': whatever is found on the asset, for one that goes out of service.
  vulnerability  text not null,
  source         text not null,
  lane           text not null,
  exploited      boolean not null,
  -- There was no fix.
  fixless        boolean not null,
  primary key (response, asset_id, vulnerability, source)
);
create index response_cover_by_asset on evaluation.response_cover (asset_id);
create index response_cover_by_vulnerability on evaluation.response_cover (vulnerability);

-- Findings that became worse than what was agreed to: open again before the day, and for good.
create table evaluation.response_fallen (
  response       uuid not null references evaluation.response (id),
  asset_id       uuid not null,
  vulnerability  text not null,
  source         text not null,
  cause          text not null check (cause in ('lane-rose', 'now-exploited', 'fix-appeared')),
  at             timestamptz not null,
  primary key (response, asset_id, vulnerability, source)
);
create index response_fallen_by_asset on evaluation.response_fallen (asset_id);

create function evaluation.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what was said of risks is append-only' using errcode = 'integrity_constraint_violation';
end $$;

create trigger response_event_is_append_only before update or delete on evaluation.response_event
  for each row execute function evaluation.refuse_change();
create trigger response_event_is_never_emptied before truncate on evaluation.response_event
  for each statement execute function evaluation.refuse_change();
create trigger response_cover_is_append_only before update or delete on evaluation.response_cover
  for each row execute function evaluation.refuse_change();
create trigger response_fallen_is_append_only before update or delete on evaluation.response_fallen
  for each row execute function evaluation.refuse_change();

-- How many of the findings of an asset somebody answers for: shown apart, never left out.
alter table evaluation.assessment add column answered_findings integer not null default 0;
