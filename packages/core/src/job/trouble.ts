import { type Instant, type Reason, reasonOf } from '../vocabulary/index.ts';
import { isTerminal } from './phases.ts';
import type { JobState } from './state.ts';

/** A host as its campaign knows it; `seenAt`: when it last reported, null: never; `forked`: two machines report as it. */
interface WatchedJob {
  readonly host: string;
  readonly job: JobState;
  readonly seenAt: Instant | null;
  readonly forked: boolean;
}

/** Who reports more seldom than this, while there is work for it, is taken for silent. */
interface Patience {
  readonly silenceMs: number;
  /** Until when its trouble must be cleared, so that it still has its turn. */
  readonly by: Instant | undefined;
}

/** Why a job does not go on by itself: the host's own reason, its silence or its double. null: it goes on, or it is over. // §2.8 L4 */
export function troubleOf(
  { host, job, seenAt, forked }: WatchedJob,
  { silenceMs, by }: Patience,
  now: Instant,
): Reason | null {
  if (isTerminal(job.name)) return null;
  // Nothing that it says is taken any more, and nothing is granted to it. // §2.8 S20
  if (forked) return reasonOf('host-reports-fork', host, by);
  if (job.unknownSince !== null) return reasonOf('host-silent', host, by);
  // People take their work when its time has come; an asset without an agent says nothing by itself.
  if (job.person !== undefined) {
    return job.slot === null && job.name !== 'blocked'
      ? reasonOf('work-not-taken', `${host} (${job.person})`, by)
      : null;
  }
  const lastWord = Math.max(job.since, seenAt ?? 0);
  // What it is at work on may take as long as it was granted; a host that owes only a look has no such excuse.
  if (job.slot === null && now - lastWord > silenceMs) return reasonOf('report-stale', host, by);
  if (job.name !== 'blocked') return null;
  if (job.blocked === null) return reasonOf('host-blocked', host, by);
  const { reason, detail } = job.blocked;
  return reasonOf(reason, detail === '' ? host : `${host} (${detail})`, by);
}
