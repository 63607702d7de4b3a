-- When we were first told of a finding, by whichever of its claims came first. // SOP S1
alter table identification.finding add column told_at timestamptz;
update identification.finding set told_at = (
  select min(advisory.first_seen) from identification.claim
  join identification.advisory on advisory.feed = claim.feed and advisory.id = claim.advisory
  where claim.id = finding.claim_id
);
alter table identification.finding alter column told_at set not null;
-- What lost to the winner may have told earlier: that is judged, not guessed.
update identification.source_version set judge_needed = true
where id in (select source_version_id from identification.finding where affected and losing <> '[]');

-- What sources say by now, where that is less than what counts: it waits for a person of Security. // SOP P2.1
create table identification.held_urgency (
  vulnerability text not null,
  -- What they rate and say of exploitation, or that the catalog of known exploited vulnerabilities lists it later, or not.
  what          text not null check (what in ('rating', 'known-exploited')),
  says          jsonb not null,
  since         timestamptz not null,
  feed          text references identification.feed (id),
  primary key (vulnerability, what)
);
-- It stood beside what counts, by distribution, and nothing ever wrote it.
alter table identification.vulnerability_rating drop column held;

-- Every change of what made a vulnerability that some source version had more or less urgent, with both words.
create table identification.urgency_change (
  id            bigint generated always as identity primary key,
  vulnerability text not null,
  at            timestamptz not null,
  -- Up at once; down waits; a person agreed to it.
  kind          text not null check (kind in ('raised', 'held', 'agreed')),
  -- null: not by a feed.
  feed          text references identification.feed (id),
  what          text not null check (what in ('rating', 'known-exploited')),
  before        jsonb not null,
  after         jsonb not null
);
create index urgency_change_by_vulnerability on identification.urgency_change (vulnerability, id);
