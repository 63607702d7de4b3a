-- The schema that the migrations make, for review. Written by `npm run schema`; do not edit.

create schema access;

create schema approval;

create schema backup;

create schema campaign;

create schema deployment;

create schema documentation;

create schema evaluation;

create schema identification;

create schema testing;

CREATE OR REPLACE FUNCTION approval.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'plan' then
    if to_jsonb(old) ->> 'superseded_by' is null
       and to_jsonb(new) - 'superseded_by' = to_jsonb(old) - 'superseded_by' then
      return new;
    end if;
  end if;
  raise exception 'what was signed is not changed' using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION campaign.refuse_event_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'events are append-only' using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION deployment.refuse_report_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'reports are append-only' using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION documentation.refuse_any_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the record is append-only' using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION documentation.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.index is null and new.index is not null
     and to_jsonb(new) - 'index' = to_jsonb(old) - 'index' then
    return new;
  end if;
  raise exception 'the record is append-only' using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION evaluation.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what was said of risks is append-only' using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION identification.keep_inventory()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- Reports in one millisecond, and a clock that was set back, leave one row.
  delete from identification.inventory_history where asset_id = new.asset_id and valid_from >= new.seen_at;
  update identification.inventory_history set valid_to = new.seen_at
    where asset_id = new.asset_id and (valid_to is null or valid_to > new.seen_at);
  insert into identification.inventory_history
    (asset_id, valid_from, package_set_id, packages_hash, system_hash, running_source_version_id, shares_kernel, lingering)
  values (new.asset_id, new.seen_at, new.package_set_id, new.packages_hash, new.system_hash,
    new.running_source_version_id, new.shares_kernel, new.lingering);
  return null;
end $function$;

CREATE OR REPLACE FUNCTION identification.mark_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.changed_in := pg_current_xact_id();
  return new;
end $function$;

CREATE OR REPLACE FUNCTION identification.name_machine()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  new.machine_id := (select body ->> 'machineId' from identification.section where hash = new.system_hash);
  return new;
end $function$;

CREATE OR REPLACE FUNCTION identification.note_removal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  update identification.asset_removal set removed_in = pg_current_xact_id();
  return null;
end $function$;

CREATE OR REPLACE FUNCTION identification.refuse_advisory_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise foreign_key_violation using message = 'claims rest on advisories: one is withdrawn, never deleted or renamed';
end $function$;

CREATE OR REPLACE FUNCTION identification.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'what vendors announced and what was made of it is append-only'
    using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION identification.refuse_judgment_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'judgments are append-only' using errcode = 'integrity_constraint_violation';
end $function$;

CREATE OR REPLACE FUNCTION identification.require_advisories()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION identification.words_of(words text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select array_to_string(words, ' ') $function$;

create table access.api_token (
  id uuid not null,
  token_hash text not null,
  person_id uuid not null,
  note text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_token_pkey PRIMARY KEY (id),
  constraint api_token_token_hash_key UNIQUE (token_hash),
  constraint api_token_person_id_fkey FOREIGN KEY (person_id) REFERENCES access.person(id) ON DELETE CASCADE
);
CREATE INDEX api_token_by_person ON access.api_token USING btree (person_id, created_at);

create table access.first_run (
  singleton boolean default true not null,
  secret_hash text not null,
  created_at timestamp with time zone not null,
  constraint first_run_pkey PRIMARY KEY (singleton),
  constraint first_run_singleton_check CHECK (singleton)
);

create table access.invitation (
  person_id uuid not null,
  token_hash text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (person_id),
  constraint invitation_token_hash_key UNIQUE (token_hash),
  constraint invitation_person_id_fkey FOREIGN KEY (person_id) REFERENCES access.person(id) ON DELETE CASCADE
);

create table access.known_device (
  token_hash text not null,
  person_id uuid not null,
  last_used_at timestamp with time zone not null,
  constraint known_device_pkey PRIMARY KEY (token_hash),
  constraint known_device_person_id_fkey FOREIGN KEY (person_id) REFERENCES access.person(id) ON DELETE CASCADE
);
CREATE INDEX known_device_by_person ON access.known_device USING btree (person_id);

create table access.passkey (
  id uuid not null,
  person_id uuid not null,
  credential_id text not null,
  public_key text not null,
  site text not null,
  keyid text not null,
  label text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_keyid_key UNIQUE (keyid),
  constraint passkey_site_credential_id_key UNIQUE (site, credential_id),
  constraint passkey_person_id_fkey FOREIGN KEY (person_id) REFERENCES access.person(id) ON DELETE CASCADE
);
CREATE INDEX passkey_by_person ON access.passkey USING btree (person_id, created_at);

create table access.passkey_offer (
  person_id uuid not null,
  payload text not null,
  expires_at timestamp with time zone not null,
  constraint passkey_offer_pkey PRIMARY KEY (person_id),
  constraint passkey_offer_person_id_fkey FOREIGN KEY (person_id) REFERENCES access.person(id) ON DELETE CASCADE
);

create table access.person (
  id uuid not null,
  login text not null,
  name text not null,
  password_hash text not null,
  roles text[] not null,
  created_at timestamp with time zone not null,
  disabled_at timestamp with time zone,
  mail text,
  password_expires_at timestamp with time zone,
  constraint person_pkey PRIMARY KEY (id),
  constraint person_login_key UNIQUE (login),
  constraint person_login_check CHECK ((login = lower(login))),
  constraint person_roles_check CHECK ((roles <@ ARRAY['it'::text, 'owner'::text, 'change'::text, 'security'::text, 'admin'::text, 'auditor'::text]))
);

create table access.session (
  token_hash text not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (token_hash),
  constraint session_person_id_fkey FOREIGN KEY (person_id) REFERENCES access.person(id) ON DELETE CASCADE
);
CREATE INDEX session_by_expiry ON access.session USING btree (expires_at);
CREATE INDEX session_by_person ON access.session USING btree (person_id);

create table access.sign_in_attempt (
  subject text not null,
  failures integer not null,
  last_failed_at timestamp with time zone not null,
  not_before timestamp with time zone not null,
  constraint sign_in_attempt_pkey PRIMARY KEY (subject),
  constraint sign_in_attempt_failures_check CHECK ((failures > 0))
);
CREATE INDEX sign_in_attempt_by_time ON access.sign_in_attempt USING btree (last_failed_at);

create table approval.notice (
  id uuid not null,
  campaign uuid not null,
  plan text not null,
  channel text not null,
  address text not null,
  recipient text not null,
  message_id text not null,
  body jsonb not null,
  state text default 'waiting'::text not null,
  attempts integer default 0 not null,
  answer text,
  sent_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint notice_pkey PRIMARY KEY (id),
  constraint notice_plan_channel_address_key UNIQUE (plan, channel, address),
  constraint notice_plan_fkey FOREIGN KEY (plan) REFERENCES approval.plan(hash),
  constraint notice_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'webhook'::text]))),
  constraint notice_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'bounced'::text, 'failed'::text])))
);
CREATE INDEX notice_by_campaign ON approval.notice USING btree (campaign, created_at);

create table approval.plan (
  hash text not null,
  campaign uuid not null,
  kind text not null,
  lane text not null,
  criticality text not null,
  requester text not null,
  epoch bigint not null,
  root_version integer not null,
  leaf_count integer not null,
  payload bytea not null,
  compiled_at timestamp with time zone not null,
  not_after timestamp with time zone not null,
  superseded_by text,
  constraint plan_pkey PRIMARY KEY (hash),
  constraint plan_root_version_fkey FOREIGN KEY (root_version) REFERENCES approval.trust_root(version),
  constraint plan_superseded_by_fkey FOREIGN KEY (superseded_by) REFERENCES approval.plan(hash),
  constraint plan_criticality_check CHECK ((criticality = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'critical'::text]))),
  constraint plan_kind_check CHECK ((kind = ANY (ARRAY['test'::text, 'production'::text, 'rollback'::text]))),
  constraint plan_lane_check CHECK ((lane = ANY (ARRAY['routine'::text, 'critical'::text, 'emergency'::text, 'mitigation'::text]))),
  constraint plan_leaf_count_check CHECK ((leaf_count > 0))
);
CREATE INDEX plan_by_campaign ON approval.plan USING btree (campaign, compiled_at);
CREATE TRIGGER plan_is_append_only BEFORE DELETE OR UPDATE ON approval.plan FOR EACH ROW EXECUTE FUNCTION approval.refuse_change();

create table approval.plan_leaf (
  plan text not null,
  index integer not null,
  asset_id uuid not null,
  body bytea not null,
  constraint plan_leaf_pkey PRIMARY KEY (plan, index),
  constraint plan_leaf_plan_asset_id_key UNIQUE (plan, asset_id),
  constraint plan_leaf_plan_fkey FOREIGN KEY (plan) REFERENCES approval.plan(hash)
);
CREATE TRIGGER leaf_is_append_only BEFORE DELETE OR UPDATE ON approval.plan_leaf FOR EACH ROW EXECUTE FUNCTION approval.refuse_change();

