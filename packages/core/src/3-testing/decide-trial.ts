import type { JobState } from '../job/index.ts';
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
  /** The last look at the host; null: none. Only one at the end of the soak or later counts. */
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

type Pending = { readonly until: Instant };

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
    const by = Math.max(...pending.map(({ until }) => until));
    return { kind: 'wait', waitingOn: [reasonOf('test-running', facts.subject, by)] };
  }
  return { kind: 'proceed', value: reportOf(done, failed) };
}

function reportOf(hosts: readonly HostTrial[], failed: boolean): TrialReport {
  const reasons = hosts.flatMap((host) => host.reasons);
  if (failed) return { result: 'fail', reasons, hosts };
  const inconclusive = hosts.some(({ result }) => result === 'inconclusive');
  return { result: inconclusive ? 'inconclusive' : 'pass', reasons, hosts };
}

function judgeHost(host: TrialHost, { soakMs, boxEndsAt }: TrialFacts, now: Instant): HostTrial | Pending {
  const { name, job, look, expected } = host;
  const fail = (...reasons: Reason[]): HostTrial => ({ name, result: 'fail', reasons });
  const noAnswer: HostTrial = { name, result: 'inconclusive', reasons: [reasonOf('test-evidence-missing', name)] };

  if (job !== null && job.failedAt !== null) return fail(reasonOf('test-failed', name));
  if (job === null || job.name !== 'succeeded') return now < boxEndsAt ? { until: boxEndsAt } : noAnswer;
  if (job.evidence === null) return noAnswer;
  if (differs(expected, job.evidence.after)) return fail(reasonOf('versions-differ', name));

  const soakedAt = job.since + soakMs;
  if (now < soakedAt) return { until: soakedAt };
  if (look === null || look.at < soakedAt) return now < boxEndsAt ? { until: boxEndsAt } : noAnswer;
  if (differs(expected, look.versions)) return fail(reasonOf('versions-differ', name));
  if (look.failedUnits.length > 0) {
    return fail(...look.failedUnits.map((unit) => reasonOf('service-failed', `${name} (${unit})`)));
  }
  return { name, result: 'pass', reasons: [] };
}

function differs(expected: readonly InstalledVersion[], found: readonly InstalledVersion[]): boolean {
  return expected.some(
    ({ name, architecture, version }) =>
      !found.some((one) => one.name === name && one.architecture === architecture && one.version === version),
  );
}
