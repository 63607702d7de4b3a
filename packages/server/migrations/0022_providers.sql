-- Providers of CSAF: whose keys count, and which revision of each document was taken last. // CSAF 2.0 §7

-- A document counts when a key that an administrator pinned has signed it.
create table identification.feed_key (
  feed        text not null references identification.feed (id),
  -- Of the primary key, upper-case hex.
  fingerprint text not null,
  primary key (feed, fingerprint)
);

create table identification.provider_document (
  feed        text not null references identification.feed (id),
  url         text not null,
  -- The vendor's id of the document, its revision and when that was released: an older one is not taken again.
  document    text not null,
  version     text not null,
  released_at timestamptz not null,
  -- As the provider's list has it; null: it has no times.
  changed_at  timestamptz,
  sha256      text not null,
  fetched_at  timestamptz not null,
  primary key (feed, url)
);
create index provider_document_by_document on identification.provider_document (feed, document);
