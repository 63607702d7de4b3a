import { fullGroups, type JobState, type LedgerEntry, type RedundancyGroup } from '../job/index.ts';
import type { Interval } from '../plan/index.ts';
import { type Instant, MINUTE_MS, type Reason, reasonOf, type Verdict } from '../vocabulary/index.ts';

export interface GrantFacts {
  /** What the host is called in reasons. */
  readonly host: string;
  readonly job: JobState;
  /** Whether its campaign is deploying and the wave of the job is open; for a plan of kind test: whether it was signed. */
  readonly campaignDeploys: boolean;
  readonly waveOpen: boolean;
  readonly plan: { readonly notAfter: Instant };
  /** When its signed work order allows a start. */
  readonly intervals: readonly Interval[];
  /** Redundancy groups of the host, all of them. */
  readonly groups: readonly RedundancyGroup[];
  /** Places taken in these groups by any job of any campaign. */
  readonly ledger: readonly LedgerEntry[];
  /** Other jobs of this host that hold a place or are at work. // §2.8 S10 */
  readonly otherActiveJobs: number;
  /** Two machines report as this host. // §2.8 S20 */
  readonly forked: boolean;
  /** This plan was rolled back on this host before. // §2.8 S14 */
  readonly rolledBackBefore: boolean;
  /** Why its backup no longer counts, where it does not. // §2.8 S9 */
  readonly backup: readonly Reason[];
  /** The campaign's failure limit, over all its jobs. // §2.8 S6 */
  readonly limit: readonly Reason[];
}

export interface Grant {
  /** Later than this the host must not start, and hands the grant back. */
  readonly startBy: Instant;
}

/** Long enough for a host that is busy for a moment, short enough that "granted" still means "about to". // §2.9 */
export const START_WITHIN_MS = 10 * MINUTE_MS;

/**
 * Permission to go down now. Every check stands alone and is named, so that a test can take each away; all that fail
 * are told. // rollout-and-trust §2.4, §2.8
 */
export const GRANT_CHECKS = {
  // Whoever asks with a grant out never got it, or its time passed: it is told so, and hands it back. // §2.6 granted
  armed: ({ job, host }) =>
    job.name === 'armed' ? [] : [reasonOf(job.name === 'granted' ? 'grant-outstanding' : 'host-busy', host)],
  deploying: ({ campaignDeploys, host }) =>
    campaignDeploys ? [] : [reasonOf('campaign-not-deploying', `The campaign of ${host}`)],
  'wave-open': ({ waveOpen, job }) => (waveOpen ? [] : [reasonOf('wave-not-open', String(job.wave))]),
  authority: ({ plan, job }, now) => (now < plan.notAfter ? [] : [reasonOf('plan-expired', job.plan)]),
  interval: (facts, now) => outsideIntervals(facts, now),
  'one-job': ({ otherActiveJobs, host }) => (otherActiveJobs === 0 ? [] : [reasonOf('host-busy', host)]),
  'no-fork': ({ forked, host }) => (forked ? [reasonOf('host-reports-fork', host)] : []),
  'not-rolled-back': ({ rolledBackBefore, host }) => (rolledBackBefore ? [reasonOf('rolled-back-before', host)] : []),
  backup: ({ backup }) => backup,
  limit: ({ limit }) => limit,
  ledger: ({ job, groups, ledger }) => fullGroups({ assetId: job.assetId, groups }, ledger),
} as const satisfies Record<string, (facts: GrantFacts, now: Instant) => readonly Reason[]>;

export type GrantCheck = keyof typeof GRANT_CHECKS;

export function decideGrant(facts: GrantFacts, now: Instant): Verdict<Grant> {
  return decideGrantUnder(GRANT_CHECKS, facts, now);
}

/** For tests that take a check away and look whether anybody notices. */
export function decideGrantUnder(
  checks: Readonly<Record<GrantCheck, (facts: GrantFacts, now: Instant) => readonly Reason[]>>,
  facts: GrantFacts,
  now: Instant,
): Verdict<Grant> {
  const reasons = Object.values(checks).flatMap((check) => check(facts, now));
  if (reasons.length > 0) return { kind: 'wait', waitingOn: reasons };
  const until = Math.max(...facts.intervals.filter((one) => holds(one, now)).map((one) => one.until), now);
  return { kind: 'proceed', value: { startBy: Math.min(now + START_WITHIN_MS, until, facts.plan.notAfter) } };
}

function outsideIntervals({ intervals, host }: GrantFacts, now: Instant): readonly Reason[] {
  if (intervals.some((interval) => holds(interval, now))) return [];
  const next = intervals.map(({ from }) => from).filter((from) => from > now);
  if (next.length === 0) return [reasonOf('window-over', host)];
  return [reasonOf('window-not-open', host, Math.min(...next))];
}

function holds({ from, until }: Interval, now: Instant): boolean {
  return from <= now && now < until;
}
