-- Room 5: whom the organization trusts, what people sign, and who is told. // SOP P5.1 P5.2 P6.1, checklist c11 c13
create schema approval;

-- The chain of trust roots. The server keeps public keys alone; it never sees a person's private one. // decided 27
create table approval.trust_root (
  version       integer primary key check (version > 0),
  -- SHA-256 of the signed bytes.
  hash          text not null unique,
  organization  text not null,
  profile       text not null check (profile in ('solo', 'team')),
  issued_at     timestamptz not null,
  expires_at    timestamptz not null,
  envelope      text not null,
  stored_at     timestamptz not null
);

-- A compiled plan. The bytes that people sign are stored as they are and never written again. // decided 9
create table approval.plan (
  -- SHA-256 of the payload: the identity of a plan.
  hash           text primary key,
  campaign       uuid not null,
  kind           text not null check (kind in ('test', 'production', 'rollback')),
  lane           text not null check (lane in ('routine', 'critical', 'emergency', 'mitigation')),
  criticality    text not null check (criticality in ('low', 'normal', 'high', 'critical')),
  requester      text not null,
  epoch          bigint not null,
  root_version   integer not null references approval.trust_root (version),
  leaf_count     integer not null check (leaf_count > 0),
  payload        bytea not null,
  compiled_at    timestamptz not null,
  not_after      timestamptz not null,
  superseded_by  text references approval.plan (hash)
);
create index plan_by_campaign on approval.plan (campaign, compiled_at);

-- The canonical bytes of each work order, in the order of the Merkle tree. // RFC 6962 §2.1
create table approval.plan_leaf (
  plan      text not null references approval.plan (hash),
  index     integer not null,
  asset_id  uuid not null,
  body      bytea not null,
  primary key (plan, index),
  unique (plan, asset_id)
);

create table approval.plan_signature (
  plan       text not null references approval.plan (hash),
  keyid      text not null,
  person     text not null,
  roles      text[] not null,
  key_class  text not null check (key_class in ('cli', 'console')),
  intent     text not null check (intent in ('request', 'approve', 'test')),
  sig        text not null,
  why        text,
  at         timestamptz not null,
  primary key (plan, keyid)
);

-- Signed words of people about a campaign, as they came.
create table approval.statement (
  hash       text primary key,
  campaign   uuid not null,
  plan       text,
  kind       text not null,
  person     text not null,
  at         timestamptz not null,
  envelope   text not null,
  stored_at  timestamptz not null
);
create index statement_by_campaign on approval.statement (campaign, stored_at);

-- What was signed is never edited; only that a plan was superseded may be written down later, once.
create function approval.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'plan' then
    if to_jsonb(old) ->> 'superseded_by' is null
       and to_jsonb(new) - 'superseded_by' = to_jsonb(old) - 'superseded_by' then
      return new;
    end if;
  end if;
  raise exception 'what was signed is not changed' using errcode = 'integrity_constraint_violation';
end $$;
create trigger root_is_append_only before update or delete on approval.trust_root
  for each row execute function approval.refuse_change();
create trigger plan_is_append_only before update or delete on approval.plan
  for each row execute function approval.refuse_change();
create trigger leaf_is_append_only before update or delete on approval.plan_leaf
  for each row execute function approval.refuse_change();
create trigger signature_is_append_only before update or delete on approval.plan_signature
  for each row execute function approval.refuse_change();
create trigger statement_is_append_only before update or delete on approval.statement
  for each row execute function approval.refuse_change();

-- Who hears of changes to a maintenance group (`*`: to all) beside the owners. Plain, with a leaf per change.
create table approval.stakeholder (
  maintenance_group  text not null,
  channel            text not null check (channel in ('mail', 'webhook')),
  address            text not null,
  name               text,
  added_at           timestamptz not null,
  primary key (maintenance_group, channel, address)
);

-- One message to one address about one plan, and its receipt.
create table approval.notice (
  id            uuid primary key,
  campaign      uuid not null,
  plan          text not null references approval.plan (hash),
  channel       text not null check (channel in ('mail', 'webhook')),
  address       text not null,
  recipient     text not null,
  -- Derived from plan and address: a message that is sent twice is known to be one.
  message_id    text not null,
  body          jsonb not null,
  state         text not null default 'waiting' check (state in ('waiting', 'sent', 'bounced', 'failed')),
  attempts      integer not null default 0,
  answer        text,
  sent_at       timestamptz,
  created_at    timestamptz not null,
  unique (plan, channel, address)
);
create index notice_by_campaign on approval.notice (campaign, created_at);

-- Where notices to a person go, and until when a password that somebody else knows opens a session.
alter table access.person
  add column mail text,
  add column password_expires_at timestamptz;
