import type { ClaimStatus } from '../1-identification/index.ts';
import type { Instant } from '../vocabulary/index.ts';
import type { Pause } from './risk-answer.ts';

/** What a finding waits for, or waited for. */
export const WAIT_KINDS = [
  'answered',
  'no-fix',
  'awaiting-vendor',
  'fix-not-offered',
  'phased',
  'held',
  'not-running',
  'freeze',
  'window',
] as const;
type WaitKind = (typeof WAIT_KINDS)[number];

/** A time in which a finding waits: [from, until). Told whether or not the clock stands still in it. // SOP S1 */
export interface Wait {
  readonly kind: WaitKind;
  /** null: since before anybody kept it. */
  readonly from: Instant | null;
  /** null: nobody knows when it ends. */
  readonly until: Instant | null;
  /** Only what people answer for stops the clock; whatever else stands in the way is told, and the time runs. */
  readonly stopsClock: boolean;
  /** What it waits for, or who answers: a package, a unit, a group, a title. */
  readonly subject: string;
}

/** When something began; null: before anybody kept it. */
interface Since {
  readonly subject: string;
  readonly since: Instant | null;
}

export interface WaitFacts {
  readonly pauses: readonly Pause[];
  readonly status: ClaimStatus;
  readonly fixed: string | null;
  readonly firstSeen: Instant;
  readonly releasedAt: Instant;
  /** The offered version that has the fix; null: none is offered, or nobody asked. */
  readonly offer: (Since & { readonly phased: boolean }) | null;
  /** The package manager was asked. */
  readonly isOfferKnown: boolean;
  readonly held: readonly Since[];
  /** The fix is installed, and this still runs the code before it. */
  readonly notRunning: readonly Since[];
  readonly times: GroupTimes | null;
  readonly now: Instant;
}

/** The times at which an asset may go down, around now. */
export interface GroupTimes {
  readonly group: string;
  /** When its last window closed; null: none did lately. */
  readonly closedAt: Instant | null;
  /** null: none opens as far as is known. */
  readonly opensAt: Instant | null;
  readonly isOpen: boolean;
  /** Those that hold now. */
  readonly freezes: readonly { readonly title: string; readonly from: Instant; readonly until: Instant }[];
}

/** Every time in which a finding waited or waits, the first one first. What is not known to begin comes before all. */
export function waitsOf(facts: WaitFacts): Wait[] {
  const waits = [...answered(facts), ...withoutFix(facts), ...inTheWay(facts)];
  return waits.sort((a, b) => (a.from ?? Number.NEGATIVE_INFINITY) - (b.from ?? Number.NEGATIVE_INFINITY));
}

function answered({ pauses }: WaitFacts): Wait[] {
  return pauses.map(({ response, from, until }) => ({
    ...{ kind: 'answered', subject: response, from, until, stopsClock: true },
  }));
}

/** Without a fix nothing was released: the time before it is told, and the clock of the fix begins after it. */
function withoutFix({ status, fixed, firstSeen, releasedAt }: WaitFacts): Wait[] {
  const kind = status === 'deferred' ? 'awaiting-vendor' : 'no-fix';
  if (fixed === null) return [told(kind, 'a fix', firstSeen, null)];
  return releasedAt > firstSeen ? [told('no-fix', 'a fix', firstSeen, releasedAt)] : [];
}

/** Between a fix that is there and its running. */
function inTheWay(facts: WaitFacts): Wait[] {
  const { fixed, offer, isOfferKnown, held, notRunning, releasedAt, times } = facts;
  if (fixed === null) return [];
  if (notRunning.length > 0) return notRunning.map(({ subject, since }) => told('not-running', subject, since, null));
  const holds = held.map(({ subject, since }) => told('held', subject, since, null));
  if (offer === null) return isOfferKnown ? [...holds, told('fix-not-offered', fixed, releasedAt, null)] : holds;
  if (offer.phased) return [...holds, told('phased', offer.subject, offer.since, null)];
  return [...holds, ...(times === null || holds.length > 0 ? [] : closedTimes(times, offer.since))];
}

function closedTimes({ group, closedAt, opensAt, isOpen, freezes }: GroupTimes, since: Instant | null): Wait[] {
  const frozen = freezes.map(({ title, from, until }) => told('freeze', title, from, until));
  if (isOpen) return frozen;
  const from = closedAt === null || (since !== null && since > closedAt) ? since : closedAt;
  return [...frozen, told('window', group, from, opensAt)];
}

function told(kind: WaitKind, subject: string, from: Instant | null, until: Instant | null): Wait {
  return { kind, subject, from, until, stopsClock: false };
}

/** For how long the clock stood still between two instants. Two who answer at the same time stop it once. */
export function stoppedMsOf(waits: readonly Wait[], from: Instant, until: Instant): number {
  let stopped = 0;
  let counted = from;
  const stops = waits
    .filter(({ stopsClock }) => stopsClock)
    .map((wait) => ({ from: wait.from ?? from, until: wait.until ?? until }))
    .sort((a, b) => a.from - b.from);
  for (const stop of stops) {
    const begin = Math.max(stop.from, counted);
    const end = Math.min(stop.until, until);
    if (end <= begin) continue;
    stopped += end - begin;
    counted = end;
  }
  return stopped;
}
