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

interface AccessKnownDevice {
  readonly token_hash: string;
  readonly person_id: string;
  readonly last_used_at: StoredInstant;
}

interface AccessPerson {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly password_hash: string;
  readonly roles: readonly ('it' | 'owner' | 'change' | 'security' | 'admin' | 'auditor')[];
  readonly created_at: StoredInstant;
  readonly disabled_at: StoredInstant | null;
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
}

interface CampaignTimer {
  readonly kind: string;
  readonly subject: string;
  readonly due: StoredInstant;
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
}

interface IdentificationFeedScope {
  readonly feed: string;
  readonly scope: string;
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
}

interface IdentificationHostKey {
  readonly fingerprint: string;
  readonly asset_id: string;
  readonly public_key_pem: string;
  readonly bound_at: StoredInstant;
  readonly revoked_at: StoredInstant | null;
}

interface IdentificationKnownExploited {
  readonly vulnerability: string;
  readonly added: string;
  readonly due: string | null;
  readonly ransomware: boolean;
  readonly name: string;
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
}

interface IdentificationPackageSet {
  readonly id: GeneratedAlways<number>;
  readonly hash: string;
  readonly ecosystem: string;
  readonly release: ColumnType<JsonValue, JsonText, JsonText>;
  readonly scope: string | null;
  readonly packages: number;
  readonly findings: Generated<number>;
  readonly known_exploited: Generated<number>;
  readonly judged_at: StoredInstant | null;
  readonly count_needed: Generated<boolean>;
  readonly revision: Generated<number>;
}

interface IdentificationPackageSetSource {
  readonly set_id: number;
  readonly source_version_id: number;
  readonly packages: readonly string[];
}

interface IdentificationSection {
  readonly hash: string;
  readonly name: 'packages' | 'updates' | 'origins' | 'system';
  readonly body: ColumnType<JsonValue, JsonText, JsonText>;
  readonly stored_at: StoredInstant;
}

interface IdentificationSourceVersion {
  readonly id: GeneratedAlways<number>;
  readonly scope: string;
  readonly source: string;
  readonly version: string;
  readonly version_key: Buffer;
  readonly third_party: boolean;
  readonly judge_needed: Generated<boolean>;
}

export interface Tables {
  readonly 'access.api_token': AccessApiToken;
  readonly 'access.first_run': AccessFirstRun;
  readonly 'access.known_device': AccessKnownDevice;
  readonly 'access.person': AccessPerson;
  readonly 'access.session': AccessSession;
  readonly 'access.sign_in_attempt': AccessSignInAttempt;
  readonly 'campaign.outbox': CampaignOutbox;
  readonly 'campaign.timer': CampaignTimer;
  readonly 'documentation.checkpoint': DocumentationCheckpoint;
  readonly 'documentation.leaf': DocumentationLeaf;
  readonly 'evaluation.assessment': EvaluationAssessment;
  readonly 'identification.advisory': IdentificationAdvisory;
  readonly 'identification.asset': IdentificationAsset;
  readonly 'identification.check_in': IdentificationCheckIn;
  readonly 'identification.claim': IdentificationClaim;
  readonly 'identification.enrollment_token': IdentificationEnrollmentToken;
  readonly 'identification.epss': IdentificationEpss;
  readonly 'identification.feed': IdentificationFeed;
  readonly 'identification.feed_scope': IdentificationFeedScope;
  readonly 'identification.finding': IdentificationFinding;
  readonly 'identification.first_listed': IdentificationFirstListed;
  readonly 'identification.fleet_count': IdentificationFleetCount;
  readonly 'identification.fleet_finding': IdentificationFleetFinding;
  readonly 'identification.fleet_update': IdentificationFleetUpdate;
  readonly 'identification.host_key': IdentificationHostKey;
  readonly 'identification.known_exploited': IdentificationKnownExploited;
  readonly 'identification.offer': IdentificationOffer;
  readonly 'identification.offer_set': IdentificationOfferSet;
  readonly 'identification.offer_set_offer': IdentificationOfferSetOffer;
  readonly 'identification.package_set': IdentificationPackageSet;
  readonly 'identification.package_set_source': IdentificationPackageSetSource;
  readonly 'identification.section': IdentificationSection;
  readonly 'identification.source_version': IdentificationSourceVersion;
}
