import type { Hash } from '../vocabulary/index.ts';
import type { ManagedEcosystem, PackageChange, Rollback } from './change.ts';
import type { Interval } from './interval.ts';
import type { ManualWork } from './manual-work.ts';

/** What the runner can look at by itself. Names only: no command, no script, no path to run. */
export interface HealthChecks {
  /** systemd units that are active. */
  readonly units: readonly string[];
  /** TCP ports that listen on the host. */
  readonly ports: readonly number[];
  /** `http://127.0.0.1:PORT/PATH` that answer with a status below 400; loopback only. */
  readonly urls: readonly string[];
}

/** Looks that not every profile has. */
export interface FurtherChecks {
  /** Plain files that must be there; nothing is read of them. */
  readonly files: readonly string[];
  /** So many lines of the host's journal may be errors or worse while it is watched; null: they are not counted. */
  readonly errorLinesMax: number | null;
  /** What is looked at and told, and fails nothing. */
  readonly wanted: HealthChecks & { readonly files: readonly string[] };
}

/** What must hold on the host before the transaction, and after it for as long as it is watched. */
export interface HealthProfile extends HealthChecks {
  /** Absent where there are none: the bytes of a work order without them are what they were before there were any. */
  readonly further?: FurtherChecks;
  /** How long it is watched after the transaction before it counts as healthy. */
  readonly watchMs: number;
}

/** What stands behind a leaf's right to change the host. // SOP P4 */
export type BackupEvidence =
  | { readonly kind: 'proof'; readonly proof: Hash }
  | { readonly kind: 'waiver'; readonly waiver: Hash }
  /** Test ring hosts only: they hold nothing that could be lost. */
  | { readonly kind: 'not-needed' };

/** What every work order says, whoever carries it out. */
interface LeafBody {
  readonly assetId: string;
  /** 0 is the test ring; production waves count from 1. */
  readonly wave: number;
  /** Sorted by name, then architecture. */
  readonly changes: readonly PackageChange[];
  /** Units that are restarted after the transaction, beside what the packages do themselves. */
  readonly restarts: readonly string[];
  readonly reboot: 'never' | 'if-needed';
  /** Start is allowed inside these only. Members of one redundancy group have disjoint ones. */
  readonly intervals: readonly Interval[];
  readonly health: HealthProfile;
  readonly backup: BackupEvidence;
  readonly rollback: Rollback;
  /** Automatic rollback after a failed health check, this long after the transaction at most; 0: never. // decided 30 */
  readonly rollbackGraceMs: number;
}

/** The work order of one host: all that its agent may do under the plan, and nothing else. // decided 9, 26-32 */
export interface Leaf extends LeafBody {
  /** Whose package manager the changes are for. */
  readonly ecosystem: ManagedEcosystem;
}

/**
 * The work order of an asset without an agent: a named person works through a checklist and files evidence. No runner
 * reads it. Nothing of it is enforced on the asset; it is attested, and seen when the next list shows the version.
 * // rollout-and-trust §2.2
 */
export interface ManualLeaf extends LeafBody, ManualWork {
  readonly executor: 'manual';
}

/** Any work order of a plan. */
export type PlanLeaf = Leaf | ManualLeaf;
