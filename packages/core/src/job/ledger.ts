import { type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';
import type { JobState } from './state.ts';

/** One host that counts as down, by one job. */
export interface LedgerEntry {
  /** Key of the job. */
  readonly job: string;
  readonly assetId: string;
  readonly groups: readonly string[];
  readonly since: Instant;
  readonly why: 'granted' | 'unknown' | 'rollback' | 'failed';
}

/** A redundancy group as the inventory knows it. */
export interface RedundancyGroup {
  readonly name: string;
  readonly members: number;
  /** How many may be down at once; null: by its size. */
  readonly budget: number | null;
}

/** Without a figure of their own at most a tenth of the members may be down, but always one. // rollout-and-trust §2.4 */
const DOWN_SHARE_MAX = 0.1;

export function budgetOf({ members, budget }: RedundancyGroup): number {
  return budget ?? Math.max(1, Math.floor(members * DOWN_SHARE_MAX));
}

/**
 * A job's place in the ledger of each of its groups, across all campaigns. It is held from the grant until the host says
 * something good, hands the grant back, or a person signs what became of it; never for a time. // §0.2, §2.8 S4
 */
export function slotOf(key: string, job: JobState): LedgerEntry | null {
  if (job.slot === null) return null;
  const why = job.unknownSince === null ? job.slot.why : 'unknown';
  return { job: key, assetId: job.assetId, groups: job.groups, since: job.slot.since, why };
}

/**
 * The groups of a host in which no further member may go down now. A host counts once however many jobs it has, and one
 * that counts already adds nothing.
 */
export function fullGroups(
  host: { readonly assetId: string; readonly groups: readonly RedundancyGroup[] },
  ledger: readonly LedgerEntry[],
): Reason[] {
  return host.groups
    .filter((group) => downIn(group.name, ledger, host.assetId) + 1 > budgetOf(group))
    .map(({ name }) => reasonOf('group-budget-taken', name));
}

function downIn(group: string, ledger: readonly LedgerEntry[], except: string): number {
  const down = ledger.filter(({ groups }) => groups.includes(group)).map(({ assetId }) => assetId);
  return new Set(down.filter((assetId) => assetId !== except)).size;
}
