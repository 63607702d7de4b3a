import type { JobState } from '../job/index.ts';
import { isSettled, outcomeOf, troubleOf } from '../job/index.ts';
import type { LanePolicy } from '../policy/index.ts';
import { type Instant, type Reason, reasonOf, type Verdict } from '../vocabulary/index.ts';
import { type JobFact, limitReasons } from './limit.ts';

export interface NamedJob {
  /** What the host is called in reasons. */
  readonly host: string;
  readonly job: JobState;
  /** When the host last reported; null: never. */
  readonly seenAt: Instant | null;
  /** Two machines report as this host. // §2.8 S20 */
  readonly forked: boolean;
  /** When the next of its own spans opens; null: one is open, or none is left. */
  readonly opensAt: Instant | null;
}

export interface WaveFacts {
  readonly wave: number;
  /** Of this wave. */
  readonly jobs: readonly NamedJob[];
  /** Of the whole plan, this wave among them: limits look at both. */
  readonly allJobs: readonly NamedJob[];
  readonly openedAt: Instant;
  /** When a person last resumed the campaign. */
  readonly resumedAt: Instant | null;
  /** Nothing comes after it, so nothing has to be waited for: it is watched in the next step. */
  readonly last: boolean;
  /** A host that has not reported for so long, while there is work for it, is silent. */
  readonly silenceMs: number;
  /** After that nobody starts any more: until then trouble must be cleared. */
  readonly endsAt: Instant;
}

export interface WaveResult {
  readonly succeeded: number;
  readonly failed: number;
}

/** Whether the next wave may follow. Silence is never good news. // rollout-and-trust §2.4, §2.8 S5 S6 */
export function decideWave(facts: WaveFacts, lane: LanePolicy, now: Instant): Verdict<WaveResult> {
  const { wave, jobs, allJobs, openedAt, resumedAt } = facts;
  const limits = (some: readonly NamedJob[]) => limitReasons(some.map(jobFact), lane.pauseLimit, resumedAt);
  const ofWave = limits(jobs);
  const over = ofWave.length > 0 ? ofWave : limits(allJobs);
  if (over.length > 0) return { kind: 'stop', blockedBy: over };

  const unsettled = jobs.filter(({ job }) => !isSettled(job));
  if (unsettled.length > 0) return { kind: 'wait', waitingOn: whyUnsettled(unsettled, facts, now) };

  const result = waveResult(jobs.map(({ job }) => job));
  // Who resumed before it was opened has not looked at this wave; the machine asks the same of its end.
  const isLookedAt = resumedAt !== null && resumedAt >= openedAt;
  const resumed = isLookedAt && jobs.every(({ job }) => (job.failedAt ?? 0) <= resumedAt);
  if (result.succeeded === 0 && !resumed) {
    return { kind: 'stop', blockedBy: [reasonOf('wave-without-success', `wave ${wave}`)] };
  }
  // Whoever never started changed nothing, and is not watched: that its time is over tells nothing of the others.
  const ended = jobs.flatMap(({ job }) => (job.name === 'expired' ? [] : [job.since]));
  const ends = Math.max(0, ...ended) + lane.waveSoakMs;
  if (!facts.last && now < ends) return { kind: 'wait', waitingOn: [reasonOf('wave-soaking', `wave ${wave}`, ends)] };
  return { kind: 'proceed', value: result };
}

export function jobFact({ host, job }: Pick<NamedJob, 'host' | 'job'>): JobFact {
  return { host, outcome: outcomeOf(job), error: job.error, failedAt: job.failedAt ?? job.unknownSince };
}

export function waveResult(jobs: readonly JobState[]): WaveResult {
  const outcomes = jobs.map(outcomeOf);
  return {
    succeeded: outcomes.filter((outcome) => outcome === 'succeeded').length,
    failed: outcomes.filter((outcome) => outcome === 'failed' || outcome === 'unknown').length,
  };
}

/** Whoever somebody must help comes first: the others come to their end, or to their turn, by themselves. */
function whyUnsettled(
  unsettled: readonly NamedJob[],
  { wave, silenceMs, endsAt: by }: WaveFacts,
  now: Instant,
): readonly Reason[] {
  const told = unsettled.map((one) => {
    // Nobody is late with work that must not begin yet.
    const waits = one.job.person !== undefined && one.opensAt !== null;
    return { one, trouble: waits ? null : troubleOf(one, { silenceMs, by }, now) };
  });
  return [
    ...told.flatMap(({ trouble }) => trouble ?? []),
    ...told.flatMap(({ one, trouble }) => (trouble === null ? [underWay(one, wave, by)] : [])),
  ];
}

/** A host that missed its span waits for its next one, perhaps until tomorrow, and is at work with nothing. */
function underWay({ host, job, opensAt }: NamedJob, wave: number, by: Instant): Reason {
  const waits = job.grant === null && job.slot === null && opensAt !== null;
  return waits ? reasonOf('window-not-open', host, opensAt) : reasonOf('wave-running', `wave ${wave} (${host})`, by);
}
