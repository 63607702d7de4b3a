-- Which bytes an advisory was read from, and by what they were checked. // decision 0030

alter table identification.advisory
  -- `sha256:<hex>` of the document, or of the file in which its revision first came; null: it came before this was kept,
  -- or a person told it.
  add column source_sha256 text,
  -- Of a document that its vendor publishes as a file of its own, or of a file of many records.
  add column source_kind text check (source_kind in ('document', 'file')),
  -- A signature by a pinned key, a hash that stood beside it, or nothing.
  add column checked_by text check (checked_by in ('signature', 'hash', 'nothing')),
  -- The fingerprints of those keys.
  add column signed_by text[],
  add constraint advisory_source_is_whole check (
    (source_sha256 is null) = (source_kind is null) and (source_sha256 is null) = (checked_by is null)
    and (coalesce(checked_by, '') = 'signature') = (signed_by is not null)
  );

-- Documents that came as files stand here under their ids, those that were fetched under their addresses.
alter table identification.provider_document
  -- What an older reader read is read again; 0: by one that was not kept.
  add column reader integer not null default 0,
  add column checked_by text not null default 'nothing' check (checked_by in ('signature', 'hash', 'nothing'));

-- The key itself, as its provider served it last: documents that come as files are checked by it, too.
alter table identification.feed_key add column certificate text;
