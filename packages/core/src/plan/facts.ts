import type { Policy } from '../policy/index.ts';
import type { Criticality, Environment, Exposure, Instant, Lane, Reason } from '../vocabulary/index.ts';
import type { Interval } from './interval.ts';
import type { BackupEvidence, HealthProfile, Leaf, PlanLeaf } from './leaf.ts';
import type { ManualWork } from './manual-work.ts';
import type { PlanBody } from './plan.ts';
import type { VerifiedTransaction } from './proposal.ts';

/** One step of one package on one release: what a test on one host says about another. // decided 15 */
export interface PackagePair {
  readonly name: string;
  readonly architecture: string;
  readonly from: string | null;
  readonly to: string | null;
  /** `debian:12` */
  readonly scope: string;
}

/** What the test ring says of a pair. */
export interface ProvenPair extends PackagePair {
  /** Hosts of the ring that had it to do. */
  readonly tried: number;
  /** Those on which it was verified and stayed healthy. */
  readonly verified: number;
  /** It may go back by itself in production. // decided 30 */
  readonly rehearsed: boolean;
}

/** What a person is to do on an asset without an agent: the product goes from one version to another. */
export interface ManualChange extends ManualWork {
  /** As the inventory calls the product. // product-key.ts */
  readonly product: string;
  readonly from: string;
  readonly to: string;
}

/** An asset in scope, with all that its work order is made of. */
export interface PlanAsset {
  readonly assetId: string;
  readonly name: string;
  readonly criticality: Criticality;
  readonly exposure: Exposure;
  /** As pinned on the host where that is known, the stricter of both otherwise. // decided 14, 24 */
  readonly environment: Environment;
  readonly scope: string;
  readonly role: string | null;
  readonly ring: boolean;
  readonly maintenanceGroup: string | null;
  readonly redundancyGroups: readonly string[];
  /** Agreed to by its owner beside those of its group. */
  readonly extraordinary: readonly Interval[];
  /** null: its agent has not answered, or its files are not verified. */
  readonly transaction: VerifiedTransaction | null;
  /** Absent: its agent carries it out. Else nothing is installed by us, and there is no transaction. */
  readonly manual?: ManualChange;
  /** null: neither a proof nor a waiver. // SOP P4 */
  readonly backup: BackupEvidence | null;
  readonly health: HealthProfile;
  readonly restarts: readonly string[];
  readonly reboot: Leaf['reboot'];
  /** What the like took on nearly every host; null: not measured yet. */
  readonly expectedMs: number | null;
}

export interface PlanFacts {
  readonly kind: 'test' | 'production';
  readonly campaign: string;
  readonly lane: Lane;
  readonly due: Instant;
  readonly now: Instant;
  /** The end of the cooling-off, where there is one. */
  readonly notBefore: Instant;
  readonly requester: string;
  readonly policy: Policy;
  readonly assets: readonly PlanAsset[];
  /** Of each maintenance group, as instants, over the whole authority of the plan. */
  readonly windows: Readonly<Record<string, readonly Interval[]>>;
  readonly proven: readonly ProvenPair[];
  /** Pairs that people accepted by signature although no host of the ring has them. // decided 15 */
  readonly acceptedUntested: readonly PackagePair[];
}

/** What the planner decides of the body; hashes, numbers and evidence are added by whoever has them. // decided 2 */
export type PlanParts = Pick<
  PlanBody,
  'campaign' | 'kind' | 'lane' | 'requester' | 'leafCount' | 'criticality' | 'notAfter' | 'summary'
>;

export interface PlannedWave {
  readonly wave: number;
  /** The first instant at which one of its hosts may start. */
  readonly opensAt: Instant;
  /** Hosts that were clean before it, if all goes well: what its size rests on. */
  readonly cleanBefore: number;
  readonly assets: readonly string[];
}

export interface LeftOut {
  readonly assetId: string;
  readonly reasons: readonly Reason[];
}

export interface CompiledPlan {
  readonly kind: 'compiled';
  readonly body: PlanParts;
  /** In the order of asset ids. */
  readonly leaves: readonly PlanLeaf[];
  readonly waves: readonly PlannedWave[];
  /** In the plan, but not before they are due: known now, and not only when it is too late. // SOP S1 */
  readonly infeasible: readonly Reason[];
  readonly leftOut: readonly LeftOut[];
  /** Pairs that no host of the ring has proven. */
  readonly untested: readonly PackagePair[];
}

export type PlanResult =
  | CompiledPlan
  | { readonly kind: 'refused'; readonly leftOut: readonly LeftOut[]; readonly reasons: readonly Reason[] };
