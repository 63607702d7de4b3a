import type { LanePolicy } from '../policy/index.ts';
import { type Instant, reasonOf, type Verdict } from '../vocabulary/index.ts';

/** One message to one person or system that has a stake. */
export interface NoticeFact {
  readonly to: string;
  readonly outcome: 'waiting' | 'delivered' | 'bounced';
}

export interface NoticeFacts {
  readonly subject: string;
  /** Whether a bounced address blocks. */
  readonly strict: boolean;
  readonly notices: readonly NoticeFact[];
}

export interface Notified {
  /** The first wave must not open before. */
  readonly elapsesAt: Instant;
}

/**
 * The time of notice runs from the moment at which the last one was delivered. A bounced address blocks where the lane leaves time to correct it, and
 * is passed over where it does not: `strict` is for routine work. // SOP P5.2, checklist c13, rollout-and-trust §2.2
 */
export function decideNotice(
  { subject, strict, notices }: NoticeFacts,
  lane: LanePolicy,
  now: Instant,
): Verdict<Notified> {
  if (notices.length === 0) return { kind: 'wait', waitingOn: [reasonOf('notice-not-sent', subject)] };
  const bounced = notices.filter(({ outcome }) => outcome === 'bounced');
  if (strict && bounced.length > 0) {
    return { kind: 'stop', blockedBy: bounced.map(({ to }) => reasonOf('notice-undelivered', to)) };
  }
  if (notices.some(({ outcome }) => outcome === 'waiting')) {
    return { kind: 'wait', waitingOn: [reasonOf('notice-not-sent', subject)] };
  }
  return { kind: 'proceed', value: { elapsesAt: now + lane.noticeMs } };
}
