-- What vendors write for people (RSS, Atom), and what people here make of it. // SOP P1.1, checklist c7

create sequence identification.announcement_serial;

-- Where an announcement stands; what it says and what was made of it stand below and never change.
create table identification.announcement (
  -- `acme-news-17`: the feed and the serial.
  id             text primary key,
  serial         bigint not null unique,
  feed           text not null references identification.feed (id),
  -- Its vendor's own name for it.
  entry          text not null,
  state          text not null check (state in ('waiting', 'claimed', 'dismissed')),
  -- It was triaged, and its vendor changed it since.
  changed        boolean not null default false,
  -- The newest.
  revision       integer not null check (revision > 0),
  first_seen     timestamptz not null,
  waiting_since  timestamptz,
  -- What stands of what was made of it; of one that was changed, what still judges.
  triage         uuid,
  -- Title and vendor's words, for searching.
  words          text collate "C" not null,
  unique (feed, entry),
  check ((state = 'waiting') = (waiting_since is not null))
);
create index announcement_waiting on identification.announcement (feed, serial) where state = 'waiting';

create table identification.announcement_revision (
  announcement         text not null references identification.announcement (id),
  revision             integer not null check (revision > 0),
  title                text not null,
  body                 text not null,
  link                 text,
  published            timestamptz,
  published_precision  text not null check (published_precision in ('time', 'day')),
  updated              timestamptz,
  -- The entry as it stands in the file of its vendor, the hash of its UTF-8, and that of the file.
  source               text not null,
  sha256               text not null,
  file_sha256          text not null,
  -- Of title, text and link: another of these is another revision, a counter of readers is none.
  content              text not null,
  seen_at              timestamptz not null,
  primary key (announcement, revision)
);

create table identification.announcement_triage (
  id            uuid primary key,
  -- The order in which they were made: two may be of one moment.
  serial        bigint generated always as identity,
  announcement  text not null references identification.announcement (id),
  revision      integer not null,
  kind          text not null check (kind in ('claim', 'dismissal', 'undo')),
  undoes        uuid references identification.announcement_triage (id),
  claim         jsonb,
  why           text,
  person        text not null,
  person_name   text not null,
  at            timestamptz not null,
  check ((kind = 'claim') = (claim is not null)),
  check ((kind = 'undo') = (undoes is not null))
);
create index announcement_triage_by_announcement on identification.announcement_triage (announcement, serial);
alter table identification.announcement add foreign key (triage) references identification.announcement_triage (id);

create function identification.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'what vendors announced and what was made of it is append-only'
    using errcode = 'integrity_constraint_violation';
end $$;
create trigger announcement_revision_is_append_only before update or delete on identification.announcement_revision
  for each row execute function identification.refuse_change();
create trigger announcement_triage_is_append_only before update or delete on identification.announcement_triage
  for each row execute function identification.refuse_change();

-- Who read a claim out of what, where no program did.
alter table identification.claim add column provenance text;
