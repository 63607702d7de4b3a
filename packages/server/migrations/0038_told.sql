-- Who is told of what by mail, and when. // SOP P1.1 P6.2, checklist c7

-- What there is to tell, from the moment it was so until it was so no more.
create table evaluation.matter (
  id       bigint primary key generated always as identity,
  kind     text not null
    check (kind in ('exploited', 'emergency', 'critical', 'support-ended', 'feed-silent', 'announcements-unread')),
  -- A vulnerability, a release, a feed.
  subject  text not null,
  -- What it was in one line when it was first so.
  line     text not null,
  -- Logins of those who own assets that it concerns, in small letters.
  owners   text[] not null,
  seen_at  timestamptz not null,
  over_at  timestamptz
);
create unique index matter_open on evaluation.matter (kind, subject) where over_at is null;
create index matter_by_subject on evaluation.matter (subject);

-- A message to one person, with all that waited for them; it is sent at least once, under one Message-ID.
create table evaluation.told (
  id          uuid primary key,
  person      text not null,
  name        text not null,
  address     text not null,
  message_id  text not null unique,
  subject     text not null,
  text        text not null,
  state       text not null check (state in ('waiting', 'sent', 'bounced', 'failed')),
  attempts    integer not null default 0,
  answer      text,
  created_at  timestamptz not null,
  sent_at     timestamptz
);
create index told_by_person on evaluation.told (person, created_at desc);

-- Who is to hear of what, and by which message they did.
create table evaluation.telling (
  matter   bigint not null references evaluation.matter (id),
  person   text not null,
  way      text not null check (way in ('at-once', 'digest')),
  since    timestamptz not null,
  message  uuid references evaluation.told (id),
  primary key (matter, person)
);
create index telling_waiting on evaluation.telling (person) where message is null;
create index telling_by_message on evaluation.telling (message);

-- What a person said of how they want to hear of it; who said nothing hears of it as the policy of the house has it.
create table evaluation.telling_preference (
  person  text not null,
  kind    text not null,
  way     text not null check (way in ('at-once', 'digest', 'quiet')),
  primary key (person, kind)
);
