-- Looks beyond units, ports and addresses: files, errors in the journal, and what is told without failing anything.
-- null: there are none. // rollout §2.5
alter table deployment.health_profile add column further jsonb;
