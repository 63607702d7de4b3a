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
