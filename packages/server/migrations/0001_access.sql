-- Who may do what: people, their sessions, and how sign-in is guarded.
create schema access;

create table access.person (
  id             uuid primary key,
  login          text not null unique check (login = lower(login)),
  name           text not null,
  -- argon2id, with its salt and parameters.
  password_hash  text not null,
  roles          text[] not null check (roles <@ array['it', 'owner', 'change', 'security', 'admin', 'auditor']),
  created_at     timestamptz not null,
  disabled_at    timestamptz
);

-- Only the hash of a session's token is kept: who reads this table signs in nowhere.
create table access.session (
  token_hash    text primary key,
  person_id     uuid not null references access.person (id) on delete cascade,
  created_at    timestamptz not null,
  last_used_at  timestamptz not null,
  expires_at    timestamptz not null
);
create index session_by_person on access.session (person_id);
create index session_by_expiry on access.session (expires_at);

-- A browser in which a person signed in before. Wrong guesses by strangers do not slow its person down.
create table access.known_device (
  token_hash    text primary key,
  person_id     uuid not null references access.person (id) on delete cascade,
  last_used_at  timestamptz not null
);
create index known_device_by_person on access.known_device (person_id);

-- For the command line on another machine. The hash again; `last_used_at` shows which tokens nobody needs.
create table access.api_token (
  id            uuid primary key,
  token_hash    text not null unique,
  person_id     uuid not null references access.person (id) on delete cascade,
  note          text,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  last_used_at  timestamptz,
  revoked_at    timestamptz
);
create index api_token_by_person on access.api_token (person_id, created_at);

-- The secret of the link that makes the first account. One row at most; none once a person exists.
create table access.first_run (
  singleton    boolean primary key default true check (singleton),
  secret_hash  text not null,
  created_at   timestamptz not null
);

-- Wrong sign-ins in a row, by what they have in common (`login:ada`, `address:192.0.2.7`, `device:…`).
create table access.sign_in_attempt (
  subject         text primary key,
  failures        integer not null check (failures > 0),
  last_failed_at  timestamptz not null,
  -- Until then no password of this subject is looked at.
  not_before      timestamptz not null
);
create index sign_in_attempt_by_time on access.sign_in_attempt (last_failed_at);
