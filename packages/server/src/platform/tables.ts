// The tables as the query builder sees them. Written by `npm run schema` from the migrated schema; do not edit.
// biome-ignore-all format: generated
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { JsonText, JsonValue, StoredInstant } from './column-types.ts';

interface AccessApiToken {
  readonly id: string;
  readonly token_hash: string;
  readonly person_id: string;
  readonly note: string | null;
  readonly created_at: StoredInstant;
  readonly expires_at: StoredInstant;
  readonly last_used_at: StoredInstant | null;
  readonly revoked_at: StoredInstant | null;
}

interface AccessFirstRun {
  readonly singleton: Generated<boolean>;
  readonly secret_hash: string;
  readonly created_at: StoredInstant;
}

interface AccessInvitation {
  readonly person_id: string;
  readonly token_hash: string;
  readonly created_at: StoredInstant;
  readonly expires_at: StoredInstant;
  readonly used_at: StoredInstant | null;
}

interface AccessKnownDevice {
  readonly token_hash: string;
  readonly person_id: string;
  readonly last_used_at: StoredInstant;
}

interface AccessPasskey {
  readonly id: string;
  readonly person_id: string;
  readonly credential_id: string;
  readonly public_key: string;
  readonly site: string;
  readonly keyid: string;
  readonly label: string;
  readonly created_at: StoredInstant;
  readonly last_used_at: StoredInstant | null;
  readonly removed_at: StoredInstant | null;
}

interface AccessPasskeyOffer {
  readonly person_id: string;
  readonly payload: string;
  readonly expires_at: StoredInstant;
}

interface AccessPerson {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly password_hash: string;
  readonly roles: readonly ('it' | 'owner' | 'change' | 'security' | 'admin' | 'auditor')[];
  readonly created_at: StoredInstant;
  readonly disabled_at: StoredInstant | null;
  readonly mail: string | null;
  readonly password_expires_at: StoredInstant | null;
}

interface AccessSession {
  readonly token_hash: string;
  readonly person_id: string;
  readonly created_at: StoredInstant;
  readonly last_used_at: StoredInstant;
  readonly expires_at: StoredInstant;
}

interface AccessSignInAttempt {
  readonly subject: string;
  readonly failures: number;
  readonly last_failed_at: StoredInstant;
  readonly not_before: StoredInstant;
}

interface ApprovalNotice {
  readonly id: string;
  readonly campaign: string;
  readonly plan: string;
  readonly channel: 'mail' | 'webhook';
  readonly address: string;
  readonly recipient: string;
  readonly message_id: string;
  readonly body: ColumnType<JsonValue, JsonText, JsonText>;
  readonly state: Generated<'waiting' | 'sent' | 'bounced' | 'failed'>;
  readonly attempts: Generated<number>;
  readonly answer: string | null;
  readonly sent_at: StoredInstant | null;
  readonly created_at: StoredInstant;
}

interface ApprovalPlan {
  readonly hash: string;
  readonly campaign: string;
  readonly kind: 'test' | 'production' | 'rollback';
  readonly lane: 'routine' | 'critical' | 'emergency' | 'mitigation';
  readonly criticality: 'low' | 'normal' | 'high' | 'critical';
  readonly requester: string;
  readonly epoch: number;
  readonly root_version: number;
  readonly leaf_count: number;
  readonly payload: Buffer;
  readonly compiled_at: StoredInstant;
  readonly not_after: StoredInstant;
  readonly superseded_by: string | null;
}

interface ApprovalPlanLeaf {
  readonly plan: string;
  readonly index: number;
  readonly asset_id: string;
  readonly body: Buffer;
}

interface ApprovalPlanSignature {
  readonly plan: string;
  readonly keyid: string;
  readonly person: string;
  readonly roles: readonly string[];
  readonly key_class: 'cli' | 'console';
  readonly intent: 'request' | 'approve' | 'test';
  readonly sig: string;
  readonly why: string | null;
  readonly at: StoredInstant;
}

interface ApprovalStakeholder {
  readonly maintenance_group: string;
  readonly channel: 'mail' | 'webhook';
  readonly address: string;
  readonly name: string | null;
  readonly added_at: StoredInstant;
}

interface ApprovalStatement {
  readonly hash: string;
  readonly campaign: string;
  readonly plan: string | null;
  readonly kind: string;
  readonly person: string;
  readonly at: StoredInstant;
  readonly envelope: string;
  readonly stored_at: StoredInstant;
}

interface ApprovalTrustRoot {
  readonly version: number;
  readonly hash: string;
  readonly organization: string;
  readonly profile: 'solo' | 'team';
  readonly issued_at: StoredInstant;
  readonly expires_at: StoredInstant;
  readonly envelope: string;
  readonly stored_at: StoredInstant;
}

interface BackupProof {
  readonly hash: string;
  readonly asset_id: string;
  readonly hostname: string;
  readonly provider: string;
  readonly repository: string;
  readonly snapshot_id: string;
  readonly taken_at: StoredInstant;
  readonly bytes: number;
  readonly files: number;
  readonly paths: readonly string[];
  readonly checked_at: StoredInstant | null;
  readonly probed_at: StoredInstant;
  readonly prober: string;
  readonly envelope: string;
  readonly stored_at: StoredInstant;
}

interface BackupWaiver {
  readonly hash: string;
  readonly asset_id: string;
  readonly campaign: string;
  readonly person: string;
  readonly why: string;
  readonly signed_at: StoredInstant;
  readonly expires_at: StoredInstant;
  readonly envelope: string;
  readonly stored_at: StoredInstant;
}