create table approval.plan_signature (
  plan text not null,
  keyid text not null,
  person text not null,
  roles text[] not null,
  key_class text not null,
  intent text not null,
  sig text not null,
  why text,
  at timestamp with time zone not null,
  constraint plan_signature_pkey PRIMARY KEY (plan, keyid),
  constraint plan_signature_plan_fkey FOREIGN KEY (plan) REFERENCES approval.plan(hash),
  constraint plan_signature_intent_check CHECK ((intent = ANY (ARRAY['request'::text, 'approve'::text, 'test'::text]))),
  constraint plan_signature_key_class_check CHECK ((key_class = ANY (ARRAY['cli'::text, 'console'::text])))
);
CREATE TRIGGER signature_is_append_only BEFORE DELETE OR UPDATE ON approval.plan_signature FOR EACH ROW EXECUTE FUNCTION approval.refuse_change();

create table approval.stakeholder (
  maintenance_group text not null,
  channel text not null,
  address text not null,
  name text,
  added_at timestamp with time zone not null,
  constraint stakeholder_pkey PRIMARY KEY (maintenance_group, channel, address),
  constraint stakeholder_channel_check CHECK ((channel = ANY (ARRAY['mail'::text, 'webhook'::text])))
);

create table approval.statement (
  hash text not null,
  campaign uuid not null,
  plan text,
  kind text not null,
  person text not null,
  at timestamp with time zone not null,
  envelope text not null,
  stored_at timestamp with time zone not null,
  constraint statement_pkey PRIMARY KEY (hash)
);
CREATE INDEX statement_by_campaign ON approval.statement USING btree (campaign, stored_at);
CREATE TRIGGER statement_is_append_only BEFORE DELETE OR UPDATE ON approval.statement FOR EACH ROW EXECUTE FUNCTION approval.refuse_change();

create table approval.trust_root (
  version integer not null,
  hash text not null,
  organization text not null,
  profile text not null,
  issued_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  envelope text not null,
  stored_at timestamp with time zone not null,
  constraint trust_root_pkey PRIMARY KEY (version),
  constraint trust_root_hash_key UNIQUE (hash),
  constraint trust_root_profile_check CHECK ((profile = ANY (ARRAY['solo'::text, 'team'::text]))),
  constraint trust_root_version_check CHECK ((version > 0))
);
CREATE TRIGGER root_is_append_only BEFORE DELETE OR UPDATE ON approval.trust_root FOR EACH ROW EXECUTE FUNCTION approval.refuse_change();

create table backup.proof (
  hash text not null,
  asset_id uuid not null,
  hostname text not null,
  provider text not null,
  repository text not null,
  snapshot_id text not null,
  taken_at timestamp with time zone not null,
  bytes bigint not null,
  files bigint not null,
  paths text[] not null,
  checked_at timestamp with time zone,
  probed_at timestamp with time zone not null,
  prober text not null,
  envelope text not null,
  stored_at timestamp with time zone not null,
  constraint proof_pkey PRIMARY KEY (hash),
  constraint proof_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id),
  constraint proof_bytes_check CHECK ((bytes > 0)),
  constraint proof_files_check CHECK ((files > 0)),
  constraint proof_provider_check CHECK ((provider = 'restic'::text))
);
CREATE INDEX proof_by_asset ON backup.proof USING btree (asset_id, taken_at DESC);

create table backup.waiver (
  hash text not null,
  asset_id uuid not null,
  campaign uuid not null,
  person text not null,
  why text not null,
  signed_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  envelope text not null,
  stored_at timestamp with time zone not null,
  constraint waiver_pkey PRIMARY KEY (hash),
  constraint waiver_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id)
);
CREATE INDEX waiver_by_asset ON backup.waiver USING btree (asset_id, expires_at DESC);

create table campaign.appointment (
  campaign uuid not null,
  key text not null,
  due timestamp with time zone not null,
  event jsonb not null,
  constraint appointment_pkey PRIMARY KEY (campaign, key),
  constraint appointment_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign.campaign(id)
);

create table campaign.campaign (
  id uuid not null,
  title text not null,
  state text not null,
  room text not null,
  lane text,
  due timestamp with time zone,
  requester text not null,
  ended boolean default false not null,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  version integer not null,
  fold jsonb not null,
  words text generated always as (lower(((((((((title || ' '::text) || state) || ' '::text) || COALESCE(lane, ''::text)) || ' '::text) || requester) || ' '::text) || COALESCE((fold ->> 'updates'::text), ''::text)))) stored not null,
  constraint campaign_pkey PRIMARY KEY (id)
);
CREATE INDEX campaign_by_time ON campaign.campaign USING btree (ended, opened_at DESC, id);

create table campaign.document (
  hash text not null,
  campaign uuid not null,
  kind text not null,
  body bytea not null,
  stored_at timestamp with time zone not null,
  constraint document_pkey PRIMARY KEY (hash),
  constraint document_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign.campaign(id)
);
CREATE INDEX document_by_campaign ON campaign.document USING btree (campaign, stored_at);

create table campaign.event (
  stream text not null,
  version integer not null,
  campaign uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  kind text not null,
  body jsonb not null,
  leaf uuid not null,
  constraint event_pkey PRIMARY KEY (stream, version),
  constraint event_leaf_key UNIQUE (leaf),
  constraint event_version_check CHECK ((version > 0))
);
CREATE INDEX event_by_campaign ON campaign.event USING btree (campaign, at);
CREATE TRIGGER event_is_append_only BEFORE DELETE OR UPDATE ON campaign.event FOR EACH ROW EXECUTE FUNCTION campaign.refuse_event_change();
CREATE TRIGGER event_is_never_emptied BEFORE TRUNCATE ON campaign.event FOR EACH STATEMENT EXECUTE FUNCTION campaign.refuse_event_change();

create table campaign.maintenance_plan (
  name text not null,
  groups text[] not null,
  zone text not null,
  rule jsonb not null,
  lead_days integer not null,
  opens_at text not null,
  asked text[] not null,
  version integer not null,
  followed_until timestamp with time zone not null,
  paused_at timestamp with time zone,
  paused_by text,
  paused_why text,
  constraint maintenance_plan_pkey PRIMARY KEY (name),
  constraint maintenance_plan_check CHECK ((((paused_at IS NULL) = (paused_by IS NULL)) AND ((paused_at IS NULL) = (paused_why IS NULL)))),
  constraint maintenance_plan_lead_days_check CHECK ((lead_days >= 0))
);

create table campaign.maintenance_turn (
  plan text not null,
  day text not null,
  opens_at timestamp with time zone not null,
  told_at timestamp with time zone not null,
  state text not null,
  updates jsonb not null,
  left_out jsonb,
  campaign uuid,
  decided_at timestamp with time zone,
  decided_by text,
  why text,
  constraint maintenance_turn_pkey PRIMARY KEY (plan, day),
  constraint maintenance_turn_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign.campaign(id),
  constraint maintenance_turn_plan_fkey FOREIGN KEY (plan) REFERENCES campaign.maintenance_plan(name) ON DELETE CASCADE,
  constraint maintenance_turn_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'taken'::text, 'dismissed'::text, 'lapsed'::text, 'empty'::text, 'missed'::text, 'paused'::text])))
);
CREATE UNIQUE INDEX maintenance_turn_proposed ON campaign.maintenance_turn USING btree (plan) WHERE (state = 'proposed'::text);

create table campaign.open_update (
  scope text not null,
  source text not null,
  campaign uuid not null,
  constraint open_update_pkey PRIMARY KEY (scope, source),
  constraint open_update_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign.campaign(id)
);
CREATE INDEX open_update_by_campaign ON campaign.open_update USING btree (campaign);

create table campaign.outbox (
  id bigint generated always as identity not null,
  kind text not null,
  key text not null,
  payload jsonb not null,
  created_at timestamp with time zone not null,
  attempts integer default 0 not null,
  not_before timestamp with time zone not null,
  last_error text,
  generation integer default 1 not null,
  changed_in xid8 default pg_current_xact_id() not null,
  constraint outbox_pkey PRIMARY KEY (id),
  constraint outbox_kind_key_key UNIQUE (kind, key)
);
CREATE INDEX outbox_by_time ON campaign.outbox USING btree (not_before);
CREATE TRIGGER outbox_is_marked BEFORE UPDATE OF generation ON campaign.outbox FOR EACH ROW EXECUTE FUNCTION identification.mark_changed();

create table campaign.timer (
  kind text not null,
  subject text not null,
  due timestamp with time zone not null,
  constraint timer_pkey PRIMARY KEY (kind, subject)
);
CREATE INDEX timer_by_due ON campaign.timer USING btree (due);

create table deployment.extraordinary_window (
  id uuid not null,
  campaign uuid not null,
  assets uuid[] not null,
  opens_at timestamp with time zone not null,
  closes_at timestamp with time zone not null,
  why text not null,
  asked_by text not null,
  asked_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint extraordinary_window_pkey PRIMARY KEY (id),
  constraint extraordinary_window_check CHECK ((closes_at > opens_at))
);
CREATE INDEX extraordinary_window_by_campaign ON deployment.extraordinary_window USING btree (campaign) WHERE (withdrawn_at IS NULL);

