-- Room 2: how urgent it is on this asset, and by when. // SOP P2.1 P2.2 S1-S3, checklist c4 c5
create schema evaluation;

-- One row per asset: the verdict over everything that stands on it, so that lists and reports read and never compute.
create table evaluation.assessment (
  asset_id        uuid primary key,
  policy_version  text not null,
  verdict         jsonb not null,
  lane            text,
  due             timestamptz,
  -- null: the package manager gave no answer.
  security_updates  integer,
  -- What it was computed from: when one of these is no longer the asset's, the row is out of date.
  package_set_id  integer not null,
  set_revision    integer not null,
  offer_set_id    integer not null,
  asset_version   integer not null,
  assessed_at     timestamptz not null
);
create index assessment_by_due on evaluation.assessment (due);
