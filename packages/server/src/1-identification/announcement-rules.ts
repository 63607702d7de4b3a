import type { ErrorCode } from '@patchsteward/contract';
import type { AnnouncementState, TriageRow } from './announcement-store.ts';

interface Standing {
  readonly id: string;
  readonly state: AnnouncementState;
  readonly revision: number;
  readonly triage: Pick<TriageRow, 'kind'> | null;
}

export interface TriageRefusal {
  readonly code: Extract<ErrorCode, 'announcement-changed' | 'announcement-not-waiting' | 'announcement-not-triaged'>;
  readonly problem: string;
}

/** Whether somebody who read this revision may make something of it. null: they may. */
export function refusalOfTriage({ id, state, revision }: Standing, read: number): TriageRefusal | null {
  if (state !== 'waiting') {
    const made = state === 'claimed' ? 'a claim was made of it' : 'it was dismissed';
    return { code: 'announcement-not-waiting', problem: `${id} does not wait: ${made}` };
  }
  if (revision === read) return null;
  return { code: 'announcement-changed', problem: `${id} is at revision ${revision}, and revision ${read} was read` };
}

/** Of one that waits since it was changed, what was made of it before stands and can be taken back. */
export function refusalOfUndo({ id, triage }: Standing): TriageRefusal | null {
  if (triage !== null) return null;
  return { code: 'announcement-not-triaged', problem: `nothing was made of ${id}` };
}