create table deployment.freeze_calendar (
  id uuid not null,
  name text not null,
  groups text[],
  freezes jsonb not null,
  known_until timestamp with time zone not null,
  goes_on boolean not null,
  imported_at timestamp with time zone not null,
  imported_by text not null,
  replaces uuid,
  ended_at timestamp with time zone,
  constraint freeze_calendar_pkey PRIMARY KEY (id),
  constraint freeze_calendar_replaces_fkey FOREIGN KEY (replaces) REFERENCES deployment.freeze_calendar(id)
);
CREATE UNIQUE INDEX freeze_calendar_in_force ON deployment.freeze_calendar USING btree (name) WHERE (ended_at IS NULL);

create table deployment.grant (
  id uuid not null,
  job text not null,
  asset_id uuid not null,
  boot_id text not null,
  granted_at timestamp with time zone not null,
  start_by timestamp with time zone not null,
  constraint grant_pkey PRIMARY KEY (id),
  constraint grant_job_fkey FOREIGN KEY (job) REFERENCES deployment.job(key)
);
CREATE INDEX grant_by_job ON deployment."grant" USING btree (job, granted_at);

create table deployment.health_profile (
  asset_id uuid not null,
  units text[] not null,
  ports integer[] not null,
  urls text[] not null,
  watch_ms integer not null,
  version integer default 1 not null,
  further jsonb,
  constraint health_profile_pkey PRIMARY KEY (asset_id),
  constraint health_profile_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id)
);

create table deployment.host (
  asset_id uuid not null,
  runner jsonb,
  runner_at timestamp with time zone,
  instance uuid,
  last_sequence bigint default 0 not null,
  last_hash text,
  forked_at timestamp with time zone,
  constraint host_pkey PRIMARY KEY (asset_id)
);

create table deployment.job (
  key text not null,
  plan text not null,
  plan_kind text not null,
  campaign uuid not null,
  asset_id uuid not null,
  wave integer not null,
  epoch bigint not null,
  groups text[] not null,
  state text not null,
  ended boolean default false not null,
  down boolean default false not null,
  unknown_since timestamp with time zone,
  version integer not null,
  fold jsonb not null,
  updated_at timestamp with time zone not null,
  constraint job_pkey PRIMARY KEY (key),
  constraint job_plan_asset_id_key UNIQUE (plan, asset_id),
  constraint job_campaign_fkey FOREIGN KEY (campaign) REFERENCES campaign.campaign(id),
  constraint job_plan_kind_check CHECK ((plan_kind = ANY (ARRAY['test'::text, 'production'::text, 'rollback'::text])))
);
CREATE INDEX job_by_campaign ON deployment.job USING btree (campaign, wave);
CREATE INDEX job_by_person ON deployment.job USING btree (((fold ->> 'person'::text)), key) WHERE (fold ? 'person'::text);
CREATE INDEX job_down ON deployment.job USING gin (groups) WHERE down;
CREATE INDEX job_open_by_asset ON deployment.job USING btree (asset_id) WHERE (NOT ended);

create table deployment.ledger (
  group text not null,
  constraint ledger_pkey PRIMARY KEY ("group")
);

create table deployment.maintenance_group (
  name text not null,
  zone text not null,
  windows jsonb not null,
  version integer default 1 not null,
  constraint maintenance_group_pkey PRIMARY KEY (name)
);

create table deployment.manual_file (
  job text not null,
  item integer not null,
  hash text not null,
  name text not null,
  size_bytes bigint not null,
  filed_by text not null,
  filed_at timestamp with time zone not null,
  constraint manual_file_pkey PRIMARY KEY (job, item, hash),
  constraint manual_file_job_fkey FOREIGN KEY (job) REFERENCES deployment.job(key),
  constraint manual_file_item_check CHECK ((item >= 0))
);

create table deployment.manual_item (
  job text not null,
  item integer not null,
  note text,
  done_by text not null,
  done_at timestamp with time zone not null,
  constraint manual_item_pkey PRIMARY KEY (job, item),
  constraint manual_item_job_fkey FOREIGN KEY (job) REFERENCES deployment.job(key),
  constraint manual_item_item_check CHECK ((item >= 0))
);

create table deployment.report (
  asset_id uuid not null,
  sequence bigint not null,
  hash text not null,
  job text not null,
  body jsonb not null,
  accepted_at timestamp with time zone not null,
  constraint report_pkey PRIMARY KEY (asset_id, sequence)
);
CREATE INDEX report_by_job ON deployment.report USING btree (job, sequence);
CREATE TRIGGER report_is_append_only BEFORE DELETE OR UPDATE ON deployment.report FOR EACH ROW EXECUTE FUNCTION deployment.refuse_report_change();
CREATE TRIGGER report_is_never_emptied BEFORE TRUNCATE ON deployment.report FOR EACH STATEMENT EXECUTE FUNCTION deployment.refuse_report_change();

create table documentation.checkpoint (
  size bigint not null,
  root_hash text not null,
  at timestamp with time zone not null,
  note text not null,
  peaks text[] not null,
  constraint checkpoint_pkey PRIMARY KEY (size),
  constraint checkpoint_size_check CHECK ((size > 0))
);
CREATE TRIGGER checkpoint_is_append_only BEFORE DELETE OR UPDATE ON documentation.checkpoint FOR EACH ROW EXECUTE FUNCTION documentation.refuse_any_change();
CREATE TRIGGER checkpoint_is_never_emptied BEFORE TRUNCATE ON documentation.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION documentation.refuse_any_change();

create table documentation.leaf (
  id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  kind text not null,
  subject text not null,
  payload jsonb not null,
  salt bytea not null,
  payload_hash text not null,
  leaf_hash text not null,
  index bigint,
  serial bigint generated always as identity not null,
  constraint leaf_pkey PRIMARY KEY (id),
  constraint leaf_index_key UNIQUE (index)
);
CREATE INDEX leaf_by_subject ON documentation.leaf USING btree (subject, at);
CREATE INDEX leaf_unsequenced ON documentation.leaf USING btree (serial) WHERE (index IS NULL);
CREATE TRIGGER leaf_is_append_only BEFORE DELETE OR UPDATE ON documentation.leaf FOR EACH ROW EXECUTE FUNCTION documentation.refuse_change();
CREATE TRIGGER leaf_is_never_emptied BEFORE TRUNCATE ON documentation.leaf FOR EACH STATEMENT EXECUTE FUNCTION documentation.refuse_change();

create table evaluation.assessment (
  asset_id uuid not null,
  policy_version text not null,
  verdict jsonb not null,
  lane text,
  due timestamp with time zone,
  security_updates integer,
  package_set_id integer not null,
  set_revision integer not null,
  offer_set_id integer not null,
  asset_version integer not null,
  assessed_at timestamp with time zone not null,
  changed_in xid8 default pg_current_xact_id() not null,
  answered_findings integer default 0 not null,
  findings integer,
  known_exploited integer,
  constraint assessment_pkey PRIMARY KEY (asset_id)
);
CREATE INDEX assessment_by_change ON evaluation.assessment USING btree (changed_in);
CREATE INDEX assessment_by_due ON evaluation.assessment USING btree (due);
CREATE TRIGGER assessment_is_marked BEFORE UPDATE ON evaluation.assessment FOR EACH ROW EXECUTE FUNCTION identification.mark_changed();
CREATE TRIGGER assessment_removal_is_noted AFTER DELETE OR TRUNCATE ON evaluation.assessment FOR EACH STATEMENT EXECUTE FUNCTION identification.note_removal();

create table evaluation.matter (
  id bigint generated always as identity not null,
  kind text not null,
  subject text not null,
  line text not null,
  owners text[] not null,
  seen_at timestamp with time zone not null,
  over_at timestamp with time zone,
  constraint matter_pkey PRIMARY KEY (id),
  constraint matter_kind_check CHECK ((kind = ANY (ARRAY['exploited'::text, 'emergency'::text, 'critical'::text, 'support-ended'::text, 'feed-silent'::text, 'announcements-unread'::text])))
);
CREATE INDEX matter_by_subject ON evaluation.matter USING btree (subject);
CREATE UNIQUE INDEX matter_open ON evaluation.matter USING btree (kind, subject) WHERE (over_at IS NULL);

create table evaluation.response (
  id uuid not null,
  state text not null,
  kind text not null,
  title text not null,
  requester text not null,
  until timestamp with time zone not null,
  requested_at timestamp with time zone not null,
  stood_from timestamp with time zone,
  ended_at timestamp with time zone,
  renews uuid,
  target jsonb not null,
  version integer not null,
  fold jsonb not null,
  words text generated always as (lower(((((((((title || ' '::text) || state) || ' '::text) || kind) || ' '::text) || requester) || ' '::text) || COALESCE(((fold -> 'terms'::text) ->> 'owner'::text), ''::text)))) stored not null,
  constraint response_pkey PRIMARY KEY (id),
  constraint response_renews_fkey FOREIGN KEY (renews) REFERENCES evaluation.response(id),
  constraint response_kind_check CHECK ((kind = ANY (ARRAY['accept'::text, 'mitigate'::text, 'transfer'::text, 'avoid'::text, 'override'::text]))),
  constraint response_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'standing'::text, 'refused'::text, 'withdrawn'::text, 'revoked'::text, 'expired'::text, 'renewed'::text]))),
  constraint response_version_check CHECK ((version > 0))
);
CREATE INDEX response_by_end ON evaluation.response USING btree (until, id) WHERE (state = ANY (ARRAY['requested'::text, 'standing'::text]));
CREATE INDEX response_by_renewed ON evaluation.response USING btree (renews) WHERE (renews IS NOT NULL);

