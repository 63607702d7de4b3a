-- Lists over the fleet tell when they do not show everything yet: what changed since their last count, and what waits for
-- its judgment.

-- What the last count saw; null: it is not known, and the lists are counted anew.
alter table identification.fleet_count add column seen pg_snapshot;

-- A wish that the last count did not see is one for another count.
alter table campaign.outbox add column changed_in xid8 not null default pg_current_xact_id();
create trigger outbox_is_marked before update of generation on campaign.outbox
  for each row execute function identification.mark_changed();
