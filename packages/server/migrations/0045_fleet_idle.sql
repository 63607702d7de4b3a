-- What hosts have of kernels and do not run: headers, tools, kernels that nobody boots. The lists over the fleet tell of it
-- in one line for each and count it nowhere. It is counted with them. // SOP P2.2
create table identification.fleet_idle (
  scope            text not null,
  source           text not null,
  -- Distinct: that have any of it and do not run it.
  assets           integer not null,
  vulnerabilities  integer not null,
  primary key (scope, source)
);

-- Lists are counted once more, and at once: until then they count what does not run.
insert into campaign.outbox (kind, key, payload, created_at, not_before)
select 'fleet', 'fleet', 'null', now(), now() where exists (select from identification.check_in)
on conflict (kind, key) do update set not_before = excluded.not_before, attempts = 0, last_error = null,
  generation = outbox.generation + 1;
