-- Room 6: what people file of work that they do by hand; who does it stands in the job itself. // SOP P6, P7.1
create index job_by_person on deployment.job ((fold ->> 'person'), key) where fold ? 'person';

-- An item of the checklist that is done; the record keeps what was said before.
create table deployment.manual_item (
  job      text not null references deployment.job (key),
  item     integer not null check (item >= 0),
  note     text,
  done_by  text not null,
  done_at  timestamptz not null,
  primary key (job, item)
);

-- A file that was filed of an item; its bytes lie in the byte store under their hash.
create table deployment.manual_file (
  job         text not null references deployment.job (key),
  item        integer not null check (item >= 0),
  hash        text not null,
  name        text not null,
  size_bytes  bigint not null,
  filed_by    text not null,
  filed_at    timestamptz not null,
  primary key (job, item, hash)
);