create table evaluation.response_cover (
  response uuid not null,
  asset_id uuid not null,
  vulnerability text not null,
  source text not null,
  lane text not null,
  exploited boolean not null,
  fixless boolean not null,
  constraint response_cover_pkey PRIMARY KEY (response, asset_id, vulnerability, source),
  constraint response_cover_response_fkey FOREIGN KEY (response) REFERENCES evaluation.response(id)
);
CREATE INDEX response_cover_by_asset ON evaluation.response_cover USING btree (asset_id);
CREATE INDEX response_cover_by_vulnerability ON evaluation.response_cover USING btree (vulnerability);
CREATE TRIGGER response_cover_is_append_only BEFORE DELETE OR UPDATE ON evaluation.response_cover FOR EACH ROW EXECUTE FUNCTION evaluation.refuse_change();

create table evaluation.response_event (
  response uuid not null,
  version integer not null,
  at timestamp with time zone not null,
  actor text not null,
  kind text not null,
  body jsonb not null,
  leaf uuid not null,
  constraint response_event_pkey PRIMARY KEY (response, version),
  constraint response_event_leaf_key UNIQUE (leaf),
  constraint response_event_response_fkey FOREIGN KEY (response) REFERENCES evaluation.response(id),
  constraint response_event_version_check CHECK ((version > 0))
);
CREATE TRIGGER response_event_is_append_only BEFORE DELETE OR UPDATE ON evaluation.response_event FOR EACH ROW EXECUTE FUNCTION evaluation.refuse_change();
CREATE TRIGGER response_event_is_never_emptied BEFORE TRUNCATE ON evaluation.response_event FOR EACH STATEMENT EXECUTE FUNCTION evaluation.refuse_change();

create table evaluation.response_fallen (
  response uuid not null,
  asset_id uuid not null,
  vulnerability text not null,
  source text not null,
  cause text not null,
  at timestamp with time zone not null,
  constraint response_fallen_pkey PRIMARY KEY (response, asset_id, vulnerability, source),
  constraint response_fallen_response_fkey FOREIGN KEY (response) REFERENCES evaluation.response(id),
  constraint response_fallen_cause_check CHECK ((cause = ANY (ARRAY['lane-rose'::text, 'now-exploited'::text, 'fix-appeared'::text])))
);
CREATE INDEX response_fallen_by_asset ON evaluation.response_fallen USING btree (asset_id);
CREATE TRIGGER response_fallen_is_append_only BEFORE DELETE OR UPDATE ON evaluation.response_fallen FOR EACH ROW EXECUTE FUNCTION evaluation.refuse_change();

create table evaluation.telling (
  matter bigint not null,
  person text not null,
  way text not null,
  since timestamp with time zone not null,
  message uuid,
  constraint telling_pkey PRIMARY KEY (matter, person),
  constraint telling_matter_fkey FOREIGN KEY (matter) REFERENCES evaluation.matter(id),
  constraint telling_message_fkey FOREIGN KEY (message) REFERENCES evaluation.told(id),
  constraint telling_way_check CHECK ((way = ANY (ARRAY['at-once'::text, 'digest'::text])))
);
CREATE INDEX telling_by_message ON evaluation.telling USING btree (message);
CREATE INDEX telling_waiting ON evaluation.telling USING btree (person) WHERE (message IS NULL);

create table evaluation.telling_preference (
  person text not null,
  kind text not null,
  way text not null,
  constraint telling_preference_pkey PRIMARY KEY (person, kind),
  constraint telling_preference_way_check CHECK ((way = ANY (ARRAY['at-once'::text, 'digest'::text, 'quiet'::text])))
);

create table evaluation.told (
  id uuid not null,
  person text not null,
  name text not null,
  address text not null,
  message_id text not null,
  subject text not null,
  text text not null,
  state text not null,
  attempts integer default 0 not null,
  answer text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint told_pkey PRIMARY KEY (id),
  constraint told_message_id_key UNIQUE (message_id),
  constraint told_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'bounced'::text, 'failed'::text])))
);
CREATE INDEX told_by_person ON evaluation.told USING btree (person, created_at DESC);

create table identification.advisory (
  feed text not null,
  id text not null,
  summary text not null,
  published timestamp with time zone,
  published_precision text not null,
  modified timestamp with time zone,
  withdrawn timestamp with time zone,
  aliases text[] not null,
  reference_urls text[] not null,
  revision text not null,
  first_seen timestamp with time zone not null,
  source_sha256 text,
  source_kind text,
  checked_by text,
  signed_by text[],
  constraint advisory_pkey PRIMARY KEY (feed, id),
  constraint advisory_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id),
  constraint advisory_checked_by_check CHECK ((checked_by = ANY (ARRAY['signature'::text, 'hash'::text, 'nothing'::text]))),
  constraint advisory_published_precision_check CHECK ((published_precision = ANY (ARRAY['time'::text, 'day'::text]))),
  constraint advisory_source_is_whole CHECK ((((source_sha256 IS NULL) = (source_kind IS NULL)) AND ((source_sha256 IS NULL) = (checked_by IS NULL)) AND ((COALESCE(checked_by, ''::text) = 'signature'::text) = (signed_by IS NOT NULL)))),
  constraint advisory_source_kind_check CHECK ((source_kind = ANY (ARRAY['document'::text, 'file'::text])))
);
CREATE INDEX advisory_by_alias ON identification.advisory USING gin (aliases);
CREATE INDEX advisory_by_id ON identification.advisory USING btree (id);
CREATE TRIGGER advisories_are_never_emptied BEFORE TRUNCATE ON identification.advisory FOR EACH STATEMENT EXECUTE FUNCTION identification.refuse_advisory_change();
CREATE TRIGGER advisory_keeps_its_name BEFORE DELETE OR UPDATE OF feed, id ON identification.advisory FOR EACH ROW EXECUTE FUNCTION identification.refuse_advisory_change();

create table identification.announcement (
  id text not null,
  serial bigint not null,
  feed text not null,
  entry text not null,
  state text not null,
  changed boolean default false not null,
  revision integer not null,
  first_seen timestamp with time zone not null,
  waiting_since timestamp with time zone,
  triage uuid,
  words text not null,
  constraint announcement_pkey PRIMARY KEY (id),
  constraint announcement_feed_entry_key UNIQUE (feed, entry),
  constraint announcement_serial_key UNIQUE (serial),
  constraint announcement_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id),
  constraint announcement_triage_fkey FOREIGN KEY (triage) REFERENCES identification.announcement_triage(id),
  constraint announcement_check CHECK (((state = 'waiting'::text) = (waiting_since IS NOT NULL))),
  constraint announcement_revision_check CHECK ((revision > 0)),
  constraint announcement_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'claimed'::text, 'dismissed'::text])))
);
CREATE INDEX announcement_waiting ON identification.announcement USING btree (feed, serial) WHERE (state = 'waiting'::text);

create table identification.announcement_revision (
  announcement text not null,
  revision integer not null,
  title text not null,
  body text not null,
  link text,
  published timestamp with time zone,
  published_precision text not null,
  updated timestamp with time zone,
  source text not null,
  sha256 text not null,
  file_sha256 text not null,
  content text not null,
  seen_at timestamp with time zone not null,
  constraint announcement_revision_pkey PRIMARY KEY (announcement, revision),
  constraint announcement_revision_announcement_fkey FOREIGN KEY (announcement) REFERENCES identification.announcement(id),
  constraint announcement_revision_published_precision_check CHECK ((published_precision = ANY (ARRAY['time'::text, 'day'::text]))),
  constraint announcement_revision_revision_check CHECK ((revision > 0))
);
CREATE TRIGGER announcement_revision_is_append_only BEFORE DELETE OR UPDATE ON identification.announcement_revision FOR EACH ROW EXECUTE FUNCTION identification.refuse_change();

create table identification.announcement_triage (
  id uuid not null,
  serial bigint generated always as identity not null,
  announcement text not null,
  revision integer not null,
  kind text not null,
  undoes uuid,
  claim jsonb,
  why text,
  person text not null,
  person_name text not null,
  at timestamp with time zone not null,
  constraint announcement_triage_pkey PRIMARY KEY (id),
  constraint announcement_triage_announcement_fkey FOREIGN KEY (announcement) REFERENCES identification.announcement(id),
  constraint announcement_triage_undoes_fkey FOREIGN KEY (undoes) REFERENCES identification.announcement_triage(id),
  constraint announcement_triage_check CHECK (((kind = 'claim'::text) = (claim IS NOT NULL))),
  constraint announcement_triage_check1 CHECK (((kind = 'undo'::text) = (undoes IS NOT NULL))),
  constraint announcement_triage_kind_check CHECK ((kind = ANY (ARRAY['claim'::text, 'dismissal'::text, 'undo'::text])))
);
CREATE INDEX announcement_triage_by_announcement ON identification.announcement_triage USING btree (announcement, serial);
CREATE TRIGGER announcement_triage_is_append_only BEFORE DELETE OR UPDATE ON identification.announcement_triage FOR EACH ROW EXECUTE FUNCTION identification.refuse_change();

