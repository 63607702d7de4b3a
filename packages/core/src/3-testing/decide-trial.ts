import { type JobState, troubleOf } from '../job/index.ts';
import { type Instant, type Reason, reasonOf, type TrialResult, type Verdict } from '../vocabulary/index.ts';

export interface InstalledVersion {
  readonly name: string;
  readonly architecture: string;
  /** null: not installed. */
  readonly version: string | null;
}

/** A host of the test ring: what was planned, what its job says, and what it says of itself after the soak. */
export interface TrialHost {
  readonly name: string;
  /** null: none was queued yet. */
  readonly job: JobState | null;
  readonly expected: readonly InstalledVersion[];
  /** Two machines report as this host. // §2.8 S20 */
  readonly forked: boolean;
  /** The last look at the host; null: none. Only one after the end of its job and of the soak counts. */
  readonly look: {
    readonly at: Instant;
    readonly versions: readonly InstalledVersion[];
    /** Required units that are not healthy. */
    readonly failedUnits: readonly string[];
  } | null;
}

export interface TrialFacts {
  readonly subject: string;
  readonly hosts: readonly TrialHost[];
  readonly soakMs: number;
  /** A host that has not reported for so long, while there is work for it, is silent. */
  readonly silenceMs: number;
  /** The time box: after it, what has no answer is inconclusive. // rollout-and-trust §4 */
  readonly boxEndsAt: Instant;
}

export interface HostTrial {
  readonly name: string;
  readonly result: TrialResult;
  readonly reasons: readonly Reason[];
}

/** The document behind the verdict: the same facts always give the same one. // SOP P3, checklist c10 */
export interface TrialReport {
  readonly result: TrialResult;
  readonly reasons: readonly Reason[];
  readonly hosts: readonly HostTrial[];
}

/** `trouble`: somebody must help before it goes on. */
type Pending = { readonly until: Instant; readonly trouble: Reason | null };

/** One failure is enough to fail, every host must pass to pass, and missing data is never a pass. // §2.5, §2.8 S15 */
export function decideTrial(facts: TrialFacts, now: Instant): Verdict<TrialReport> {
  if (facts.hosts.length === 0) {
    const reasons = [reasonOf('test-host-missing', facts.subject)];
    return { kind: 'proceed', value: { result: 'inconclusive', reasons, hosts: [] } };
  }
  const judged = facts.hosts.map((host) => judgeHost(host, facts, now));
  const done = judged.filter((one) => 'result' in one);
  const failed = done.some(({ result }) => result === 'fail');
  const pending = judged.filter((one) => 'until' in one);
  if (!failed && pending.length > 0) {
    return { kind: 'wait', waitingOn: whyPending(facts.subject, pending) };
  }
  return { kind: 'proceed', value: reportOf(done, failed) };
}

/** What somebody must clear comes first; the others come to their end by themselves. */
function whyPending(subject: string, pending: readonly Pending[]): Reason[] {
  const running = pending.filter(({ trouble }) => trouble === null);
  const by = Math.max(...running.map(({ until }) => until));
  return [
    ...pending.flatMap(({ trouble }) => trouble ?? []),
    ...(running.length === 0 ? [] : [reasonOf('test-running', subject, by)]),
  ];
}

function reportOf(hosts: readonly HostTrial[], failed: boolean): TrialReport {
  const reasons = hosts.flatMap((host) => host.reasons);
  if (failed) return { result: 'fail', reasons, hosts };
  const inconclusive = hosts.some(({ result }) => result === 'inconclusive');
  return { result: inconclusive ? 'inconclusive' : 'pass', reasons, hosts };
}

function judgeHost(host: TrialHost, facts: TrialFacts, now: Instant): HostTrial | Pending {
  const { soakMs, boxEndsAt } = facts;
  const { name, job, look, expected } = host;
  const fail = (...reasons: Reason[]): HostTrial => ({ name, result: 'fail', reasons });
  const noAnswer: HostTrial = { name, result: 'inconclusive', reasons: [reasonOf('test-evidence-missing', name)] };

  if (job !== null && job.failedAt !== null) return fail(reasonOf('test-failed', name));
  if (job === null || job.name !== 'succeeded') return now < boxEndsAt ? pendingOf(host, facts, now) : noAnswer;
  if (job.evidence === null) return noAnswer;
  if (differs(expected, job.evidence.after)) return fail(reasonOf('versions-differ', name));

  const soakedAt = job.since + soakMs;
  if (now < soakedAt) return { until: soakedAt, trouble: null };
  // While its job runs an agent tells the inventory of before, so only what came after the report of its end counts.
  const looked = look !== null && look.at > job.since && look.at >= soakedAt;
  if (!looked) return now < boxEndsAt ? { until: boxEndsAt, trouble: null } : noAnswer;
  if (differs(expected, look.versions)) return fail(reasonOf('versions-differ', name));
  if (look.failedUnits.length > 0) {
    return fail(...look.failedUnits.map((unit) => reasonOf('service-failed', `${name} (${unit})`)));
  }
  return { name, result: 'pass', reasons: [] };
}

function pendingOf(
  { name, job, look, forked }: TrialHost,
  { silenceMs, boxEndsAt }: TrialFacts,
  now: Instant,
): Pending {
  const patience = { silenceMs, by: boxEndsAt };
  const trouble = job === null ? null : troubleOf({ host: name, job, seenAt: look?.at ?? null, forked }, patience, now);
  return { until: boxEndsAt, trouble };
}

function differs(expected: readonly InstalledVersion[], found: readonly InstalledVersion[]): boolean {
  return expected.some(
    ({ name, architecture, version }) =>
      !found.some((one) => one.name === name && one.architecture === architecture && one.version === version),
  );
}
