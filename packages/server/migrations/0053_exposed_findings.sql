-- What an asset is affected by is counted with its assessment, which knows which of its kernels runs: headers, tools and
-- kernels that do not run are one line beside its findings, and make nothing due. // SOP P2.1

alter table evaluation.assessment
  -- (binary package, vulnerability) pairs, what still runs though it was replaced among them; and distinct vulnerabilities
  -- known to be exploited. null: it was assessed before they were counted.
  add column findings         integer,
  add column known_exploited  integer;

-- All assets are assessed once more, and the lists over the fleet counted.
update identification.package_set set revision = revision + 1;
insert into campaign.outbox (kind, key, payload, created_at, not_before)
select wish.kind, wish.key, 'null', now(), now() from (values ('assess', 'stale'), ('fleet', 'fleet')) as wish (kind, key)
where exists (select from identification.check_in)
on conflict (kind, key) do update set not_before = excluded.not_before, attempts = 0, last_error = null,
  generation = outbox.generation + 1;