create table identification.asset (
  id uuid not null,
  name text not null,
  kind text default 'server'::text not null,
  criticality text default 'normal'::text not null,
  exposure text default 'unknown'::text not null,
  environment text default 'unknown'::text not null,
  owner text,
  role text,
  tags text[] default '{}'::text[] not null,
  first_seen timestamp with time zone not null,
  version integer default 1 not null,
  maintenance_group text,
  redundancy_groups text[] default '{}'::text[] not null,
  ring boolean default false not null,
  set_by_hand text[] default '{}'::text[] not null,
  changed_in xid8 default pg_current_xact_id() not null,
  origin text default 'agent'::text not null,
  vendor text,
  product text,
  product_version text,
  build text,
  listed_at timestamp with time zone,
  removed_at timestamp with time zone,
  support_scope text,
  constraint asset_pkey PRIMARY KEY (id),
  constraint asset_maintenance_group_fkey FOREIGN KEY (maintenance_group) REFERENCES deployment.maintenance_group(name),
  constraint asset_criticality_check CHECK ((criticality = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'critical'::text]))),
  constraint asset_environment_check CHECK ((environment = ANY (ARRAY['production'::text, 'non-production'::text, 'unknown'::text]))),
  constraint asset_exposure_check CHECK ((exposure = ANY (ARRAY['public'::text, 'internal'::text, 'isolated'::text, 'unknown'::text]))),
  constraint asset_kind_check CHECK ((kind = ANY (ARRAY['server'::text, 'workstation'::text, 'network-appliance'::text, 'application'::text]))),
  constraint asset_origin_check CHECK ((origin = ANY (ARRAY['agent'::text, 'import'::text, 'api'::text])))
);
CREATE INDEX asset_by_change ON identification.asset USING btree (changed_in);
CREATE INDEX asset_by_lower_name ON identification.asset USING btree (lower(name) COLLATE "C");
CREATE INDEX asset_by_maintenance_group ON identification.asset USING btree (maintenance_group) WHERE (maintenance_group IS NOT NULL);
CREATE INDEX asset_by_name ON identification.asset USING btree (name COLLATE "C", id);
CREATE INDEX asset_by_support_scope ON identification.asset USING btree (support_scope) WHERE (support_scope IS NOT NULL);
CREATE INDEX asset_removed ON identification.asset USING btree (removed_at) WHERE (removed_at IS NOT NULL);
CREATE TRIGGER asset_is_marked BEFORE UPDATE ON identification.asset FOR EACH ROW EXECUTE FUNCTION identification.mark_changed();
CREATE TRIGGER asset_removal_is_noted AFTER DELETE OR TRUNCATE ON identification.asset FOR EACH STATEMENT EXECUTE FUNCTION identification.note_removal();

create table identification.asset_bill (
  id uuid not null,
  asset_id uuid not null,
  name text not null,
  kind text not null,
  digest text,
  package_set_id integer not null,
  file_hash text not null,
  form text not null,
  tool text,
  packages integer not null,
  refused jsonb not null,
  refused_total integer not null,
  actor text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  constraint asset_bill_pkey PRIMARY KEY (id),
  constraint asset_bill_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id),
  constraint asset_bill_package_set_id_fkey FOREIGN KEY (package_set_id) REFERENCES identification.package_set(id),
  constraint asset_bill_kind_check CHECK ((kind = ANY (ARRAY['application'::text, 'image'::text, 'product'::text])))
);
CREATE INDEX asset_bill_by_asset ON identification.asset_bill USING btree (asset_id, valid_from);
CREATE INDEX asset_bill_by_package_set ON identification.asset_bill USING btree (package_set_id) WHERE (valid_to IS NULL);
CREATE UNIQUE INDEX asset_bill_now ON identification.asset_bill USING btree (asset_id, name) WHERE (valid_to IS NULL);

create table identification.asset_import (
  id uuid not null,
  source text not null,
  actor text not null,
  at timestamp with time zone not null,
  request_hash text not null,
  added integer not null,
  changed integer not null,
  unchanged integer not null,
  refused integer not null,
  undone_at timestamp with time zone,
  undone_by text,
  constraint asset_import_pkey PRIMARY KEY (id)
);
CREATE INDEX asset_import_by_time ON identification.asset_import USING btree (at, id);

create table identification.asset_import_line (
  import_id uuid not null,
  line integer not null,
  name text not null,
  outcome text not null,
  problems text[] not null,
  asset_id uuid,
  changes jsonb,
  by_hand_before text[],
  version_after integer,
  listed_before jsonb,
  constraint asset_import_line_pkey PRIMARY KEY (import_id, line),
  constraint asset_import_line_import_id_fkey FOREIGN KEY (import_id) REFERENCES identification.asset_import(id) ON DELETE CASCADE,
  constraint asset_import_line_outcome_check CHECK ((outcome = ANY (ARRAY['added'::text, 'changed'::text, 'unchanged'::text, 'refused'::text])))
);

create table identification.asset_listing (
  source text not null,
  entry text not null,
  asset_id uuid not null,
  listed jsonb not null,
  constraint asset_listing_pkey PRIMARY KEY (source, entry),
  constraint asset_listing_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id)
);
CREATE INDEX asset_listing_by_asset ON identification.asset_listing USING btree (asset_id);
CREATE INDEX asset_listing_by_external_id ON identification.asset_listing USING btree (substr(entry, 4), asset_id) WHERE (entry ~~ 'id %'::text);

create table identification.asset_removal (
  only_row boolean default true not null,
  removed_in xid8 default pg_current_xact_id() not null,
  constraint asset_removal_pkey PRIMARY KEY (only_row),
  constraint asset_removal_only_row_check CHECK (only_row)
);

create table identification.asset_rule (
  id uuid not null,
  position integer not null,
  pattern text not null,
  note text,
  fields jsonb not null,
  version integer default 1 not null,
  constraint asset_rule_pkey PRIMARY KEY (id)
);

create table identification.bulk_change (
  id uuid not null,
  kind text not null,
  actor text not null,
  begun_at timestamp with time zone not null,
  request_hash text not null,
  kept_by_hand integer default 0 not null,
  undoes uuid,
  assets integer not null,
  constraint bulk_change_pkey PRIMARY KEY (id),
  constraint bulk_change_undoes_fkey FOREIGN KEY (undoes) REFERENCES identification.bulk_change(id) ON DELETE CASCADE,
  constraint bulk_change_kind_check CHECK ((kind = ANY (ARRAY['set'::text, 'rules'::text, 'undo'::text])))
);
CREATE INDEX bulk_change_by_begun ON identification.bulk_change USING btree (begun_at);
CREATE UNIQUE INDEX bulk_change_by_undoes ON identification.bulk_change USING btree (undoes);

create table identification.bulk_change_asset (
  change_id uuid not null,
  asset_id uuid not null,
  fields jsonb not null,
  version_expected integer,
  by_hand text[],
  outcome text,
  why text,
  changes jsonb,
  by_hand_before text[],
  version_after integer,
  name_then text default ''::text not null,
  rank smallint generated always as (
CASE outcome
    WHEN 'refused'::text THEN 1
    WHEN 'changed'::text THEN 2
    ELSE 3
END) stored,
  constraint bulk_change_asset_pkey PRIMARY KEY (change_id, asset_id),
  constraint bulk_change_asset_change_id_fkey FOREIGN KEY (change_id) REFERENCES identification.bulk_change(id) ON DELETE CASCADE,
  constraint bulk_change_asset_outcome_check CHECK ((outcome = ANY (ARRAY['changed'::text, 'unchanged'::text, 'refused'::text])))
);
CREATE INDEX bulk_change_asset_in_order ON identification.bulk_change_asset USING btree (change_id, rank, name_then COLLATE "C", asset_id);
CREATE INDEX bulk_change_asset_to_do ON identification.bulk_change_asset USING btree (change_id, asset_id) WHERE (outcome IS NULL);

create table identification.check_in (
  asset_id uuid not null,
  seen_at timestamp with time zone not null,
  boot_id text,
  agent_version text not null,
  packages_hash text not null,
  updates_hash text not null,
  origins_hash text not null,
  system_hash text not null,
  reboot_needed boolean not null,
  package_set_id integer not null,
  offer_set_id integer not null,
  changed_in xid8 default pg_current_xact_id() not null,
  running_source_version_id integer,
  shares_kernel boolean default false not null,
  machine_id text,
  lingering jsonb default '[]'::jsonb not null,
  constraint check_in_pkey PRIMARY KEY (asset_id),
  constraint check_in_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id),
  constraint check_in_offer_set_id_fkey FOREIGN KEY (offer_set_id) REFERENCES identification.offer_set(id),
  constraint check_in_package_set_id_fkey FOREIGN KEY (package_set_id) REFERENCES identification.package_set(id),
  constraint check_in_running_source_version_id_fkey FOREIGN KEY (running_source_version_id) REFERENCES identification.source_version(id)
);
CREATE INDEX check_in_by_offer_set ON identification.check_in USING btree (offer_set_id);
CREATE INDEX check_in_by_package_set ON identification.check_in USING btree (package_set_id);
CREATE TRIGGER check_in_begins_history AFTER INSERT ON identification.check_in FOR EACH ROW EXECUTE FUNCTION identification.keep_inventory();
CREATE TRIGGER check_in_begins_with_machine BEFORE INSERT ON identification.check_in FOR EACH ROW EXECUTE FUNCTION identification.name_machine();
CREATE TRIGGER check_in_goes_on_history AFTER UPDATE OF package_set_id, system_hash ON identification.check_in FOR EACH ROW WHEN (((old.package_set_id <> new.package_set_id) OR (old.system_hash <> new.system_hash))) EXECUTE FUNCTION identification.keep_inventory();
CREATE TRIGGER check_in_goes_on_with_machine BEFORE UPDATE OF system_hash ON identification.check_in FOR EACH ROW WHEN ((old.system_hash <> new.system_hash)) EXECUTE FUNCTION identification.name_machine();
CREATE TRIGGER check_in_is_marked BEFORE UPDATE ON identification.check_in FOR EACH ROW EXECUTE FUNCTION identification.mark_changed();
CREATE TRIGGER check_in_removal_is_noted AFTER DELETE OR TRUNCATE ON identification.check_in FOR EACH STATEMENT EXECUTE FUNCTION identification.note_removal();