interface CampaignAppointment {
  readonly campaign: string;
  readonly key: string;
  readonly due: StoredInstant;
  readonly event: ColumnType<JsonValue, JsonText, JsonText>;
}

interface CampaignCampaign {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly room: string;
  readonly lane: string | null;
  readonly due: StoredInstant | null;
  readonly requester: string;
  readonly ended: Generated<boolean>;
  readonly opened_at: StoredInstant;
  readonly updated_at: StoredInstant;
  readonly version: number;
  readonly fold: ColumnType<JsonValue, JsonText, JsonText>;
  readonly words: GeneratedAlways<string>;
}

interface CampaignDocument {
  readonly hash: string;
  readonly campaign: string;
  readonly kind: string;
  readonly body: Buffer;
  readonly stored_at: StoredInstant;
}

interface CampaignEvent {
  readonly stream: string;
  readonly version: number;
  readonly campaign: string;
  readonly at: StoredInstant;
  readonly actor: string;
  readonly kind: string;
  readonly body: ColumnType<JsonValue, JsonText, JsonText>;
  readonly leaf: string;
}

interface CampaignMaintenancePlan {
  readonly name: string;
  readonly groups: readonly string[];
  readonly zone: string;
  readonly rule: ColumnType<JsonValue, JsonText, JsonText>;
  readonly lead_days: number;
  readonly opens_at: string;
  readonly asked: readonly string[];
  readonly version: number;
  readonly followed_until: StoredInstant;
  readonly paused_at: StoredInstant | null;
  readonly paused_by: string | null;
  readonly paused_why: string | null;
}

interface CampaignMaintenanceTurn {
  readonly plan: string;
  readonly day: string;
  readonly opens_at: StoredInstant;
  readonly told_at: StoredInstant;
  readonly state: 'proposed' | 'taken' | 'dismissed' | 'lapsed' | 'empty' | 'missed' | 'paused';
  readonly updates: ColumnType<JsonValue, JsonText, JsonText>;
  readonly left_out: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
  readonly campaign: string | null;
  readonly decided_at: StoredInstant | null;
  readonly decided_by: string | null;
  readonly why: string | null;
}

interface CampaignOpenUpdate {
  readonly scope: string;
  readonly source: string;
  readonly campaign: string;
}

interface CampaignOutbox {
  readonly id: GeneratedAlways<number>;
  readonly kind: string;
  readonly key: string;
  readonly payload: ColumnType<JsonValue, JsonText, JsonText>;
  readonly created_at: StoredInstant;
  readonly attempts: Generated<number>;
  readonly not_before: StoredInstant;
  readonly last_error: string | null;
  readonly generation: Generated<number>;
  readonly changed_in: Generated<string>;
}

interface CampaignTimer {
  readonly kind: string;
  readonly subject: string;
  readonly due: StoredInstant;
}

interface DeploymentExtraordinaryWindow {
  readonly id: string;
  readonly campaign: string;
  readonly assets: readonly string[];
  readonly opens_at: StoredInstant;
  readonly closes_at: StoredInstant;
  readonly why: string;
  readonly asked_by: string;
  readonly asked_at: StoredInstant;
  readonly withdrawn_at: StoredInstant | null;
}

interface DeploymentFreezeCalendar {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly string[] | null;
  readonly freezes: ColumnType<JsonValue, JsonText, JsonText>;
  readonly known_until: StoredInstant;
  readonly goes_on: boolean;
  readonly imported_at: StoredInstant;
  readonly imported_by: string;
  readonly replaces: string | null;
  readonly ended_at: StoredInstant | null;
}

interface DeploymentGrant {
  readonly id: string;
  readonly job: string;
  readonly asset_id: string;
  readonly boot_id: string;
  readonly granted_at: StoredInstant;
  readonly start_by: StoredInstant;
}

interface DeploymentHealthProfile {
  readonly asset_id: string;
  readonly units: readonly string[];
  readonly ports: readonly number[];
  readonly urls: readonly string[];
  readonly watch_ms: number;
  readonly version: Generated<number>;
  readonly further: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
}

interface DeploymentHost {
  readonly asset_id: string;
  readonly runner: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
  readonly runner_at: StoredInstant | null;
  readonly instance: string | null;
  readonly last_sequence: Generated<number>;
  readonly last_hash: string | null;
  readonly forked_at: StoredInstant | null;
}

interface DeploymentJob {
  readonly key: string;
  readonly plan: string;
  readonly plan_kind: 'test' | 'production' | 'rollback';
  readonly campaign: string;
  readonly asset_id: string;
  readonly wave: number;
  readonly epoch: number;
  readonly groups: readonly string[];
  readonly state: string;
  readonly ended: Generated<boolean>;
  readonly down: Generated<boolean>;
  readonly unknown_since: StoredInstant | null;
  readonly version: number;
  readonly fold: ColumnType<JsonValue, JsonText, JsonText>;
  readonly updated_at: StoredInstant;
}

interface DeploymentLedger {
  readonly group: string;
}

interface DeploymentMaintenanceGroup {
  readonly name: string;
  readonly zone: string;
  readonly windows: ColumnType<JsonValue, JsonText, JsonText>;
  readonly version: Generated<number>;
}

interface DeploymentManualFile {
  readonly job: string;
  readonly item: number;
  readonly hash: string;
  readonly name: string;
  readonly size_bytes: number;
  readonly filed_by: string;
  readonly filed_at: StoredInstant;
}

interface DeploymentManualItem {
  readonly job: string;
  readonly item: number;
  readonly note: string | null;
  readonly done_by: string;
  readonly done_at: StoredInstant;
}

