-- Until when vendors support their platforms. // SP 800-40r4 §2.3: unpatchable assets
create table identification.lifecycle (
  feed   text not null references identification.feed (id),
  -- `debian:12`
  scope  text not null,
  -- For everybody, by the long-term team, for subscribers.
  phase  text not null check (phase in ('regular', 'lts', 'extended')),
  -- The first moment without.
  ends   timestamptz not null,
  primary key (feed, scope, phase)
);
create index lifecycle_by_scope on identification.lifecycle (scope);