create table identification.claim (
  id bigint generated always as identity not null,
  feed text not null,
  advisory text not null,
  vulnerability text not null,
  scope text not null,
  package_kind text not null,
  package_name text not null,
  status text not null,
  ranges jsonb not null,
  versions text[] not null,
  authority text not null,
  withdrawn timestamp with time zone,
  published timestamp with time zone,
  published_precision text not null,
  modified timestamp with time zone,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  architectures text[],
  provenance text,
  justification text,
  impact text,
  constraint claim_pkey PRIMARY KEY (id),
  constraint claim_package_kind_check CHECK ((package_kind = ANY (ARRAY['source'::text, 'binary'::text]))),
  constraint claim_published_precision_check CHECK ((published_precision = ANY (ARRAY['time'::text, 'day'::text])))
);
CREATE INDEX claim_by_advisory ON identification.claim USING btree (feed, advisory) WHERE (valid_to IS NULL);
CREATE INDEX claim_by_package ON identification.claim USING btree (scope, package_name) WHERE (valid_to IS NULL);
CREATE INDEX claim_by_vulnerability ON identification.claim USING btree (vulnerability) WHERE (valid_to IS NULL);
CREATE INDEX claim_closed_by_package ON identification.claim USING btree (scope, package_name) WHERE (valid_to IS NOT NULL);
CREATE INDEX claim_closed_by_vulnerability ON identification.claim USING btree (vulnerability) WHERE (valid_to IS NOT NULL);
CREATE TRIGGER claim_has_its_advisory AFTER INSERT ON identification.claim REFERENCING NEW TABLE AS opened FOR EACH STATEMENT EXECUTE FUNCTION identification.require_advisories();
CREATE TRIGGER claim_keeps_its_advisory BEFORE UPDATE OF feed, advisory ON identification.claim FOR EACH ROW EXECUTE FUNCTION identification.refuse_advisory_change();

create table identification.enrollment_token (
  id uuid not null,
  secret_hash text not null,
  note text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  used_at timestamp with time zone,
  used_by uuid,
  used_key text,
  constraint enrollment_token_pkey PRIMARY KEY (id),
  constraint enrollment_token_secret_hash_key UNIQUE (secret_hash),
  constraint enrollment_token_used_by_fkey FOREIGN KEY (used_by) REFERENCES identification.asset(id)
);

create table identification.epss (
  vulnerability text not null,
  score real not null,
  percentile real not null,
  model text not null,
  score_date date not null,
  constraint epss_pkey PRIMARY KEY (vulnerability)
);

create table identification.feed (
  id text not null,
  data_as_of timestamp with time zone,
  confirmed_at timestamp with time zone,
  imported_at timestamp with time zone,
  sha256 text,
  etag text,
  reader integer,
  records integer default 0 not null,
  quarantined integer default 0 not null,
  quarantine jsonb default '[]'::jsonb not null,
  attempted_at timestamp with time zone,
  failures integer default 0 not null,
  last_error text,
  enabled boolean,
  form text,
  url text,
  title text,
  added_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint feed_pkey PRIMARY KEY (id),
  constraint feed_own_is_whole CHECK ((((form IS NULL) AND (url IS NULL) AND (title IS NULL) AND (added_at IS NULL)) OR ((form IS NOT NULL) AND (url IS NOT NULL) AND (title IS NOT NULL) AND (added_at IS NOT NULL))))
);

create table identification.feed_file (
  feed text not null,
  sha256 text not null,
  imported_at timestamp with time zone not null,
  constraint feed_file_pkey PRIMARY KEY (feed, sha256),
  constraint feed_file_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id)
);

create table identification.feed_key (
  feed text not null,
  fingerprint text not null,
  certificate text,
  constraint feed_key_pkey PRIMARY KEY (feed, fingerprint),
  constraint feed_key_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id)
);

create table identification.feed_scope (
  feed text not null,
  scope text not null,
  constraint feed_scope_pkey PRIMARY KEY (feed, scope),
  constraint feed_scope_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id)
);

create table identification.feed_silence (
  id bigint generated always as identity not null,
  feed text not null,
  since timestamp with time zone not null,
  told_at timestamp with time zone not null,
  told text[] not null,
  ended_at timestamp with time zone,
  constraint feed_silence_pkey PRIMARY KEY (id),
  constraint feed_silence_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id)
);
CREATE UNIQUE INDEX feed_silence_open ON identification.feed_silence USING btree (feed) WHERE (ended_at IS NULL);

create table identification.finding (
  source_version_id integer not null,
  vulnerability text not null,
  affected boolean not null,
  claim_id bigint not null,
  status text not null,
  fixed text,
  fixed_key bytea,
  why text not null,
  losing jsonb not null,
  released_at timestamp with time zone,
  released_precision text,
  judged_at timestamp with time zone not null,
  told_at timestamp with time zone not null,
  constraint finding_pkey PRIMARY KEY (source_version_id, vulnerability),
  constraint finding_claim_id_fkey FOREIGN KEY (claim_id) REFERENCES identification.claim(id),
  constraint finding_source_version_id_fkey FOREIGN KEY (source_version_id) REFERENCES identification.source_version(id),
  constraint finding_released_precision_check CHECK ((released_precision = ANY (ARRAY['time'::text, 'day'::text])))
);
CREATE INDEX finding_by_vulnerability ON identification.finding USING btree (vulnerability, source_version_id);

create table identification.first_listed (
  scope text not null,
  source text not null,
  source_version text not null,
  index_date timestamp with time zone not null,
  origin text not null,
  constraint first_listed_pkey PRIMARY KEY (scope, source, source_version)
);

create table identification.fleet_count (
  only_row boolean default true not null,
  counted_at timestamp with time zone not null,
  duration_ms integer not null,
  seen pg_snapshot,
  constraint fleet_count_pkey PRIMARY KEY (only_row),
  constraint fleet_count_only_row_check CHECK (only_row)
);

create table identification.fleet_finding (
  vulnerability text not null,
  source text not null,
  scope text not null,
  feed text not null,
  advisory text not null,
  fixed text,
  assets integer not null,
  known_exploited boolean not null,
  epss real not null,
  lane text,
  due timestamp with time zone,
  severity text,
  fix text,
  words text generated always as (lower(((((((vulnerability || ' '::text) || source) || ' '::text) || advisory) || ' '::text) || scope))) stored not null,
  offered_on integer,
  constraint fleet_finding_pkey PRIMARY KEY (vulnerability, source, scope),
  constraint fleet_finding_fix_check CHECK ((fix = ANY (ARRAY['offered'::text, 'not-offered'::text, 'needs-subscription'::text, 'no-fix'::text])))
);
CREATE INDEX fleet_finding_by_source ON identification.fleet_finding USING btree (source, vulnerability);
CREATE INDEX fleet_finding_by_urgency ON identification.fleet_finding USING btree (known_exploited, epss, assets, vulnerability, source, scope);

create table identification.fleet_group (
  kind text not null,
  name text not null,
  scope text not null,
  environment text not null,
  assets integer not null,
  vulnerabilities integer not null,
  sources text[] not null,
  scopes text[] not null,
  feeds text[] not null,
  advisories text[] not null,
  lane text not null,
  due timestamp with time zone not null,
  severity text not null,
  known_exploited boolean not null,
  epss real not null,
  fixes text[] not null,
  words text generated always as (lower(((((((name || ' '::text) || identification.words_of(sources)) || ' '::text) || identification.words_of(advisories)) || ' '::text) || identification.words_of(scopes)))) stored not null,
  answered integer default 0 not null,
  offered_on integer,
  constraint fleet_group_pkey PRIMARY KEY (kind, scope, environment, name),
  constraint fleet_group_kind_check CHECK ((kind = ANY (ARRAY['vulnerability'::text, 'source'::text])))
);
CREATE INDEX fleet_group_by_urgency ON identification.fleet_group USING btree (kind, scope, environment, due, ((NOT known_exploited)), ((- assets)), name);
CREATE INDEX fleet_group_unknown ON identification.fleet_group USING btree (kind, scope, environment, due, ((NOT known_exploited)), ((- assets)), name) WHERE (severity = 'unknown'::text);

