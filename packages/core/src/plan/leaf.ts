import type { Hash } from '../vocabulary/index.ts';
import type { ManagedEcosystem, PackageChange, Rollback } from './change.ts';
import type { Interval } from './interval.ts';

/** What must hold on the host after the transaction. Names only: no command, no script, no path to run. */
export interface HealthProfile {
  /** systemd units that must be active, and stay so. */
  readonly units: readonly string[];
  /** TCP ports that must be listening on the host. */
  readonly ports: readonly number[];
  /** `http://127.0.0.1:PORT/PATH` that must answer with a status below 400; loopback only. */
  readonly urls: readonly string[];
  /** How long it is watched after the transaction before it counts as healthy. */
  readonly watchMs: number;
}

/** What stands behind a leaf's right to change the host. // SOP P4 */
export type BackupEvidence =
  | { readonly kind: 'proof'; readonly proof: Hash }
  | { readonly kind: 'waiver'; readonly waiver: Hash }
  /** Test ring hosts only: they hold nothing that could be lost. */
  | { readonly kind: 'not-needed' };

/** The work order of one host: all that its agent may do under the plan, and nothing else. // decided 9, 26-32 */
export interface Leaf {
  readonly assetId: string;
  /** Whose package manager the changes are for. */
  readonly ecosystem: ManagedEcosystem;
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
