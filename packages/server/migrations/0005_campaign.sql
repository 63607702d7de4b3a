-- The corridor's own: what must happen after a commit, and what must happen at a time. Rows, so that a crash forgets none.
create schema campaign;

create table campaign.outbox (
  id          bigint generated always as identity primary key,
  kind        text not null,
  -- Two wishes for the same thing are one.
  key         text not null,
  payload     jsonb not null,
  created_at  timestamptz not null,
  attempts    integer not null default 0,
  not_before  timestamptz not null,
  last_error  text,
  -- Grows with every repeated wish: what was wished while its handler ran is granted once more.
  generation  integer not null default 1,
  unique (kind, key)
);
create index outbox_by_time on campaign.outbox (not_before);

create table campaign.timer (
  kind     text not null,
  subject  text not null,
  due      timestamptz not null,
  primary key (kind, subject)
);
create index timer_by_due on campaign.timer (due);