interface DeploymentReport {
  readonly asset_id: string;
  readonly sequence: number;
  readonly hash: string;
  readonly job: string;
  readonly body: ColumnType<JsonValue, JsonText, JsonText>;
  readonly accepted_at: StoredInstant;
}

interface DocumentationCheckpoint {
  readonly size: number;
  readonly root_hash: string;
  readonly at: StoredInstant;
  readonly note: string;
  readonly peaks: readonly string[];
}

interface DocumentationLeaf {
  readonly id: string;
  readonly at: StoredInstant;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: ColumnType<JsonValue, JsonText, JsonText>;
  readonly salt: Buffer;
  readonly payload_hash: string;
  readonly leaf_hash: string;
  readonly index: number | null;
  readonly serial: GeneratedAlways<number>;
}

interface EvaluationAssessment {
  readonly asset_id: string;
  readonly policy_version: string;
  readonly verdict: ColumnType<JsonValue, JsonText, JsonText>;
  readonly lane: string | null;
  readonly due: StoredInstant | null;
  readonly security_updates: number | null;
  readonly package_set_id: number;
  readonly set_revision: number;
  readonly offer_set_id: number;
  readonly asset_version: number;
  readonly assessed_at: StoredInstant;
  readonly changed_in: Generated<string>;
  readonly answered_findings: Generated<number>;
  readonly findings: number | null;
  readonly known_exploited: number | null;
}

interface EvaluationMatter {
  readonly id: GeneratedAlways<number>;
  readonly kind: 'exploited' | 'emergency' | 'critical' | 'support-ended' | 'feed-silent' | 'announcements-unread';
  readonly subject: string;
  readonly line: string;
  readonly owners: readonly string[];
  readonly seen_at: StoredInstant;
  readonly over_at: StoredInstant | null;
}

interface EvaluationResponse {
  readonly id: string;
  readonly state: 'requested' | 'standing' | 'refused' | 'withdrawn' | 'revoked' | 'expired' | 'renewed';
  readonly kind: 'accept' | 'mitigate' | 'transfer' | 'avoid' | 'override';
  readonly title: string;
  readonly requester: string;
  readonly until: StoredInstant;
  readonly requested_at: StoredInstant;
  readonly stood_from: StoredInstant | null;
  readonly ended_at: StoredInstant | null;
  readonly renews: string | null;
  readonly target: ColumnType<JsonValue, JsonText, JsonText>;
  readonly version: number;
  readonly fold: ColumnType<JsonValue, JsonText, JsonText>;
  readonly words: GeneratedAlways<string>;
}

interface EvaluationResponseCover {
  readonly response: string;
  readonly asset_id: string;
  readonly vulnerability: string;
  readonly source: string;
  readonly lane: string;
  readonly exploited: boolean;
  readonly fixless: boolean;
}

interface EvaluationResponseEvent {
  readonly response: string;
  readonly version: number;
  readonly at: StoredInstant;
  readonly actor: string;
  readonly kind: string;
  readonly body: ColumnType<JsonValue, JsonText, JsonText>;
  readonly leaf: string;
}

interface EvaluationResponseFallen {
  readonly response: string;
  readonly asset_id: string;
  readonly vulnerability: string;
  readonly source: string;
  readonly cause: 'lane-rose' | 'now-exploited' | 'fix-appeared';
  readonly at: StoredInstant;
}

interface EvaluationTelling {
  readonly matter: number;
  readonly person: string;
  readonly way: 'at-once' | 'digest';
  readonly since: StoredInstant;
  readonly message: string | null;
}

interface EvaluationTellingPreference {
  readonly person: string;
  readonly kind: string;
  readonly way: 'at-once' | 'digest' | 'quiet';
}

interface EvaluationTold {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly address: string;
  readonly message_id: string;
  readonly subject: string;
  readonly text: string;
  readonly state: 'waiting' | 'sent' | 'bounced' | 'failed';
  readonly attempts: Generated<number>;
  readonly answer: string | null;
  readonly created_at: StoredInstant;
  readonly sent_at: StoredInstant | null;
}

interface IdentificationAdvisory {
  readonly feed: string;
  readonly id: string;
  readonly summary: string;
  readonly published: StoredInstant | null;
  readonly published_precision: 'time' | 'day';
  readonly modified: StoredInstant | null;
  readonly withdrawn: StoredInstant | null;
  readonly aliases: readonly string[];
  readonly reference_urls: readonly string[];
  readonly revision: string;
  readonly first_seen: StoredInstant;
  readonly source_sha256: string | null;
  readonly source_kind: 'document' | 'file' | null;
  readonly checked_by: 'signature' | 'hash' | 'nothing' | null;
  readonly signed_by: readonly string[] | null;
}

interface IdentificationAnnouncement {
  readonly id: string;
  readonly serial: number;
  readonly feed: string;
  readonly entry: string;
  readonly state: 'waiting' | 'claimed' | 'dismissed';
  readonly changed: Generated<boolean>;
  readonly revision: number;
  readonly first_seen: StoredInstant;
  readonly waiting_since: StoredInstant | null;
  readonly triage: string | null;
  readonly words: string;
}

interface IdentificationAnnouncementRevision {
  readonly announcement: string;
  readonly revision: number;
  readonly title: string;
  readonly body: string;
  readonly link: string | null;
  readonly published: StoredInstant | null;
  readonly published_precision: 'time' | 'day';
  readonly updated: StoredInstant | null;
  readonly source: string;
  readonly sha256: string;
  readonly file_sha256: string;
  readonly content: string;
  readonly seen_at: StoredInstant;
}