create table identification.fleet_idle (
  scope text not null,
  source text not null,
  assets integer not null,
  vulnerabilities integer not null,
  constraint fleet_idle_pkey PRIMARY KEY (scope, source)
);

create table identification.fleet_proposal (
  scope text not null,
  source text not null,
  source_version text not null,
  kind text not null,
  packages text[] not null,
  fixes text[] not null,
  known_exploited integer not null,
  assets integer not null,
  test_assets integer not null,
  lane text not null,
  released_at timestamp with time zone not null,
  first_seen timestamp with time zone not null,
  due timestamp with time zone not null,
  why text not null,
  reasons jsonb not null,
  words text generated always as (lower(((((((((source || ' '::text) || source_version) || ' '::text) || scope) || ' '::text) || identification.words_of(packages)) || ' '::text) || identification.words_of(fixes)))) stored not null,
  constraint fleet_proposal_pkey PRIMARY KEY (scope, source),
  constraint fleet_proposal_kind_check CHECK ((kind = ANY (ARRAY['security'::text, 'bugfix'::text, 'feature'::text, 'unknown'::text])))
);
CREATE INDEX fleet_proposal_by_urgency ON identification.fleet_proposal USING btree (((kind <> 'security'::text)), ((- known_exploited)), ((- cardinality(fixes))), ((- assets)), source, scope);

create table identification.fleet_update (
  scope text not null,
  source text not null,
  source_version text not null,
  packages text[] not null,
  kind text not null,
  fixes text[] not null,
  known_exploited integer not null,
  assets integer not null,
  lane text,
  due timestamp with time zone,
  words text generated always as (lower(((((((((source || ' '::text) || source_version) || ' '::text) || scope) || ' '::text) || identification.words_of(packages)) || ' '::text) || identification.words_of(fixes)))) stored not null,
  constraint fleet_update_pkey PRIMARY KEY (scope, source, source_version),
  constraint fleet_update_kind_check CHECK ((kind = ANY (ARRAY['security'::text, 'bugfix'::text, 'feature'::text, 'unknown'::text])))
);
CREATE INDEX fleet_update_by_source ON identification.fleet_update USING btree (source);
CREATE INDEX fleet_update_by_urgency ON identification.fleet_update USING btree (((kind <> 'security'::text)), ((- known_exploited)), ((- cardinality(fixes))), ((- assets)), source, source_version, scope);

create table identification.fleet_update_source (
  source text not null,
  scope text not null,
  assets integer not null,
  scopes text[] not null,
  versions text[] not null,
  kind text not null,
  fixes integer not null,
  known_exploited integer not null,
  lane text,
  due timestamp with time zone,
  words text not null,
  constraint fleet_update_source_pkey PRIMARY KEY (source, scope),
  constraint fleet_update_source_kind_check CHECK ((kind = ANY (ARRAY['security'::text, 'bugfix'::text, 'feature'::text, 'unknown'::text])))
);
CREATE INDEX fleet_update_source_by_urgency ON identification.fleet_update_source USING btree (scope, COALESCE(due, 'infinity'::timestamp with time zone), ((- assets)), source);

create table identification.held_urgency (
  vulnerability text not null,
  what text not null,
  says jsonb not null,
  since timestamp with time zone not null,
  feed text,
  constraint held_urgency_pkey PRIMARY KEY (vulnerability, what),
  constraint held_urgency_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id),
  constraint held_urgency_what_check CHECK ((what = ANY (ARRAY['rating'::text, 'known-exploited'::text])))
);

create table identification.host_key (
  fingerprint text not null,
  asset_id uuid not null,
  public_key_pem text not null,
  bound_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint host_key_pkey PRIMARY KEY (fingerprint),
  constraint host_key_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id)
);
CREATE INDEX host_key_by_asset ON identification.host_key USING btree (asset_id);

create table identification.inventory_history (
  asset_id uuid not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  package_set_id integer not null,
  packages_hash text not null,
  system_hash text not null,
  running_source_version_id integer,
  shares_kernel boolean default false not null,
  lingering jsonb default '[]'::jsonb not null,
  constraint inventory_history_pkey PRIMARY KEY (asset_id, valid_from),
  constraint inventory_history_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id) ON DELETE CASCADE,
  constraint inventory_history_package_set_id_fkey FOREIGN KEY (package_set_id) REFERENCES identification.package_set(id),
  constraint inventory_history_running_source_version_id_fkey FOREIGN KEY (running_source_version_id) REFERENCES identification.source_version(id)
);
CREATE INDEX inventory_history_by_set ON identification.inventory_history USING btree (package_set_id, asset_id);
CREATE INDEX inventory_history_by_time ON identification.inventory_history USING btree (valid_from);

create table identification.known_exploited (
  vulnerability text not null,
  added date not null,
  due date,
  ransomware boolean not null,
  name text not null,
  constraint known_exploited_pkey PRIMARY KEY (vulnerability)
);

create table identification.lifecycle (
  feed text not null,
  scope text not null,
  phase text not null,
  ends timestamp with time zone not null,
  constraint lifecycle_pkey PRIMARY KEY (feed, scope, phase),
  constraint lifecycle_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id),
  constraint lifecycle_phase_check CHECK ((phase = ANY (ARRAY['regular'::text, 'lts'::text, 'extended'::text])))
);
CREATE INDEX lifecycle_by_scope ON identification.lifecycle USING btree (scope);
CREATE INDEX lifecycle_of_platforms ON identification.lifecycle USING btree (scope) WHERE (scope !~~ 'product:%'::text);

create table identification.offer (
  id integer generated always as identity not null,
  scope text not null,
  source text not null,
  source_version text not null,
  version_key bytea not null,
  first_seen timestamp with time zone default now() not null,
  constraint offer_pkey PRIMARY KEY (id),
  constraint offer_scope_source_source_version_key UNIQUE (scope, source, source_version)
);

create table identification.offer_set (
  id integer generated always as identity not null,
  hash text not null,
  scope text,
  updates integer,
  constraint offer_set_pkey PRIMARY KEY (id),
  constraint offer_set_hash_scope_key UNIQUE NULLS NOT DISTINCT (hash, scope),
  constraint offer_set_hash_fkey FOREIGN KEY (hash) REFERENCES identification.section(hash)
);

create table identification.offer_set_offer (
  set_id integer not null,
  offer_id integer not null,
  packages text[] not null,
  kind text not null,
  origins text[] default '{}'::text[] not null,
  phased boolean default false not null,
  constraint offer_set_offer_pkey PRIMARY KEY (set_id, offer_id),
  constraint offer_set_offer_kind_check CHECK ((kind = ANY (ARRAY['security'::text, 'bugfix'::text, 'feature'::text, 'unknown'::text])))
);
CREATE INDEX offer_set_offer_by_offer ON identification.offer_set_offer USING btree (offer_id, set_id);

create table identification.package_set (
  id integer generated always as identity not null,
  hash text not null,
  ecosystem text not null,
  release jsonb not null,
  scope text,
  packages integer not null,
  findings integer default 0 not null,
  known_exploited integer default 0 not null,
  judged_at timestamp with time zone,
  count_needed boolean default true not null,
  revision integer default 0 not null,
  changed_in xid8 default pg_current_xact_id() not null,
  unjudged integer default 0 not null,
  constraint package_set_pkey PRIMARY KEY (id),
  constraint package_set_hash_key UNIQUE (hash),
  constraint package_set_hash_fkey FOREIGN KEY (hash) REFERENCES identification.section(hash),
  constraint package_set_ecosystem_check CHECK ((ecosystem = ANY (ARRAY['deb'::text, 'rpm'::text, 'apk'::text, 'components'::text])))
);
CREATE INDEX package_set_by_change ON identification.package_set USING btree (changed_in);
CREATE INDEX package_set_by_scope ON identification.package_set USING btree (scope);
CREATE INDEX package_set_to_count ON identification.package_set USING btree (id) WHERE count_needed;
CREATE TRIGGER package_set_is_marked BEFORE UPDATE ON identification.package_set FOR EACH ROW EXECUTE FUNCTION identification.mark_changed();

create table identification.package_set_source (
  set_id integer not null,
  source_version_id integer not null,
  packages text[] not null,
  held text[] default '{}'::text[] not null,
  constraint package_set_source_pkey PRIMARY KEY (set_id, source_version_id)
);
CREATE INDEX package_set_source_by_source ON identification.package_set_source USING btree (source_version_id, set_id);

create table identification.package_support (
  feed text not null,
  place integer not null,
  scope text not null,
  source text not null,
  is_beginning boolean not null,
  last_version text,
  ends timestamp with time zone,
  details text,
  constraint package_support_pkey PRIMARY KEY (feed, place),
  constraint package_support_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id)
);
CREATE INDEX package_support_by_scope ON identification.package_support USING btree (scope, feed, place);

create table identification.provider_document (
  feed text not null,
  url text not null,
  document text not null,
  version text not null,
  released_at timestamp with time zone not null,
  changed_at timestamp with time zone,
  sha256 text not null,
  fetched_at timestamp with time zone not null,
  reader integer default 0 not null,
  checked_by text default 'nothing'::text not null,
  constraint provider_document_pkey PRIMARY KEY (feed, url),
  constraint provider_document_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id),
  constraint provider_document_checked_by_check CHECK ((checked_by = ANY (ARRAY['signature'::text, 'hash'::text, 'nothing'::text])))
);
CREATE INDEX provider_document_by_document ON identification.provider_document USING btree (feed, document);

