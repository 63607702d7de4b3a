-- Room 1: reports and feeds are stored in less time. // SOP P1.1 P1.2

-- A section is read as a whole and never searched: as json its text is kept as it was sent, canonical, with the hash that
-- it is stored under. Taking 700 packages apart for jsonb and putting them together again took as long as all else that
-- a report writes.
alter table identification.section alter column body type json using body::text::json;

-- Claims arrive by hundreds of thousands in one statement: a look at the advisory of each took a third of its time. One
-- look at all of them says the same. Nobody deletes an advisory or moves a claim to another.
alter table identification.claim drop constraint claim_feed_advisory_fkey;

create function identification.require_advisories() returns trigger language plpgsql as $$
begin
  if exists (
    select from opened
    where not exists (
      select from identification.advisory where advisory.feed = opened.feed and advisory.id = opened.advisory
    )
  ) then
    raise foreign_key_violation using message = 'a claim names an advisory that is not there';
  end if;
  return null;
end $$;

create function identification.refuse_advisory_change() returns trigger language plpgsql as $$
begin
  raise foreign_key_violation using message = 'claims rest on advisories: one is withdrawn, never deleted or renamed';
end $$;

create trigger claim_has_its_advisory after insert on identification.claim
  referencing new table as opened for each statement execute function identification.require_advisories();
create trigger claim_keeps_its_advisory before update of feed, advisory on identification.claim
  for each row execute function identification.refuse_advisory_change();
create trigger advisory_keeps_its_name before delete or update of feed, id on identification.advisory
  for each row execute function identification.refuse_advisory_change();
create trigger advisories_are_never_emptied before truncate on identification.advisory
  for each statement execute function identification.refuse_advisory_change();