interface IdentificationAnnouncementTriage {
  readonly id: string;
  readonly serial: GeneratedAlways<number>;
  readonly announcement: string;
  readonly revision: number;
  readonly kind: 'claim' | 'dismissal' | 'undo';
  readonly undoes: string | null;
  readonly claim: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
  readonly why: string | null;
  readonly person: string;
  readonly person_name: string;
  readonly at: StoredInstant;
}

interface IdentificationAsset {
  readonly id: string;
  readonly name: string;
  readonly kind: Generated<'server' | 'workstation' | 'network-appliance' | 'application'>;
  readonly criticality: Generated<'low' | 'normal' | 'high' | 'critical'>;
  readonly exposure: Generated<'public' | 'internal' | 'isolated' | 'unknown'>;
  readonly environment: Generated<'production' | 'non-production' | 'unknown'>;
  readonly owner: string | null;
  readonly role: string | null;
  readonly tags: Generated<readonly string[]>;
  readonly first_seen: StoredInstant;
  readonly version: Generated<number>;
  readonly maintenance_group: string | null;
  readonly redundancy_groups: Generated<readonly string[]>;
  readonly ring: Generated<boolean>;
  readonly set_by_hand: Generated<readonly string[]>;
  readonly changed_in: Generated<string>;
  readonly origin: Generated<'agent' | 'import' | 'api'>;
  readonly vendor: string | null;
  readonly product: string | null;
  readonly product_version: string | null;
  readonly build: string | null;
  readonly listed_at: StoredInstant | null;
  readonly removed_at: StoredInstant | null;
  readonly support_scope: string | null;
}

interface IdentificationAssetBill {
  readonly id: string;
  readonly asset_id: string;
  readonly name: string;
  readonly kind: 'application' | 'image' | 'product';
  readonly digest: string | null;
  readonly package_set_id: number;
  readonly file_hash: string;
  readonly form: string;
  readonly tool: string | null;
  readonly packages: number;
  readonly refused: ColumnType<JsonValue, JsonText, JsonText>;
  readonly refused_total: number;
  readonly actor: string;
  readonly valid_from: StoredInstant;
  readonly valid_to: StoredInstant | null;
}

interface IdentificationAssetImport {
  readonly id: string;
  readonly source: string;
  readonly actor: string;
  readonly at: StoredInstant;
  readonly request_hash: string;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly undone_at: StoredInstant | null;
  readonly undone_by: string | null;
}

interface IdentificationAssetImportLine {
  readonly import_id: string;
  readonly line: number;
  readonly name: string;
  readonly outcome: 'added' | 'changed' | 'unchanged' | 'refused';
  readonly problems: readonly string[];
  readonly asset_id: string | null;
  readonly changes: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
  readonly by_hand_before: readonly string[] | null;
  readonly version_after: number | null;
  readonly listed_before: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
}

interface IdentificationAssetListing {
  readonly source: string;
  readonly entry: string;
  readonly asset_id: string;
  readonly listed: ColumnType<JsonValue, JsonText, JsonText>;
}

interface IdentificationAssetRemoval {
  readonly only_row: Generated<boolean>;
  readonly removed_in: Generated<string>;
}

interface IdentificationAssetRule {
  readonly id: string;
  readonly position: number;
  readonly pattern: string;
  readonly note: string | null;
  readonly fields: ColumnType<JsonValue, JsonText, JsonText>;
  readonly version: Generated<number>;
}

interface IdentificationBulkChange {
  readonly id: string;
  readonly kind: 'set' | 'rules' | 'undo';
  readonly actor: string;
  readonly begun_at: StoredInstant;
  readonly request_hash: string;
  readonly kept_by_hand: Generated<number>;
  readonly undoes: string | null;
  readonly assets: number;
}

interface IdentificationBulkChangeAsset {
  readonly change_id: string;
  readonly asset_id: string;
  readonly fields: ColumnType<JsonValue, JsonText, JsonText>;
  readonly version_expected: number | null;
  readonly by_hand: readonly string[] | null;
  readonly outcome: 'changed' | 'unchanged' | 'refused' | null;
  readonly why: string | null;
  readonly changes: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
  readonly by_hand_before: readonly string[] | null;
  readonly version_after: number | null;
  readonly name_then: Generated<string>;
  readonly rank: GeneratedAlways<number | null>;
}

interface IdentificationCheckIn {
  readonly asset_id: string;
  readonly seen_at: StoredInstant;
  readonly boot_id: string | null;
  readonly agent_version: string;
  readonly packages_hash: string;
  readonly updates_hash: string;
  readonly origins_hash: string;
  readonly system_hash: string;
  readonly reboot_needed: boolean;
  readonly package_set_id: number;
  readonly offer_set_id: number;
  readonly changed_in: Generated<string>;
  readonly running_source_version_id: number | null;
  readonly shares_kernel: Generated<boolean>;
  readonly machine_id: string | null;
  readonly lingering: ColumnType<JsonValue, JsonText | undefined, JsonText>;
}

interface IdentificationClaim {
  readonly id: GeneratedAlways<number>;
  readonly feed: string;
  readonly advisory: string;
  readonly vulnerability: string;
  readonly scope: string;
  readonly package_kind: 'source' | 'binary';
  readonly package_name: string;
  readonly status: string;
  readonly ranges: ColumnType<JsonValue, JsonText, JsonText>;
  readonly versions: readonly string[];
  readonly authority: string;
  readonly withdrawn: StoredInstant | null;
  readonly published: StoredInstant | null;
  readonly published_precision: 'time' | 'day';
  readonly modified: StoredInstant | null;
  readonly valid_from: StoredInstant;
  readonly valid_to: StoredInstant | null;
  readonly architectures: readonly string[] | null;
  readonly provenance: string | null;
  readonly justification: string | null;
  readonly impact: string | null;
}

