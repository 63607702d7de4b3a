-- Room 7: what the record was, signed, from time to time. Who keeps one of these can tell whether anything before it
-- was changed. // SOP P7.2, C2SP tlog-checkpoint
create table documentation.checkpoint (
  size       bigint primary key check (size > 0),
  root_hash  text not null,
  at         timestamptz not null,
  -- The signed text as it is published.
  note       text not null,
  -- Hashes of the whole subtrees of a record of this size, largest first: the next one is computed from here.
  peaks      text[] not null
);

create function documentation.refuse_any_change() returns trigger language plpgsql as $$
begin
  raise exception 'the record is append-only' using errcode = 'integrity_constraint_violation';
end $$;

create trigger checkpoint_is_append_only before update or delete on documentation.checkpoint
  for each row execute function documentation.refuse_any_change();
create trigger checkpoint_is_never_emptied before truncate on documentation.checkpoint
  for each statement execute function documentation.refuse_any_change();
