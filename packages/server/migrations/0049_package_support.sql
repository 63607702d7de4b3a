-- What a vendor says of the support of packages inside a release that it supports: no claim about a vulnerability.
create table identification.package_support (
  feed          text not null references identification.feed (id),
  -- Where in its list: the first line that names a source counts.
  place         integer not null,
  -- `debian:12`
  scope         text not null,
  source        text not null,
  -- It stands for all sources whose names begin so.
  is_beginning  boolean not null,
  -- The last that had support; null: none, or the support of all is limited.
  last_version  text,
  -- The first moment without; null: its support is limited.
  ends          timestamptz,
  details       text,
  primary key (feed, place)
);
create index package_support_by_scope on identification.package_support (scope, feed, place);
