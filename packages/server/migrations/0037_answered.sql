-- Assets on which somebody answers for something of the group: lanes and due times of lists count that now. // SOP P2.1
alter table identification.fleet_group add column answered integer not null default 0;
