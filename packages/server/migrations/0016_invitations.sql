-- A link with which a person comes in: at first, or again after a lost password. Only the hash of its secret is kept,
-- and a new link takes the place of the one before.
create table access.invitation (
  person_id   uuid primary key references access.person (id) on delete cascade,
  token_hash  text not null unique,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz
);
