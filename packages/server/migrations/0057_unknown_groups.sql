-- What waits for a word of Security is counted on each page of its list: in the table that means each group there is, up
-- to a column behind five lists. // SOP P2.1
create index fleet_group_unknown on identification.fleet_group
  (kind, scope, environment, due, (not known_exploited), (-assets), name) where severity = 'unknown';
