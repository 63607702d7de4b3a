import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Delivery } from './delivery.ts';

/** With the pauses below about five hours: longer than a mail server takes to come back, shorter than the notice is for. */
export const ATTEMPTS_MAX = 14;
const PAUSE_MS_MAX = 30 * MINUTE_MS;

/** Where a message stands after an attempt. */
export interface DeliveryOutcome {
  readonly state: 'waiting' | 'sent' | 'bounced' | 'failed';
  readonly attempts: number;
  readonly answer: string;
  readonly sentAt: Instant | null;
}

export interface DecidedOutcome {
  readonly outcome: DeliveryOutcome;
  /** When to try again; null where nothing more is tried. */
  readonly retryAt: Instant | null;
}

/** What a delivery makes of a message. Nobody waits for ever for an address that never answers. */
export function decideOutcome(
  attemptsBefore: number,
  delivery: Delivery,
  now: Instant,
  pauseMsMin: number,
): DecidedOutcome {
  const attempts = attemptsBefore + 1;
  const { answer } = delivery;
  switch (delivery.kind) {
    case 'accepted':
      return { outcome: { state: 'sent', attempts, answer, sentAt: now }, retryAt: null };
    case 'bounced':
      return { outcome: { state: 'bounced', attempts, answer, sentAt: null }, retryAt: null };
    case 'deferred': {
      const over = attempts >= ATTEMPTS_MAX;
      const outcome = { state: over ? 'failed' : 'waiting', attempts, answer, sentAt: null } as const;
      const pauseMs = Math.min(pauseMsMin * 2 ** (attempts - 1), Math.max(PAUSE_MS_MAX, pauseMsMin));
      return { outcome, retryAt: over ? null : now + pauseMs };
    }
  }
}
