-- Room 6: when hosts may go down, and which of them never together. // SOP P6.1, checklist c12
create table deployment.maintenance_group (
  name     text primary key,
  -- An IANA name; windows are local times of this zone.
  zone     text not null,
  -- [{"weekday": "sun", "start": "02:00", "durationMs": 14400000}]
  windows  jsonb not null,
  -- Grows with every change: nobody overwrites what they have not seen.
  version  integer not null default 1
);

alter table identification.asset
  -- Without one there is no window, and nothing happens to a production host.
  add column maintenance_group  text references deployment.maintenance_group (name),
  -- No two members of one of these are down together.
  add column redundancy_groups  text[] not null default '{}',
  -- Patched before the others, and judged.
  add column ring               boolean not null default false;
create index asset_by_maintenance_group on identification.asset (maintenance_group) where maintenance_group is not null;