interface IdentificationEnrollmentToken {
  readonly id: string;
  readonly secret_hash: string;
  readonly note: string | null;
  readonly created_at: StoredInstant;
  readonly expires_at: StoredInstant;
  readonly revoked_at: StoredInstant | null;
  readonly used_at: StoredInstant | null;
  readonly used_by: string | null;
  readonly used_key: string | null;
}

interface IdentificationEpss {
  readonly vulnerability: string;
  readonly score: number;
  readonly percentile: number;
  readonly model: string;
  readonly score_date: string;
}

interface IdentificationFeed {
  readonly id: string;
  readonly data_as_of: StoredInstant | null;
  readonly confirmed_at: StoredInstant | null;
  readonly imported_at: StoredInstant | null;
  readonly sha256: string | null;
  readonly etag: string | null;
  readonly reader: number | null;
  readonly records: Generated<number>;
  readonly quarantined: Generated<number>;
  readonly quarantine: ColumnType<JsonValue, JsonText | undefined, JsonText>;
  readonly attempted_at: StoredInstant | null;
  readonly failures: Generated<number>;
  readonly last_error: string | null;
  readonly enabled: boolean | null;
  readonly form: string | null;
  readonly url: string | null;
  readonly title: string | null;
  readonly added_at: StoredInstant | null;
  readonly removed_at: StoredInstant | null;
}

interface IdentificationFeedFile {
  readonly feed: string;
  readonly sha256: string;
  readonly imported_at: StoredInstant;
}

interface IdentificationFeedKey {
  readonly feed: string;
  readonly fingerprint: string;
  readonly certificate: string | null;
}

interface IdentificationFeedScope {
  readonly feed: string;
  readonly scope: string;
}

interface IdentificationFeedSilence {
  readonly id: GeneratedAlways<number>;
  readonly feed: string;
  readonly since: StoredInstant;
  readonly told_at: StoredInstant;
  readonly told: readonly string[];
  readonly ended_at: StoredInstant | null;
}

interface IdentificationFinding {
  readonly source_version_id: number;
  readonly vulnerability: string;
  readonly affected: boolean;
  readonly claim_id: number;
  readonly status: string;
  readonly fixed: string | null;
  readonly fixed_key: Buffer | null;
  readonly why: string;
  readonly losing: ColumnType<JsonValue, JsonText, JsonText>;
  readonly released_at: StoredInstant | null;
  readonly released_precision: 'time' | 'day' | null;
  readonly judged_at: StoredInstant;
  readonly told_at: StoredInstant;
}

interface IdentificationFirstListed {
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly index_date: StoredInstant;
  readonly origin: string;
}

interface IdentificationFleetCount {
  readonly only_row: Generated<boolean>;
  readonly counted_at: StoredInstant;
  readonly duration_ms: number;
  readonly seen: string | null;
}

interface IdentificationFleetFinding {
  readonly vulnerability: string;
  readonly source: string;
  readonly scope: string;
  readonly feed: string;
  readonly advisory: string;
  readonly fixed: string | null;
  readonly assets: number;
  readonly known_exploited: boolean;
  readonly epss: number;
  readonly lane: string | null;
  readonly due: StoredInstant | null;
  readonly severity: string | null;
  readonly fix: 'offered' | 'not-offered' | 'needs-subscription' | 'no-fix' | null;
  readonly words: GeneratedAlways<string>;
  readonly offered_on: number | null;
}

interface IdentificationFleetGroup {
  readonly kind: 'vulnerability' | 'source';
  readonly name: string;
  readonly scope: string;
  readonly environment: string;
  readonly assets: number;
  readonly vulnerabilities: number;
  readonly sources: readonly string[];
  readonly scopes: readonly string[];
  readonly feeds: readonly string[];
  readonly advisories: readonly string[];
  readonly lane: string;
  readonly due: StoredInstant;
  readonly severity: string;
  readonly known_exploited: boolean;
  readonly epss: number;
  readonly fixes: readonly string[];
  readonly words: GeneratedAlways<string>;
  readonly answered: Generated<number>;
  readonly offered_on: number | null;
}

interface IdentificationFleetIdle {
  readonly scope: string;
  readonly source: string;
  readonly assets: number;
  readonly vulnerabilities: number;
}

interface IdentificationFleetProposal {
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly kind: 'security' | 'bugfix' | 'feature' | 'unknown';
  readonly packages: readonly string[];
  readonly fixes: readonly string[];
  readonly known_exploited: number;
  readonly assets: number;
  readonly test_assets: number;
  readonly lane: string;
  readonly released_at: StoredInstant;
  readonly first_seen: StoredInstant;
  readonly due: StoredInstant;
  readonly why: string;
  readonly reasons: ColumnType<JsonValue, JsonText, JsonText>;
  readonly words: GeneratedAlways<string>;
}

interface IdentificationFleetUpdate {
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly packages: readonly string[];
  readonly kind: 'security' | 'bugfix' | 'feature' | 'unknown';
  readonly fixes: readonly string[];
  readonly known_exploited: number;
  readonly assets: number;
  readonly lane: string | null;
  readonly due: StoredInstant | null;
  readonly words: GeneratedAlways<string>;
}

