-- What happened to campaigns and jobs, in order: every state is the fold of its events. // decided 10

create table campaign.event (
  -- `<campaign>`, `job:<key>`.
  stream    text not null,
  -- 1 for the first event of a stream; two servers cannot both write the next one.
  version   integer not null check (version > 0),
  -- Whose story it belongs to; the record has it under the same name.
  campaign  uuid not null,
  at        timestamptz not null,
  actor     text not null,
  kind      text not null,
  body      jsonb not null,
  -- The entry of the record that says the same.
  leaf      uuid not null unique,
  primary key (stream, version)
);
create index event_by_campaign on campaign.event (campaign, at);

create function campaign.refuse_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are append-only' using errcode = 'integrity_constraint_violation';
end $$;

create trigger event_is_append_only before update or delete on campaign.event
  for each row execute function campaign.refuse_event_change();
create trigger event_is_never_emptied before truncate on campaign.event
  for each statement execute function campaign.refuse_event_change();

-- For lists and for the next event; `fold` is what the events of the stream come to, and can be made from them again.
create table campaign.campaign (
  id          uuid primary key,
  title       text not null,
  state       text not null,
  room        text not null,
  lane        text,
  due         timestamptz,
  requester   text not null,
  -- No event can move it any more.
  ended       boolean not null default false,
  opened_at   timestamptz not null,
  updated_at  timestamptz not null,
  version     integer not null,
  fold        jsonb not null
);
create index campaign_by_time on campaign.campaign (ended, opened_at desc, id);

-- What a campaign is to be told when a time comes; beside its timer, which only says when.
create table campaign.appointment (
  campaign  uuid not null references campaign.campaign (id),
  key       text not null,
  due       timestamptz not null,
  event     jsonb not null,
  primary key (campaign, key)
);

-- One open campaign per source package and release: who adopts the same proposal a second time is refused. // decided 22
create table campaign.open_update (
  scope     text not null,
  source    text not null,
  campaign  uuid not null references campaign.campaign (id),
  primary key (scope, source)
);
create index open_update_by_campaign on campaign.open_update (campaign);

-- What a verdict rests on, as canonical JSON; events name it by its hash, so that anybody can decide again.
create table campaign.document (
  hash       text primary key,
  campaign   uuid not null references campaign.campaign (id),
  kind       text not null,
  body       bytea not null,
  stored_at  timestamptz not null
);
create index document_by_campaign on campaign.document (campaign, stored_at);
