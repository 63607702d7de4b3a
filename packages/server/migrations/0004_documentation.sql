-- Room 7: the record. Append-only; written by the corridor in the transaction of what it records. // SOP P7.1 P7.2
create schema documentation;

create table documentation.leaf (
  id            uuid primary key,
  at            timestamptz not null,
  -- Who: `person:<id>`, `agent:<asset id>`, `local`, `system`.
  actor         text not null,
  -- What: `asset.changed`, `feed.imported`, ...
  kind          text not null,
  -- About what: the id of an asset, a feed, a person.
  subject       text not null,
  payload       jsonb not null,
  -- Blinds the payload hash: a payload can be erased and the proof stays.
  salt          bytea not null,
  payload_hash  text not null,
  leaf_hash     text not null,
  -- Given after commit, in one sequence without gaps; null until then.
  index         bigint unique,
  -- The order of writing: who waited for a lock comes after who held it, whatever the clocks said.
  serial        bigint generated always as identity
);
create index leaf_unsequenced on documentation.leaf (serial) where index is null;
create index leaf_by_subject on documentation.leaf (subject, at);

create function documentation.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.index is null and new.index is not null
     and to_jsonb(new) - 'index' = to_jsonb(old) - 'index' then
    return new;
  end if;
  raise exception 'the record is append-only' using errcode = 'integrity_constraint_violation';
end $$;

create trigger leaf_is_append_only before update or delete on documentation.leaf
  for each row execute function documentation.refuse_change();
create trigger leaf_is_never_emptied before truncate on documentation.leaf
  for each statement execute function documentation.refuse_change();
