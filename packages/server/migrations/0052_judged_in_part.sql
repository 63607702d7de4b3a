-- Of a list of components nobody may speak of a part: it is judged, and its lists tell how much of it is not.
alter table identification.package_set
  -- Packages of it of which no loaded feed speaks, or that name no version that could be judged. Hosts: 0.
  add column unjudged integer not null default 0;

-- Those that were counted before are counted anew.
update identification.package_set set count_needed = true where ecosystem = 'components';
insert into campaign.outbox (kind, key, payload, created_at, not_before)
select 'rejudge', 'feeds', 'null', now(), now()
where exists (select from identification.package_set where ecosystem = 'components')
on conflict (kind, key) do update set not_before = excluded.not_before, attempts = 0, last_error = null,
  generation = outbox.generation + 1;
