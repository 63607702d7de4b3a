import type { WaitBody } from '@patchsteward/contract';
import { type Finding, isKept } from '@patchsteward/core/1-identification';
import { type Assessment, type GroupTimes, stoppedMsOf, type Wait, waitsOf } from '@patchsteward/core/2-evaluation';
import type { Instant, Reason } from '@patchsteward/core/vocabulary';
import { timeOf } from './assessment-body.ts';
import type { Evidence } from './evidence.ts';
import type { FindingSince } from './finding-since.ts';

/** What is known of an asset beside its findings, once for all of them. */
export interface AssetTimes {
  readonly since: FindingSince;
  /** null: it is in no group, and nothing is done to it. */
  readonly times: GroupTimes | null;
}

interface Told {
  readonly first: Finding;
  readonly packages: readonly Finding[];
  readonly assessment: Assessment;
  readonly reasons: readonly Reason[];
}

/** What a finding waited and waits for, and for how long its clock stood still. */
export function waitsBody(
  { first, packages, assessment, reasons }: Told,
  evidence: Evidence,
  { since, times }: AssetTimes,
  now: Instant,
): { readonly waits: WaitBody[]; readonly stoppedMs: number } {
  const named = (code: Reason['code']) => [
    ...new Set(reasons.filter((one) => one.code === code).map(({ subject }) => subject)),
  ];
  const waits = waitsOf({
    pauses: assessment.pauses,
    status: first.status,
    fixed: first.fixed,
    firstSeen: assessment.firstSeen,
    releasedAt: assessment.releasedAt,
    offer: offerOf(packages, evidence, named('update-phased').length > 0),
    isOfferKnown: evidence.unanswered === null,
    held: [...new Set(packages.filter(isKept).map((one) => one.package))].map((subject) => ({
      subject,
      since: since.held.get(subject) ?? null,
    })),
    notRunning: named('fix-installed-not-running').map((subject) => ({
      ...{ subject, since: since.running.get(subject) ?? null },
    })),
    times,
    now,
  });
  const start = assessment.clock === 'backlog' ? assessment.firstSeen : assessment.releasedAt;
  return { waits: waits.map(waitBody), stoppedMs: stoppedMsOf(waits, start, assessment.due) };
}

/** Since when any version with the fix is offered. */
function offerOf(packages: readonly Finding[], evidence: Evidence, phased: boolean) {
  const offers = packages.flatMap(({ offered }) => offered ?? []);
  const [first] = offers;
  if (first === undefined) return null;
  const seen = offers.flatMap(({ name, to }) => {
    const update = evidence.updates.find((one) => one.name === name && one.to === to);
    return update === undefined ? [] : (evidence.offerDatesOf(update.source, update.sourceVersion)?.first_seen ?? []);
  });
  return { subject: `${first.name} ${first.to}`, since: seen.length === 0 ? null : Math.min(...seen), phased };
}

function waitBody({ kind, subject, from, until, stopsClock }: Wait): WaitBody {
  return {
    ...{ kind, subject, stopsClock },
    from: from === null ? null : timeOf(from),
    until: until === null ? null : timeOf(until),
  };
}
