-- Each question about assets looks through all check-ins for those that are new. Starting helpers for that costs more
-- processor time than the look itself.
alter table identification.check_in set (parallel_workers = 0);