interface IdentificationFleetUpdateSource {
  readonly source: string;
  readonly scope: string;
  readonly assets: number;
  readonly scopes: readonly string[];
  readonly versions: readonly string[];
  readonly kind: 'security' | 'bugfix' | 'feature' | 'unknown';
  readonly fixes: number;
  readonly known_exploited: number;
  readonly lane: string | null;
  readonly due: StoredInstant | null;
  readonly words: string;
}

interface IdentificationHeldUrgency {
  readonly vulnerability: string;
  readonly what: 'rating' | 'known-exploited';
  readonly says: ColumnType<JsonValue, JsonText, JsonText>;
  readonly since: StoredInstant;
  readonly feed: string | null;
}

interface IdentificationHostKey {
  readonly fingerprint: string;
  readonly asset_id: string;
  readonly public_key_pem: string;
  readonly bound_at: StoredInstant;
  readonly revoked_at: StoredInstant | null;
}

interface IdentificationInventoryHistory {
  readonly asset_id: string;
  readonly valid_from: StoredInstant;
  readonly valid_to: StoredInstant | null;
  readonly package_set_id: number;
  readonly packages_hash: string;
  readonly system_hash: string;
  readonly running_source_version_id: number | null;
  readonly shares_kernel: Generated<boolean>;
  readonly lingering: ColumnType<JsonValue, JsonText | undefined, JsonText>;
}

interface IdentificationKnownExploited {
  readonly vulnerability: string;
  readonly added: string;
  readonly due: string | null;
  readonly ransomware: boolean;
  readonly name: string;
}

interface IdentificationLifecycle {
  readonly feed: string;
  readonly scope: string;
  readonly phase: 'regular' | 'lts' | 'extended';
  readonly ends: StoredInstant;
}

interface IdentificationOffer {
  readonly id: GeneratedAlways<number>;
  readonly scope: string;
  readonly source: string;
  readonly source_version: string;
  readonly version_key: Buffer;
  readonly first_seen: Generated<StoredInstant>;
}

interface IdentificationOfferSet {
  readonly id: GeneratedAlways<number>;
  readonly hash: string;
  readonly scope: string | null;
  readonly updates: number | null;
}

interface IdentificationOfferSetOffer {
  readonly set_id: number;
  readonly offer_id: number;
  readonly packages: readonly string[];
  readonly kind: 'security' | 'bugfix' | 'feature' | 'unknown';
  readonly origins: Generated<readonly string[]>;
  readonly phased: Generated<boolean>;
}

interface IdentificationPackageSet {
  readonly id: GeneratedAlways<number>;
  readonly hash: string;
  readonly ecosystem: 'deb' | 'rpm' | 'apk' | 'components';
  readonly release: ColumnType<JsonValue, JsonText, JsonText>;
  readonly scope: string | null;
  readonly packages: number;
  readonly findings: Generated<number>;
  readonly known_exploited: Generated<number>;
  readonly judged_at: StoredInstant | null;
  readonly count_needed: Generated<boolean>;
  readonly revision: Generated<number>;
  readonly changed_in: Generated<string>;
  readonly unjudged: Generated<number>;
}

interface IdentificationPackageSetSource {
  readonly set_id: number;
  readonly source_version_id: number;
  readonly packages: readonly string[];
  readonly held: Generated<readonly string[]>;
}

interface IdentificationPackageSupport {
  readonly feed: string;
  readonly place: number;
  readonly scope: string;
  readonly source: string;
  readonly is_beginning: boolean;
  readonly last_version: string | null;
  readonly ends: StoredInstant | null;
  readonly details: string | null;
}

interface IdentificationProviderDocument {
  readonly feed: string;
  readonly url: string;
  readonly document: string;
  readonly version: string;
  readonly released_at: StoredInstant;
  readonly changed_at: StoredInstant | null;
  readonly sha256: string;
  readonly fetched_at: StoredInstant;
  readonly reader: Generated<number>;
  readonly checked_by: Generated<'signature' | 'hash' | 'nothing'>;
}

interface IdentificationRatingRecord {
  readonly vulnerability: string;
  readonly publisher: string;
  readonly record: string;
  readonly ratings: ColumnType<JsonValue, JsonText, JsonText>;
  readonly points: ColumnType<JsonValue, JsonText, JsonText>;
  readonly rejected: boolean;
  readonly modified: StoredInstant | null;
  readonly revision: string;
  readonly feed: string;
}

interface IdentificationRemovedAsset {
  readonly asset_id: string;
  readonly removed_by: string;
  readonly why: string;
  readonly merged_into: string | null;
  readonly kept: ColumnType<JsonValue, JsonText, JsonText>;
}

interface IdentificationSaidSeverity {
  readonly vulnerability: string;
  readonly severity: 'none' | 'low' | 'medium' | 'high' | 'critical';
  readonly why: string;
  readonly person: string;
  readonly person_name: string;
  readonly at: StoredInstant;
  readonly judgment: number;
}

interface IdentificationSection {
  readonly hash: string;
  readonly name: 'packages' | 'updates' | 'origins' | 'system';
  readonly body: ColumnType<JsonValue, JsonText, JsonText>;
  readonly stored_at: StoredInstant;
}

interface IdentificationSeverityJudgment {
  readonly id: GeneratedAlways<number>;
  readonly vulnerability: string;
  readonly severity: 'none' | 'low' | 'medium' | 'high' | 'critical' | null;
  readonly why: string;
  readonly person: string;
  readonly person_name: string;
  readonly at: StoredInstant;
}

