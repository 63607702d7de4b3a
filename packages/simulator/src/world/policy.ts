import { DEFAULT_POLICY, type LanePolicy, type Policy } from '@patchsteward/core/policy';
import { HOUR_MS, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Dice } from '../time/dice.ts';

/** The procedure's own policy with times of minutes: what takes days in an organization is hours here. */
export function drawPolicy(dice: Dice): Policy {
  const { lanes, schedule } = DEFAULT_POLICY;
  const figures: Partial<LanePolicy> = {
    noticeMs: dice.one([0, 10 * MINUTE_MS]),
    waveSoakMs: dice.one([0, 5 * MINUTE_MS, 15 * MINUTE_MS]),
    soakMs: 10 * MINUTE_MS,
    startReserveMs: 5 * MINUTE_MS,
    authority: { from: 'compiled', forMs: dice.one([6 * HOUR_MS, 12 * HOUR_MS]) },
    waveShareMax: dice.one([0.25, 0.5, 1]),
  };
  return {
    ...DEFAULT_POLICY,
    schedule: {
      ...schedule,
      expectedDurationMs: 10 * MINUTE_MS,
      strictSpanMs: 20 * MINUTE_MS,
      spareSpacingMs: HOUR_MS,
      sparesMax: dice.one([1, 2, 3]),
    },
    lanes: { ...lanes, critical: { ...lanes.critical, ...figures } },
  };
}
