import type { CampaignSummary } from '@patchsteward/contract';
import { HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';

/** Reasons that time alone clears, at the time that they name. Others name when somebody must have acted. */
const CLEARED_BY_TIME = new Set(['notice-running', 'soak-running', 'test-running', 'wave-soaking', 'window-not-open']);
/** Where nobody knows how long it takes. */
const STRIDE_MS = HOUR_MS / 2;

/** To what the story's clock is moved: the next thing that is planned, or that somebody waits for. */
export function nextInstant(
  now: Instant,
  planned: readonly Instant[],
  waited: readonly Pick<CampaignSummary, 'reasons'>[],
): Instant | null {
  const hints = waited.map(({ reasons }) => hintOf(now, reasons));
  const ahead = [...planned, ...hints].filter((at) => at > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

function hintOf(now: Instant, reasons: CampaignSummary['reasons']): Instant {
  const times = reasons.flatMap(({ code, by }) => {
    const at = by === null || by === undefined ? null : Date.parse(by);
    return at !== null && at > now && CLEARED_BY_TIME.has(code) ? [at] : [];
  });
  // A moment later, so that what was due then is due now.
  return times.length === 0 ? now + STRIDE_MS : Math.min(...times) + 1_000;
}
