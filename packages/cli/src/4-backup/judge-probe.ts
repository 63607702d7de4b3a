import type { Lock, Snapshot, SnapshotSize } from './restic-answers.ts';

/** restic renews the lock of a running command every five minutes and calls it stale after this. */
export const LOCK_STALE_MS = 30 * 60_000;
/** Clocks of two machines differ; a snapshot from later than this is not from here. */
const CLOCK_SKEW_MS_MAX = 5 * 60_000;

export interface ProbeFacts {
  readonly host: string;
  readonly snapshot: Snapshot | null;
  /** Of that snapshot; null where there is none. */
  readonly size: SnapshotSize | null;
  readonly locks: readonly (Lock & {
    /** Whoever made it is known to be gone: a process of this machine that does not run any more. */
    readonly dead: boolean;
  })[];
  readonly now: number;
}

export type ProbeProblem =
  | 'stale-lock'
  | 'exclusive-lock'
  | 'no-snapshot'
  | 'other-host'
  | 'snapshot-from-the-future'
  | 'no-paths'
  | 'empty-snapshot';

/**
 * Why a repository proves nothing about a host; null where it does. A command that ended well is no evidence: a backup
 * job on a stale lock ends well and saves nothing. // rollout-and-trust §1c, SOP P4
 */
export function problemOf({ host, snapshot, size, locks, now }: ProbeFacts): ProbeProblem | null {
  if (locks.some(({ at, dead }) => dead || now - at > LOCK_STALE_MS)) return 'stale-lock';
  if (locks.some(({ exclusive }) => exclusive)) return 'exclusive-lock';
  if (snapshot === null || size === null) return 'no-snapshot';
  if (snapshot.hostname !== host) return 'other-host';
  if (snapshot.takenAt > now + CLOCK_SKEW_MS_MAX) return 'snapshot-from-the-future';
  if (snapshot.paths.length === 0) return 'no-paths';
  if (size.bytes === 0 || size.files === 0) return 'empty-snapshot';
  return null;
}

/** By when it was taken, whatever the order of the list. */
export function newestOf(snapshots: readonly Snapshot[]): Snapshot | null {
  return snapshots.reduce<Snapshot | null>(
    (newest, snapshot) => (newest === null || snapshot.takenAt > newest.takenAt ? snapshot : newest),
    null,
  );
}
