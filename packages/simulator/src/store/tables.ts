import type { BackupFact } from '@patchsteward/core/4-backup';
import type { CampaignEvent, CampaignState, Recorded } from '@patchsteward/core/campaign';
import type { JobRecorded } from '@patchsteward/core/job';
import type { Leaf, PlanKind } from '@patchsteward/core/plan';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import type { HostRow, Job, JsonValue, NewGrant } from '@patchsteward/server/engine';

export interface HeldCampaign {
  readonly state: CampaignState;
  readonly version: number;
}

/** A plan as people signed it. What they signed stands beside it, and is looked at by the hosts themselves. */
export interface KeptPlan {
  readonly plan: Hash;
  readonly campaign: string;
  readonly kind: PlanKind;
  readonly epoch: number;
  readonly notAfter: Instant;
  readonly leaves: readonly Leaf[];
}

export interface OutboxRow {
  readonly kind: string;
  readonly key: string;
  readonly payload: JsonValue;
  readonly notBefore: Instant;
  readonly attempts: number;
  readonly generation: number;
}

export interface CheckIn {
  readonly seenAt: Instant;
  /** Versions by name, as the host told them. */
  readonly versions: ReadonlyMap<string, string>;
}

export interface Asset {
  readonly assetId: string;
  readonly redundancyGroups: readonly string[];
}

/** What the database holds after the last commit. */
export class Tables {
  readonly assets = new Map<string, Asset>();
  readonly backups = new Map<string, BackupFact>();
  readonly campaigns = new Map<string, HeldCampaign>();
  readonly appointments = new Map<string, { readonly due: Instant; readonly event: CampaignEvent }>();
  readonly plans = new Map<string, KeptPlan>();
  readonly jobs = new Map<string, Job>();
  readonly hosts = new Map<string, HostRow>();
  readonly checkIns = new Map<string, CheckIn>();
  readonly reports = new Map<string, string>();
  readonly grants = new Map<string, NewGrant>();
  readonly timers = new Map<string, { readonly kind: string; readonly subject: string; readonly due: Instant }>();
  readonly outbox = new Map<string, OutboxRow>();
  /** Stories, by their stream. */
  readonly events = new Map<string, (Recorded | JobRecorded)[]>();
  /** Keys of jobs, by what they are looked up by; a job never moves from one to another. */
  readonly jobsOfPlan = new Map<string, string[]>();
  readonly jobsOfAsset = new Map<string, string[]>();
  leaves = 0;
  /** Hosts that check in again and again and say what they said before; nobody writes that down each time. */
  readonly quiet = new Map<string, { readonly since: Instant; readonly everyMs: number }>();
  readonly now: () => Instant;

  constructor(now: () => Instant) {
    this.now = now;
  }

  /** undefined: it never checked in. */
  seenAt(assetId: string): Instant | undefined {
    const known = this.checkIns.get(assetId)?.seenAt;
    const quiet = this.quiet.get(assetId);
    if (known === undefined || quiet === undefined) return known;
    const rounds = Math.floor((this.now() - quiet.since) / quiet.everyMs);
    return Math.max(known, quiet.since + rounds * quiet.everyMs);
  }

  /** It says something else from now on, or nothing. */
  keepSeen(assetId: string): void {
    const seenAt = this.seenAt(assetId);
    const known = this.checkIns.get(assetId);
    this.quiet.delete(assetId);
    if (known !== undefined && seenAt !== undefined) this.checkIns.set(assetId, { ...known, seenAt });
  }
}