interface IdentificationSourceVersion {
  readonly id: GeneratedAlways<number>;
  readonly scope: string;
  readonly source: string;
  readonly version: string;
  readonly version_key: Buffer | null;
  readonly third_party: boolean;
  readonly judge_needed: Generated<boolean>;
  readonly architecture: Generated<string>;
  readonly built_from: Generated<string>;
  readonly has_version_of_source: Generated<boolean>;
  readonly changed_in: Generated<string>;
}

interface IdentificationSupportedProduct {
  readonly feed: string;
  readonly name: string;
  readonly names: readonly string[];
  readonly components: readonly string[];
  readonly facts: ColumnType<JsonValue, JsonText, JsonText>;
}

interface IdentificationUrgencyChange {
  readonly id: GeneratedAlways<number>;
  readonly vulnerability: string;
  readonly at: StoredInstant;
  readonly kind: 'raised' | 'held' | 'agreed';
  readonly feed: string | null;
  readonly what: 'rating' | 'known-exploited';
  readonly before: ColumnType<JsonValue, JsonText, JsonText>;
  readonly after: ColumnType<JsonValue, JsonText, JsonText>;
}

interface IdentificationVulnerabilityRating {
  readonly vulnerability: string;
  readonly voices: string;
  readonly believed: ColumnType<JsonValue, JsonText, JsonText>;
  readonly ssvc: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
}

interface TestingArtifact {
  readonly hash: string;
  readonly kind: 'release' | 'index' | 'package' | 'report';
  readonly size_bytes: number;
  readonly name: string | null;
  readonly version: string | null;
  readonly architecture: string | null;
  readonly stored_at: StoredInstant;
}

interface TestingIndexSnapshot {
  readonly id: string;
  readonly origin_id: string;
  readonly release_hash: string;
  readonly signed_hash: string;
  readonly signed_by: readonly string[];
  readonly date: StoredInstant;
  readonly valid_until: StoredInstant | null;
  readonly publisher: string | null;
  readonly suite: string | null;
  readonly codename: string | null;
  readonly fetched_at: StoredInstant;
}

interface TestingListedPackage {
  readonly index_hash: string;
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
  readonly file_hash: string;
  readonly size_bytes: number;
  readonly path: string;
}

interface TestingLookedUp {
  readonly index_hash: string;
  readonly name: string;
}

interface TestingOrigin {
  readonly id: string;
  readonly place: string;
  readonly url: string;
  readonly mirror: string | null;
  readonly suite: string;
  readonly components: readonly string[];
  readonly architectures: readonly string[];
  readonly fingerprints: readonly string[];
  readonly keys: string;
  readonly added_at: StoredInstant;
  readonly removed_at: StoredInstant | null;
  readonly newest_date: StoredInstant | null;
  readonly newest_signed: string | null;
  readonly snapshot_id: string | null;
  readonly checked_at: StoredInstant | null;
  readonly failures: Generated<number>;
  readonly problem_code: string | null;
  readonly problem: string | null;
}

interface TestingPackageIndex {
  readonly snapshot_id: string;
  readonly path: string;
  readonly component: string | null;
  readonly hash: string;
  readonly size_bytes: number;
}

interface TestingProposal {
  readonly id: string;
  readonly asset_id: string;
  readonly packages_hash: string;
  readonly targets_hash: string;
  readonly targets: ColumnType<JsonValue, JsonText, JsonText>;
  readonly asked_at: StoredInstant;
  readonly answered_at: StoredInstant | null;
  readonly answer: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
  readonly transaction_hash: string | null;
}

interface TestingVerification {
  readonly transaction_hash: string;
  readonly transaction: ColumnType<JsonValue, JsonText, JsonText>;
  readonly state: 'pending' | 'stalled' | 'verified' | 'failed';
  readonly evidence: string | null;
  readonly rollback: ColumnType<JsonValue | null, JsonText | null, JsonText | null>;
  readonly problems: ColumnType<JsonValue, JsonText, JsonText>;
  readonly checked_at: StoredInstant | null;
  readonly failures: Generated<number>;
}