create table identification.rating_record (
  vulnerability text not null,
  publisher text not null,
  record text not null,
  ratings jsonb not null,
  points jsonb not null,
  rejected boolean not null,
  modified timestamp with time zone,
  revision text not null,
  feed text not null,
  constraint rating_record_pkey PRIMARY KEY (vulnerability, publisher, record),
  constraint rating_record_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id)
);
CREATE INDEX rating_record_by_record ON identification.rating_record USING btree (publisher, record);

create table identification.removed_asset (
  asset_id uuid not null,
  removed_by text not null,
  why text not null,
  merged_into uuid,
  kept jsonb not null,
  constraint removed_asset_pkey PRIMARY KEY (asset_id),
  constraint removed_asset_asset_id_fkey FOREIGN KEY (asset_id) REFERENCES identification.asset(id),
  constraint removed_asset_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES identification.asset(id)
);

create table identification.said_severity (
  vulnerability text not null,
  severity text not null,
  why text not null,
  person text not null,
  person_name text not null,
  at timestamp with time zone not null,
  judgment bigint not null,
  constraint said_severity_pkey PRIMARY KEY (vulnerability),
  constraint said_severity_judgment_fkey FOREIGN KEY (judgment) REFERENCES identification.severity_judgment(id),
  constraint said_severity_severity_check CHECK ((severity = ANY (ARRAY['none'::text, 'low'::text, 'medium'::text, 'high'::text, 'critical'::text])))
);

create table identification.section (
  hash text not null,
  name text not null,
  body json not null,
  stored_at timestamp with time zone not null,
  constraint section_pkey PRIMARY KEY (hash),
  constraint section_name_check CHECK ((name = ANY (ARRAY['packages'::text, 'updates'::text, 'origins'::text, 'system'::text])))
);

create table identification.severity_judgment (
  id bigint generated always as identity not null,
  vulnerability text not null,
  severity text,
  why text not null,
  person text not null,
  person_name text not null,
  at timestamp with time zone not null,
  constraint severity_judgment_pkey PRIMARY KEY (id),
  constraint severity_judgment_severity_check CHECK ((severity = ANY (ARRAY['none'::text, 'low'::text, 'medium'::text, 'high'::text, 'critical'::text])))
);
CREATE INDEX severity_judgment_by_vulnerability ON identification.severity_judgment USING btree (vulnerability, id);
CREATE TRIGGER judgment_is_append_only BEFORE DELETE OR UPDATE ON identification.severity_judgment FOR EACH ROW EXECUTE FUNCTION identification.refuse_judgment_change();
CREATE TRIGGER judgment_is_never_emptied BEFORE TRUNCATE ON identification.severity_judgment FOR EACH STATEMENT EXECUTE FUNCTION identification.refuse_judgment_change();

create table identification.source_version (
  id integer generated always as identity not null,
  scope text not null,
  source text not null,
  version text not null,
  version_key bytea,
  third_party boolean not null,
  judge_needed boolean default true not null,
  architecture text default ''::text not null,
  built_from text default ''::text not null,
  has_version_of_source boolean default true not null,
  changed_in xid8 default pg_current_xact_id() not null,
  constraint source_version_pkey PRIMARY KEY (id),
  constraint source_version_is_distinct UNIQUE (scope, source, version, architecture, built_from, has_version_of_source, third_party)
);
CREATE INDEX source_version_by_change ON identification.source_version USING btree (changed_in);
CREATE INDEX source_version_by_what_it_was_built_from ON identification.source_version USING btree (scope, built_from) WHERE (built_from <> ''::text);
CREATE INDEX source_version_to_judge ON identification.source_version USING btree (id) WHERE judge_needed;
CREATE TRIGGER source_version_is_marked BEFORE UPDATE ON identification.source_version FOR EACH ROW EXECUTE FUNCTION identification.mark_changed();

create table identification.supported_product (
  feed text not null,
  name text not null,
  names text[] not null,
  components text[] not null,
  facts jsonb not null,
  constraint supported_product_pkey PRIMARY KEY (feed, name),
  constraint supported_product_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id)
);
CREATE INDEX supported_product_by_component ON identification.supported_product USING gin (components);
CREATE INDEX supported_product_by_name ON identification.supported_product USING gin (names);

create table identification.urgency_change (
  id bigint generated always as identity not null,
  vulnerability text not null,
  at timestamp with time zone not null,
  kind text not null,
  feed text,
  what text not null,
  before jsonb not null,
  after jsonb not null,
  constraint urgency_change_pkey PRIMARY KEY (id),
  constraint urgency_change_feed_fkey FOREIGN KEY (feed) REFERENCES identification.feed(id),
  constraint urgency_change_kind_check CHECK ((kind = ANY (ARRAY['raised'::text, 'held'::text, 'agreed'::text]))),
  constraint urgency_change_what_check CHECK ((what = ANY (ARRAY['rating'::text, 'known-exploited'::text])))
);
CREATE INDEX urgency_change_by_vulnerability ON identification.urgency_change USING btree (vulnerability, id);

create table identification.vulnerability_rating (
  vulnerability text not null,
  voices text not null,
  believed jsonb not null,
  ssvc jsonb,
  constraint vulnerability_rating_pkey PRIMARY KEY (vulnerability)
);

create table testing.artifact (
  hash text not null,
  kind text not null,
  size_bytes bigint not null,
  name text,
  version text,
  architecture text,
  stored_at timestamp with time zone not null,
  constraint artifact_pkey PRIMARY KEY (hash),
  constraint artifact_kind_check CHECK ((kind = ANY (ARRAY['release'::text, 'index'::text, 'package'::text, 'report'::text])))
);

create table testing.index_snapshot (
  id uuid not null,
  origin_id uuid not null,
  release_hash text not null,
  signed_hash text not null,
  signed_by text[] not null,
  date timestamp with time zone not null,
  valid_until timestamp with time zone,
  publisher text,
  suite text,
  codename text,
  fetched_at timestamp with time zone not null,
  constraint index_snapshot_pkey PRIMARY KEY (id),
  constraint index_snapshot_origin_id_release_hash_key UNIQUE (origin_id, release_hash),
  constraint index_snapshot_origin_id_fkey FOREIGN KEY (origin_id) REFERENCES testing.origin(id)
);

create table testing.listed_package (
  index_hash text not null,
  name text not null,
  architecture text not null,
  version text not null,
  file_hash text not null,
  size_bytes bigint not null,
  path text not null,
  constraint listed_package_pkey PRIMARY KEY (index_hash, name, architecture, version, file_hash)
);
CREATE INDEX listed_package_by_version ON testing.listed_package USING btree (name, version);

create table testing.looked_up (
  index_hash text not null,
  name text not null,
  constraint looked_up_pkey PRIMARY KEY (index_hash, name)
);

create table testing.origin (
  id uuid not null,
  place text not null,
  url text not null,
  mirror text,
  suite text not null,
  components text[] not null,
  architectures text[] not null,
  fingerprints text[] not null,
  keys text not null,
  added_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  newest_date timestamp with time zone,
  newest_signed text,
  snapshot_id uuid,
  checked_at timestamp with time zone,
  failures integer default 0 not null,
  problem_code text,
  problem text,
  constraint origin_pkey PRIMARY KEY (id),
  constraint origin_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES testing.index_snapshot(id)
);
CREATE UNIQUE INDEX origin_by_place ON testing.origin USING btree (place, suite) WHERE (removed_at IS NULL);

create table testing.package_index (
  snapshot_id uuid not null,
  path text not null,
  component text,
  hash text not null,
  size_bytes bigint not null,
  constraint package_index_pkey PRIMARY KEY (snapshot_id, path),
  constraint package_index_snapshot_id_fkey FOREIGN KEY (snapshot_id) REFERENCES testing.index_snapshot(id)
);
CREATE INDEX package_index_by_hash ON testing.package_index USING btree (hash);

create table testing.proposal (
  id uuid not null,
  asset_id uuid not null,
  packages_hash text not null,
  targets_hash text not null,
  targets jsonb not null,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  answer jsonb,
  transaction_hash text,
  constraint proposal_pkey PRIMARY KEY (id),
  constraint proposal_asset_id_packages_hash_targets_hash_key UNIQUE (asset_id, packages_hash, targets_hash)
);
CREATE INDEX proposal_by_transaction ON testing.proposal USING btree (transaction_hash);
CREATE INDEX proposal_open ON testing.proposal USING btree (asset_id) WHERE (answered_at IS NULL);

create table testing.verification (
  transaction_hash text not null,
  transaction jsonb not null,
  state text not null,
  evidence text,
  rollback jsonb,
  problems jsonb not null,
  checked_at timestamp with time zone,
  failures integer default 0 not null,
  constraint verification_pkey PRIMARY KEY (transaction_hash),
  constraint verification_evidence_fkey FOREIGN KEY (evidence) REFERENCES testing.artifact(hash),
  constraint verification_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stalled'::text, 'verified'::text, 'failed'::text])))
);