export interface Tables {
  readonly 'access.api_token': AccessApiToken;
  readonly 'access.first_run': AccessFirstRun;
  readonly 'access.invitation': AccessInvitation;
  readonly 'access.known_device': AccessKnownDevice;
  readonly 'access.passkey': AccessPasskey;
  readonly 'access.passkey_offer': AccessPasskeyOffer;
  readonly 'access.person': AccessPerson;
  readonly 'access.session': AccessSession;
  readonly 'access.sign_in_attempt': AccessSignInAttempt;
  readonly 'approval.notice': ApprovalNotice;
  readonly 'approval.plan': ApprovalPlan;
  readonly 'approval.plan_leaf': ApprovalPlanLeaf;
  readonly 'approval.plan_signature': ApprovalPlanSignature;
  readonly 'approval.stakeholder': ApprovalStakeholder;
  readonly 'approval.statement': ApprovalStatement;
  readonly 'approval.trust_root': ApprovalTrustRoot;
  readonly 'backup.proof': BackupProof;
  readonly 'backup.waiver': BackupWaiver;
  readonly 'campaign.appointment': CampaignAppointment;
  readonly 'campaign.campaign': CampaignCampaign;
  readonly 'campaign.document': CampaignDocument;
  readonly 'campaign.event': CampaignEvent;
  readonly 'campaign.maintenance_plan': CampaignMaintenancePlan;
  readonly 'campaign.maintenance_turn': CampaignMaintenanceTurn;
  readonly 'campaign.open_update': CampaignOpenUpdate;
  readonly 'campaign.outbox': CampaignOutbox;
  readonly 'campaign.timer': CampaignTimer;
  readonly 'deployment.extraordinary_window': DeploymentExtraordinaryWindow;
  readonly 'deployment.freeze_calendar': DeploymentFreezeCalendar;
  readonly 'deployment.grant': DeploymentGrant;
  readonly 'deployment.health_profile': DeploymentHealthProfile;
  readonly 'deployment.host': DeploymentHost;
  readonly 'deployment.job': DeploymentJob;
  readonly 'deployment.ledger': DeploymentLedger;
  readonly 'deployment.maintenance_group': DeploymentMaintenanceGroup;
  readonly 'deployment.manual_file': DeploymentManualFile;
  readonly 'deployment.manual_item': DeploymentManualItem;
  readonly 'deployment.report': DeploymentReport;
  readonly 'documentation.checkpoint': DocumentationCheckpoint;
  readonly 'documentation.leaf': DocumentationLeaf;
  readonly 'evaluation.assessment': EvaluationAssessment;
  readonly 'evaluation.matter': EvaluationMatter;
  readonly 'evaluation.response': EvaluationResponse;
  readonly 'evaluation.response_cover': EvaluationResponseCover;
  readonly 'evaluation.response_event': EvaluationResponseEvent;
  readonly 'evaluation.response_fallen': EvaluationResponseFallen;
  readonly 'evaluation.telling': EvaluationTelling;
  readonly 'evaluation.telling_preference': EvaluationTellingPreference;
  readonly 'evaluation.told': EvaluationTold;
  readonly 'identification.advisory': IdentificationAdvisory;
  readonly 'identification.announcement': IdentificationAnnouncement;
  readonly 'identification.announcement_revision': IdentificationAnnouncementRevision;
  readonly 'identification.announcement_triage': IdentificationAnnouncementTriage;
  readonly 'identification.asset': IdentificationAsset;
  readonly 'identification.asset_bill': IdentificationAssetBill;
  readonly 'identification.asset_import': IdentificationAssetImport;
  readonly 'identification.asset_import_line': IdentificationAssetImportLine;
  readonly 'identification.asset_listing': IdentificationAssetListing;
  readonly 'identification.asset_removal': IdentificationAssetRemoval;
  readonly 'identification.asset_rule': IdentificationAssetRule;
  readonly 'identification.bulk_change': IdentificationBulkChange;
  readonly 'identification.bulk_change_asset': IdentificationBulkChangeAsset;
  readonly 'identification.check_in': IdentificationCheckIn;
  readonly 'identification.claim': IdentificationClaim;
  readonly 'identification.enrollment_token': IdentificationEnrollmentToken;
  readonly 'identification.epss': IdentificationEpss;
  readonly 'identification.feed': IdentificationFeed;
  readonly 'identification.feed_file': IdentificationFeedFile;
  readonly 'identification.feed_key': IdentificationFeedKey;
  readonly 'identification.feed_scope': IdentificationFeedScope;
  readonly 'identification.feed_silence': IdentificationFeedSilence;
  readonly 'identification.finding': IdentificationFinding;
  readonly 'identification.first_listed': IdentificationFirstListed;
  readonly 'identification.fleet_count': IdentificationFleetCount;
  readonly 'identification.fleet_finding': IdentificationFleetFinding;
  readonly 'identification.fleet_group': IdentificationFleetGroup;
  readonly 'identification.fleet_idle': IdentificationFleetIdle;
  readonly 'identification.fleet_proposal': IdentificationFleetProposal;
  readonly 'identification.fleet_update': IdentificationFleetUpdate;
  readonly 'identification.fleet_update_source': IdentificationFleetUpdateSource;
  readonly 'identification.held_urgency': IdentificationHeldUrgency;
  readonly 'identification.host_key': IdentificationHostKey;
  readonly 'identification.inventory_history': IdentificationInventoryHistory;
  readonly 'identification.known_exploited': IdentificationKnownExploited;
  readonly 'identification.lifecycle': IdentificationLifecycle;
  readonly 'identification.offer': IdentificationOffer;
  readonly 'identification.offer_set': IdentificationOfferSet;
  readonly 'identification.offer_set_offer': IdentificationOfferSetOffer;
  readonly 'identification.package_set': IdentificationPackageSet;
  readonly 'identification.package_set_source': IdentificationPackageSetSource;
  readonly 'identification.package_support': IdentificationPackageSupport;
  readonly 'identification.provider_document': IdentificationProviderDocument;
  readonly 'identification.rating_record': IdentificationRatingRecord;
  readonly 'identification.removed_asset': IdentificationRemovedAsset;
  readonly 'identification.said_severity': IdentificationSaidSeverity;
  readonly 'identification.section': IdentificationSection;
  readonly 'identification.severity_judgment': IdentificationSeverityJudgment;
  readonly 'identification.source_version': IdentificationSourceVersion;
  readonly 'identification.supported_product': IdentificationSupportedProduct;
  readonly 'identification.urgency_change': IdentificationUrgencyChange;
  readonly 'identification.vulnerability_rating': IdentificationVulnerabilityRating;
  readonly 'testing.artifact': TestingArtifact;
  readonly 'testing.index_snapshot': TestingIndexSnapshot;
  readonly 'testing.listed_package': TestingListedPackage;
  readonly 'testing.looked_up': TestingLookedUp;
  readonly 'testing.origin': TestingOrigin;
  readonly 'testing.package_index': TestingPackageIndex;
  readonly 'testing.proposal': TestingProposal;
  readonly 'testing.verification': TestingVerification;
}
